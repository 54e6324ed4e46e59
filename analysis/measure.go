package analysis

import (
	"fmt"

	"nodal/kernels"
	"nodal/schema"
)

// Measurer measures fields of one configuration, reusing its buffers. One
// goroutine at a time.
type Measurer struct {
	shape        Shape
	outputs      int
	connectivity int

	// Islandless says that the functions have no islands, see
	// [schema.Configuration.ForbidsIslands]: a field with one is not resolved.
	Islandless bool

	classes *ClassMap
	edges   *Edges
	margin  []float32 // [P], nil for one output
	known   description

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
	m.shape.check("Measure", "pre", len(pre), m.outputs)
	m.shape.check("Measure", "out", len(out), m.outputs)
	m.reset(row)
	if !m.describe(pre, out) {
		row.Status = schema.StatusNonfinite
		return
	}
	values := describeExtent(out, m.known.outputs)
	row.ValueMin, row.ValueMax = values.Min, values.Max
	row.ValueMean, row.ValueStd = values.Mean, values.Std
	m.measureClasses(row, pre)
	m.measureResolution(row)
	m.measurePreactivations(row, pre)
	m.measureSlopes(row, out)
}

// description is what a first pass over a field tells.
type description struct {
	outputs   extent  // of all of them, after the output activation
	largest   float32 // absolute pre-activation of the first output
	minMargin float32 // of a single output
	sumMargin float64
}

// describe sets what is known of a field, or returns false if any value is NaN or
// infinite. If the outputs are the pre-activations they are not looked at twice.
func (m *Measurer) describe(pre, out []float32) (finite bool) {
	points := m.shape.Points()
	same := &pre[0] == &out[0]
	d := &m.known
	if m.outputs == 1 {
		e := &d.outputs
		e.low, e.high, e.sum, d.minMargin, d.sumMargin = kernels.Describe(pre)
		d.largest = max(-e.low, e.high)
		if same || !e.finite() {
			return e.finite()
		}
	} else {
		d.largest, finite = maxAbs(pre[:points])
		if finite && !same {
			_, finite = maxAbs(pre[points:])
		}
		if !finite {
			return false
		}
	}
	d.outputs = extentOf(out)
	return d.outputs.finite()
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
		row.Resolved = row.Crossings == row.CrossingsHalf && !m.impossible(row)
		return
	}
	m.half.Halve(m.classes)
	m.halfEdges.Mark(m.half)
	row.CrossingsHalf = m.halfEdges.Count()
	m.labeller.Count(m.halfRegions, m.halfIslands, m.half, m.halfEdges, m.connectivity)
	row.RegionsHalf = total(m.halfRegions)
	row.Resolved = row.Regions == row.RegionsHalf && !m.impossible(row)
}

// impossible reports whether the grid shows islands of a function that has none.
func (m *Measurer) impossible(row *schema.Row) bool { return m.Islandless && row.Islands > 0 }

func (m *Measurer) measurePreactivations(row *schema.Row, pre []float32) {
	if m.shape.Line {
		row.BoundaryLength = float64(row.Crossings)
	} else {
		row.BoundaryLength = m.boundary.Length(pre, m.classes, m.edges)
	}
	if m.outputs == 1 {
		row.MarginMean, row.MarginMin, row.Zeros = marginsFrom(pre, m.known.sumMargin, m.known.minMargin)
	} else {
		row.MarginMean, row.MarginMin, row.Zeros = Margins(m.margin)
	}
	row.TurningPoints = m.turns.count(pre[:m.shape.Points()], TurnNoise*float64(m.known.largest))
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
