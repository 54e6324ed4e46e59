package analysis

import (
	"fmt"
	"math/bits"

	"nodal/kernels"
)

// MaxClasses is the number of classes that a class map can tell apart.
const MaxClasses = kernels.MaxOutputs

// ClassMap holds the class of every grid point, packed into bits: one plane of
// bits per class, set where a point has that class. Class 0 of a field of one
// output has no plane, since it is wherever class 1 is not.
//
// Bit j mod 64 of word j/64 of a row of a plane is column j; the bits after the
// last column are zero. So every row starts at a new word, and 64 edges of the
// grid are compared at once.
type ClassMap struct {
	shape   Shape
	words   int // of a row of one plane
	classes int
	first   int // class of the first plane: 1 for one output, else 0

	planes  []uint64 // [classes-first, Rows, words]
	counts  []int64  // [classes] grid points of each class
	present []int    // classes that occur, in order; the planes of others are unspecified
}

// NewClassMap returns a class map for fields of some outputs, from 1 to
// MaxClasses, over grids of a shape. It has no classes before Classify.
func NewClassMap(s Shape, outputs int) *ClassMap {
	m := &ClassMap{shape: s, words: s.words(), classes: max(2, outputs)}
	if outputs == 1 {
		m.first = 1
	}
	m.planes = make([]uint64, (m.classes-m.first)*s.Rows*m.words)
	m.counts = make([]int64, m.classes)
	m.present = make([]int, 0, m.classes)
	return m
}

// Classify sets the classes of a field and, for several outputs, writes the
// margin of every grid point.
//
//	margin [P]    winner minus runner-up, as [kernels.Argmax] writes it; not used
//	              for one output, whose margin is |f|
//	pre    [C,P]  pre-activations of the last layer, all finite
//
// One output is class 0 (A) where f ≥ 0, class 1 (B) elsewhere: it is the
// two-output case with a second output that is zero. Several outputs: the index
// of the largest, ties to the lowest.
func (m *ClassMap) Classify(margin, pre []float32) {
	points, outputs := m.shape.Points(), m.classes-m.first
	if len(pre) != outputs*points || m.first == 0 && len(margin) != points {
		panic(fmt.Sprintf("analysis: Classify of %d values, %d margins, want %d outputs of %d points",
			len(pre), len(margin), outputs, points))
	}
	for i := range m.shape.Rows {
		from, to := i*m.shape.Columns, (i+1)*m.shape.Columns
		if m.first == 1 {
			kernels.SignBits(m.planes[i*m.words:(i+1)*m.words], pre[from:to])
		} else {
			kernels.Argmax(m.planes[i*m.words:], m.shape.Rows*m.words, margin[from:to], pre[from:], points, outputs)
		}
	}
	m.count()
}

// count sets counts and present from the planes, all of which must be set.
func (m *ClassMap) count() {
	m.present = m.present[:0]
	m.counts[0] = int64(m.shape.Points())
	for c := m.first; c < m.classes; c++ {
		m.counts[c] = ones(m.plane(c))
		if c > 0 && m.first == 1 {
			m.counts[0] -= m.counts[c]
		}
	}
	for c, n := range m.counts {
		if n > 0 {
			m.present = append(m.present, c)
		}
	}
}

// plane returns the plane of a class that has one.
func (m *ClassMap) plane(class int) []uint64 {
	size := m.shape.Rows * m.words
	k := class - m.first
	return m.planes[k*size : (k+1)*size]
}

// dividing returns the classes whose planes tell apart all classes that occur:
// every one but the first, which is where the others are not.
func (m *ClassMap) dividing() []int { return m.present[1:] }

// class returns the class of the point in row i and column j.
func (m *ClassMap) class(i, j int) int {
	w := i*m.words + j/64
	for _, c := range m.dividing() {
		if m.plane(c)[w]>>(j%64)&1 != 0 {
			return c
		}
	}
	return m.present[0]
}

// ones returns the number of bits set in x.
func ones(x []uint64) int64 {
	n := 0
	for _, v := range x {
		n += bits.OnesCount64(v)
	}
	return int64(n)
}
