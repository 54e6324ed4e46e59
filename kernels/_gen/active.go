package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func init() { families["active"] = active }

// active writes the search for rows that are not zero everywhere.
func active() {
	for _, set := range []*instructionSet{avx2, avx512} {
		activeRows(set)
	}
}

// activeRowsVectors is the number of vectors that are joined before a branch:
// few enough that a row seldom goes on long after its first number, and enough
// that tiles of up to 64 points need no branch that is hard to foresee.
const activeRowsVectors = 4

func activeRows(set *instructionSet) {
	TEXT("activeRows"+set.name, NOSPLIT, "func(active *int32, x *float32, k, p int) (count int)")
	Pragma("noescape")
	Doc("activeRows" + set.name + " is activeRowsGeneric for K and P of at least 1.")
	list, x, p, j, count := load("active"), load("x"), load("p"), GP64(), GP64()
	at, left, on := GP64(), GP64(), GP64() // in the row; values left of it
	last, lastAt := set.newTail(), GP64()  // a row's last vector; from the row's start
	set.setTail(last, p, at)
	LEAQ(operand.Mem{Base: p, Disp: -1}, lastAt)
	ANDQ(operand.I8(int8(-set.lanes)), lastAt)
	zero := func(r reg.GPVirtual) { XORL(r.As32(), r.As32()) }
	zero(j)
	zero(count)
	seen := set.vector()
	test := func() { // clears the zero flag if there is a number
		VPADDD(seen, seen, seen) // without signs
		if set == avx512 {
			found := K()
			VPTESTMD(seen, seen, found)
			KORTESTW(found, found)
		} else {
			VPTEST(seen, seen)
		}
	}
	join := func(v int) { VORPS(operand.Mem{Base: at, Disp: v * set.bytes}, seen, seen) }

	Label("row")
	MOVL(j.As32(), operand.Mem{Base: list, Index: count, Scale: 4})
	MOVQ(x, at)
	MOVQ(p, left)
	zero(on)

	Label("block")
	CMPQ(left, operand.U32(uint32(activeRowsVectors*set.lanes)))
	JLE(operand.LabelRef("rest"))
	VMOVUPS(operand.Mem{Base: at}, seen)
	for v := 1; v < activeRowsVectors; v++ {
		join(v)
	}
	test()
	JNZ(operand.LabelRef("found"))
	ADDQ(operand.U32(uint32(activeRowsVectors*set.bytes)), at)
	SUBQ(operand.U32(uint32(activeRowsVectors*set.lanes)), left)
	JMP(operand.LabelRef("block"))

	// The last block adds 0 or 1. Its last vector may be short; how many there
	// are is the same for every row.
	Label("rest")
	set.loadTail(last, operand.Mem{Base: x, Index: lastAt, Scale: 4}, seen)
	for v := 1; v < activeRowsVectors; v++ {
		CMPQ(left, operand.Imm(uint64(v*set.lanes)))
		JLE(operand.LabelRef("joined"))
		join(v - 1)
	}
	Label("joined")
	test()
	SETNE(on.As8())
	ADDQ(on, count)
	JMP(operand.LabelRef("next"))

	Label("found")
	INCQ(count)
	Label("next")
	LEAQ(operand.Mem{Base: x, Index: p, Scale: 4}, x)
	INCQ(j)
	CMPQ(j, argument("k"))
	JL(operand.LabelRef("row"))
	Store(count, ReturnIndex(0))
	VZEROUPPER()
	RET()
}
