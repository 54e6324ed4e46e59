package compare

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nodal/kernels"
	"nodal/schema"
)

// yielded yields rows a few at a time, from memory that it overwrites.
func yielded(rows []schema.Row, size int) iter.Seq2[[]schema.Row, error] {
	return func(yield func([]schema.Row, error) bool) {
		buffer := make([]schema.Row, size)
		for from := 0; from < len(rows); from += size {
			n := copy(buffer, rows[from:])
			if !yield(buffer[:n], nil) {
				return
			}
			clear(buffer)
		}
	}
}

// drawn returns n rows of a configuration with the given crossings; a negative
// number is a network that overflowed.
func drawn(c schema.Configuration, n int, crossings func(i int) int64) []schema.Row {
	rows, id := make([]schema.Row, n), c.ID()
	for i := range rows {
		x := crossings(i)
		rows[i] = schema.Row{ConfigID: id, Network: int64(i), Status: schema.StatusOK, Resolved: true, Crossings: x, ValueMax: float64(x) / 3}
		if x < 0 {
			rows[i] = schema.Row{ConfigID: id, Network: int64(i), Status: schema.StatusNonfinite}
		}
	}
	return rows
}

// compared compares two configurations by crossings and returns their group.
func compared(t *testing.T, a, b schema.Configuration, rows []schema.Row, o Options) *Group {
	t.Helper()
	o.Measures, o.Kinds = []string{"crossings"}, []string{"equal_units", "same_weights"}
	table, err := Rows(yielded(rows, 97), []schema.Configuration{a, b}, o)
	if err != nil {
		t.Fatal(err)
	}
	if len(table.Groups) != 1 {
		t.Fatalf("%d groups, want 1", len(table.Groups))
	}
	return &table.Groups[0]
}

// Means, differences and ratios known on paper.
func TestOnPaper(t *testing.T) {
	nan := math.NaN()
	a, b := made(4), made(2, 2)
	constant := func(x int64) func(int) int64 { return func(int) int64 { return x } }
	for _, tt := range []struct {
		name              string
		networks          int
		shallow, deep     func(int) int64
		difference, ratio Estimate
		verdict           Verdict
	}{
		{"2 against 1", 40, constant(1), constant(2), Estimate{1, 1, 1}, Estimate{2, 2, 2}, Larger},
		{"1 against 4", 40, constant(4), constant(1), Estimate{-3, -3, -3}, Estimate{.25, .25, .25}, Smaller},
		{"equal", 40, constant(3), constant(3), Estimate{0, 0, 0}, Estimate{1, 1, 1}, NotSeen},
		{"both 0", 40, constant(0), constant(0), Estimate{0, 0, 0}, unknown, NotSeen},
		{"3 against 0", 40, constant(0), constant(3), Estimate{3, 3, 3}, unknown, Larger},
		{"0 against 3", 40, constant(3), constant(0), Estimate{-3, -3, -3}, Estimate{0, 0, 0}, Smaller},
		{"too few networks", 29, constant(1), constant(2), Estimate{1, nan, nan}, Estimate{2, nan, nan}, Unknown},
		{"enough networks", 30, constant(1), constant(2), Estimate{1, 1, 1}, Estimate{2, 2, 2}, Larger},
		{"one network", 1, constant(1), constant(2), Estimate{1, nan, nan}, Estimate{2, nan, nan}, Unknown},
		{"none yet", 0, constant(1), constant(2), unknown, unknown, Unknown},
		{"one side overflowed", 40, constant(1), constant(-1), unknown, unknown, Unknown},
		{"the baseline overflowed", 40, constant(-1), constant(1), unknown, unknown, Unknown},
		{"overflowed networks are left out", 80, func(i int) int64 { return int64(i%2)*2 - 1 }, constant(2), Estimate{1, 1, 1}, Estimate{2, 2, 2}, Larger},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rows := append(drawn(a, tt.networks, tt.shallow), drawn(b, tt.networks, tt.deep)...)
			got := compared(t, a, b, rows, Options{Resamples: 200}).Sides[1].Comparisons[0]
			same := cmp.Comparer(func(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) })
			if d := cmp.Diff(tt.difference, got.Difference, same); d != "" {
				t.Errorf("difference (-want +got):\n%s", d)
			}
			if d := cmp.Diff(tt.ratio, got.Ratio, same); d != "" {
				t.Errorf("ratio (-want +got):\n%s", d)
			}
			if got.Verdict != tt.verdict {
				t.Errorf("verdict %s, want %s", got.Verdict, tt.verdict)
			}
		})
	}
}

