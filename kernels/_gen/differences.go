package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/reg"
)

func init() { families["differences"] = differences }

// Bits of float32.
const (
	unsigned   = 0x7fffffff // all but the sign
	maxFloat32 = 0x7f7fffff
	plusInf    = 0x7f800000
	minusInf   = 0xff800000
)

// differences writes first and second differences. Where a rest is filled up
// with zeros they are zero.
func differences() {
	eachLaneSum("differences", "func(a, b []float32) (sum float64, largest float32)", func(s *laneSum) {
		magnitude, limit, largest := s.constant(unsigned), s.constant(maxFloat32), s.constants(0)
		s.loop([]string{"a", "b"}, func(p part) {
			a, d := p.load("a"), p.load("b")
			VSUBPS(a, d, d)
			limitMagnitude(d, magnitude, limit)
			VMAXPS(largest[p.p], d, largest[p.p])
			s.add(p, d)
		}, nil)
		s.total("sum")
		s.fold(VMAXPS, largest, "largest")
	})
	eachLaneSum("secondDifferences", "func(a, b, c []float32) float64", func(s *laneSum) {
		magnitude, limit := s.constant(unsigned), s.constant(maxFloat32)
		s.loop([]string{"a", "b", "c"}, func(p part) {
			a, b, c := p.load("a"), p.load("b"), p.load("c")
			VSUBPS(b, a, a)
			VSUBPS(b, c, c)
			VADDPS(c, a, a)
			limitMagnitude(a, magnitude, limit)
			d := s.doubles()
			VCVTPS2PD(a, d)
			s.addSquare(p, d)
		}, nil)
		s.total("")
	})
}

// limitMagnitude makes d = min(|d|, limit); NaN, the second of the two, stays.
func limitMagnitude(d, magnitude, limit reg.VecVirtual) {
	VANDPS(magnitude, d, d)
	VMINPS(d, limit, d)
}
