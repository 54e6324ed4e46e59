package analysis

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestBins(t *testing.T) {
	for _, tt := range []struct {
		name   string
		values []float64
		count  bool
		most   int
		edges  []float64
		counts []int64
	}{
		{"nothing", nil, true, 4, nil, nil},
		{"one count", []float64{3, 3}, true, 4, []float64{2.5, 3.5}, []int64{2}},
		{"a bin each", []float64{0, 2, 2, 3}, true, 4, []float64{-.5, .5, 1.5, 2.5, 3.5}, []int64{1, 0, 2, 1}},
		{"two to a bin", []float64{0, 1, 2, 4}, true, 4, []float64{-.5, 1.5, 3.5, 5.5}, []int64{2, 1, 1}},
		{"numbers", []float64{0, .25, .5, 1}, false, 2, []float64{0, .5, 1}, []int64{2, 2}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := statisticOf(tt.values, tt.count).Bins(tt.most)
			if !slices.Equal(got.Edges, tt.edges) || !slices.Equal(got.Counts, tt.counts) || got.Whole != tt.count {
				t.Errorf("got %+v, want edges %v and counts %v", got, tt.edges, tt.counts)
			}
		})
	}
}

func statisticOf(values []float64, count bool) *Statistic {
	s := spread{values: histogram{}}
	for _, v := range values {
		s.add(v, count)
	}
	statistic := s.statistic("x", count)
	return &statistic
}

// Every value is in one bin, whose edges hold it, however large or alike they are.
func TestBinsHoldEveryValue(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for _, scale := range []float64{1e-300, 1, 1e300} {
		for _, n := range []int{1, 2, 1000} {
			values := make([]float64, n)
			for i := range values {
				values[i] = coarse(scale * rng.Float64())
			}
			b := statisticOf(values, false).Bins(20)
			counted := make([]int64, len(b.Counts))
			for _, v := range values {
				i := slices.IndexFunc(b.Edges, func(e float64) bool { return e > v }) - 1
				if i == -2 && v == b.Edges[len(b.Edges)-1] {
					i = len(b.Counts) - 1
				}
				counted[i]++
			}
			if !slices.Equal(counted, b.Counts) || !slices.IsSorted(b.Edges) {
				t.Errorf("scale %g, %d values: counts %v between %v, want %v", scale, n, b.Counts, b.Edges, counted)
			}
		}
	}
}

func TestRanks(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for _, tt := range []struct {
		name string
		draw func() float64
		slip float64 // relative, of the value at a rank
	}{
		{"counts", func() float64 { return float64(rng.IntN(40)) }, 0},
		{"numbers", func() float64 { return rng.NormFloat64() }, 0x1p-16},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var r Ranks
			values := make([]float64, 1001)
			for i := range values {
				values[i] = tt.draw()
			}
			for _, i := range rng.Perm(len(values)) {
				r.Add(int64(i), values[i])
			}
			sorted := slices.Sorted(slices.Values(values))
			for _, p := range []float64{0, .05, .5, .95, 1} {
				network, value, ok := r.At(p)
				want := sorted[int(p*1000)]
				if !ok || values[network] != value || math.Abs(value-want) > tt.slip*math.Abs(want) {
					t.Errorf("at %g: network %d with %g, want a value of %g", p, network, value, want)
				}
				if first := slices.Index(values, value); tt.slip == 0 && int64(first) != network {
					t.Errorf("at %g: network %d, want %d, the first with that value", p, network, first)
				}
			}
		})
	}
	if _, _, ok := new(Ranks).At(.5); ok {
		t.Error("a network at the median of none")
	}
}
