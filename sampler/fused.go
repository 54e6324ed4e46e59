package sampler

import (
	"slices"

	"nodal/kernels"
	"nodal/schema"
)

// fusedEvaluator takes one network at a time and one tile of points through
// all its layers, so that hidden values stay in the first cache levels. Every
// output is one chain of fused multiply-adds (see [kernels.Layer]) and +0 for -0:
// neither tiles nor the units that are skipped can change it.
type fusedEvaluator struct {
	grid     tiles
	then     kernels.Epilogue     // of the hidden layers, or
	activate func(y, x []float32) // nil if the epilogue does it
	skip     skipper              // of units that are off
	hidden   [2][]float32         // values of the layer before and of this one, [N,tile]
	output   []float32            // pre-activations of one tile, [C,tile]
}

// fusedTile is the number of hidden values of one layer that a tile may hold:
// two such buffers of 16 KiB fit a first-level cache of 48 KiB.
const fusedTile = 4096

func newFusedEvaluator(c *schema.Configuration) *fusedEvaluator {
	width := max(c.Width(), 1)
	tile := min(max(fusedTile/width, 32), 256)
	skip, grid := newSkipper(c), newTiles(c.Grid, tile)
	if slices.Contains(skip.pays, true) { // else they would only cost the copying
		grid = newPatches(c.Grid, tile)
	}
	then, inStore := epilogues[c.Activation]
	activate := activations[c.Activation]
	if inStore {
		activate = nil
	}
	return &fusedEvaluator{
		grid:     grid,
		then:     then,
		activate: activate,
		skip:     skip,
		hidden:   [2][]float32{make([]float32, width*tile), make([]float32, width*tile)},
		output:   make([]float32, c.Outputs*tile),
	}
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
	last := len(e.Weights) - 1
	outputs := e.Layers[last+1]
	f.skip.begin(e, b)
	for first := 0; first < f.grid.points; first += f.grid.width {
		x, p := f.grid.at(first)
		for l := range last {
			k, n := e.Layers[l], e.Layers[l+1]
			w, bias := e.layer(b, l)
			y := f.hidden[l%2][:n*p]
			if f.skip.now[l] {
				f.skip.layer(y, w, x, bias, n, k, p, f.then)
			} else {
				kernels.LayerThen(y, w, x, bias, n, k, p, f.then)
			}
			if f.activate != nil {
				f.activate(y, y)
			}
			x = y
		}
		w, bias := e.layer(b, last)
		y := f.output[:outputs*p]
		if f.skip.now[last] {
			f.skip.layer(y, w, x, bias, outputs, e.Layers[last], p, kernels.ThenPlusZero)
		} else {
			kernels.LayerThen(y, w, x, bias, outputs, e.Layers[last], p, kernels.ThenPlusZero)
		}
		f.grid.scatter(field, y, first)
	}
}
