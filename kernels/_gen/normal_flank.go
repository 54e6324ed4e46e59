package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// writeFlank writes the kernel of what the centre leaves.
func (w normalWidth) writeFlank() {
	TEXT("normalFlank"+w.name, NOSPLIT, "func(x *uint32, n int, std float64, ratio *[2][8]float64, series *[10]float64, numbers *[14]float64)")
	Doc("normalFlank"+w.name+" replaces the n words x, n ≥ 1, which belong to the flanks, by the bits",
		"of float32(std·quantile), and those that fill up its registers as well.")
	Pragma("noescape")
	x, n, std := Load(Param("x"), GP64()), Load(Param("n"), GP64()), argument("std")
	ratio := operand.Mem{Base: Load(Param("ratio"), GP64())}
	series := operand.Mem{Base: Load(Param("series"), GP64())}
	numbers := operand.Mem{Base: Load(Param("numbers"), GP64())}

	Label("flank")
	v := make([]vector, normalVectors)
	at := func(j int) operand.Mem { return operand.Mem{Base: x, Disp: 4 * w.doubles() * j} }
	w.root(v, at, series, numbers)
	w.ratio(v, ratio)
	for j := range v {
		VDIVPD(v[j].d, v[j].p, v[j].p)
		sign := w.centred(at(j), numbers)
		VANDPD(w.number(numbers, numberSign), sign, sign)
		VORPD(sign, v[j].p, v[j].p)
		VMULPD(w.number(std, 0), v[j].p, v[j].p)
		w.store(v[j].p, at(j))
	}
	ADDQ(operand.Imm(uint64(4*w.doubles()*normalVectors)), x)
	SUBQ(operand.Imm(uint64(w.doubles()*normalVectors)), n)
	JG(operand.LabelRef("flank"))
	VZEROUPPER()
	RET()
}

// root sets r to √(-ln t) - 1.6, t the tails of the words at the addresses.
func (w normalWidth) root(v []vector, at func(j int) operand.Mem, series, numbers operand.Mem) {
	type argument struct{ s, s2, sum reg.VecVirtual }
	x := make([]argument, len(v))
	for j := range x {
		// t = m·2ᵉ and s = (m - 1)/(m + 1).
		m, scale := w.tail(at(j), numbers)
		VANDPD(w.number(numbers, numberExponent), scale, scale)
		VPSUBQ(scale, m, m)
		x[j] = argument{w.vector(), w.vector(), w.vector()}
		one := w.number(numbers, numberOne)
		VADDPD(one, m, x[j].s2)
		VSUBPD(one, m, x[j].s)
		VDIVPD(x[j].s2, x[j].s, x[j].s)
		VMULPD(x[j].s, x[j].s, x[j].s2)
		VBROADCASTSD(series, x[j].sum)
	}
	for k := 1; k < 10; k++ {
		c := w.number(series, 8*k)
		for j := range x {
			VMULPD(x[j].s2, x[j].sum, x[j].sum)
			VADDPD(c, x[j].sum, x[j].sum)
		}
	}
	for j, x := range x {
		VMULPD(x.s2, x.s, x.s2)
		VMULPD(x.sum, x.s2, x.sum)
		VADDPD(x.sum, x.s, x.sum)
		VADDPD(x.sum, x.sum, x.sum)
		_, e := w.tail(at(j), numbers) // again: AVX2 has no registers to keep it
		VPSRLQ(operand.Imm(52), e, e)  // 4096 + e
		VORPD(w.number(numbers, numberWhole), e, e)
		VSUBPD(w.number(numbers, numberMagic), e, e)
		low := w.number(numbers, numberLn2Lo)
		VMULPD(low, e, low)
		VADDPD(x.sum, low, low)
		VMULPD(w.number(numbers, numberLn2Hi), e, e)
		VADDPD(low, e, e)
		VXORPD(w.number(numbers, numberSign), e, e)
		VSQRTPD(e, e)
		v[j].r = e
		VSUBPD(w.number(numbers, numberShift), e, e)
	}
}

// tail returns t = 1/2 - |q| of the words at the address, and its bits less those
// of √½: its exponent e is the upper 12 of them.
func (w normalWidth) tail(words, numbers operand.Mem) (t, scale reg.VecVirtual) {
	q := w.centred(words, numbers)
	t, scale = w.vector(), w.vector()
	VANDNPD(q, w.number(numbers, numberSign), t)
	VSUBPD(t, w.number(numbers, numberHalf), t)
	VPSUBQ(w.number(numbers, numberSqrtHalf), t, scale)
	return t, scale
}
