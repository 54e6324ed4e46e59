package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func init() { families["shallow"] = shallow }

// shallowShapes says, for each number of outputs from 0 on, how many vectors of
// points a block takes and how many rows of the table stay in registers. Three
// vectors hide latencies better than two, as long as one row is.
var shallowShapes = []struct{ vectors, rows int }{{3, 4}, {3, 1}, {2, 7}, {2, 6}, {2, 4}}

// shallow writes hidden layers whose values stay in registers until their
// activation is done, and the layers of few outputs after them. With AVX2 they
// would save little: the table takes most of the time, and all registers.
func shallow() {
	for outputs, shape := range shallowShapes {
		name := fmt.Sprintf("shallow%dAVX512", outputs)
		TEXT(name, NOSPLIT, "func(y, w, x, b *float32, n, k, p, ldx int, rows *[7][16]float32, offset, limit float32, shift uint32, finish int, v, a *float32)")
		Pragma("noescape")
		computes := "Y = f(W·X + b)"
		if outputs > 0 {
			computes = fmt.Sprintf("%d rows of Y = V·f(W·X + b) + a", outputs)
		}
		Doc(fmt.Sprintf("%s computes %s: see shallowBlock in _gen/shallow.go.", name, computes))
		l := &shallowLayer{table: avx512TableConstants(shape.rows), outputs: outputs}
		l.write(shape.vectors)
	}
}

// shallowLayer is what stays the same for all blocks.
type shallowLayer struct {
	outputs  int // 0 for the activations themselves
	table    avx512Constants
	x, y     reg.GPVirtual // at the first point of the block
	p        reg.GPVirtual // points left
	ldx, ldy reg.GPVirtual // bytes from row to row
}

func (l *shallowLayer) write(vectors int) {
	l.x, l.y, l.p, l.ldx, l.ldy = load("x"), load("y"), load("p"), load("ldx"), load("p")
	SHLQ(operand.Imm(2), l.ldx)
	SHLQ(operand.Imm(2), l.ldy)
	points := operand.Imm(uint64(16 * vectors))
	Label("points")
	SUBQ(points, l.p)
	JL(operand.LabelRef("rest"))
	(&shallowBlock{shallowLayer: l, name: "block", vectors: vectors}).write()
	JMP(operand.LabelRef("points"))

	Label("rest")
	ADDQ(points, l.p)
	JZ(operand.LabelRef("done"))
	Label("vector")
	(&shallowBlock{shallowLayer: l, name: "masked", vectors: 1, mask: avx512Mask(l.p)}).write()
	SUBQ(operand.Imm(16), l.p)
	JG(operand.LabelRef("vector"))

	Label("done")
	VZEROUPPER()
	RET()
}

// shallowBlock is the code for a block of points. It walks over the hidden
// units: while it evaluates the polynomials of one, it finds the intervals of the
// next. The activations of a unit are stored, or extend the chains of the outputs.
type shallowBlock struct {
	*shallowLayer
	name    string
	vectors int
	mask    reg.Register // of the only vector; nil if all are whole

	w, b   reg.GPVirtual      // at the weights and the bias of the next unit
	row    reg.GPVirtual      // of y
	v, ldv reg.GPVirtual      // at the first output's weight of this unit; bytes to that of the second
	sums   [][]reg.VecVirtual // the chains of the outputs
}

func (s *shallowBlock) write() {
	units := load("n")
	s.w, s.b, s.row = load("w"), load("b"), GP64()
	MOVQ(s.y, s.row)
	s.start()
	u, t := zmms(s.vectors), newTableSteps(s.vectors)
	s.chains("FirstInput", u)
	avx512Interval(s.table, operands(u), t).write()

	s.label("Unit")
	CMPQ(units, operand.Imm(1))
	JNE(s.to("More"))
	s.back()
	s.label("More")
	nextU, next := zmms(s.vectors), newTableSteps(s.vectors)
	s.chains("Input", nextU)
	avx512Polynomial(s.table, t, 1).alongside(avx512Interval(s.table, operands(nextU), next))
	s.finish(u, t.y)
	s.use(t.y)
	for i := range u {
		VMOVAPS(nextU[i], u[i])
		VMOVAPS(next.r[i], t.r[i])
		VMOVAPS(next.index[i], t.index[i])
	}
	DECQ(units)
	JNZ(s.to("Unit"))

	s.storeOutputs()
	ADDQ(operand.U32(uint32(64*s.vectors)), s.x)
	ADDQ(operand.U32(uint32(64*s.vectors)), s.y)
}

