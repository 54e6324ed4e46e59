package sampler

import (
	"math"

	"nodal/kernels"
	"nodal/schema"
)

// skipper computes layers behind ReLU or step without the units that are zero at
// every point of a tile: nearly half of all. What it computes differs from the
// whole layer in the sign of zeros alone (see [kernels.LayerActive]), and so do
// the layers after it, until the last makes +0 of all zeros.
type skipper struct {
	active []int32 // room for the list of a layer's units that are on
	pays   []bool  // pays[l]: whether it takes less time in layer l
	now    []bool  // now[l]: whether to do so in layer l of the network at work
}

// Looking for the units to skip takes less time than they do in layers of at
// least so many units and weights: measured on Zen 4, with little loss a factor
// of two around them.
const (
	skipUnits   = 8
	skipWeights = 96
)

func newSkipper(c *schema.Configuration) skipper {
	layers := c.Layers()
	s := skipper{
		active: make([]int32, c.Width()),
		pays:   make([]bool, len(layers)-1),
		now:    make([]bool, len(layers)-1),
	}
	if c.Activation == schema.ReLU || c.Activation == schema.Step {
		for l := 1; l < len(s.pays); l++ {
			s.pays[l] = layers[l+1] >= skipUnits && layers[l+1]*layers[l] >= skipWeights
		}
	}
	return s
}

// begin prepares for network b of e. An infinite weight times zero is NaN, which
// skipping would lose.
func (s *skipper) begin(e *Ensemble, b int) {
	for l, pays := range s.pays {
		if pays {
			w, _ := e.layer(b, l)
			s.now[l] = kernels.MaxAbs(w) <= math.MaxFloat32
		}
	}
}

// layer computes a layer as [kernels.LayerThen] does.
func (s *skipper) layer(y, w, x, b []float32, n, k, p int, then kernels.Epilogue) {
	count := kernels.ActiveRows(s.active[:k], x, k, p)
	kernels.LayerActive(y, w, x, b, n, k, p, s.active[:count], then)
}
