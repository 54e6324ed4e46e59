package compare

import (
	"math/rand/v2"
	"testing"

	"nodal/schema"
)

// The intervals hold the truth 95 times in a hundred: 400 pairs of skewed counts,
// Poisson processes of exponential rates, whose means are 1 and 1.5. Paired ones
// share their rates. The share of 400 has a standard deviation of 1.1 %; the bounds
// are three of them, and one more below, since percentile intervals of skewed means
// fall a little short.
func TestCoverage(t *testing.T) {
	const trials = 400
	relu := activated(schema.ReLU, schema.Identity, made(4))
	for _, tt := range []struct {
		name     string
		b        schema.Configuration
		networks int
		paired   bool
	}{
		{"independent", made(2, 2), 150, false},
		{"blocks of three", made(2, 2), 1500, false},
		{"paired", relu, 150, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, b := made(4), tt.b
			a.Networks, b.Networks = int64(tt.networks), int64(tt.networks)
			differences, ratios := 0, 0
			for trial := range trials {
				c := compared(t, a, b, skewed(uint64(trial), a, b, tt.paired), Options{Resamples: 400, Seed: int64(trial)}).Sides[1].Comparisons[0]
				if c.Difference.Low <= .5 && .5 <= c.Difference.High {
					differences++
				}
				if c.Ratio.Low <= 1.5 && 1.5 <= c.Ratio.High {
					ratios++
				}
			}
			for _, covered := range []int{differences, ratios} {
				if share := float64(covered) / trials; share < .95-4*.0109 || share > .95+3*.0109 {
					t.Errorf("intervals of differences and ratios hold the truth %d and %d times of %d, want 95 %%", differences, ratios, trials)
				}
			}
			t.Logf("differences %.1f %%, ratios %.1f %%", 100*float64(differences)/trials, 100*float64(ratios)/trials)
		})
	}
}

// skewed returns rows of two configurations whose mean crossings are 1 and 1.5.
func skewed(seed uint64, a, b schema.Configuration, paired bool) []schema.Row {
	random := rand.New(rand.NewPCG(3, seed))
	rates := make([]float64, a.Networks)
	for i := range rates {
		rates[i] = random.ExpFloat64()
	}
	rows := drawn(a, len(rates), func(i int) int64 { return poisson(random, rates[i]) })
	return append(rows, drawn(b, len(rates), func(i int) int64 {
		if paired {
			return poisson(random, 1.5*rates[i])
		}
		return poisson(random, 1.5*random.ExpFloat64())
	})...)
}

// poisson counts the arrivals of a process of rate 1 until a time.
func poisson(random *rand.Rand, until float64) int64 {
	n := int64(0)
	for t := random.ExpFloat64(); t < until; t += random.ExpFloat64() {
		n++
	}
	return n
}

// Pairs that have much in common differ by less than independent draws: here by
// less than half.
func TestPairsAreNarrower(t *testing.T) {
	const n = 400
	width := func(b schema.Configuration) float64 {
		a, random := made(4), rand.New(rand.NewPCG(4, 4))
		values := make([]int64, n)
		for i := range values {
			values[i] = poisson(random, 5*random.ExpFloat64())
		}
		rows := append(drawn(a, n, func(i int) int64 { return values[i] }), drawn(b, n, func(i int) int64 { return values[i] + int64(i%2) })...)
		c := compared(t, a, b, rows, Options{Resamples: 1000}).Sides[1].Comparisons[0]
		return c.Difference.High - c.Difference.Low
	}
	paired, independent := width(activated(schema.ReLU, schema.Identity, made(4))), width(made(2, 2))
	if !(paired < independent/2) {
		t.Errorf("intervals of the difference: %v paired, %v independent, want less than half", paired, independent)
	}
}
