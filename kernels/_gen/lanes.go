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
	wide bool // float64 in registers of 512 bits, 8 of them, else of 256
	sums []reg.VecVirtual
	one  reg.VecVirtual // 1.0 in every lane
}

// eachLaneSum declares the function of that name on both paths and lets body
// write it; the lanes are cleared before.
func eachLaneSum(name, signature string, body func(s *laneSum)) {
	laneSums(name, signature, true, body)
}

// laneSums is eachLaneSum, with wide registers for AVX-512 or not.
func laneSums(name, signature string, wide bool, body func(s *laneSum)) {
	half := walk{block: 16, parts: 2}
	eachPath(name, signature, half, half, func(w *walk) {
		s := &laneSum{walk: w, wide: wide && w.avx512}
		s.sums = s.lanes()
		s.one = s.double(one)
		body(s)
	})
}

// one is the bits of 1.0 in float64.
const one = 0x3ff0000000000000

// lanes returns registers with a zero in each of 16 lanes.
func (s *laneSum) lanes() []reg.VecVirtual {
	var sums []reg.VecVirtual
	for range 16 / s.doubleWidth() {
		sum := s.doubles()
		zero(sum)
		sums = append(sums, sum)
	}
	return sums
}

// doubles returns a register for float64.
func (s *laneSum) doubles() reg.VecVirtual {
	if s.wide {
		return ZMM()
	}
	return YMM()
}

// double returns a register with these bits in every 64-bit lane.
func (s *laneSum) double(bits uint64) reg.VecVirtual {
	t, x := GP64(), s.doubles()
	MOVQ(operand.U64(bits), t)
	VMOVQ(t, x.AsX())
	VBROADCASTSD(x.AsX(), x)
	return x
}

// doubleWidth is the number of float64 in a register.
func (s *laneSum) doubleWidth() int {
	if s.wide {
		return 8
	}
	return 4
}

// widened returns the values of a part in float64, and the lanes for them.
func (s *laneSum) widened(p part, x reg.VecVirtual) (doubles, lanes []reg.VecVirtual) {
	d := s.doubles()
	if s.wide {
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

// total stores the sum of the lanes.
func (s *laneSum) total(result string) { s.totalOf(s.sums, result) }

// totalOf adds lane l+8 to lane l, then l+4, l+2 and l+1, and stores the result.
func (s *laneSum) totalOf(sums []reg.VecVirtual, result string) {
	for n := len(sums) / 2; n > 0; n /= 2 {
		for i := range n {
			VADDPD(sums[i+n], sums[i], sums[i])
		}
	}
	x := sums[0]
	if s.wide {
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
