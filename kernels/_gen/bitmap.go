package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func init() { families["bitmap"] = bitmap }

// Predicates of VCMPPS, false for NaN.
const (
	equalTo     = 0x00
	greaterThan = 0x1e
)

// bitmap writes comparisons whose results are packed into bits. Their callers
// clear the last word, of which they write only what has values.
func bitmap() {
	eachWalk("signBits", "func(bits []uint64, x []float32)", func(w *walk) {
		null := w.constant(0)
		writeBits(w, []string{"x"}, func(p part) (greater, less reg.VecVirtual) {
			return null, p.load("x")
		})
	})
	eachWalk("descentBits", "func(bits []uint64, a, b []float32)", func(w *walk) {
		writeBits(w, []string{"a", "b"}, func(p part) (greater, less reg.VecVirtual) {
			return p.load("a"), p.load("b")
		})
	})
}

// writeBits writes the loop that sets the bits where of two registers the first
// is greater; zeros in a rest compare equal.
func writeBits(w *walk, slices []string, operands func(p part) (greater, less reg.VecVirtual)) {
	bits := Load(Param("bits").Base(), GP64())
	w.blocks(slices, func(rest bool) {
		for i, p := range w.each(rest) {
			x, y := operands(p)
			if w.avx512 {
				k := K()
				VCMPPS(operand.Imm(greaterThan), y, x, k)
				KMOVW(k, operand.Mem{Base: bits})
				continue
			}
			t, eight := YMM(), GP32()
			VCMPPS(operand.Imm(greaterThan), y, x, t)
			VMOVMSKPS(t, eight)
			MOVB(eight.As8(), operand.Mem{Base: bits, Disp: i})
		}
	}, func() {
		ADDQ(operand.Imm(2), bits)
	})
}
