package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// remainder is how a path reads and writes the first min(n, lanes) elements.
type remainder struct {
	load, store func(memory operand.Mem, r reg.VecVirtual)
}

func avx2Tail(n reg.Register) remainder {
	mask := avx2Mask(n)
	return remainder{
		load:  func(m operand.Mem, r reg.VecVirtual) { VMASKMOVPS(m, mask, r) },
		store: func(m operand.Mem, r reg.VecVirtual) { VMASKMOVPS(r, mask, m) },
	}
}

func avx512Tail(n reg.Register) remainder {
	mask := avx512Mask(n)
	return remainder{
		load:  func(m operand.Mem, r reg.VecVirtual) { VMOVUPS_Z(m, mask, r) },
		store: func(m operand.Mem, r reg.VecVirtual) { VMOVUPS(r, mask, m) },
	}
}

// sinNumbers are registers with one number in every lane. pi and terms keep
// theirs if there are 32 registers, else they read memory each time.
type sinNumbers struct {
	sign, shifter, limit reg.VecVirtual
	pi, terms            func(i int) reg.VecVirtual
}

// sinKernel writes the sine, several vectors at a time and then one at a time.
// Before it stores anything of them it returns if one has an element beyond
// limit.
func sinKernel(set *instructionSet, vectors int, rest func(n reg.Register) remainder) {
	lanes, bytes := set.lanes, set.bytes
	TEXT("sin"+set.name, NOSPLIT, "func(y, x []float32, pi, terms *[4]float32, limit float32) (done int)")
	Pragma("noescape")
	Doc("sin"+set.name+" computes y = sin(x) up to the first block of vectors in which an",
		"element is beyond limit, and returns the number of elements before it.")
	y, x, n := yAndX()
	c := loadSin(set)

	Label("blocks")
	SUBQ(operand.U32(vectors*lanes), n)
	JL(operand.LabelRef("rest"))
	in := make([]reg.VecVirtual, vectors)
	for v := range in {
		in[v] = set.vector()
		VMOVUPS(at(x, v, bytes), in[v])
	}
	stopBeyond(c, in, set, "beyond")
	for v, r := range sinVectors(c, in, set) {
		VMOVUPS(r, at(y, v, bytes))
	}
	ADDQ(operand.U32(vectors*bytes), x)
	ADDQ(operand.U32(vectors*bytes), y)
	JMP(operand.LabelRef("blocks"))

	Label("rest")
	ADDQ(operand.U32(vectors*lanes), n)
	JZ(operand.LabelRef("done"))
	Label("vector")
	t := rest(n)
	one := []reg.VecVirtual{set.vector()}
	t.load(at(x, 0, bytes), one[0])
	stopBeyond(c, one, set, "done")
	t.store(at(y, 0, bytes), sinVectors(c, one, set)[0])
	ADDQ(operand.Imm(uint64(bytes)), x)
	ADDQ(operand.Imm(uint64(bytes)), y)
	SUBQ(operand.Imm(uint64(lanes)), n)
	JG(operand.LabelRef("vector"))
	XORL(n.(reg.GPVirtual).As32(), n.(reg.GPVirtual).As32())
	JMP(operand.LabelRef("done"))

	Label("beyond")
	ADDQ(operand.U32(vectors*lanes), n)
	Label("done") // n elements are left
	done := Load(Param("x").Len(), GP64())
	SUBQ(n, done)
	Store(done, ReturnIndex(0))
	VZEROUPPER()
	RET()
}

func loadSin(set *instructionSet) (c sinNumbers) {
	c.sign, c.shifter = set.bits(signBit), set.constant(0x1.8p23)
	c.limit = set.vector()
	VBROADCASTSS(argument("limit"), c.limit)
	c.pi, c.terms = sinRow("pi", set), sinRow("terms", set)
	return c
}

func sinRow(parameter string, set *instructionSet) func(i int) reg.VecVirtual {
	base := Load(Param(parameter), GP64())
	read := func(i int) reg.VecVirtual {
		r := set.vector()
		VBROADCASTSS(at(base, i, 4), r)
		return r
	}
	if set == avx2 {
		return read
	}
	kept := [4]reg.VecVirtual{read(0), read(1), read(2), read(3)}
	return func(i int) reg.VecVirtual { return kept[i] }
}

// stopBeyond jumps to the label if an element is beyond the limit. NaN is not.
func stopBeyond(c sinNumbers, x []reg.VecVirtual, set *instructionSet, label string) {
	worst := set.vector()
	for v := range x {
		a := set.vector()
		VANDNPS(x[v], c.sign, a)
		if v == 0 {
			VMAXPS(c.limit, a, worst) // limit if a is NaN: the second source
		} else {
			VMAXPS(worst, a, worst)
		}
	}
	any := GP32()
	if set == avx512 {
		k := K()
		VCMPPS(greaterThan, c.limit, worst, k)
		KMOVW(k, any)
	} else {
		VCMPPS(greaterThan, c.limit, worst, worst)
		VMOVMSKPS(worst, any)
	}
	TESTL(any, any)
	JNZ(operand.LabelRef(label))
}

// sinVectors returns sin(x) for every vector; sin32 in sin.go explains.
func sinVectors(c sinNumbers, x []reg.VecVirtual, set *instructionSet) []reg.VecVirtual {
	shifted, k := make([]reg.VecVirtual, len(x)), make([]reg.VecVirtual, len(x))
	inversePi := c.pi(0)
	for v := range x {
		shifted[v], k[v] = set.vector(), set.vector()
		VMOVAPS(c.shifter, shifted[v])
		VFMADD231PS(x[v], inversePi, shifted[v])
		VSUBPS(c.shifter, shifted[v], k[v])
		VPSLLD(operand.Imm(31), shifted[v], shifted[v])
	}
	r := x
	for i := 1; i <= 3; i++ {
		pi := c.pi(i)
		for v := range x {
			VFNMADD231PS(k[v], pi, r[v])
		}
	}
	s, p := k, make([]reg.VecVirtual, len(x))
	highest := c.terms(3)
	for v := range x {
		p[v] = set.vector()
		VMULPS(r[v], r[v], s[v])
		VMOVAPS(highest, p[v])
	}
	for i := 2; i >= 0; i-- {
		term := c.terms(i)
		for v := range x {
			VFMADD213PS(term, s[v], p[v])
		}
	}
	zero := set.constant(0)
	for v := range x {
		VFMADD213PS(zero, s[v], p[v])
		VFMADD213PS(r[v], r[v], p[v])
		VXORPS(shifted[v], p[v], p[v])
	}
	return p
}
