package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func init() { families["linear"] = linear }

// linear writes the activations made of straight pieces as passes over slices.
func linear() {
	for _, set := range []*instructionSet{avx2, avx512} {
		linearPass(set, "relu", func(p *piecewise) func(reg.VecVirtual) {
			p.zero = set.constant(0)
			return p.relu
		})
		linearPass(set, "leakyReLU", func(p *piecewise) func(reg.VecVirtual) {
			p.slope = set.constant(leak)
			return p.leakyReLU
		})
		linearPass(set, "step", func(p *piecewise) func(reg.VecVirtual) {
			p.zero, p.one = set.constant(0), set.constant(1)
			return p.step
		})
	}
}

// linearPass writes y = f(x) for n ≥ 1 values: four vectors at a time, then
// single ones, then what is left.
func linearPass(set *instructionSet, name string, activation func(*piecewise) func(reg.VecVirtual)) {
	TEXT(name+set.name, NOSPLIT, "func(y, x *float32, n int)")
	Pragma("noescape")
	Doc(name + set.name + " computes the activation of n ≥ 1 values.")
	y, x, n := load("y"), load("x"), load("n")
	f := activation(&piecewise{set: set})

	const many = 4
	loop := func(label string, vectors int, next string) {
		Label(label)
		CMPQ(n, operand.Imm(uint64(set.lanes*vectors)))
		JL(operand.LabelRef(next))
		v := make([]reg.VecVirtual, vectors)
		for i := range v {
			v[i] = set.vector()
			VMOVUPS(operand.Mem{Base: x, Disp: set.bytes * i}, v[i])
		}
		for _, a := range v {
			f(a)
		}
		for i := range v {
			VMOVUPS(v[i], operand.Mem{Base: y, Disp: set.bytes * i})
		}
		ADDQ(operand.U32(uint32(set.bytes*vectors)), x)
		ADDQ(operand.U32(uint32(set.bytes*vectors)), y)
		SUBQ(operand.U32(uint32(set.lanes*vectors)), n)
		JMP(operand.LabelRef(label))
	}
	loop("four", many, "one")
	loop("one", 1, "last")

	Label("last")
	TESTQ(n, n)
	JZ(operand.LabelRef("done"))
	t, v := set.newTail(), set.vector()
	set.setTail(t, n, GP64())
	set.loadTail(t, operand.Mem{Base: x}, v)
	f(v)
	set.storeTail(t, v, operand.Mem{Base: y})
	Label("done")
	VZEROUPPER()
	RET()
}
