package sampler

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"nodal/analysis"
	"nodal/schema"
)

// watchCases spans every activation, depths 0 to 4, one and two axes of odd sizes,
// and layers that are skipped in part.
func watchCases() []*schema.Configuration {
	cases := skipCases()
	for i, activation := range schema.Activations() {
		for depth := range 5 {
			cases = append(cases,
				lineConfiguration(activation, repeat(5+i, depth), 1+depth%3, 301+2*i),
				squareConfiguration(activation, repeat(9, depth), 1+i%3, 37, 23+2*i))
		}
	}
	return append(cases,
		lineConfiguration(schema.Tanh, []int{100}, 1, 1001),
		squareConfiguration(schema.ReLU, []int{64, 16}, 1, 65, 67),
		lineConfiguration(schema.Tanh, []int{3, 200}, 2, 99))
}

// watched evaluates networks 1 … count of c with a watcher and returns the
// pre-activations [count,C,P] and the last hidden layers [count,N,P]. It fails
// unless the watcher sees every point once and in order.
func watched(t *testing.T, engine Engine, c *schema.Configuration, count int) (pre, hidden []float32) {
	t.Helper()
	layers, points := c.Layers(), c.Grid.Points()
	units := layers[len(layers)-2]
	hidden = make([]float32, count*units*points)
	seen, start := 0, 0 // points so far; networks of the blocks before
	ev := engine.newEvaluator(c, func(network int, h []float32, n, p, first int) {
		if n != units || len(h) != n*p || network != 1+seen/points-start || first != seen%points {
			t.Fatalf("watcher got network %d, %d values of %d units at %d points from %d on, want the %d units of network %d from point %d on",
				network, len(h), n, p, first, units, 1+seen/points-start, seen%points)
		}
		for k := range n {
			copy(hidden[((start+network-1)*n+k)*points+first:], h[k*p:(k+1)*p])
		}
		seen += p
	})
	plane := c.Outputs * points
	pre = make([]float32, count*plane)
	e := NewEnsemble(c, 7, 1+ev.size()) // what is in place 0 is not evaluated
	for ; start < count; start += ev.size() {
		n := min(ev.size(), count-start)
		e.Draw(int64(start), 1+n)
		ev.evaluate(pre[start*plane:(start+n)*plane], e, 1, n)
	}
	if seen != count*points {
		t.Fatalf("watcher saw %d points, want %d", seen, count*points)
	}
	return pre, hidden
}

func TestWatchingKeepsTheBits(t *testing.T) {
	test := func(t *testing.T, engine Engine) {
		for _, c := range watchCases() {
			t.Run(string(engine)+"/"+caseName(c), func(t *testing.T) {
				count := engine.newEvaluator(c, nil).size() + 2 // a block and more
				want, _ := evaluateWith(engine, c, 1+count)
				got, _ := watched(t, engine, c, count)
				if !slices.EqualFunc(got, want[len(want)-len(got):], sameValue) {
					t.Error("fields differ")
				}
			})
		}
	}
	eachPath(t, func(t *testing.T) { test(t, Fused) })
	test(t, BLAS)
}

// What the watcher sees is what the outputs are made of: the output layer in
// float64 gives the pre-activations, within the bound of a float32 sum of K+1 terms.
func TestWatchedLayerMakesTheOutputs(t *testing.T) {
	for _, engine := range []Engine{Fused, BLAS} {
		for _, c := range watchCases() {
			t.Run(string(engine)+"/"+caseName(c), func(t *testing.T) {
				const count = 3
				pre, hidden := watched(t, engine, c, count)
				e := NewEnsemble(c, 7, count)
				e.Draw(1, count)
				last, points := len(e.Weights)-1, c.Grid.Points()
				units := e.Layers[last]
				for b := range count {
					w, bias := e.layer(b, last)
					for i := range c.Outputs * points {
						o, p := i/points, i%points
						want := float64(bias[o])
						size := math.Abs(want)
						for k := range units {
							product := float64(w[o*units+k]) * float64(hidden[(b*units+k)*points+p])
							want += product
							size += math.Abs(product)
						}
						bound := float64(units+2) * 0x1p-24 * size
						if got := float64(pre[b*c.Outputs*points+i]); !(math.Abs(got-want) <= bound) {
							t.Fatalf("network %d, output %d, point %d: got %v, want %v ± %v from the hidden layer", b, o, p, got, want, bound)
						}
					}
				}
			})
		}
	}
}

// BenchmarkWatched compares evaluation without a watcher, with one that does nothing,
// and with one that sums up expected crossings.
func BenchmarkWatched(b *testing.B) {
	for _, tt := range Workloads() {
		c := &tt.Configuration
		layers := c.Layers()
		expected := analysis.NewExpectedCrossings(c.Grid, layers[len(layers)-2])
		for _, bb := range []struct {
			name  string
			watch watcher
		}{
			{"none", nil},
			{"idle", func(int, []float32, int, int, int) {}},
			{"expected", func(_ int, h []float32, n, p, first int) {
				if first == 0 {
					expected.Reset(1, 1)
				}
				expected.Add(h, n, p, first)
			}},
		} {
			b.Run(fmt.Sprintf("workload=%s/watcher=%s", tt.Name, bb.name), func(b *testing.B) {
				ev := Fused.newEvaluator(c, bb.watch)
				e := NewEnsemble(c, 7, 1)
				e.Draw(0, 1)
				pre := make([]float32, c.Outputs*c.Grid.Points())
				b.ReportAllocs()
				for b.Loop() {
					ev.evaluate(pre, e, 0, 1)
				}
			})
		}
	}
}
