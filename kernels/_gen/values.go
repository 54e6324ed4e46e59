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
	laneSums("valueRange", "func(x []float32) (maxSigned int32, maxUnsigned, minUnsigned uint32, sum float64)", false,
		func(s *laneSum) { describe(s, false) })
	laneSums("describe", "func(x []float32) (maxSigned int32, maxUnsigned, minMagnitude uint32, sum, sumAbs float64)", false,
		func(s *laneSum) { describe(s, true) })
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

// describe writes the range and the sum of values and, if wanted, the same of their
// magnitudes, of which the range needs no other end. It widens values on their way
// from memory, which processors do well in registers of 256 bits.
func describe(s *laneSum, magnitudes bool) {
	least, name := s.constant(0xffffffff), "minUnsigned"
	var sumsAbs []reg.VecVirtual
	if magnitudes {
		least, name, sumsAbs = s.constant(plusInf), "minMagnitude", s.lanes()
	}
	maxSigned, maxUnsigned := s.constant(1<<31), s.constant(0)
	whole := masks{s.constant(unsigned), s.double(unsigned<<32 | 0xffffffff), s.one}
	s.blocks([]string{"x"}, func(rest bool) {
		m := whole
		if rest && !s.avx512 { // no registers are left for them
			m = masks{repeated("single", unsigned), repeated("double", 0xffffffff, unsigned), repeated("one", 0, one>>32)}
		}
		for i, p := range s.each(rest) {
			x := p.load("x")
			for half := range 2 {
				d, l := s.half(p, x, half), 2*i+half
				VFMADD231PD(m.one, d, s.sums[l])
				if magnitudes {
					VANDPD(m.double, d, d)
					VFMADD231PD(m.one, d, sumsAbs[l])
				}
			}
			p.replace(VPMAXSD, x, maxSigned)
			VPMAXUD(x, maxUnsigned, maxUnsigned)
			if magnitudes {
				VANDPS(m.single, x, x)
			}
			p.replace(VPMINUD, x, least)
		}
	}, nil)
	s.fold(VPMAXSD, []reg.VecVirtual{maxSigned}, "maxSigned")
	s.fold(VPMAXUD, []reg.VecVirtual{maxUnsigned}, "maxUnsigned")
	s.fold(VPMINUD, []reg.VecVirtual{least}, name)
	s.total("sum")
	if magnitudes {
		s.totalOf(sumsAbs, "sumAbs")
	}
}

// half returns four values of a part in float64. Those of a rest are in x already,
// within its mask.
func (s *laneSum) half(p part, x reg.VecVirtual, half int) reg.VecVirtual {
	d := s.doubles()
	switch {
	case p.mask == nil:
		VCVTPS2PD(p.at("x").Offset(16*half), d)
	case half == 0:
		VCVTPS2PD(x.AsX(), d)
	default:
		VEXTRACTF128(operand.Imm(1), x, d.AsX())
		VCVTPS2PD(d.AsX(), d)
	}
	return d
}

// masks are what describe needs in every lane: all bits but the sign of float32
// and of float64, and 1.
type masks struct{ single, double, one operand.Op }

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
				VCMPPS(equalTo, null, x, x)
				if rest {
					VPAND(p.mask, x, x)
				}
				VPSUBD(x, count[i], count[i])
				continue
			}
			k := K()
			if rest {
				VCMPPS(equalTo, null, x, p.mask, k)
			} else {
				VCMPPS(equalTo, null, x, k)
			}
			VPSUBD(minusOne, count[i], k, count[i])
		}
	}, nil)
	w.fold(VPADDD, count, "")
}