// A ratio has no interval if some resamples of the baseline are 0: two crossings
// among 40 networks, which a resample misses with probability .95⁴⁰, 13 %.
func TestRatioOfRareEvents(t *testing.T) {
	a, b := made(4), made(2, 2)
	rare := func(i int) int64 { return int64(i / 38) }
	rows := append(drawn(a, 40, rare), drawn(b, 40, func(int) int64 { return 1 })...)
	got := compared(t, a, b, rows, Options{Resamples: 200}).Sides[1].Comparisons[0]
	if got.Ratio.Value != 20 || got.Ratio.Bounded() || !got.Difference.Bounded() || got.Verdict != Larger {
		t.Errorf("ratio %v, difference %v, %s; want a ratio of 20 without an interval, a difference with one, larger", got.Ratio, got.Difference, got.Verdict)
	}
}

// The resamples of one block at a time, as the documentation has them, for numbers
// of networks around the number of blocks.
func TestIntervalAgainstDocumentation(t *testing.T) {
	a, b := made(4), made(2, 2)
	for _, n := range []int{30, 499, 500, 501, 1234} {
		a.Networks, b.Networks = int64(n), int64(n)
		random := rand.New(rand.NewPCG(1, uint64(n)))
		rows := append(drawn(a, n, func(int) int64 { return random.Int64N(9) - 1 }), drawn(b, n, func(int) int64 { return random.Int64N(5) - 1 })...)
		got := compared(t, a, b, rows, Options{Resamples: 300, Seed: 5}).Sides[1].Comparisons[0]
		x, y := resampledMeans(rows[n:], "1-2-2-1", 5, 300), resampledMeans(rows[:n], "1-4-1", 5, 300)
		var differences, ratios []float64
		for r := range x {
			differences, ratios = append(differences, x[r]-y[r]), append(ratios, x[r]/y[r])
		}
		for _, tt := range []struct {
			name   string
			e      Estimate
			values []float64
		}{{"difference", got.Difference, differences}, {"ratio", got.Ratio, ratios}} {
			slices.Sort(tt.values)
			low, high := sortedQuantile(tt.values, .025), sortedQuantile(tt.values, .975)
			if math.Abs(tt.e.Low-low) > 1e-12 || math.Abs(tt.e.High-high) > 1e-12 {
				t.Errorf("%d networks: %s from %v to %v, want %v to %v", n, tt.name, tt.e.Low, tt.e.High, low, high)
			}
		}
	}
}

// resampledMeans returns mean crossings of the resamples of a configuration's rows.
func resampledMeans(rows []schema.Row, layers string, seed, resamples int) []float64 {
	var blocks [500][]int64
	for _, r := range rows {
		if r.Status == schema.StatusOK {
			blocks[r.Network%500] = append(blocks[r.Network%500], r.Crossings)
		}
	}
	filled := slices.DeleteFunc(blocks[:], func(b []int64) bool { return len(b) == 0 })
	sum := sha256.Sum256(fmt.Appendf(nil, "nodal compare version=1 seed=%d layers=%s", seed, layers))
	key := [2]uint32{binary.BigEndian.Uint32(sum[:]), binary.BigEndian.Uint32(sum[4:])}
	var means []float64
	for r := range resamples {
		total, n := int64(0), 0
		for i := range filled {
			word := kernels.PhiloxBlock([4]uint32{uint32(i / 4), 0, uint32(r), 0}, key)[i%4]
			block := filled[uint64(word)*uint64(len(filled))>>32]
			n += len(block)
			for _, x := range block {
				total += x
			}
		}
		means = append(means, float64(total)/float64(n))
	}
	return means
}

func sortedQuantile(x []float64, q float64) float64 {
	position := q * float64(len(x)-1)
	low := int(position)
	high := min(low+1, len(x)-1)
	return x[low] + (position-float64(low))*(x[high]-x[low])
}

func TestQuantile(t *testing.T) {
	random := rand.New(rand.NewPCG(2, 2))
	for n := 1; n < 60; n++ {
		x := make([]float64, n)
		for i := range x {
			x[i] = float64(random.IntN(1 + n/2)) // with ties
		}
		sorted := slices.Sorted(slices.Values(x))
		for _, q := range []float64{0, .025, .3, .5, .975, 1} {
			if got, want := quantile(x, q), sortedQuantile(sorted, q); got != want {
				t.Fatalf("quantile(%v, %v) = %v, want %v", sorted, q, got, want)
			}
		}
	}
}

