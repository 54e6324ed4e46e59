package sampler

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"

	"nodal/kernels"
	"nodal/schema"
)

// blasEvaluator computes layers by general matrix multiplication through
// whatever implementation is registered with blas32.Use. The first layer of
// all networks of a block is one product, since they share the grid.
type blasEvaluator struct {
	grid     tiles
	networks int // in a block
	activate func(y, x []float32)
	watch    watcher      // of the last hidden layer, or nil
	first    []float32    // values of the first hidden layer of the block, [B,N,tile]
	hidden   [2][]float32 // values of later layers of one network, [N,tile]
}

// gonum's own Sgemm starts goroutines from four blocks of 64 × 64 results on,
// and workers are parallel already. Products of at most 192 × 64 stay below.
const (
	blasTile = 64
	blasRows = 192
	// blasParameters and blasField bound the weights and the pre-activations of
	// a block of more than one network: 256 KiB and 1 MiB.
	blasParameters = 1 << 16
	blasField      = 1 << 18
)

func newBLASEvaluator(c *schema.Configuration, watch watcher) *blasEvaluator {
	rows := c.Layers()[1] // of the first product, per network
	networks := max(1, min(blasRows/rows, int(blasParameters/c.Parameters()), blasField/(c.Outputs*c.Grid.Points())))
	width := max(c.Width(), c.Outputs)
	return &blasEvaluator{
		grid:     newTiles(c.Grid, blasTile),
		networks: networks,
		activate: activations[c.Activation],
		watch:    watch,
		first:    make([]float32, networks*rows*blasTile),
		hidden:   [2][]float32{make([]float32, width*blasTile), make([]float32, width*blasTile)},
	}
}

func (g *blasEvaluator) size() int { return g.networks }

// evaluate takes the networks one by one where they are watched, in blocks of one:
// tile by tile they would take turns.
func (g *blasEvaluator) evaluate(pre []float32, e *Ensemble, from, count int) {
	if g.watch == nil {
		g.block(pre, e, from, count)
		return
	}
	plane := e.Layers[len(e.Layers)-1] * g.grid.points
	for b := range count {
		g.block(pre[b*plane:(b+1)*plane], e, from+b, 1)
	}
}

// block writes the pre-activations of count networks of e from place from on: pre
// [count,C,P].
func (g *blasEvaluator) block(pre []float32, e *Ensemble, from, count int) {
	last := len(e.Weights) - 1
	outputs, points := e.Layers[last+1], g.grid.points
	rows, inputs := e.Layers[1], e.Layers[0]
	weights := e.Weights[0][from*rows*inputs : (from+count)*rows*inputs]
	biases := e.Biases[0][from*rows : (from+count)*rows]
	for first := 0; first < points; first += g.grid.width {
		x, p := g.grid.at(first)
		block := g.first[:count*rows*p]
		product(block, weights, x, biases, count*rows, inputs, p)
		if last == 0 {
			g.show(from, x, inputs, p, first)
		}
		for b := range count {
			h := block[b*rows*p : (b+1)*rows*p]
			for l := 1; l <= last; l++ {
				g.activate(h, h)
				if l == last {
					g.show(from+b, h, e.Layers[l], p, first)
				}
				h = g.layer(e, from+b, l, h, p)
			}
			g.grid.scatter(pre[b*outputs*points:(b+1)*outputs*points], h, first)
		}
	}
}

// show shows values of the last hidden layer to the watcher, if there is one.
func (g *blasEvaluator) show(b int, h []float32, n, p, first int) {
	if g.watch != nil {
		g.watch(b, h, n, p, first)
	}
}

// layer returns layer l of network b of values h [K,p], in a buffer that the
// layer after the next overwrites.
func (g *blasEvaluator) layer(e *Ensemble, b, l int, h []float32, p int) []float32 {
	k, n := e.Layers[l], e.Layers[l+1]
	w, bias := e.layer(b, l)
	y := g.hidden[l%2][:n*p]
	if !finite(h) {
		// gonum skips zero weights, so that 0·∞ would vanish instead of
		// becoming NaN; other implementations do not.
		kernels.Layer(y, w, h, bias, n, k, p)
		return y
	}
	product(y, w, h, bias, n, k, p)
	return y
}

// product computes Y = W·X + b as [kernels.Layer] does, in an order of
// summation that the registered BLAS chooses: |y - exact| ≤
// γ(K+1)·(Σ|w·x| + |b|) with or without fused operations.
func product(y, w, x, b []float32, n, k, p int) {
	for i, bias := range b[:n] {
		row := y[i*p : (i+1)*p]
		for j := range row {
			row[j] = bias
		}
	}
	for first := 0; first < n; first += blasRows {
		rows := min(blasRows, n-first)
		blas32.Gemm(blas.NoTrans, blas.NoTrans, 1,
			blas32.General{Rows: rows, Cols: k, Stride: k, Data: w[first*k : (first+rows)*k]},
			blas32.General{Rows: k, Cols: p, Stride: p, Data: x},
			1, blas32.General{Rows: rows, Cols: p, Stride: p, Data: y[first*p : (first+rows)*p]})
	}
}

// finite reports whether no value is NaN or infinite.
func finite(x []float32) bool {
	for _, v := range x {
		if v-v != 0 {
			return false
		}
	}
	return true
}
