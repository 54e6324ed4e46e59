package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func init() { families["argmax"] = argmax }

// argmax writes the comparison of outputs: block by block, the leaders stay in
// registers while the outputs pass by. A block fills a word of each plane with
// AVX-512, a quarter of it with AVX2.
func argmax() {
	eachWalk("argmax", "func(bits []uint64, words int, margin, x []float32, stride, c int)", func(w *walk) {
		bits, words := Load(Param("bits").Base(), GP64()), Load(Param("words"), GP64())
		stride, c := Load(Param("stride"), GP64()), Load(Param("c"), GP64())
		SHLQ(operand.Imm(3), words)
		SHLQ(operand.Imm(2), stride)
		one, lowest, limit := w.constant(1), w.constant(minusInf), w.constant(maxFloat32)
		w.blocks([]string{"margin", "x"}, func(rest bool) {
			l := newLeaders(w, lowest, rest)
			l.compare(stride, c, one)
			l.storeMargins(limit)
			l.storePlanes(bits, words, c, one)
		}, func() {
			ADDQ(operand.Imm(uint64(w.block/8)), bits)
		})
	})
}

// leaders are the largest and the second largest values of a block so far, and
// the number of the output that has the largest.
type leaders struct {
	parts                 []part
	first, second, winner []reg.VecVirtual
	suffix                string // of labels
}

func newLeaders(w *walk, lowest reg.VecVirtual, rest bool) *leaders {
	l := &leaders{winner: w.constants(0), suffix: "Whole"}
	if rest {
		l.suffix = "Rest"
	}
	for _, p := range w.each(rest) {
		l.parts = append(l.parts, p)
		l.first = append(l.first, p.load("x"))
		l.second = append(l.second, w.copy(lowest))
	}
	return l
}

// compare lets the outputs from 1 on pass by. The smaller of a value and the
// leader, which is the value if they are equal or either is NaN, is compared
// with the second.
func (l *leaders) compare(stride, c, one reg.Register) {
	w := l.parts[0].walk
	start := w.pointers["x"]
	x, k, output := GP64(), GP64(), w.constant(0)
	MOVQ(start, x)
	MOVQ(c, k)
	DECQ(k)
	Label("output" + l.suffix)
	ADDQ(stride, x)
	VPADDD(one, output, output)
	w.pointers["x"] = x
	for i, p := range l.parts {
		v, loser := p.load("x"), w.register()
		if w.avx512 {
			ahead := K()
			VCMPPS(greaterThan, l.first[i], v, ahead)
			VMOVDQA32(output, ahead, l.winner[i])
		} else {
			ahead := w.register()
			VCMPPS(greaterThan, l.first[i], v, ahead)
			VBLENDVPS(ahead, output, l.winner[i], l.winner[i])
		}
		VMINPS(v, l.first[i], loser)
		VMAXPS(l.second[i], loser, l.second[i])
		VMAXPS(l.first[i], v, l.first[i])
	}
	w.pointers["x"] = start
	DECQ(k)
	JNZ(operand.LabelRef("output" + l.suffix))
}

// storeMargins stores first - second, limited; NaN, the second of the two in
// VMINPS, stays. Doubling the bits and halving them again clears the sign of
// -0 - 0; a mask for that would be one register too many for AVX2.
func (l *leaders) storeMargins(limit reg.VecVirtual) {
	for i, p := range l.parts {
		VSUBPS(l.second[i], l.first[i], l.first[i])
		VMINPS(l.first[i], limit, l.first[i])
		VPADDD(l.first[i], l.first[i], l.first[i])
		VPSRLD(operand.Imm(1), l.first[i], l.first[i])
		switch {
		case p.mask == nil:
			VMOVUPS(l.first[i], p.at("margin"))
		case p.avx512:
			VMOVUPS(l.first[i], p.mask, p.at("margin"))
		default:
			VMASKMOVPS(l.first[i], p.mask, p.at("margin"))
		}
	}
}

// storePlanes stores where each output wins.
func (l *leaders) storePlanes(bits, words, c, one reg.Register) {
	w := l.parts[0].walk
	to, k, output := GP64(), GP64(), w.constant(0)
	MOVQ(bits, to)
	MOVQ(c, k)
	Label("plane" + l.suffix)
	if w.avx512 {
		KMOVQ(joined(func(i int) reg.Register { return l.wins(output, i) }), operand.Mem{Base: to})
	} else {
		l.storeWins(output, to)
	}
	ADDQ(words, to)
	VPADDD(one, output, output)
	DECQ(k)
	JNZ(operand.LabelRef("plane" + l.suffix))
}

// wins writes where output wins in a part.
func (l *leaders) wins(output reg.Register, i int) reg.Register {
	k := K()
	if mask := l.parts[i].mask; mask != nil {
		VPCMPEQD(l.winner[i], output, mask, k)
	} else {
		VPCMPEQD(l.winner[i], output, k)
	}
	return k
}

// storeWins stores a byte for each part of a block.
func (l *leaders) storeWins(output, to reg.Register) {
	for i, p := range l.parts {
		t, wins := YMM(), GP32()
		VPCMPEQD(l.winner[i], output, t)
		if p.mask != nil {
			VPAND(p.mask, t, t)
		}
		VMOVMSKPS(t, wins)
		MOVB(wins.As8(), operand.Mem{Base: to, Disp: i})
	}
}
