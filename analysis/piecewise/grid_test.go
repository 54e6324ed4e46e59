package piecewise

import (
	"math"
	"math/rand/v2"
	"testing"

	"nodal/schema"
)

// Each grid holds the points of the one before, so it misses no more crossings, and
// none finds more than there are.
func TestGridsApproachTheWalk(t *testing.T) {
	grids := []int{101, 1001, 10001, 100001}
	r := rand.New(rand.NewPCG(7, 7))
	for _, tt := range []struct {
		name string
		draw func() *network
	}{
		{"tents", func() *network { return wornTents(r, schema.ReLU, 1) }},
		{"leaky tents", func() *network { return wornTents(r, schema.LeakyReLU, 1) }},
		{"two outputs", func() *network { return wornTents(r, schema.ReLU, 2) }},
		{"three outputs", func() *network { return wornTents(r, schema.ReLU, 3) }},
		{"steps", func() *network { return random(r, schema.Step, 3, 0.5, 1, 16, 16, 1) }},
		{"steps, three outputs", func() *network { return random(r, schema.Step, 3, 0.5, 1, 16, 16, 3) }},
	} {
		missed := make([]int64, len(grids))
		var all int64
		for range 10 {
			n := tt.draw()
			exact, before := n.walk(t, 0, 1).Crossings, int64(0)
			all += exact
			for g, points := range grids {
				got := n.gridCrossings(0, 1, points)
				if got < before || got > exact {
					t.Errorf("%s: %d crossings on %d points, %d on fewer, %d on the line", tt.name, got, points, before, exact)
				}
				missed[g] += exact - got
				before = got
			}
		}
		t.Logf("%s: of %d crossings grids of %v points miss %v", tt.name, all, grids, missed)
		if missed[0] == 0 || missed[1] > missed[0]/2 || missed[2] > missed[0]/10 || missed[3] > missed[0]/50 {
			t.Errorf("%s: of %d crossings grids of %v points miss %v", tt.name, all, grids, missed)
		}
	}
}

// wornTents returns seven tents with up to 5 % off every weight, and outputs that
// are random multiples of the last two units and a bias.
func wornTents(r *rand.Rand, a schema.Activation, outputs int) *network {
	n := tents(7, 2, 1, 0)
	n.activation = a
	for _, weights := range n.weights {
		for i := range weights {
			weights[i] *= 1 - float32(r.Float64())/20
		}
	}
	if outputs > 1 {
		last := random(r, a, 3, 1, 2, outputs)
		n.layers[len(n.layers)-1] = outputs
		n.weights[len(n.weights)-1], n.biases[len(n.biases)-1] = last.weights[0], last.biases[0]
	}
	return n
}

// A unit w·x + b of the first layer switches in (-1, 1) where |b| < |w|, which for
// independent normals of standard deviations √2 and 1 has probability
// (2/π)·arctan √2 = 0.6082: 60.8 of 100 units.
func TestFirstLayerBreakpoints(t *testing.T) {
	const networks, units = 2000, 100
	layers := []int{1, units, 100, 100, 1}
	p := 2 / math.Pi * math.Atan(math.Sqrt2)
	r := rand.New(rand.NewPCG(11, 13))
	w := NewWalker(layers, schema.ReLU)
	var sum [3]float64
	var pieces, crossings float64
	for range networks {
		n := random(r, schema.ReLU, math.Sqrt2, 1, layers...)
		got, ok := w.Walk(n.weights, n.biases, -1, 1)
		if !ok {
			t.Fatal("out of bounds")
		}
		for l, b := range got.Breakpoints {
			sum[l] += float64(b) / networks
		}
		pieces += float64(got.Pieces) / networks
		crossings += float64(got.Crossings) / networks
	}
	t.Logf("mean breakpoints %.2f, pieces %.2f, crossings %.4f", sum, pieces, crossings)
	standardError := math.Sqrt(units * p * (1 - p) / networks)
	if math.Abs(sum[0]-units*p) > 4*standardError {
		t.Errorf("%.3f breakpoints in the first layer, want %.3f ± %.3f", sum[0], units*p, standardError)
	}
}
