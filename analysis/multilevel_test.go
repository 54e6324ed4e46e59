package analysis

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestMultilevel(t *testing.T) {
	for _, tt := range []struct {
		name   string
		z      [][]float64
		level0 Estimate
		all    int64
		want   Estimate
	}{
		{"nothing measured again", nil, Estimate{3, .5}, 10, Estimate{3, .5}},
		{"their own grid again", [][]float64{{1}, {3}}, Estimate{2, 1}, 2, Estimate{2, 1}}, // variance 2 over 2
		{"one level, no change", [][]float64{{1, 1}, {3, 3}}, Estimate{2, 1}, 2, Estimate{2, 1}},
		{"the last change", [][]float64{{1, 2}, {3, 4}}, Estimate{2, 1}, 2, Estimate{3, math.Sqrt(1 + 1)}},
		// Terms 0/4 + 2/2 and 2/4 + 0/2: variance 1/8 each; two networks of four with variance 1·4: 1/4 each over 4.
		{"half of them", [][]float64{{0, 2}, {2, 2}}, Estimate{5, 1}, 4, Estimate{6, math.Sqrt(2*.125 + .5 + 1)}},
		{"ladder", [][]float64{{0, 1, 1}, {0, 1, 1}, {0, 0}, {0, 0}}, Estimate{0, 0}, 4, Estimate{.5, 0}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := Multilevel(tt.z, tt.level0, tt.all)
			if math.Abs(got.Mean-tt.want.Mean) > 1e-12 || math.Abs(got.StandardError-tt.want.StandardError) > 1e-12 {
				t.Errorf("Multilevel = %v, want %v", got, tt.want)
			}
		})
	}
}

// Over many draws the estimate has the mean of the finest level and the spread that
// it claims, though the levels are of the same networks. Changes are those of
// independent normal numbers around 1/2 and 0, of variances 1 and 1/4.
func TestMultilevelSpread(t *testing.T) {
	const all, repeats = 200, 5000
	known := []int{all, 80, 20} // of all networks at levels 1 and 2
	random := rand.New(rand.NewPCG(7, 0))
	var mean, squares, claimed float64
	for range repeats {
		var z [][]float64
		var level0 running
		for i := range all {
			x := 2 * random.NormFloat64()
			level0.add(x)
			network := []float64{x}
			if i < known[1] {
				network = append(network, x+.5+random.NormFloat64())
			}
			if i < known[2] {
				network = append(network, network[1]+.5*random.NormFloat64())
			}
			if i < known[1] {
				z = append(z, network)
			}
		}
		m, s := level0.moments()
		e := Multilevel(z, Estimate{m, s}, all)
		mean += e.Mean / repeats
		squares += (e.Mean - .5) * (e.Mean - .5) / repeats
		claimed += e.StandardError * e.StandardError / repeats
	}
	// The mean of a squared normal number has the relative standard deviation
	// √(2/repeats), and claims add the last level's squared mean, of variance 1/80.
	want := 4./all + 1./80 + .25/20
	off := 5 * math.Sqrt(2./repeats)
	if math.Abs(mean-.5) > 5*math.Sqrt(want/repeats) || math.Abs(squares/want-1) > off || math.Abs(claimed/(want+.25/20)-1) > off {
		t.Errorf("mean %v, variance %v, claimed %v; want 0.5, %v, %v", mean, squares, claimed, want, want+.25/20)
	}
}
