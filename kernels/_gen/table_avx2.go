package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// avx2Constants is what a kernel reads again and again: sign in a register,
// the rest in memory, since two vectors at a time need the other registers.
type avx2Constants struct {
	sign reg.VecVirtual // 1<<31, which is also -0
	rows reg.Register
}

// avx2Broadcast returns a register with the parameter in every lane.
func avx2Broadcast(parameter string) reg.VecVirtual {
	r := YMM()
	VBROADCASTSS(argument(parameter), r)
	return r
}

// row returns registers with the lower and the upper half of row k.
func (c avx2Constants) row(k int) (low, high reg.VecVirtual) {
	low, high = YMM(), YMM()
	VMOVUPS(at(c.rows, 2*k, 32), low)
	VMOVUPS(at(c.rows, 2*k+1, 32), high)
	return low, high
}

// tableAVX2 writes the kernel with this finish: two vectors at a time, then one
// at a time, the last one under a mask.
func tableAVX2(f finish) {
	const vectors, lanes = 2, 8
	tableFunction(f, "AVX2")
	c := avx2Constants{sign: avx2.bits(signBit), rows: tableRows()}
	y, x, n := yAndX()

	Label("blocks")
	SUBQ(operand.U32(vectors*lanes), n)
	JL(operand.LabelRef("rest"))
	var in [vectors]operand.Op
	for v := range in {
		in[v] = at(x, v, 32)
	}
	for v, r := range avx2Table(c, in[:]) {
		f.avx2(c, in[v], r)
		VMOVUPS(r, at(y, v, 32))
	}
	ADDQ(operand.Imm(vectors*32), x)
	ADDQ(operand.Imm(vectors*32), y)
	JMP(operand.LabelRef("blocks"))

	Label("rest")
	ADDQ(operand.U32(vectors*lanes), n)
	JZ(operand.LabelRef("done"))
	Label("vector")
	mask := avx2Mask(n)
	xv := YMM()
	VMASKMOVPS(at(x, 0, 32), mask, xv)
	r := avx2Table(c, []operand.Op{xv})[0]
	f.avx2(c, xv, r)
	VMASKMOVPS(r, mask, at(y, 0, 32))
	ADDQ(operand.Imm(32), x)
	ADDQ(operand.Imm(32), y)
	SUBQ(operand.Imm(lanes), n)
	JG(operand.LabelRef("vector"))

	Label("done")
	VZEROUPPER()
	RET()
}

// avx2Mask returns the mask of the first min(n, 8) lanes, n > 0.
func avx2Mask(n reg.Register) reg.VecVirtual {
	count, mask := YMM(), YMM()
	limit := GP64()
	MOVQ(operand.U32(8), limit)
	CMPQ(n, limit)
	CMOVQLT(n, limit)
	VMOVD(limit.As32(), count.AsX())
	VPBROADCASTD(count.AsX(), count)
	VPCMPGTD(counting16(), count, mask)
	return mask
}

// avx2Table returns T(|x|) for every vector x. A lookup takes the low three
// bits of the index in each half of the row and chooses by the fourth.
func avx2Table(c avx2Constants, x []operand.Op) []reg.VecVirtual {
	a, index, upper := make([]reg.VecVirtual, len(x)), make([]reg.VecVirtual, len(x)), make([]reg.VecVirtual, len(x))
	for v := range x {
		a[v] = YMM()
		VANDNPS(x[v], c.sign, a[v]) // |x|
	}
	limit := avx2Broadcast("limit")
	for v := range x {
		VMINPS(a[v], limit, a[v]) // NaN stays: the second source
	}
	offset, shift := avx2Broadcast("offset"), avx2Broadcast("shift")
	for v := range x {
		index[v] = YMM()
		VADDPS(a[v], offset, index[v])
	}
	for v := range x {
		VPSRLVD(shift, index[v], index[v])
	}
	for v := range x {
		upper[v] = YMM()
		VPSLLD(operand.Imm(28), index[v], upper[v]) // the fourth bit as the sign
	}
	lookUp := func(k int) []reg.VecVirtual {
		low, high := c.row(k)
		var lows, highs []reg.VecVirtual
		for v := range x {
			lows = append(lows, YMM())
			VPERMPS(low, index[v], lows[v])
		}
		for v := range x {
			highs = append(highs, YMM())
			VPERMPS(high, index[v], highs[v])
		}
		for v := range x {
			VBLENDVPS(upper[v], highs[v], lows[v], lows[v])
		}
		return lows
	}
	for v, center := range lookUp(centerRow) {
		VSUBPS(center, a[v], a[v])
	}
	y := lookUp(5)
	for k := 4; k >= 0; k-- {
		for v, next := range lookUp(k) {
			VFMADD213PS(next, a[v], y[v])
		}
	}
	return y
}

func avx2Odd(c avx2Constants, x operand.Op, y reg.VecVirtual) {
	s := YMM()
	VANDPS(x, c.sign, s)
	VORPS(s, y, y)
}

func avx2HalfPlusOdd(c avx2Constants, x operand.Op, y reg.VecVirtual) {
	avx2Odd(c, x, y)
	VADDPS(avx2.constant(0.5), y, y)
}

// avx2Ramp returns max(x, -0), or x if it is NaN or zero: the second source.
func avx2Ramp(c avx2Constants, x operand.Op) reg.VecVirtual {
	r := YMM()
	VMAXPS(x, c.sign, r)
	return r
}

func avx2RampMinus(c avx2Constants, x operand.Op, y reg.VecVirtual) {
	VSUBPS(y, avx2Ramp(c, x), y)
}

func avx2RampPlus(c avx2Constants, x operand.Op, y reg.VecVirtual) {
	VADDPS(y, avx2Ramp(c, x), y)
}

func avx2Negative(c avx2Constants, x operand.Op, y reg.VecVirtual) {
	t := YMM()
	VMOVUPS(x, t)
	VORPS(c.sign, y, y)
	VBLENDVPS(t, y, t, y)
}
