package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func init() { families["philox"] = philox }

// The indexes of philoxRun.constants in ../philox_amd64.go, in bytes.
const (
	philoxTensor = 8 * iota
	philoxLast
	philoxBlocks
	philoxGap
	philoxStepPosition
	philoxStepElement
	philoxStepNetwork
)

// philoxWidth is how Philox runs in registers of one width. A counter takes a lane
// of 64 bits, because the multiplication gives that many.
type philoxWidth struct{ *instructionSet }

// philoxChains is the number of registers of counters at a time, to hide the latency
// of the rounds. Four were 10 % faster on long rows and slower on short ones.
const philoxChains = 2

// philoxState is where the counters of a register stand, a lane each.
type philoxState struct{ position, element, network reg.VecVirtual }

func philox() {
	for _, w := range []philoxWidth{{avx2}, {avx512}} {
		name := "philox" + w.name
		TEXT(name, NOSPLIT, "func(dst *uint32, groups int, position *[16]uint64, element, network *[8]uint64, keys *[10][2]uint32, constants *[7]uint64)")
		Doc(fmt.Sprintf("%s stores the words of groups·%d counters, groups ≥ 1, one after the", name, philoxChains*w.doubles()),
			fmt.Sprintf("other at their places in dst. The first %d counters are in the lanes of position,", w.doubles()),
			"element and network, which it moves on; the rest of position is scratch.")
		Pragma("noescape")
		dst := Load(Param("dst"), GP64())
		groups := Load(Param("groups"), GP64())
		pointer := func(name string) operand.Mem { return operand.Mem{Base: Load(Param(name), GP64())} }
		positions, elements, networks := pointer("position"), pointer("element"), pointer("network")
		keys, constants := pointer("keys"), pointer("constants")
		multiplier0, multiplier1 := w.bits(0xd2511f53), w.bits(0xcd9e8d57)
		s := philoxState{w.vector(), w.vector(), w.vector()}
		w.move(positions, s.position)
		w.move(elements, s.element)
		w.move(networks, s.network)
		var odd reg.Register
		if w.instructionSet == avx512 {
			odd = K()
			t := GP32()
			MOVL(operand.U32(0xaaaa), t)
			KMOVW(t, odd)
		}

		Label("group")
		c := make([][4]reg.VecVirtual, philoxChains)
		for i := range c {
			c[i] = w.counters(s, constants)
			w.move(s.position, positions.Offset(8*w.doubles()*i))
			w.advance(s, constants)
		}
		for round := range 10 {
			for i := range c {
				w.round(&c[i], keys.Offset(8*round), multiplier0, multiplier1)
			}
		}
		for i := range c {
			w.store(c[i], odd, positions.Offset(8*w.doubles()*i), dst)
		}
		DECQ(groups)
		JNZ(operand.LabelRef("group"))
		w.move(s.position, positions)
		w.move(s.element, elements)
		w.move(s.network, networks)
		VZEROUPPER()
		RET()
	}
}

// counters returns the four words of the counters at s. As everywhere, only the
// lower halves of the lanes count; the upper ones hold what happens to be there.
func (w philoxWidth) counters(s philoxState, constants operand.Mem) [4]reg.VecVirtual {
	c := [4]reg.VecVirtual{w.vector(), w.vector(), w.vector(), w.vector()}
	w.move(s.element, c[0])
	VPBROADCASTQ(constants.Offset(philoxTensor), c[1])
	w.move(s.network, c[2])
	VPSRLQ(operand.Imm(32), s.network, c[3])
	return c
}

// round is one round of Philox.
func (w philoxWidth) round(c *[4]reg.VecVirtual, keys operand.Mem, multiplier0, multiplier1 reg.VecVirtual) {
	VPMULUDQ(multiplier0, c[0], c[0])
	VPMULUDQ(multiplier1, c[2], c[2])
	high0, high1 := w.vector(), w.vector()
	VPSRLQ(operand.Imm(32), c[2], high1)
	w.xor3(high1, c[1], keys)
	VPSRLQ(operand.Imm(32), c[0], high0)
	w.xor3(high0, c[3], keys.Offset(4))
	*c = [4]reg.VecVirtual{high1, c[2], high0, c[0]}
}