// label writes a label of this block, and to refers to one.
func (s *shallowBlock) label(name string)               { Label(s.name + name) }
func (s *shallowBlock) to(name string) operand.LabelRef { return operand.LabelRef(s.name + name) }

// start sets the chains of the outputs to their biases.
func (s *shallowBlock) start() {
	if s.outputs == 0 {
		return
	}
	s.v, s.ldv = load("v"), load("n")
	SHLQ(operand.Imm(2), s.ldv)
	a := load("a")
	for range s.outputs {
		sums := zmms(s.vectors)
		broadcast(a, sums)
		ADDQ(operand.Imm(4), a)
		s.sums = append(s.sums, sums)
	}
}

// broadcast sets all registers to a number in memory.
func broadcast(from reg.Register, to []reg.VecVirtual) {
	VBROADCASTSS(operand.Mem{Base: from}, to[0])
	for _, other := range to[1:] {
		VMOVAPS(to[0], other)
	}
}

// chains sets u to the bias of the next unit extended by all inputs, and goes
// on to the unit after it.
func (s *shallowBlock) chains(label string, u []reg.VecVirtual) {
	broadcast(s.b, u)
	x, inputs := GP64(), load("k")
	MOVQ(s.x, x)
	s.label(label)
	for i := range u {
		VFMADD231PS_BCST(operand.Mem{Base: s.w}, s.load(x, i), u[i])
	}
	ADDQ(operand.Imm(4), s.w)
	ADDQ(s.ldx, x)
	DECQ(inputs)
	JNZ(s.to(label))
	ADDQ(operand.Imm(4), s.b)
}

// load loads vector i of a row, within the mask if there is one.
func (s *shallowBlock) load(row reg.Register, i int) reg.VecVirtual {
	x := ZMM()
	if s.mask == nil {
		VMOVUPS(at(row, i, 64), x)
	} else {
		VMOVUPS_Z(at(row, i, 64), s.mask, x)
	}
	return x
}

// back goes back to the last unit, so that there is one after it.
func (s *shallowBlock) back() {
	inputs := load("k")
	SHLQ(operand.Imm(2), inputs)
	SUBQ(inputs, s.w)
	SUBQ(operand.Imm(4), s.b)
}

// finish makes y, T(|u|), the activation of u. The branches go the same way in
// all of a call.
func (s *shallowBlock) finish(u, y []reg.VecVirtual) {
	last := len(finishes) - 1
	for f, finish := range finishes {
		next := fmt.Sprintf("Finish%d", f+1)
		if f < last {
			CMPQ(argument("finish"), operand.Imm(uint64(f)))
			JNE(s.to(next))
		}
		for i := range y {
			finish.avx512(s.table, u[i], y[i])
		}
		if f < last {
			JMP(s.to("Finished"))
			s.label(next)
		}
	}
	s.label("Finished")
}

// use stores the activations of a unit or extends the chains of the outputs.
func (s *shallowBlock) use(h []reg.VecVirtual) {
	if s.outputs == 0 {
		s.storeRow(h)
		return
	}
	v := operand.Mem{Base: s.v}
	for c, sums := range s.sums {
		switch c {
		case 1, 2:
			v.Index, v.Scale = s.ldv, uint8(c)
		case 3:
			third := GP64()
			LEAQ(v, third)
			v = operand.Mem{Base: third, Index: s.ldv, Scale: 1}
		}
		for i := range h {
			VFMADD231PS_BCST(v, h[i], sums[i])
		}
	}
	ADDQ(operand.Imm(4), s.v)
}

// storeOutputs stores the chains of the outputs, with +0 for -0.
func (s *shallowBlock) storeOutputs() {
	if s.outputs == 0 {
		return
	}
	zero := avx512.constant(0)
	for _, sums := range s.sums {
		for _, sum := range sums {
			VADDPS(zero, sum, sum)
		}
		s.storeRow(sums)
	}
}

// storeRow stores a row of y, within the mask if there is one, and goes on to the
// next.
func (s *shallowBlock) storeRow(values []reg.VecVirtual) {
	for i, x := range values {
		if s.mask == nil {
			VMOVUPS(x, at(s.row, i, 64))
		} else {
			VMOVUPS(x, s.mask, at(s.row, i, 64))
		}
	}
	ADDQ(s.ldy, s.row)
}

func operands(registers []reg.VecVirtual) (all []operand.Op) {
	for _, r := range registers {
		all = append(all, r)
	}
	return all
}
