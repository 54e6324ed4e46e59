package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func init() { families["normal"] = normal }

// The indexes of normalNumbers in ../normal.go, in bytes.
const (
	numberShifted = 8 * iota
	numberMiddle
	numberHalf
	numberOne
	numberBorder
	numberBorder2
	numberShift
	numberLn2Hi
	numberLn2Lo
	numberSqrtHalf
	numberSign
	numberExponent
	numberWhole
	numberMagic
)

// normalWidth is how normals are computed in registers of one width: in float64,
// so the lanes of a register are its doubles.
type normalWidth struct{ *instructionSet }

// normalVectors is the number of registers at a time, since every step waits for
// the one before.
const normalVectors = 4

func normal() {
	for _, w := range []normalWidth{{avx2}, {avx512}} {
		w.writeCentre()
		w.writeFlank()
	}
}

// normalCompress returns the address of rows of four words: row m brings the
// places of the bits of m to the front.
func normalCompress() operand.Mem {
	return words("normalCompress", 16*4, func(i int) uint32 {
		place, rank := uint32(0), i%4
		for bit := range uint32(4) {
			if i/4>>bit&1 == 1 {
				if rank == 0 {
					place = bit
				}
				rank--
			}
		}
		return place
	})
}

// vector holds the registers of one vector of quantiles.
type vector struct{ q, r, p, d reg.VecVirtual }

func (w normalWidth) writeCentre() {
	TEXT("normalCentre"+w.name, NOSPLIT, "func(dst *float32, words *uint32, n, first int, std float64, ratio *[2][8]float64, numbers *[14]float64, flankWords, flankPlaces *uint32) int")
	Doc("normalCentre"+w.name+" sets dst[i] to float32(std·x), x the centre's quantile of words[i], for n",
		"words, n a positive multiple of 32. It lists the words that belong to the flanks, whose",
		"dst[i] have no meaning, and their places, first + i, and returns how many there are. The",
		"lists need room for 8 more.")
	Pragma("noescape")
	dst, words, n := Load(Param("dst"), GP64()), Load(Param("words"), GP64()), Load(Param("n"), GP64())
	firstPlace := GP64()
	Load(Param("first"), firstPlace)
	std := argument("std")
	ratio := operand.Mem{Base: Load(Param("ratio"), GP64())}
	numbers := operand.Mem{Base: Load(Param("numbers"), GP64())}
	list := flankList{Load(Param("flankWords"), GP64()), Load(Param("flankPlaces"), GP64()), GP64()}
	compress := GP64()
	if w.instructionSet == avx2 {
		LEAQ(normalCompress(), compress)
	}
	i := GP64()
	XORQ(i, i)
	XORQ(list.n, list.n)

	Label("centre")
	v := make([]vector, normalVectors)
	at := func(base reg.Register, j int) operand.Mem {
		return operand.Mem{Base: base, Index: i, Scale: 4, Disp: 4 * w.doubles() * j}
	}
	for j := range v {
		v[j].r = w.vector()
		q := w.centred(at(words, j), numbers)
		VANDNPD(q, w.number(numbers, numberSign), v[j].r)
		place := w.half()
		p := GP32()
		LEAL(operand.Mem{Base: firstPlace, Index: i, Scale: 1, Disp: w.doubles() * j}, p)
		VMOVD(p, place.AsX())
		VPBROADCASTD(place.AsX(), place)
		VPADDD(counting16(), place, place)
		w.note(list, at(words, j), place, v[j].r, w.number(numbers, numberBorder), compress)
		VMULPD(q, q, v[j].r)
		VSUBPD(v[j].r, w.number(numbers, numberBorder2), v[j].r)
		v[j].q = q
	}
	w.ratio(v, ratio)
	for j := range v {
		q := v[j].q
		if w.instructionSet == avx2 { // too few registers to keep it
			q = w.centred(at(words, j), numbers)
		}
		VDIVPD(v[j].d, v[j].p, v[j].p)
		VMULPD(v[j].p, q, q)
		VMULPD(w.number(std, 0), q, q)
		w.store(q, at(dst, j))
	}
	ADDQ(operand.Imm(uint64(w.doubles()*normalVectors)), i)
	CMPQ(i, n)
	JL(operand.LabelRef("centre"))
	Store(list.n, ReturnIndex(0))
	VZEROUPPER()
	RET()
}

