package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// laneSum writes float64 sums of float32 values in the 16 lanes of
// kernels.Range. The float32 work is done in two parts of 8 values on both
// paths; widened, a part is one register with AVX-512 and two with AVX2.
type laneSum struct {
	*walk
	sums []reg.VecVirtual
	one  reg.VecVirtual // 1.0 in every lane
}

// eachLaneSum declares the function of that name on both paths and lets body
// write it; the lanes are cleared before.
func eachLaneSum(name, signature string, body func(s *laneSum)) {
	half := walk{block: 16, parts: 2}
	eachPath(name, signature, half, half, func(w *walk) {
		s := &laneSum{walk: w, one: w.doubles()}
		for range 16 / w.doubleWidth() {
			sum := w.doubles()
			zero(sum)
			s.sums = append(s.sums, sum)
		}
		t := GP64()
		MOVQ(operand.U64(0x3ff0000000000000), t)
		VMOVQ(t, s.one.AsX())
		VBROADCASTSD(s.one.AsX(), s.one)
		body(s)
	})
}

// doubles returns a register for float64.
func (w *walk) doubles() reg.VecVirtual {
	if w.avx512 {
		return ZMM()
	}
	return YMM()
}

// doubleWidth is the number of float64 in a register.
func (w *walk) doubleWidth() int {
	if w.avx512 {
		return 8
	}
	return 4
}

// widened returns the values of a part in float64, and the lanes for them.
func (s *laneSum) widened(p part, x reg.VecVirtual) (doubles, lanes []reg.VecVirtual) {
	d := s.doubles()
	if s.avx512 {
		VCVTPS2PD(x, d)
		return []reg.VecVirtual{d}, s.sums[p.p : p.p+1]
	}
	VCVTPS2PD(x.AsX(), d)
	high := s.doubles()
	VEXTRACTF128(operand.Imm(1), x, high.AsX())
	VCVTPS2PD(high.AsX(), high)
	return []reg.VecVirtual{d, high}, s.sums[2*p.p : 2*p.p+2]
}

// add adds a part to its lanes. Multiplying by 1 changes nothing but the
// execution unit, of which those for additions are busy with widening. Lanes
// never hold -0, so the zeros that fill up a rest leave them as they are.
func (s *laneSum) add(p part, x reg.VecVirtual) {
	doubles, lanes := s.widened(p, x)
	for i, d := range doubles {
		VFMADD231PD(s.one, d, lanes[i])
	}
}

// addSquares adds the squares of a part to its lanes.
func (s *laneSum) addSquares(p part, x reg.VecVirtual) {
	doubles, lanes := s.widened(p, x)
	for i, d := range doubles {
		VFMADD231PD(d, d, lanes[i])
	}
}

// total adds lane l+8 to lane l, then l+4, l+2 and l+1, and stores the result.
func (s *laneSum) total(result string) {
	for n := len(s.sums) / 2; n > 0; n /= 2 {
		for i := range n {
			VADDPD(s.sums[i+n], s.sums[i], s.sums[i])
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
