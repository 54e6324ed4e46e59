package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func init() { families["transpose"] = transpose }

// transpose writes a kernel that turns 8 rows of x into 8 columns of y, by
// squares of 8 × 8.
func transpose() {
	TEXT("transposeAVX2", NOSPLIT, "func(y, x *float32, n, ldy, ldx int)")
	Pragma("noescape")
	Doc("transposeAVX2 makes 8 rows of n values of x columns of y; n is a positive multiple of 8.")
	y, x, n, ldy, ldx := load("y"), load("x"), load("n"), load("ldy"), load("ldx")
	SHLQ(operand.Imm(2), ldy)
	SHLQ(operand.Imm(2), ldx)
	x4, ldx3 := GP64(), GP64() // at row 4; three rows
	LEAQ(operand.Mem{Base: x, Index: ldx, Scale: 4}, x4)
	LEAQ(operand.Mem{Base: ldx, Index: ldx, Scale: 2}, ldx3)
	row := func(base reg.Register, i int) operand.Mem {
		return [...]operand.Mem{
			{Base: base},
			{Base: base, Index: ldx, Scale: 1},
			{Base: base, Index: ldx, Scale: 2},
			{Base: base, Index: ldx3, Scale: 1},
		}[i]
	}
	const low, high = 0x44, 0xee // the lower or upper pairs of two vectors

	Label("square")
	for half := range 2 {
		// Columns 4·half to 4·half+3 of rows 0 to 3 in the lower lanes, of rows 4
		// to 7 in the upper; then 4 × 4 transposes in both lanes at once.
		var r [4]reg.VecVirtual
		for i := range r {
			r[i] = YMM()
			VMOVUPS(row(x, i).Offset(16*half), r[i].AsX())
			VINSERTF128(operand.Imm(1), row(x4, i).Offset(16*half), r[i], r[i])
		}
		var pairs [4]reg.VecVirtual
		for i := range pairs {
			pairs[i] = YMM()
		}
		VUNPCKLPS(r[1], r[0], pairs[0])
		VUNPCKLPS(r[3], r[2], pairs[1])
		VUNPCKHPS(r[1], r[0], pairs[2])
		VUNPCKHPS(r[3], r[2], pairs[3])
		for i := range 4 {
			from := pairs[i/2*2:]
			which := uint64(low)
			if i%2 == 1 {
				which = high
			}
			VSHUFPS(operand.Imm(which), from[1], from[0], r[i])
			VMOVUPS(r[i], operand.Mem{Base: y})
			ADDQ(ldy, y)
		}
	}
	ADDQ(operand.Imm(32), x)
	ADDQ(operand.Imm(32), x4)
	SUBQ(operand.Imm(8), n)
	JG(operand.LabelRef("square"))
	VZEROUPPER()
	RET()
}
