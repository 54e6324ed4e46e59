package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func init() { families["values"] = values }

// values writes what describes the values of one slice. It compares float32 as
// whole numbers: that is done in four units, the comparison of float32 in two,
// which are busy.
func values() {
	eachWalk("maxAbs", "func(x []float32) float32", func(w *walk) {
		magnitude, largest := w.constant(unsigned), w.constants(0)
		w.blocks([]string{"x"}, func(rest bool) {
			for i, p := range w.each(rest) {
				x := p.load("x")
				VANDPS(magnitude, x, x)
				VPMAXUD(x, largest[i], largest[i])
			}
		}, nil)
		w.fold(VPMAXUD, largest, "")
	})
	eachLaneSum("valueRange", "func(x []float32) (maxSigned int32, maxUnsigned, minUnsigned uint32, sum float64)", valueRange)
	eachLaneSum("squaredDeviations", "func(x []float32, center float64) float64", squaredDeviations)
	eachLaneSum("sumMin", "func(x []float32) (sum float64, least float32)", func(s *laneSum) {
		magnitude, least := s.constant(unsigned), s.constants(plusInf)
		s.blocks([]string{"x"}, func(rest bool) {
			for i, p := range s.each(rest) {
				x := p.load("x")
				VANDPS(magnitude, x, x)
				s.add(p, x)
				p.replace(VPMINUD, x, least[i])
			}
		}, nil)
		s.total("sum")
		s.fold(VPMINUD, least, "least")
	})
	eachWalk("countZeros", "func(x []float32) uint32", countZeros)
}

func valueRange(s *laneSum) {
	maxSigned, maxUnsigned, minUnsigned := s.constants(1<<31), s.constants(0), s.constants(0xffffffff)
	s.blocks([]string{"x"}, func(rest bool) {
		for i, p := range s.each(rest) {
			x := p.load("x")
			p.replace(VPMAXSD, x, maxSigned[i])
			p.replace(VPMAXUD, x, maxUnsigned[i])
			p.replace(VPMINUD, x, minUnsigned[i])
			s.add(p, x)
		}
	}, nil)
	s.fold(VPMAXSD, maxSigned, "maxSigned")
	s.fold(VPMAXUD, maxUnsigned, "maxUnsigned")
	s.fold(VPMINUD, minUnsigned, "minUnsigned")
	s.total("sum")
}

// squaredDeviations clears what the subtraction makes of a rest's filling.
func squaredDeviations(s *laneSum) {
	center := s.doubles()
	VBROADCASTSD(argument("center"), center)
	s.blocks([]string{"x"}, func(rest bool) {
		for _, p := range s.each(rest) {
			doubles, lanes := s.widened(p, p.load("x"))
			for i, d := range doubles {
				if rest && s.avx512 {
					VSUBPD_Z(center, d, p.mask, d)
				} else {
					VSUBPD(center, d, d)
				}
				if rest && !s.avx512 {
					mask := XMM()
					VEXTRACTF128(operand.Imm(uint64(i)), p.mask, mask)
					wide := YMM()
					VPMOVSXDQ(mask, wide)
					VANDPD(wide, d, d)
				}
				VFMADD231PD(d, d, lanes[i])
			}
		}
	}, nil)
	s.total("")
}

// countZeros counts down from zero where x is zero, in every lane.
func countZeros(w *walk) {
	null, count := w.constant(0), w.constants(0)
	var minusOne reg.VecVirtual
	if w.avx512 {
		minusOne = w.constant(0xffffffff)
	}
	w.blocks([]string{"x"}, func(rest bool) {
		for i, p := range w.each(rest) {
			x := p.load("x")
			if !w.avx512 {
				VCMPPS(operand.Imm(equalTo), null, x, x)
				if rest {
					VPAND(p.mask, x, x)
				}
				VPSUBD(x, count[i], count[i])
				continue
			}
			k := K()
			if rest {
				VCMPPS(operand.Imm(equalTo), null, x, p.mask, k)
			} else {
				VCMPPS(operand.Imm(equalTo), null, x, k)
			}
			VPSUBD(minusOne, count[i], k, count[i])
		}
	}, nil)
	w.fold(VPADDD, count, "")
}
