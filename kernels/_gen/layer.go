package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func init() { families["layer"] = layer }

// layerBlocks says, for each vector width, how many vectors of points a tile of
// 1 to 6 units takes at a time. Every unit and vector is one accumulator, a chain
// of dependent multiply-adds: eight hide the latency of two pipes. They, the
// smaller side's operands and one operand of the other side must fit the
// registers: 32 with AVX-512, 16 with AVX2. A tile of 4 units by 4 vectors loads
// least per multiply-add.
var layerBlocks = []struct {
	set    *instructionSet
	blocks []int
}{
	{avx2, []int{8, 4, 4, 2, 2, 2}},
	{avx512, []int{8, 8, 4, 4, 2, 2}},
}

// layer writes one kernel per vector width and number of units.
func layer() {
	for _, w := range layerBlocks {
		for i, vectors := range w.blocks {
			t := layerTile{set: w.set, units: i + 1, vectors: vectors}
			t.write()
		}
	}
}

// layerTile is the kernel of a dense layer for tiles of a fixed number of units.
// It walks over the tiles, along the points in blocks of vectors, and for each
// block over the inputs.
type layerTile struct {
	set            *instructionSet
	units, vectors int
	last           tail // vector of points

	y, x     reg.GPVirtual   // at the first point of the block
	b        reg.GPVirtual   // biases
	w        []reg.GPVirtual // at the current weight of units 0 and 3
	xk       reg.GPVirtual   // at the current input
	ldw, ldx reg.GPVirtual   // bytes from row to row
	p        reg.GPVirtual   // points left
	k        reg.GPVirtual   // inputs left; anything outside that loop
	row      reg.GPVirtual   // of y; in the list of active inputs
}

func (t *layerTile) write() {
	name := fmt.Sprintf("layer%d%s", t.units, t.set.name)
	TEXT(name, NOSPLIT, "func(tiles int, y, w, x, b *float32, k, p, ldy, ldw, ldx, ldb, then int, active *int32)")
	Pragma("noescape")
	Doc(fmt.Sprintf("%s computes tiles of %d rows of Y = f(W·X + b): see layerTile in _gen/layer.go.", name, t.units))
	t.xk, t.k, t.row = GP64(), GP64(), GP64()
	t.last = t.set.newTail()
	Label("tile")
	t.y, t.x, t.b, t.p = load("y"), load("x"), load("b"), load("p")
	t.ldx = load("ldx")
	SHLQ(operand.Imm(2), t.ldx)
	t.loadWeights()

	Label("points")
	CMPQ(t.p, operand.Imm(uint64(t.set.lanes*t.vectors)))
	JGE(operand.LabelRef("full"))
	TESTQ(t.p, t.p)
	JLE(operand.LabelRef("next"))
	t.set.setTail(t.last, t.p, t.k)
	for v := t.vectors; v > 1; v-- {
		CMPQ(t.p, operand.Imm(uint64(t.set.lanes*(v-1))))
		JG(operand.LabelRef(fmt.Sprintf("tail%d", v)))
	}
	for v := 1; v <= t.vectors; v++ {
		t.block(fmt.Sprintf("tail%d", v), v, true)
	}
	t.block("full", t.vectors, false)

	Label("next")
	tiles := load("tiles")
	DECQ(tiles)
	JZ(operand.LabelRef("done"))
	MOVQ(tiles, argument("tiles"))
	for _, rows := range []struct{ slice, stride string }{{"y", "ldy"}, {"w", "ldw"}, {"b", "ldb"}} {
		stride := load(rows.stride)
		IMUL3Q(operand.U32(uint32(4*t.units)), stride, stride)
		ADDQ(stride, argument(rows.slice))
	}
	JMP(operand.LabelRef("tile"))
	Label("done")
	VZEROUPPER()
	RET()
}

