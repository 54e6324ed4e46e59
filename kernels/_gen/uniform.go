package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
)

func init() { families["uniform"] = uniform }

func uniform() {
	for _, w := range []normalWidth{{avx2}, {avx512}} {
		TEXT("uniform"+w.name, NOSPLIT, "func(dst *float32, words *uint32, n int, low, width, shift float64, numbers *[14]float64)")
		Doc("uniform"+w.name+" sets dst[i] to float32(low + width·u), u the uniform number of words[i],",
			"for n words, n a positive multiple of 32. shift is 2¹⁹.")
		Pragma("noescape")
		dst, words, n := Load(Param("dst"), GP64()), Load(Param("words"), GP64()), Load(Param("n"), GP64())
		numbers := operand.Mem{Base: Load(Param("numbers"), GP64())}
		low, width := w.number(argument("low"), 0), w.number(argument("width"), 0)
		shift := w.number(argument("shift"), 0)
		i := GP64()
		XORQ(i, i)
		Label("loop")
		for j := range 32 / w.doubles() {
			u := w.shifted(operand.Mem{Base: words, Index: i, Scale: 4, Disp: 4 * w.doubles() * j}, numbers)
			VSUBPD(shift, u, u)
			VMULPD(width, u, u)
			VADDPD(low, u, u)
			w.store(u, operand.Mem{Base: dst, Index: i, Scale: 4, Disp: 4 * w.doubles() * j})
		}
		ADDQ(operand.Imm(32), i)
		CMPQ(i, n)
		JL(operand.LabelRef("loop"))
		VZEROUPPER()
		RET()
	}
}
