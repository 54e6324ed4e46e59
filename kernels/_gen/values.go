package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
)

func init() { families["values"] = values }

// values writes what describes the values of one slice.
func values() {
	eachWalk("maxAbs", "func(x []float32) float32", maxAbs)
	eachLaneSum("valueRange", "func(x []float32) (low, high float32, sum float64)", func(s *laneSum) {
		low, high := s.constants(plusInf), s.constants(minusInf)
		s.loop([]string{"x"}, func(p part) {
			x := p.load("x")
			p.replace(VMINPS, x, low[p.p])
			p.replace(VMAXPS, x, high[p.p])
			s.add(p, x)
		}, nil)
		s.fold(VMINPS, low, "low")
		s.fold(VMAXPS, high, "high")
		s.total("sum")
	})
	eachLaneSum("squaredDeviations", "func(x []float32, center float64) float64", squaredDeviations)
	eachLaneSum("sumMin", "func(x []float32) (sum float64, least float32)", func(s *laneSum) {
		magnitude, least := s.constant(unsigned), s.constants(plusInf)
		s.loop([]string{"x"}, func(p part) {
			x := p.load("x")
			VANDPS(magnitude, x, x)
			p.replace(VMINPS, x, least[p.p])
			s.add(p, x)
		}, nil)
		s.total("sum")
		s.fold(VMINPS, least, "least")
	})
	eachWalk("countZeros", "func(x []float32) uint32", countZeros)
}

// maxAbs compares magnitudes as whole numbers; a rest is filled up with zeros.
func maxAbs(w *walk) {
	magnitude, largest := w.constant(unsigned), w.constants(0)
	w.loop([]string{"x"}, func(p part) {
		x := p.load("x")
		if w.avx512 {
			VPANDD(magnitude, x, x)
		} else {
			VPAND(magnitude, x, x)
		}
		VPMAXUD(x, largest[p.p], largest[p.p])
	}, nil)
	w.fold(VPMAXUD, largest, "")
}

// squaredDeviations clears what the subtraction made of a rest's filling.
func squaredDeviations(s *laneSum) {
	center := s.doubles()
	VBROADCASTSD(parameter("center"), center)
	s.loop([]string{"x"}, func(p part) {
		x, d := p.load("x"), s.doubles()
		VCVTPS2PD(x, d)
		switch {
		case p.mask == nil:
			VSUBPD(center, d, d)
		case p.avx512:
			VSUBPD_Z(center, d, p.mask, d)
		default:
			VSUBPD(center, d, d)
			wide := YMM()
			VPMOVSXDQ(p.mask, wide)
			VANDPD(wide, d, d)
		}
		s.addSquare(p, d)
	}, nil)
	s.total("")
}

// countZeros counts down from zero where x is zero, in every lane.
func countZeros(w *walk) {
	null, count := w.constant(0), w.constants(0)
	minusOne := w.constant(0xffffffff)
	w.loop([]string{"x"}, func(p part) {
		x := p.load("x")
		switch {
		case w.avx512 && p.mask == nil:
			k := K()
			VCMPPS(operand.Imm(equalTo), null, x, k)
			VPSUBD(minusOne, count[p.p], k, count[p.p])
		case w.avx512:
			k := K()
			VCMPPS(operand.Imm(equalTo), null, x, p.mask, k)
			VPSUBD(minusOne, count[p.p], k, count[p.p])
		default:
			VCMPPS(operand.Imm(equalTo), null, x, x)
			if p.mask != nil {
				VPAND(p.mask, x, x)
			}
			VPSUBD(x, count[p.p], count[p.p])
		}
	}, nil)
	w.fold(VPADDD, count, "")
}
