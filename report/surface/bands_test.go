package surface

import (
	"math"
	"testing"
)

// grey is the colour of heights that is its own height.
func grey(h float64) light { return light{float32(h), float32(h), float32(h)} }

func TestNiceStep(t *testing.T) {
	for _, tt := range []struct{ x, want float64 }{
		{1, 1}, {0.2, 0.2}, {0.21, 0.2}, {3, 2}, {3.3, 5}, {6, 5}, {8, 10}, {1.2e30, 1e30}, {4e-31, 5e-31},
	} {
		if got := niceStep(tt.x); math.Abs(got/tt.want-1) > 1e-12 {
			t.Errorf("niceStep(%v) = %v, want %v", tt.x, got, tt.want)
		}
	}
}

func TestLevelsAreCountedFromTheMiddle(t *testing.T) {
	for _, tt := range []struct {
		name              string
		low, high, middle float64
		n, bands          int
		edge              float64 // height of some level
	}{
		{"tanh", -1, 1, 0, 10, 10, 0.5},
		{"logistic", 0, 1, 0.5, 10, 10, 0.5},
		{"uneven", -0.31, 0.93, 0, 10, 14, 0.31 / 1.24},
		{"zero below", 2, 3, 0, 10, 10, 0.5},
		{"zero far away", 1e12, 1e12 + 1, 0, 5, 5, 0},
		{"huge", -1e30, 1e30, 0, 10, 10, 0.5},
		{"tiny", -1e-40, 3e-40, 0, 8, 8, 0.25},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := newBands(&Field{Low: tt.low, High: tt.high, Middle: tt.middle}, tt.n, grey, bands{})
			if len(b.lights) != tt.bands {
				t.Errorf("%d bands, want %d", len(b.lights), tt.bands)
			}
			below, above := b.at(float32(tt.edge-1e-4), 0).r, b.at(float32(tt.edge+1e-4), 0).r
			if tt.edge > 0 && !(above > below+0.01) {
				t.Errorf("colours %v and %v on the two sides of %v, want a step", below, above, tt.edge)
			}
		})
	}
}

// A pixel that sees a range of heights has the mean of the colours of many narrow ones.
func TestBandsAreAveraged(t *testing.T) {
	b := newBands(&Field{Low: -0.3, High: 1.1}, 9, grey, bands{})
	for _, spread := range []float64{1e-3, 0.05, 0.3, 0.9} {
		for h := spread / 2; h <= 1-spread/2; h += 0.0371 {
			var sum float64
			const n = 4000
			for k := range n {
				sum += float64(b.at(float32(h+spread*((float64(k)+0.5)/n-0.5)), 0).r)
			}
			near(t, "mean", float64(b.at(float32(h), float32(spread)).r), sum/n, 2e-3)
		}
	}
	near(t, "beyond the ends", float64(b.at(1, 5).r), float64(b.at(0.5, 1).r), 0.02)
}

func TestNearestLevel(t *testing.T) {
	b := newBands(&Field{Low: -1, High: 1}, 10, grey, bands{}) // levels 0.1 apart
	for _, tt := range []struct{ h, want float64 }{
		{0.1, 0}, {0.12, 0.02}, {0.68, 0.02}, {0.75, 0.05},
		{0.5, 0.05}, {0.52, 0.05}, // zero has a line of its own
	} {
		near(t, "nearest", float64(b.nearest(float32(tt.h))), tt.want, 1e-6)
	}
}

func TestStrokeCoversWhatItIsWide(t *testing.T) {
	for _, width := range []float32{0.3, 0.8, 1, 1.7, 4} {
		var sum float64
		const step = 1.0 / 256
		for d := -8.0; d < 8; d += step {
			sum += step * float64(stroke(abs(float32(d)), width))
		}
		near(t, "cover", sum, float64(width), 0.02)
	}
}