// A pair of which one network overflowed does not count, on either side.
func TestPairsOfFiniteNetworks(t *testing.T) {
	a, b := made(4), activated(schema.ReLU, schema.Identity, made(4))
	rows := append(drawn(a, 60, func(i int) int64 { return int64(i % 2) }), drawn(b, 60, func(i int) int64 { return int64(i%2)*3 - 1 })...)
	g := compared(t, a, b, rows, Options{Resamples: 200})
	if x, y := g.Sides[0].Means[0].Value, g.Sides[1].Means[0].Value; x != 1 || y != 2 || g.Sides[0].Blocks != 30 {
		t.Errorf("means %v and %v over %d pairs, want 1 and 2 over the 30 odd ones", x, y, g.Sides[0].Blocks)
	}
}

// A side without finite networks takes nothing from the others.
func TestPairsBesideOverflow(t *testing.T) {
	a, b, c := made(4), activated(schema.ReLU, schema.Identity, made(4)), activated(schema.ELU, schema.Identity, made(4))
	constant := func(x int64) func(int) int64 { return func(int) int64 { return x } }
	rows := slices.Concat(drawn(a, 40, constant(1)), drawn(b, 40, constant(-1)), drawn(c, 40, constant(2)))
	table, err := Rows(yielded(rows, 64), []schema.Configuration{a, b, c}, Options{Resamples: 200})
	if err != nil {
		t.Fatal(err)
	}
	g := &table.Groups[0]
	if v, w := g.Sides[1].Comparisons[0].Verdict, g.Sides[2].Comparisons[0].Verdict; v != Unknown || w != Larger {
		t.Errorf("verdicts %s and %s, want unknown and larger", v, w)
	}
}

// What a side counts.
func TestCounts(t *testing.T) {
	a, b := made(4), made(2, 2)
	rows := append(drawn(a, 50, func(i int) int64 { return int64(i%5) - 1 }), drawn(b, 50, func(int) int64 { return 1 })...)
	rows[1].Resolved, rows[2].Resolved, rows[60].Resolved = false, false, false
	g := compared(t, a, b, rows, Options{Resamples: 200})
	if s := g.Sides[0]; s.Networks != 50 || s.Nonfinite != 10 || s.Unresolved != 2 || s.Blocks != 40 || s.Finite() != 40 {
		t.Errorf("baseline: %d networks, %d nonfinite, %d unresolved, %d blocks; want 50, 10, 2, 40", s.Networks, s.Nonfinite, s.Unresolved, s.Blocks)
	}
	if s := g.Sides[1]; s.Networks != 50 || s.Nonfinite != 0 || s.Unresolved != 1 || s.Blocks != 50 {
		t.Errorf("other side: %d networks, %d nonfinite, %d unresolved, %d blocks; want 50, 0, 1, 50", s.Networks, s.Nonfinite, s.Unresolved, s.Blocks)
	}
}

func TestVerdict(t *testing.T) {
	nan := math.NaN()
	none := Estimate{1, nan, nan}
	for _, tt := range []struct {
		name              string
		difference, ratio Estimate
		want              Verdict
	}{
		{"above 1", Estimate{1, -1, 2}, Estimate{1.2, 1.1, 1.3}, Larger},
		{"below 1", none, Estimate{.8, .7, .9}, Smaller},
		{"around 1", Estimate{1, .5, 2}, Estimate{1.2, .9, 1.3}, NotSeen},
		{"from 1", none, Estimate{1.2, 1, 1.3}, NotSeen},
		{"rounding above 1", none, Estimate{1, 1 + 1e-15, 1 + 2e-15}, NotSeen},
		{"rounding below 1", none, Estimate{1, 1 - 2e-15, 1 - 1e-15}, NotSeen},
		{"interval above, number not", none, Estimate{1, 1.1, 1.3}, NotSeen},
		{"interval below, number not", none, Estimate{1, .7, .9}, NotSeen},
		{"difference above 0", Estimate{2, 1, 3}, none, Larger},
		{"difference below 0", Estimate{-2, -3, -1}, none, Smaller},
		{"difference around 0", Estimate{-2, -3, 1}, unknown, NotSeen},
		{"difference of rounding", Estimate{1e-12, 1e-12, 2e-12}, unknown, NotSeen}, // of means of 5
		{"nothing", none, none, Unknown},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := verdict(tt.difference, tt.ratio, 5, 5); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}
