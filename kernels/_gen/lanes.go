package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// laneSum writes float64 sums of float32 values in the 16 lanes of
// kernels.Range. A part has as many values as a register holds float64, 8 or 4,
// so registers of float32 are half as wide as those of float64.
type laneSum struct {
	*walk
	sums []reg.VecVirtual // a register of lanes for each part
}

// eachLaneSum declares the function of that name on both paths and lets body
// write it; the lanes are cleared before.
func eachLaneSum(name, signature string, body func(s *laneSum)) {
	eachPath(name, signature, walk{block: 16, parts: 4}, walk{block: 16, parts: 2}, func(w *walk) {
		s := &laneSum{w, make([]reg.VecVirtual, w.parts)}
		for p := range s.sums {
			s.sums[p] = s.doubles()
			zero(s.sums[p])
		}
		body(s)
	})
}

// doubles returns a register for a part in float64.
func (s *laneSum) doubles() reg.VecVirtual {
	if s.avx512 {
		return ZMM()
	}
	return YMM()
}

// add adds x, zero outside the mask, to the lanes of a part. Lanes never hold
// -0, so adding a zero leaves them as they are.
func (s *laneSum) add(p part, x reg.VecVirtual) {
	d := s.doubles()
	VCVTPS2PD(x, d)
	VADDPD(d, s.sums[p.p], s.sums[p.p])
}

// addSquare adds the squares of d, which it overwrites.
func (s *laneSum) addSquare(p part, d reg.VecVirtual) {
	VMULPD(d, d, d)
	VADDPD(d, s.sums[p.p], s.sums[p.p])
}

// total adds lane l+8 to lane l, then l+4, l+2 and l+1, and stores the result.
func (s *laneSum) total(result string) {
	for n := s.parts / 2; n > 0; n /= 2 {
		for p := range n {
			VADDPD(s.sums[p+n], s.sums[p], s.sums[p])
		}
	}
	x := s.sums[0]
	if s.avx512 {
		high := YMM()
		VEXTRACTF64X4(operand.Imm(1), x, high)
		VADDPD(high, x.AsY(), x.AsY())
	}
	high := XMM()
	VEXTRACTF128(operand.Imm(1), x.AsY(), high)
	VADDPD(high, x.AsX(), x.AsX())
	VPERMILPD(operand.Imm(1), x.AsX(), high)
	VADDSD(high, x.AsX(), x.AsX())
	VMOVSD(x.AsX(), returned(result))
}
