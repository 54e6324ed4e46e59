package sampler

import (
	"math"

	"nodal/analysis"
	"nodal/analysis/piecewise"
	"nodal/schema"
)

// extras measures the optional columns of the networks of one configuration. It
// keeps its buffers and belongs to one goroutine.
type extras struct {
	configuration *schema.Configuration
	walker        *piecewise.Walker // nil if no exact count is wanted
	from, to      float64           // of the line it walks, the grid's first and last point
	weights       [][]float32       // of one network, one slice for each layer
	biases        [][]float32

	expected           *analysis.ExpectedCrossings // nil if they are not wanted
	weightStd, biasStd float64                     // in the output layer
	points             int
	sums               []float64 // expected crossings by place in the ensemble
}

// newExtras returns an extras for a configuration that has optional columns.
func newExtras(c *schema.Configuration) *extras {
	x := &extras{configuration: c}
	if c.MeasuresExactly() {
		axis := c.Grid[0]
		x.walker = piecewise.NewWalker(c.Layers(), c.Activation)
		x.from, x.to = float64(axis.At(0)), float64(axis.At(axis.Points-1))
		x.weights, x.biases = make([][]float32, c.Depth()+1), make([][]float32, c.Depth()+1)
	}
	if c.Measures(schema.ColumnCrossingsExpected) {
		layers := c.Layers()
		fanIn, fanOut := layers[len(layers)-2], c.Outputs
		x.expected = analysis.NewExpectedCrossings(c.Grid, fanIn)
		x.weightStd, x.biasStd = c.Weights.At(fanIn, fanOut).StdDev(), c.Biases.At(fanIn, fanOut).StdDev()
		x.points = c.Grid.Points()
	}
	return x
}

// watcher returns who has to see the last hidden layer of the networks, or nil.
func (x *extras) watcher() watcher {
	if x == nil || x.expected == nil {
		return nil
	}
	return func(network int, h []float32, n, p, first int) {
		for network >= len(x.sums) {
			x.sums = append(x.sums, 0)
		}
		if first == 0 {
			x.expected.Reset(x.weightStd, x.biasStd)
		}
		if x.expected.Add(h, n, p, first); first+p == x.points {
			x.sums[network] = x.expected.Sum()
		}
	}
}

// measure fills the optional columns of row, whose other columns are measured,
// for network b of the ensemble. It reuses the numbers behind them.
func (x *extras) measure(row *schema.Row, e *Ensemble, b int) {
	if row.Extra == nil {
		row.Extra = new(schema.Extra)
	}
	if row.Status != schema.StatusOK {
		*row.Extra = schema.Extra{}
		return
	}
	if x.walker != nil {
		x.walk(row.Extra, e, b)
	} else { // the row may have been another configuration's
		*row.Extra = schema.Extra{CrossingsExpected: row.Extra.CrossingsExpected}
	}
	sum := math.NaN()
	if x.expected != nil {
		sum = x.sums[b]
	}
	put(&row.Extra.CrossingsExpected, !math.IsNaN(sum), sum)
}

// walk fills the exact counts, NULL if they overflow.
func (x *extras) walk(extra *schema.Extra, e *Ensemble, b int) {
	for l := range x.weights {
		x.weights[l], x.biases[l] = e.layer(b, l)
	}
	counts, ok := x.walker.Walk(x.weights, x.biases, x.from, x.to)
	var first, all int64
	for l, n := range counts.Breakpoints {
		if l == 0 {
			first = n
		}
		all += n
	}
	put := func(to **int64, column schema.OptionalColumn, n int64) {
		put(to, ok && x.configuration.Measures(column), n)
	}
	put(&extra.Pieces, schema.ColumnPieces, counts.Pieces)
	put(&extra.Breakpoints, schema.ColumnBreakpoints, all)
	put(&extra.BreakpointsFirst, schema.ColumnBreakpointsFirst, first)
	put(&extra.CrossingsExact, schema.ColumnCrossingsExact, counts.Crossings)
}

// put sets an optional number to v, or to NULL unless there is one.
func put[T any](to **T, there bool, v T) {
	switch {
	case !there:
		*to = nil
	case *to == nil:
		*to = &v
	default:
		**to = v
	}
}
