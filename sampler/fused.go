package sampler

import (
	"slices"

	"nodal/kernels"
	"nodal/schema"
)

// fusedEvaluator takes one network at a time and one tile of points through
// all its layers, so that hidden values stay in the first cache levels, or all
// points through a network of one hidden layer, whose values stay in registers.
// Every output is one chain of fused multiply-adds (see [kernels.Layer]) and +0 for
// -0: neither tiles nor the units that are skipped can change it.
type fusedEvaluator struct {
	grid    tiles
	then    kernels.Epilogue // of the hidden layers
	shallow bool             // by kernels.Shallow, in one tile
	skip    skipper          // of units that are off
	watch   watcher          // of the last hidden layer, or nil
	hidden  [2][]float32     // values of the layer before and of this one, [N,tile]
	output  []float32        // pre-activations of one tile, [C,tile]
}

// The number of hidden values of one layer that a tile may hold. Two such buffers
// of 32 KiB exceed a first-level cache by no more than is fetched ahead in time,
// while smaller tiles take more calls; where units are skipped, a patch of half the
// size has more of them to skip.
const (
	fusedTile  = 8192
	fusedPatch = 4096
)

// newFusedEvaluator returns an evaluator for configuration c. A watcher, unless it
// is nil, needs hidden values in memory and tiles in the order of the grid.
func newFusedEvaluator(c *schema.Configuration, watch watcher) *fusedEvaluator {
	then := epilogues[c.Activation]
	if watch == nil && c.Depth() == 1 && kernels.PreferShallow(c.Inputs, c.Outputs, then) {
		return &fusedEvaluator{grid: newTiles(c.Grid, c.Grid.Points()), then: then, shallow: true}
	}
	width := max(c.Width(), 1)
	tile := evenTile(c.Grid.Points(), min(max(fusedTile/width, 32), 512))
	skip, grid := newSkipper(c), newTiles(c.Grid, tile)
	if slices.Contains(skip.pays, true) { // else they would only cost the copying
		tile = min(max(fusedPatch/width, 32), 256)
		if grid = newPatches(c.Grid, tile); watch != nil {
			grid = newTiles(c.Grid, tile)
		}
	}
	return &fusedEvaluator{
		grid:   grid,
		then:   then,
		skip:   skip,
		watch:  watch,
		hidden: [2][]float32{make([]float32, width*tile), make([]float32, width*tile)},
		output: make([]float32, c.Outputs*tile),
	}
}

// evenTile returns the width of about even tiles of at most most points, rounded
// up to whole vectors: a small last tile would be slow for its size.
func evenTile(points, most int) int {
	tiles := (points + most - 1) / most
	return (points + 16*tiles - 1) / (16 * tiles) * 16
}

func (f *fusedEvaluator) size() int { return 1 }

func (f *fusedEvaluator) evaluate(pre []float32, e *Ensemble, first, count int) {
	plane := e.Layers[len(e.Layers)-1] * f.grid.points
	for b := range count {
		f.network(pre[b*plane:(b+1)*plane], e, first+b)
	}
}

// network writes the pre-activations field [C,P] of network b.
func (f *fusedEvaluator) network(field []float32, e *Ensemble, b int) {
	if f.shallow {
		x, p := f.grid.at(0)
		w, bias := e.layer(b, 0)
		v, a := e.layer(b, 1)
		kernels.Shallow(field, x, w, bias, v, a, e.Layers[0], e.Layers[1], e.Layers[2], p, f.then)
		return
	}
	f.skip.begin(e, b)
	for first := 0; first < f.grid.points; first += f.grid.width {
		f.tile(field, e, b, first)
	}
}

// tile writes the pre-activations of the tile that begins at place first.
func (f *fusedEvaluator) tile(field []float32, e *Ensemble, b, first int) {
	x, p := f.grid.at(first)
	last := len(e.Weights) - 1
	for l := range last {
		y := f.hidden[l%2][:e.Layers[l+1]*p]
		f.layer(y, x, e, b, l, p, f.then)
		x = y
	}
	if f.watch != nil {
		f.watch(b, x, e.Layers[last], p, first)
	}
	y := f.output[:e.Layers[last+1]*p]
	f.layer(y, x, e, b, last, p, kernels.ThenPlusZero)
	f.grid.scatter(field, y, first)
}

// layer computes layer l of network b at p points.
func (f *fusedEvaluator) layer(y, x []float32, e *Ensemble, b, l, p int, then kernels.Epilogue) {
	k, n := e.Layers[l], e.Layers[l+1]
	w, bias := e.layer(b, l)
	if f.skip.now[l] {
		f.skip.layer(y, w, x, bias, n, k, p, then)
	} else {
		kernels.LayerThen(y, w, x, bias, n, k, p, then)
	}
}
