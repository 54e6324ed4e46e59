package main

import (
	"iter"

	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// walk writes kernels that walk slices of one length, a block of values at a
// time, in parts of one register each.
type walk struct {
	avx512    bool
	block     int // values
	parts     int // of a block
	pointers  map[string]reg.GPVirtual
	remaining reg.GPVirtual
	mask      func(p int) reg.Register // writes the mask of a part of the rest
}

// eachWalk declares the function of that name on both paths and lets body write
// it, with full registers. Blocks are as large as keeps short loops from waiting
// for the decoder.
func eachWalk(name, signature string, body func(w *walk)) {
	eachPath(name, signature, walk{block: 16, parts: 2}, walk{block: 64, parts: 4}, body)
}

// eachPath is eachWalk with blocks and parts of choice for AVX2 and AVX-512.
func eachPath(name, signature string, avx2, avx512 walk, body func(w *walk)) {
	avx512.avx512 = true
	for _, w := range []walk{avx2, avx512} {
		full := name + "AVX2"
		if w.avx512 {
			full = name + "AVX512"
		}
		TEXT(full, NOSPLIT, signature)
		Pragma("noescape")
		Doc(full + " is " + name + "Generic.")
		body(&w)
		VZEROUPPER()
		RET()
	}
}

// width is the number of values in a part, 8 or 16.
func (w *walk) width() int { return w.block / w.parts }

// set is the instruction set whose registers hold a part.
func (w *walk) set() *instructionSet {
	if w.width() == avx512.lanes {
		return avx512
	}
	return avx2
}

// register returns a register for a part.
func (w *walk) register() reg.VecVirtual { return w.set().vector() }

// constant returns a register with these bits in every 32-bit lane.
func (w *walk) constant(bits uint32) reg.VecVirtual { return w.set().bits(bits) }

// constants is constant for each part.
func (w *walk) constants(bits uint32) []reg.VecVirtual {
	x := []reg.VecVirtual{w.constant(bits)}
	for len(x) < w.parts {
		x = append(x, w.copy(x[0]))
	}
	return x
}

// copy returns a copy of x.
func (w *walk) copy(x reg.VecVirtual) reg.VecVirtual {
	y := w.register()
	VMOVAPS(x, y)
	return y
}

// blocks writes the loop over the slices, whose length is that of the first one:
// body for whole blocks, and once more for the rest. After each whole block it
// writes next, which may be nil.
func (w *walk) blocks(slices []string, body func(rest bool), next func()) {
	w.pointers = map[string]reg.GPVirtual{}
	w.remaining = Load(Param(slices[0]).Len(), GP64()).(reg.GPVirtual)
	for _, name := range slices {
		w.pointers[name] = Load(Param(name).Base(), GP64()).(reg.GPVirtual)
	}
	block := operand.Imm(uint64(w.block))
	SUBQ(block, w.remaining)
	JL(operand.LabelRef("rest"))
	Label("whole")
	body(false)
	for _, name := range slices {
		ADDQ(operand.I32(4*w.block), w.pointers[name])
	}
	if next != nil {
		next()
	}
	SUBQ(block, w.remaining)
	JGE(operand.LabelRef("whole"))
	Label("rest")
	ADDQ(block, w.remaining)
	JZ(operand.LabelRef("done"))
	w.mask = w.masks()
	body(true)
	Label("done")
}

// masks returns what writes the mask of a part for the values that remain, fewer
// than a block, when it is wanted: AVX2 has no registers to keep them all.
func (w *walk) masks() func(p int) reg.Register {
	if w.avx512 {
		bits := GP64()
		MOVQ(operand.I32(-1), bits)
		BZHIQ(w.remaining, bits, bits)
		return func(p int) reg.Register {
			k := K()
			if p > 0 {
				SHRQ(operand.Imm(uint64(w.width())), bits)
			}
			KMOVQ(bits, k)
			return k
		}
	}
	count := w.register()
	VMOVD(w.remaining.As32(), count.AsX())
	VPBROADCASTD(count.AsX(), count)
	return func(p int) reg.Register {
		m := w.register()
		VPCMPGTD(counting16().Offset(4*w.width()*p), count, m)
		return m
	}
}

// part is where a step of a walk is: at part p of a block, within mask if that
// is not nil.
type part struct {
	*walk
	p    int
	mask reg.Register
}

// part returns part i of a block, whole or the rest. Those of the rest must be
// asked for in order.
func (w *walk) part(i int, rest bool) part {
	if rest {
		return part{w, i, w.mask(i)}
	}
	return part{walk: w, p: i}
}

// each visits the parts of a block, whole or the rest.
func (w *walk) each(rest bool) iter.Seq2[int, part] {
	return func(yield func(int, part) bool) {
		for i := 0; i < w.parts && yield(i, w.part(i, rest)); i++ {
		}
	}
}

// load loads the part of a slice, with zeros outside the mask.
func (p part) load(slice string) reg.VecVirtual {
	x := p.register()
	from := p.at(slice)
	switch {
	case p.mask == nil:
		VMOVUPS(from, x)
	case p.avx512:
		VMOVUPS_Z(from, p.mask, x)
	default:
		VMASKMOVPS(from, p.mask, x)
	}
	return x
}

// at is where in memory the part of a slice starts.
func (p part) at(slice string) operand.Mem {
	return operand.Mem{Base: p.pointers[slice], Disp: 4 * p.width() * p.p}
}

// replace makes kept = op(x, kept) within the mask.
func (p part) replace(op func(...operand.Op), x, kept reg.VecVirtual) {
	switch {
	case p.mask == nil:
		op(kept, x, kept)
	case p.avx512:
		op(kept, x, p.mask, kept)
	default:
		t := p.register()
		op(kept, x, t)
		VBLENDVPS(p.mask, t, kept, kept)
	}
}

// fold reduces the registers to one value of 32 bits by op, which is associative
// and commutative, and stores it.
func (w *walk) fold(op func(...operand.Op), parts []reg.VecVirtual, result string) {
	x := parts[0]
	for _, y := range parts[1:] {
		op(y, x, x)
	}
	if w.width() == 16 {
		high := YMM()
		VEXTRACTF32X8(operand.Imm(1), x, high)
		op(high, x.AsY(), x.AsY())
	}
	high := XMM()
	VEXTRACTF128(operand.Imm(1), x.AsY(), high)
	op(high, x.AsX(), x.AsX())
	for _, other := range []uint64{0b01_00_11_10, 0b10_11_00_01} {
		VPERMILPS(operand.Imm(other), x.AsX(), high)
		op(high, x.AsX(), x.AsX())
	}
	VMOVSS(x.AsX(), returned(result))
}

// returned is where a result of the function is stored; the only result may
// have no name.
func returned(name string) operand.Mem {
	component := Return(name)
	if name == "" {
		component = ReturnIndex(0)
	}
	r, err := component.Resolve()
	if err != nil {
		panic(err)
	}
	return r.Addr
}
