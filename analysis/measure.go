package analysis

import (
	"fmt"

	"nodal/schema"
)

// Measurer measures fields of one configuration, reusing its buffers. One
// goroutine at a time.
type Measurer struct {
	shape        Shape
	outputs      int
	connectivity int

	classes *ClassMap
	edges   *Edges
	margin  []float32 // [P], nil for one output

	half        *ClassMap // on every second grid point
	halfEdges   *Edges
	halfRegions []int64 // [classes], which no column asks for
	halfIslands []int64

	labeller Labeller
	boundary Boundary
	turns    turnCounter
}

// NewMeasurer returns a Measurer for fields of outputs outputs over grid. It
// panics unless grid has one or two axes, outputs is from 1 to [MaxClasses] and
// connectivity is 4, 6 or 8.
func NewMeasurer(grid schema.Grid, outputs, connectivity int) *Measurer {
	if outputs < 1 || outputs > MaxClasses {
		panic(fmt.Sprintf("analysis: %d outputs, want 1 to %d", outputs, MaxClasses))
	}
	reach(connectivity) // panics if unknown
	return newMeasurer(ShapeOf(grid), outputs, connectivity)
}

func newMeasurer(s Shape, outputs, connectivity int) *Measurer {
	m := &Measurer{
		shape:        s,
		outputs:      outputs,
		connectivity: connectivity,
		classes:      NewClassMap(s, outputs),
		edges:        NewEdges(s),
		halfEdges:    NewEdges(s.Half()),
		halfRegions:  make([]int64, max(2, outputs)),
		halfIslands:  make([]int64, max(2, outputs)),
		turns:        newTurnCounter(s),
	}
	m.half = m.classes.Half()
	if outputs > 1 {
		m.margin = make([]float32, s.Points())
	}
	return m
}

// Measure fills the measured columns of row, from Status to MarginMin, and
// leaves the others alone.
//
//	pre [C,P]  pre-activations of the last layer, last axis fastest
//	out [C,P]  after the output activation; may be the same slice
//
// If any value is NaN or infinite the status is nonfinite, all other measured
// columns are zero and the lists hold one zero per class. It reuses the
// capacity of row's lists and allocates nothing once they and its own buffers
// have grown. It panics on a wrong length. pre and out are not changed.
func (m *Measurer) Measure(row *schema.Row, pre, out []float32) {
	points := m.shape.Points()
	if len(pre) != m.outputs*points || len(out) != len(pre) {
		panic(fmt.Sprintf("analysis: %d pre-activations and %d outputs, want %d of each",
			len(pre), len(out), m.outputs*points))
	}
	m.reset(row)
	values, finite := DescribeValues(out)
	if !finite {
		row.Status = schema.StatusNonfinite
		return
	}
	largest, finite := m.largest(pre, out, values)
	if !finite {
		row.Status = schema.StatusNonfinite
		return
	}
	row.ValueMin, row.ValueMax = values.Min, values.Max
	row.ValueMean, row.ValueStd = values.Mean, values.Std
	m.measureClasses(row, pre)
	m.measureResolution(row)
	m.measurePreactivations(row, pre, largest)
	m.measureSlopes(row, out)
}

// largest returns the largest absolute pre-activation of the first output, or
// false if any pre-activation is NaN or infinite. If they are the outputs, values
// describes them already.
func (m *Measurer) largest(pre, out []float32, values Values) (largest float64, finite bool) {
	points := m.shape.Points()
	same := &pre[0] == &out[0]
	if same && m.outputs == 1 {
		return max(-values.Min, values.Max), true
	}
	first, finite := maxAbs(pre[:points])
	if finite && !same {
		_, finite = maxAbs(pre[points:])
	}
	return float64(first), finite
}

// reset sets the measured columns to those of a nonfinite network but for the
// status, which becomes ok: zeros, and lists of one zero per class.
func (m *Measurer) reset(row *schema.Row) {
	row.Status, row.Classes, row.Resolved = schema.StatusOK, 0, false
	row.Crossings, row.CrossingsHalf, row.RegionsHalf, row.BorderChanges = 0, 0, 0, 0
	row.Regions, row.Islands, row.LargestRegion = 0, 0, 0
	row.BoundaryLength, row.Zeros, row.TurningPoints = 0, 0, 0
	row.ValueMin, row.ValueMax, row.ValueMean, row.ValueStd = 0, 0, 0, 0
	row.TotalVariation, row.MaxSlope, row.Roughness = 0, 0, 0
	row.MarginMean, row.MarginMin = 0, 0
	row.ClassFraction = zeros(row.ClassFraction, len(m.classes.counts))
	row.ClassRegions = zeros(row.ClassRegions, len(m.classes.counts))
	row.ClassIslands = zeros(row.ClassIslands, len(m.classes.counts))
}

// zeros returns n zeros in the memory of x if it is large enough.
func zeros[T int64 | float64](x []T, n int) []T {
	if cap(x) < n {
		return make([]T, n)
	}
	x = x[:n]
	clear(x)
	return x
}

func (m *Measurer) measureClasses(row *schema.Row, pre []float32) {
	m.classes.Classify(m.margin, pre)
	m.edges.Mark(m.classes)
	points := float64(m.shape.Points())
	row.Classes = int32(len(m.classes.present))
	for c, n := range m.classes.counts {
		row.ClassFraction[c] = float64(n) / points
	}
	row.Crossings = m.edges.Count()
	if m.shape.Line {
		row.BorderChanges = m.classes.EndChanges()
	} else {
		row.BorderChanges = m.edges.BorderChanges()
	}
	largest := m.labeller.Count(row.ClassRegions, row.ClassIslands, m.classes, m.edges, m.connectivity)
	row.Regions, row.Islands = total(row.ClassRegions), total(row.ClassIslands)
	row.LargestRegion = float64(largest) / points
}

// measureResolution counts again on every second grid point. A function that
// the grid resolves keeps its counts there; crossings in two dimensions do not,
// since they grow with the resolution.
func (m *Measurer) measureResolution(row *schema.Row) {
	if m.shape.Line {
		row.CrossingsHalf = m.classes.halfChanges()
		row.RegionsHalf = row.CrossingsHalf + 1
		row.Resolved = row.Crossings == row.CrossingsHalf
		return
	}
	m.half.Halve(m.classes)
	m.halfEdges.Mark(m.half)
	row.CrossingsHalf = m.halfEdges.Count()
	m.labeller.Count(m.halfRegions, m.halfIslands, m.half, m.halfEdges, m.connectivity)
	row.RegionsHalf = total(m.halfRegions)
	row.Resolved = row.Regions == row.RegionsHalf
}

func (m *Measurer) measurePreactivations(row *schema.Row, pre []float32, largest float64) {
	if m.shape.Line {
		row.BoundaryLength = float64(row.Crossings)
	} else {
		row.BoundaryLength = m.boundary.Length(pre, m.classes, m.edges)
	}
	margins := m.margin
	if m.outputs == 1 {
		margins = pre
	}
	row.MarginMean, row.MarginMin, row.Zeros = Margins(margins)
	row.TurningPoints = m.turns.count(pre[:m.shape.Points()], TurnNoise*largest)
}

// measureSlopes describes how the first output after the output activation
// changes from grid point to grid point.
func (m *Measurer) measureSlopes(row *schema.Row, out []float32) {
	first := out[:m.shape.Points()]
	row.TotalVariation, row.MaxSlope = Slopes(first, m.shape)
	row.Roughness = Roughness(first, m.shape)
}

func total(counts []int64) int64 {
	var n int64
	for _, c := range counts {
		n += c
	}
	return n
}