// flankList is where the kernel of the centre notes what it cannot serve.
type flankList struct {
	words, places reg.Register
	n             reg.GPVirtual
}

// note appends to the list those of the words and their places whose size is
// beyond the border.
func (w normalWidth) note(list flankList, words operand.Mem, place, size, border reg.VecVirtual, compress reg.GPVirtual) {
	word, count := w.half(), GP64()
	toWords := operand.Mem{Base: list.words, Index: list.n, Scale: 4}
	toPlaces := operand.Mem{Base: list.places, Index: list.n, Scale: 4}
	VMOVUPS(words, word)
	if w.instructionSet == avx512 {
		outside := K()
		VCMPPD(greaterThan, border, size, outside)
		VPCOMPRESSD(word, outside, word)
		VPCOMPRESSD(place, outside, place)
		KMOVB(outside, count.As32())
	} else {
		outside, row, order := w.vector(), GP64(), w.half()
		VCMPPD(greaterThan, border, size, outside)
		VMOVMSKPD(outside, count.As32())
		MOVQ(count, row)
		SHLQ(operand.Imm(4), row)
		VMOVUPS(operand.Mem{Base: compress, Index: row, Scale: 1}, order)
		VPERMILPS(order, word, word)
		VPERMILPS(order, place, place)
	}
	VMOVUPS(word, toWords)
	VMOVUPS(place, toPlaces)
	POPCNTQ(count, count)
	ADDQ(count, list.n)
}

// ratio sets p and d to the polynomials in r whose coefficients are at c.
func (w normalWidth) ratio(v []vector, c operand.Mem) {
	for j := range v {
		v[j].p, v[j].d = w.vector(), w.vector()
		VBROADCASTSD(c, v[j].p)
		VBROADCASTSD(c.Offset(64), v[j].d)
	}
	for k := 1; k < 8; k++ {
		p, d := w.number(c, 8*k), w.number(c, 64+8*k)
		for j := range v {
			VMULPD(v[j].r, v[j].p, v[j].p)
			VMULPD(v[j].r, v[j].d, v[j].d)
			VADDPD(p, v[j].p, v[j].p)
			VADDPD(d, v[j].d, v[j].d)
		}
	}
}

// shifted returns 2¹⁹ + u of the words at the address, exactly: u is (2·word + 1)·2⁻³³,
// and the last bit of a float64 in [2¹⁹, 2²⁰) stands for 2⁻³³.
func (w normalWidth) shifted(words, numbers operand.Mem) reg.VecVirtual {
	u := w.vector()
	VPMOVZXDQ(words, u)
	VPADDQ(u, u, u)
	VORPD(w.number(numbers, numberShifted), u, u)
	return u
}

// centred returns q = u - 1/2 of the words at the address.
func (w normalWidth) centred(words, numbers operand.Mem) reg.VecVirtual {
	q := w.shifted(words, numbers)
	VSUBPD(w.number(numbers, numberMiddle), q, q)
	return q
}

// store stores float32(x).
func (w normalWidth) store(x reg.VecVirtual, to operand.Mem) {
	y := w.half()
	if w.instructionSet == avx512 {
		VCVTPD2PS(x, y)
	} else {
		VCVTPD2PSY(x, y)
	}
	VMOVUPS(y, to)
}

// number returns a register full of the number at the offset.
func (w normalWidth) number(numbers operand.Mem, offset int) reg.VecVirtual {
	r := w.vector()
	VBROADCASTSD(numbers.Offset(offset), r)
	return r
}
