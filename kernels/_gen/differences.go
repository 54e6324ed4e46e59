package main

import (
	. "github.com/mmcloughlin/avo/build"
)

func init() { families["differences"] = differences }

// Bits of float32.
const (
	unsigned   = 0x7fffffff // all but the sign
	maxFloat32 = 0x7f7fffff
	plusInf    = 0x7f800000
	minusInf   = 0xff800000
)

// differences writes first and second differences without their limit. Where a
// rest is filled up with zeros they are zero.
func differences() {
	eachLaneSum("differences", "func(a, b []float32) (sum float64, largest float32)", func(s *laneSum) {
		magnitude, largest := s.constant(unsigned), s.constants(0)
		s.blocks([]string{"a", "b"}, func(rest bool) {
			for _, p := range s.each(rest) {
				a, d := p.load("a"), p.load("b")
				VSUBPS(a, d, d)
				VANDPS(magnitude, d, d)
				s.add(p, d)
				VPMAXUD(d, largest[p.p], largest[p.p]) // as the order of positive float32
			}
		}, nil)
		s.total("sum")
		s.fold(VPMAXUD, largest, "largest")
	})
	eachLaneSum("secondDifferences", "func(a, b, c []float32) float64", func(s *laneSum) {
		s.blocks([]string{"a", "b", "c"}, func(rest bool) {
			for _, p := range s.each(rest) {
				a, b, c := p.load("a"), p.load("b"), p.load("c")
				VSUBPS(b, a, a)
				VSUBPS(b, c, c)
				VADDPS(c, a, a)
				s.addSquares(p, a)
			}
		}, nil)
		s.total("")
	})
}
