package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func init() { families["bitmap"] = bitmap }

// bitmap writes comparisons whose results are packed into bits. AVX2 writes
// only the bytes of the last word that have values; its callers clear it.
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
		if w.avx512 {
			KMOVQ(joined(func(i int) reg.Register {
				k := K()
				x, y := operands(w.part(i, rest))
				VCMPPS(greaterThan, y, x, k)
				return k
			}), operand.Mem{Base: bits})
			return
		}
		for i, p := range w.each(rest) {
			t, eight := YMM(), GP32()
			x, y := operands(p)
			VCMPPS(greaterThan, y, x, t)
			VMOVMSKPS(t, eight)
			MOVB(eight.As8(), operand.Mem{Base: bits, Disp: i})
		}
	}, func() {
		ADDQ(operand.Imm(uint64(w.block/8)), bits)
	})
}

// joined joins four masks of 16 bits, the first lowest, to one of 64. It asks for
// each when it wants it, for there are few registers of masks.
func joined(mask func(i int) reg.Register) reg.Register {
	low, next := mask(0), mask(1)
	KUNPCKWD(low, next, low)
	high, next := mask(2), mask(3)
	KUNPCKWD(high, next, high)
	KUNPCKDQ(low, high, low)
	return low
}
