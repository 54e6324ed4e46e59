package analysis

import (
	"math/bits"

	"nodal/kernels"
)

// MaxClasses is the number of classes that a class map can tell apart.
const MaxClasses = kernels.MaxOutputs

// ClassMap holds the class of every grid point, packed into bits. The classes
// that occur are ranked in order, and the rank of every point is written in
// binary: plane b holds bit b of the rank of every point, so two classes need one
// plane and a hundred need seven, and 64 points are compared at once.
//
// Bit j mod 64 of word j/64 of a row of a plane is column j: every row starts at
// a new word, and the bits after the last column are zero.
type ClassMap struct {
	shape   Shape
	words   int // of a row of one plane
	outputs int

	planes  []uint64 // [⌈log2 len(present)⌉, Rows, words]
	present []int    // classes that occur, by rank
	counts  []int64  // [max(2, outputs)] grid points of each class; nil for a half map
	wins    []uint64 // [outputs, Rows, words] set where an output is the largest; nil for one output
	signs   flatBits // set where one output is negative; nil for several, and where rows fill their words
}

// NewClassMap returns a class map for fields of some outputs, from 1 to
// MaxClasses, over grids of a shape. It has no classes before Classify.
func NewClassMap(s Shape, outputs int) *ClassMap {
	m := &ClassMap{shape: s, words: s.words(), outputs: outputs}
	m.counts = make([]int64, max(2, outputs))
	m.present = make([]int, 0, len(m.counts))
	m.planes = make([]uint64, 0, planesFor(len(m.counts))*m.size())
	if outputs > 1 {
		m.wins = make([]uint64, outputs*m.size())
	} else if s.Rows > 1 && s.Columns%64 != 0 {
		m.signs = newFlatBits(s.Points())
	}
	return m
}

// size returns the number of words of a plane.
func (m *ClassMap) size() int { return m.shape.Rows * m.words }

// planesFor returns the number of planes that tell so many classes apart.
func planesFor(classes int) int { return bits.Len(uint(classes - 1)) }

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
	m.shape.check("Classify", "pre", len(pre), m.outputs)
	if m.outputs == 1 {
		m.classifySigns(pre)
		return
	}
	m.shape.check("Classify", "margin", len(margin), 1)
	points := m.shape.Points()
	for i := range m.shape.Rows {
		from, to := i*m.shape.Columns, (i+1)*m.shape.Columns
		kernels.Argmax(m.wins[i*m.words:], m.size(), margin[from:to], pre[from:], points, m.outputs)
	}
	m.rank()
}

// classifySigns is Classify for one output.
func (m *ClassMap) classifySigns(f []float32) {
	m.planes = m.planes[:m.size()]
	if m.signs == nil {
		kernels.SignBits(m.planes, f)
	} else {
		kernels.SignBits(m.signs.first(len(f)), f)
		for i := range m.shape.Rows {
			plane := m.planes[i*m.words : (i+1)*m.words]
			for w := range plane {
				plane[w] = m.signs.word(i*m.shape.Columns+w*64) & below(m.shape.Columns, w)
			}
		}
	}
	m.counts[1] = ones(m.planes)
	m.counts[0] = int64(m.shape.Points()) - m.counts[1]
	m.setPresent()
}

// rank sets planes, present and counts from wins.
func (m *ClassMap) rank() {
	size := m.size()
	for class := range m.counts {
		m.counts[class] = ones(m.wins[class*size : (class+1)*size])
	}
	m.setPresent()
	clear(m.planes)
	for rank, class := range m.present {
		wins := m.wins[class*size : (class+1)*size]
		for b := range planesFor(len(m.present)) {
			if rank>>b&1 == 0 {
				continue
			}
			plane := m.planes[b*size : (b+1)*size]
			for w, x := range wins {
				plane[w] |= x
			}
		}
	}
}

// setPresent sets present from counts, and the number of planes with it.
func (m *ClassMap) setPresent() {
	m.present = m.present[:0]
	for class, n := range m.counts {
		if n > 0 {
			m.present = append(m.present, class)
		}
	}
	m.planes = m.planes[:planesFor(len(m.present))*m.size()]
}

// rankAt returns the rank of the class of the point in row i and column j.
func (m *ClassMap) rankAt(i, j int) int {
	rank, size := 0, m.size()
	for w, b := i*m.words+j>>6, 0; w < len(m.planes); w, b = w+size, b+1 {
		rank |= int(m.planes[w]>>(uint(j)&63)&1) << b
	}
	return rank
}

// classAt returns the class of the point in row i and column j.
func (m *ClassMap) classAt(i, j int) int { return m.present[m.rankAt(i, j)] }

// ones returns the number of bits set in x.
func ones(x []uint64) int64 {
	n := 0
	for _, v := range x {
		n += bits.OnesCount64(v)
	}
	return int64(n)
}