// loadWeights points w at every third row, from which the next two are one and
// two strides away.
func (t *layerTile) loadWeights() {
	w := load("w")
	t.w = append(t.w[:0], w)
	t.ldw = load("ldw")
	SHLQ(operand.Imm(2), t.ldw)
	for u := 3; u < t.units; u += 3 {
		next := GP64()
		LEAQ(operand.Mem{Base: w, Index: t.ldw, Scale: 2}, next)
		ADDQ(t.ldw, next)
		t.w = append(t.w, next)
		w = next
	}
}

// weight is the address of the weight of unit u at w, the current weights of
// units 0 and 3.
func (t *layerTile) weight(w []reg.GPVirtual, u int) operand.Mem {
	m := operand.Mem{Base: w[u/3]}
	if u%3 > 0 {
		m.Index, m.Scale = t.ldw, uint8(u%3)
	}
	return m
}

// block writes the code for a block of points, vectors wide, whose last vector
// is masked if it is the tail.
func (t *layerTile) block(label string, vectors int, tail bool) {
	Label(label)
	acc := make([][]reg.VecVirtual, t.units)
	for u := range acc {
		acc[u] = make([]reg.VecVirtual, vectors)
		for v := range acc[u] {
			acc[u][v] = t.set.vector()
		}
	}
	masked := func(v int) bool { return tail && v == vectors-1 }
	t.start(label, acc, masked)
	t.chains(label, acc, masked)
	t.finish(label, acc)
	t.eachRow(acc, func(a reg.VecVirtual, v int, at operand.Mem) {
		if masked(v) {
			t.set.storeTail(t.last, a, at)
		} else {
			VMOVUPS(a, at)
		}
	})
	if tail {
		JMP(operand.LabelRef("next"))
		return
	}
	ADDQ(operand.U32(uint32(t.set.bytes*vectors)), t.x)
	ADDQ(operand.U32(uint32(t.set.bytes*vectors)), t.y)
	SUBQ(operand.U32(uint32(t.set.lanes*vectors)), t.p)
	JMP(operand.LabelRef("points"))
}

// rewind takes the weights back to the first input.
func (t *layerTile) rewind() {
	Load(Param("k"), t.k)
	SHLQ(operand.Imm(2), t.k)
	for _, w := range t.w {
		SUBQ(t.k, w)
	}
}

// start fills the accumulators from the biases, or from y where there are none.
func (t *layerTile) start(label string, acc [][]reg.VecVirtual, masked func(v int) bool) {
	TESTQ(t.b, t.b)
	JZ(operand.LabelRef(label + "Add"))
	for u := range acc {
		VBROADCASTSS(operand.Mem{Base: t.b, Disp: 4 * u}, acc[u][0])
		for _, a := range acc[u][1:] {
			VMOVAPS(acc[u][0], a)
		}
	}
	JMP(operand.LabelRef(label + "Started"))
	Label(label + "Add")
	t.eachRow(acc, func(a reg.VecVirtual, v int, at operand.Mem) {
		if masked(v) {
			t.set.loadTail(t.last, at, a)
		} else {
			VMOVUPS(at, a)
		}
	})
	Label(label + "Started")
}

// eachRow visits the accumulators with their places in y.
func (t *layerTile) eachRow(acc [][]reg.VecVirtual, visit func(a reg.VecVirtual, v int, at operand.Mem)) {
	Load(Param("ldy"), t.k)
	SHLQ(operand.Imm(2), t.k)
	MOVQ(t.y, t.row)
	for u := range acc {
		for v, a := range acc[u] {
			visit(a, v, operand.Mem{Base: t.row, Disp: t.set.bytes * v})
		}
		if u < len(acc)-1 {
			ADDQ(t.k, t.row)
		}
	}
}