// xor3 sets x to x ^ y ^ key.
func (w philoxWidth) xor3(x, y reg.VecVirtual, key operand.Mem) {
	if w.instructionSet == avx512 {
		VPTERNLOGD_BCST(operand.Imm(0x96), key, y, x)
		return
	}
	k := w.vector()
	VPBROADCASTD(key, k)
	VPXOR(k, y, y) // not on the way from product to product
	VPXOR(y, x, x)
}

// store writes the four words of every lane of c to dst + position, in the order
// of the lanes: a lane may overwrite the words after its predecessor's.
func (w philoxWidth) store(c [4]reg.VecVirtual, odd reg.Register, position operand.Mem, dst reg.Register) {
	for _, i := range []int{0, 2} { // the words of a pair side by side
		if w.instructionSet == avx512 {
			VPSHUFD(operand.Imm(0xa0), c[i+1], odd, c[i])
			continue
		}
		VPSHUFD(operand.Imm(0xa0), c[i+1], c[i+1])
		VPBLENDD(operand.Imm(0xaa), c[i+1], c[i], c[i])
	}
	even, uneven := w.vector(), w.vector() // lanes 0, 2, … and 1, 3, …
	VPUNPCKLQDQ(c[2], c[0], even)
	VPUNPCKHQDQ(c[2], c[0], uneven)
	for lane := range w.doubles() {
		from := []reg.VecVirtual{even, uneven}[lane%2]
		p := GP64()
		MOVQ(position.Offset(8*lane), p)
		to := operand.Mem{Base: dst, Index: p, Scale: 1}
		switch part := operand.Imm(uint64(lane / 2)); {
		case lane < 2 && w.instructionSet == avx512:
			VMOVDQU32(from.AsX(), to)
		case lane < 2:
			VMOVDQU(from.AsX(), to)
		case w.instructionSet == avx512:
			VEXTRACTI32X4(part, from, to)
		default:
			VEXTRACTI128(part, from, to)
		}
	}
}

// advance moves s on by a register of counters.
func (w philoxWidth) advance(s philoxState, constants operand.Mem) {
	constant := func(offset int) reg.VecVirtual {
		r := w.vector()
		VPBROADCASTQ(constants.Offset(offset), r)
		return r
	}
	VPADDQ(constant(philoxStepPosition), s.position, s.position)
	VPADDQ(constant(philoxStepElement), s.element, s.element)
	VPADDQ(constant(philoxStepNetwork), s.network, s.network)
	last := constant(philoxLast)
	if w.instructionSet == avx512 {
		beyond, minusOne := K(), w.vector()
		VPCMPGTQ(last, s.element, beyond)
		VPTERNLOGD(operand.Imm(0xff), minusOne, minusOne, minusOne)
		VPSUBQ(constant(philoxBlocks), s.element, beyond, s.element)
		VPSUBQ(constant(philoxGap), s.position, beyond, s.position)
		VPSUBQ(minusOne, s.network, beyond, s.network)
		return
	}
	beyond := w.vector() // -1 in lanes that go on to the next network
	VPCMPGTQ(last, s.element, beyond)
	VPSUBQ(beyond, s.network, s.network)
	blocks, gap := constant(philoxBlocks), constant(philoxGap)
	VPAND(beyond, blocks, blocks)
	VPSUBQ(blocks, s.element, s.element)
	VPAND(beyond, gap, gap)
	VPSUBQ(gap, s.position, s.position)
}

func (w philoxWidth) move(from, to operand.Op) {
	if w.instructionSet == avx512 {
		VMOVDQU64(from, to)
		return
	}
	VMOVDQU(from, to)
}
