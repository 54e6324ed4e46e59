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

	classes []uint8   // [P] class map
	half    []uint8   // class map on every second grid point
	margin  []float64 // [P]
	counts  []int64   // [classes] grid points of each class
	regions []int64   // [classes] of the half grid, which no column asks for
	islands []int64

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
	s := ShapeOf(grid)
	classes := max(2, outputs)
	return &Measurer{
		shape:        s,
		outputs:      outputs,
		connectivity: connectivity,
		classes:      make([]uint8, s.Points()),
		half:         make([]uint8, s.Half().Points()),
		margin:       make([]float64, s.Points()),
		counts:       make([]int64, classes),
		regions:      make([]int64, classes),
		islands:      make([]int64, classes),
	}
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
	largest := MaxAbs(pre[:points])
	if !finite(largest) || !finite(MaxAbs(pre[points:])) || !finite(MaxAbs(out)) {
		row.Status = schema.StatusNonfinite
		return
	}
	Classify(m.classes, m.margin, pre, m.outputs)
	m.measureClasses(row)
	m.measureResolution(row)
	m.measurePreactivations(row, pre, float64(largest))
	m.measureOutputs(row, out)
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
	row.ClassFraction = zeros(row.ClassFraction, len(m.counts))
	row.ClassRegions = zeros(row.ClassRegions, len(m.counts))
	row.ClassIslands = zeros(row.ClassIslands, len(m.counts))
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

func (m *Measurer) measureClasses(row *schema.Row) {
	points := float64(len(m.classes))
	CountClasses(m.counts, m.classes)
	for c, n := range m.counts {
		if n > 0 {
			row.Classes++
		}
		row.ClassFraction[c] = float64(n) / points
	}
	row.Crossings = Crossings(m.classes, m.shape)
	row.BorderChanges = BorderChanges(m.classes, m.shape)
	largest := m.labeller.Count(row.ClassRegions, row.ClassIslands, m.classes, m.shape, m.connectivity)
	row.Regions, row.Islands = total(row.ClassRegions), total(row.ClassIslands)
	row.LargestRegion = float64(largest) / points
}

// measureResolution counts again on every second grid point. A function that
// the grid resolves keeps its counts there; crossings in two dimensions do not,
// since they grow with the resolution.
func (m *Measurer) measureResolution(row *schema.Row) {
	half := m.shape.Half()
	HalfMap(m.half, m.classes, m.shape)
	row.CrossingsHalf = Crossings(m.half, half)
	m.labeller.Count(m.regions, m.islands, m.half, half, m.connectivity)
	row.RegionsHalf = total(m.regions)
	row.Resolved = row.Regions == row.RegionsHalf &&
		(!m.shape.Line || row.Crossings == row.CrossingsHalf)
}

func (m *Measurer) measurePreactivations(row *schema.Row, pre []float32, largest float64) {
	if m.shape.Line {
		row.BoundaryLength = float64(row.Crossings)
	} else {
		row.BoundaryLength = m.boundary.Length(pre, m.classes, m.shape, m.outputs)
	}
	row.MarginMean, row.MarginMin, row.Zeros = Margins(m.margin)
	row.TurningPoints = m.turns.count(pre[:len(m.classes)], m.shape, TurnNoise*largest)
}

// measureOutputs describes the values after the output activation: of all
// outputs together, and the slopes and the roughness of the first one.
func (m *Measurer) measureOutputs(row *schema.Row, out []float32) {
	values := DescribeValues(out)
	row.ValueMin, row.ValueMax = values.Min, values.Max
	row.ValueMean, row.ValueStd = values.Mean, values.Std
	first := out[:len(m.classes)]
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