// chains extends every accumulator by all inputs, or by those in the list of
// active ones if there is a list.
func (t *layerTile) chains(label string, acc [][]reg.VecVirtual, masked func(v int) bool) {
	loadX := func(v int, x reg.VecVirtual) {
		at := operand.Mem{Base: t.xk, Disp: t.set.bytes * v}
		if masked(v) {
			t.set.loadTail(t.last, at, x)
		} else {
			VMOVUPS(at, x)
		}
	}
	Load(Param("k"), t.k)
	Load(Param("active"), t.row)
	TESTQ(t.row, t.row)
	JNZ(operand.LabelRef(label + "Active"))

	MOVQ(t.x, t.xk)
	Label(label + "Inputs")
	t.multiplyAdds(acc, t.w, loadX)
	ADDQ(t.ldx, t.xk)
	for _, w := range t.w {
		ADDQ(operand.Imm(4), w)
	}
	DECQ(t.k)
	JNZ(operand.LabelRef(label + "Inputs"))
	t.rewind()
	JMP(operand.LabelRef(label + "Ended"))

	Label(label + "Active")
	w := make([]reg.GPVirtual, len(t.w)) // at the weights of this input
	MOVLQSX(operand.Mem{Base: t.row}, t.xk)
	for i := range w {
		w[i] = GP64()
		LEAQ(operand.Mem{Base: t.w[i], Index: t.xk, Scale: 4}, w[i])
	}
	IMULQ(t.ldx, t.xk)
	ADDQ(t.x, t.xk)
	t.multiplyAdds(acc, w, loadX)
	ADDQ(operand.Imm(4), t.row)
	DECQ(t.k)
	JNZ(operand.LabelRef(label + "Active"))
	Label(label + "Ended")
}

// multiplyAdds extends every accumulator by one input, whose weights are at
// current and whose vector v load fetches. The smaller of the two sides is kept in
// registers.
func (t *layerTile) multiplyAdds(acc [][]reg.VecVirtual, current []reg.GPVirtual, load func(v int, x reg.VecVirtual)) {
	vectors := len(acc[0])
	if t.units <= vectors {
		w := make([]reg.VecVirtual, t.units)
		for u := range w {
			w[u] = t.set.vector()
			VBROADCASTSS(t.weight(current, u), w[u])
		}
		x := t.set.vector()
		for v := range vectors {
			load(v, x)
			for u := range acc {
				VFMADD231PS(x, w[u], acc[u][v])
			}
		}
		return
	}
	x := make([]reg.VecVirtual, vectors)
	for v := range x {
		x[v] = t.set.vector()
		load(v, x[v])
	}
	w := t.set.vector()
	for u := range acc {
		VBROADCASTSS(t.weight(current, u), w)
		for v := range x {
			VFMADD231PS(x[v], w, acc[u][v])
		}
	}
}

// finish applies the epilogue to the accumulators.
func (t *layerTile) finish(label string, acc [][]reg.VecVirtual) {
	Load(Param("then"), t.k)
	CMPQ(t.k, operand.Imm(thenReLU))
	JL(operand.LabelRef(label + "Store"))
	p := piecewise{set: t.set, zero: t.set.constant(0)}
	all := func(f func(a reg.VecVirtual)) {
		for u := range acc {
			for _, a := range acc[u] {
				f(a)
			}
		}
	}
	JG(operand.LabelRef(label + "NotReLU"))
	all(p.relu)
	JMP(operand.LabelRef(label + "Store"))
	Label(label + "NotReLU")
	CMPQ(t.k, operand.Imm(thenLeakyReLU))
	JG(operand.LabelRef(label + "Step"))
	p.slope = t.set.constant(leak)
	all(p.leakyReLU)
	JMP(operand.LabelRef(label + "Store"))
	Label(label + "Step")
	CMPQ(t.k, operand.Imm(thenStep))
	JG(operand.LabelRef(label + "PlusZero"))
	p.one = t.set.constant(1)
	all(p.step)
	JMP(operand.LabelRef(label + "Store"))
	Label(label + "PlusZero")
	all(func(a reg.VecVirtual) { VADDPS(a, p.zero, a) })
	Label(label + "Store")
}
