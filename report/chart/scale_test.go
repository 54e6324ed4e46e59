package chart

import (
	"math"
	"slices"
	"strings"
	"testing"
)

func TestTicks(t *testing.T) {
	for _, tt := range []struct {
		name  string
		scale scale
		most  int
		want  string
	}{
		{"the article's input", scale{low: -6, high: 6}, 9, "−6 −4 −2 0 2 4 6"},
		{"the article's output", scale{low: -1.2, high: 1.2}, 8, "−1.0 −0.5 0 0.5 1.0"},
		{"tenths", scale{low: 0, high: 0.34}, 4, "0 0.1 0.2 0.3"},
		{"thousands", scale{low: 0, high: 45000}, 5, "0 10,000 20,000 30,000 40,000"},
		{"huge", scale{low: 0, high: 3.4e38}, 4, "0 1e38 2e38 3e38"},
		{"tiny", scale{low: -2e-9, high: 2e-9}, 5, "−2e−9 −1e−9 0 1e−9 2e−9"},
		{"far from zero", scale{low: 1000000.25, high: 1000001.25}, 3, "1000000.5 1000001.0"},
		{"whole numbers", scale{low: 4.4, high: 5.6, whole: true}, 9, "5"},
		{"decades", scale{low: 0.5, high: 2000, log: true}, 4, "1 10 100 1000"},
		{"every third decade", scale{low: 1, high: 1e9, log: true}, 4, "1 1000 1,000,000 1e9"},
		{"parts of a decade", scale{low: 40, high: 900, log: true}, 9, "50 100 200 500"},
		{"less than a decade", scale{low: 0.8, high: 2, log: true}, 4, "1.0 1.5 2.0"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, tick := range tt.scale.ticks(tt.most) {
				got = append(got, tick.Text)
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("got %q, want %q", strings.Join(got, " "), tt.want)
			}
		})
	}
}

// Whatever the scale, there are not more ticks than asked for, ascending, on the scale,
// and no two look alike.
func TestTicksAreDifferent(t *testing.T) {
	for _, low := range []float64{-1e30, -7.3, -1e-7, 0.31, 1e5, 123456.7} {
		for _, extent := range []float64{1e-3, 0.7, 13, 4e4, 1e31} {
			for most := 2; most < 12; most++ {
				s := scale{low: low, high: low + extent}
				ticks := s.ticks(most)
				if len(ticks) > most {
					t.Errorf("%v: %d ticks, want at most %d", s, len(ticks), most)
				}
				for i, tick := range ticks {
					if at := s.at(tick.At); at < -1e-6 || at > 1+1e-6 {
						t.Errorf("%v: tick %v lies at %g", s, tick, at)
					}
					if i > 0 && (tick.Text == ticks[i-1].Text || tick.At <= ticks[i-1].At) {
						t.Errorf("%v: ticks %v and %v", s, ticks[i-1], tick)
					}
				}
			}
		}
	}
}

func TestScale(t *testing.T) {
	for _, s := range []scale{{low: -2, high: 6}, {low: 0.1, high: 1000, log: true}, {low: -3e38, high: 3e38}} {
		for _, share := range []float64{0, 0.25, 1} {
			if got := s.at(s.value(share)); math.Abs(got-share) > 1e-12 {
				t.Errorf("%v: at(value(%g)) = %g", s, share, got)
			}
		}
	}
	if got := (scale{low: 1, high: 10, log: true}).at(0); !math.IsInf(got, -1) {
		t.Errorf("zero lies at %g of a logarithmic scale, want -Inf", got)
	}
}

func TestCovering(t *testing.T) {
	for _, tt := range []struct {
		name      string
		values    []float64
		log       bool
		low, high float64
	}{
		{"some", []float64{2, 12, 7}, false, 1, 13},
		{"none", nil, false, 0, 1},
		{"none above zero", []float64{0, -1}, true, 1, 10},
		{"a constant", []float64{5, 5}, false, 4.5, 5.5},
		{"a large constant", []float64{-1e6}, false, -1.1e6, -0.9e6},
		{"zero is not on a logarithmic scale", []float64{0, 1, 100}, true, math.Pow(100, -0.1), 100 * math.Pow(100, 0.1)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := covering(tt.values, tt.log, 0.1)
			if math.Abs(got.low-tt.low) > 1e-9*math.Abs(tt.low) || math.Abs(got.high-tt.high) > 1e-9*math.Abs(tt.high) {
				t.Errorf("got %g to %g, want %g to %g", got.low, got.high, tt.low, tt.high)
			}
		})
	}
}

func TestFromZero(t *testing.T) {
	for _, tt := range []struct {
		name   string
		values []float64
		low    float64
	}{
		{"far apart", []float64{4, 10}, 0},
		{"within a fifth", []float64{8, 10}, 7},
		{"just beyond a fifth", []float64{7.9, 10}, 0},
		{"equal", []float64{3, 3}, 2},
		{"below zero", []float64{-1, 10}, -2},
	} {
		s := scale{low: slices.Min(tt.values) - 1, high: 11}
		if got := s.fromZero(tt.values).low; got != tt.low {
			t.Errorf("%s: the axis begins at %g, want %g", tt.name, got, tt.low)
		}
	}
}

func TestOutputRange(t *testing.T) {
	flat := func(sizes ...float32) [][]float32 {
		var curves [][]float32
		for _, size := range sizes {
			curves = append(curves, []float32{0, -size})
		}
		return curves
	}
	hundred := make([]float32, 100)
	for i := range hundred {
		hundred[i] = float32(i + 1)
	}
	for _, tt := range []struct {
		name   string
		curves [][]float32
		want   float64
	}{
		{"none", nil, 1.2},
		{"tanh", flat(1, 0.5), 1.2},
		{"identity", flat(4), 4.2},
		{"one of a hundred explodes", flat(append(hundred[:99:99], 1e30)...), 1.05 * 95},
		{"all but one are zero", flat(append(make([]float32, 99), 8)...), 8.4},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if low, high := OutputRange(tt.curves); math.Abs(high-tt.want) > 1e-9 || low != -high {
				t.Errorf("got %g to %g, want ±%g", low, high, tt.want)
			}
		})
	}
}
