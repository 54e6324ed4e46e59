package kernels

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// rowPatterns say which of k rows are zero everywhere.
var rowPatterns = []struct {
	name string
	zero func(r *rand.Rand, j, k int) bool
}{
	{"none", func(*rand.Rand, int, int) bool { return false }},
	{"all", func(*rand.Rand, int, int) bool { return true }},
	{"alternating", func(_ *rand.Rand, j, _ int) bool { return j%2 == 0 }},
	{"all but the last", func(_ *rand.Rand, j, k int) bool { return j < k-1 }},
	{"only the last", func(_ *rand.Rand, j, k int) bool { return j == k-1 }},
	{"random", func(r *rand.Rand, _, _ int) bool { return r.IntN(2) == 0 }},
}

// zeroRows makes rows of x [K,P] zero, of both signs, and returns the numbers of
// those that are not.
func zeroRows(r *rand.Rand, x []float32, k, p int, zero func(r *rand.Rand, j, k int) bool) (active []int32) {
	for j := range k {
		row := x[j*p : (j+1)*p]
		if zero(r, j, k) {
			for i := range row {
				row[i] = []float32{0, negZero}[r.IntN(2)]
			}
		}
		if slices.ContainsFunc(row, func(v float32) bool { return v != 0 }) {
			active = append(active, int32(j))
		}
	}
	return active
}

// A row is active by a single value, wherever it stands.
func TestActiveRows(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 22))
	single := []float32{1, -1, nan, inf, -inf, 0x1p-149, -0x1p-149}
	lengths := []int{100, 127, 128, 129, 255, 256, 257, 1001}
	for p := range 71 {
		lengths = append(lengths, p)
	}
	eachPath(t, func(t *testing.T) {
		for _, p := range lengths {
			for k := range 41 {
				x, _ := guarded(k*p, func() float32 { return negZero })
				var want []int32
				for j := range k {
					if p > 0 && r.IntN(2) > 0 {
						x[j*p+r.IntN(p)] = single[r.IntN(len(single))]
						want = append(want, int32(j))
					}
				}
				whole := slices.Repeat([]int32{-7}, k+2)
				active := whole[1 : k+1]
				before := slices.Clone(x)
				count := ActiveRows(active, x, k, p)
				if !slices.Equal(active[:count], want) {
					t.Fatalf("k=%d p=%d: %v, want %v", k, p, active[:count], want)
				}
				if whole[0] != -7 || whole[k+1] != -7 {
					t.Fatalf("k=%d p=%d: written outside the list", k, p)
				}
				if !slices.EqualFunc(x, before, sameBits) {
					t.Fatalf("k=%d p=%d: x was changed", k, p)
				}
			}
		}
	})
}

// Over the rows that are not zero a layer is the same but for the sign of zeros,
// whatever the inputs, as long as the weights are finite; and with an epilogue
// that knows no such sign it is the same bit for bit.
func TestLayerActive(t *testing.T) {
	r := rand.New(rand.NewPCG(23, 24))
	eachPath(t, func(t *testing.T) {
		for _, in := range newLayerInputs(r) {
			for _, pattern := range rowPatterns {
				for n := range 15 {
					for p := range 71 {
						testLayerActive(t, r, in, pattern.zero, n, r.IntN(41), p)
					}
				}
				testLayerActive(t, r, in, pattern.zero, 64, 64, 133)
			}
		}
	})
}

func testLayerActive(t *testing.T, r *rand.Rand, in layerInputs, zero func(r *rand.Rand, j, k int) bool, n, k, p int) {
	t.Helper()
	finite := func() float32 {
		for {
			if v := in.weight(); v-v == 0 {
				return v
			}
		}
	}
	y, yWhole := guarded(n*p, func() float32 { return nan })
	w, _ := guarded(n*k, finite)
	x, _ := guarded(k*p, in.input)
	b, _ := guarded(n, in.input)
	active := zeroRows(r, x, k, p, zero)
	then := Epilogue(r.IntN(int(ThenPlusZero) + 1))
	LayerActive(y, w, x, b, n, k, p, active, then)
	checkGuards(t, "y", yWhole)
	want := make([]float32, n*p)
	LayerThen(want, w, x, b, n, k, p, then)
	for i := range y {
		if sign := then < ThenStep && y[i] == 0 && want[i] == 0; !sign && !sameBits(y[i], want[i]) {
			t.Fatalf("x=%s epilogue=%d n=%d k=%d p=%d active=%v: y[%d,%d] = %x, want %x", in.name, then, n, k, p, active, i/p, i%p, y[i], want[i])
		}
	}
}

// Inputs that are not listed do not count, whatever they and their weights are:
// the layer is that of the others alone, on whose every place it depends.
func TestLayerActiveIgnoresTheRest(t *testing.T) {
	r := rand.New(rand.NewPCG(25, 26))
	draw := func() float32 { return 2*r.Float32() - 1 }
	eachPath(t, func(t *testing.T) {
		for n := range 15 {
			for p := range 71 {
				k := r.IntN(41)
				w, _ := guarded(n*k, draw)
				x, _ := guarded(k*p, draw)
				b, _ := guarded(n, draw)
				var active []int32
				var wActive, xActive []float32
				for j := range k {
					if r.IntN(2) > 0 {
						active = append(active, int32(j))
						xActive = append(xActive, x[j*p:(j+1)*p]...)
						continue
					}
					for i := range n {
						w[i*k+j] = inf
					}
					for i := range p {
						x[j*p+i] = nan
					}
				}
				for i := range n {
					for _, j := range active {
						wActive = append(wActive, w[i*k+int(j)])
					}
				}
				got, want := make([]float32, n*p), make([]float32, n*p)
				LayerActive(got, w, x, b, n, k, p, active, Plain)
				layerChain(want, wActive, xActive, b, n, len(active), p)
				if !slices.EqualFunc(got, want, sameBits) {
					t.Fatalf("n=%d k=%d p=%d: not the layer of inputs %v", n, k, p, active)
				}
			}
		}
	})
}

func TestActivePanics(t *testing.T) {
	f := func(n int) []float32 { return make([]float32, n) }
	list := func(active ...int32) func() {
		return func() { LayerActive(f(8), f(6), f(12), f(2), 2, 3, 4, active, Plain) }
	}
	for _, tt := range []struct {
		f    func()
		want string
	}{
		{func() { ActiveRows(make([]int32, 3), f(8), 2, 4) }, "kernels: ActiveRows: len(active) = 3, want k = 2"},
		{func() { ActiveRows(make([]int32, 2), f(9), 2, 4) }, "kernels: ActiveRows: len(x) = 9, want k·p = 8"},
		{func() { ActiveRows(nil, f(4), -2, -2) }, "kernels: ActiveRows: k, p = -2, -2, want none negative"},
		{func() { LayerActive(f(8), f(6), f(11), f(2), 2, 3, 4, nil, Plain) }, "kernels: LayerActive: len(x) = 11, want k·p = 12"},
		{func() { LayerActive(nil, nil, nil, nil, 0, 0, 0, nil, -1) }, "kernels: LayerActive: epilogue -1, want one from 0 to 13"},
		{list(0, 3), "kernels: LayerActive: active = [0 3], want numbers below 3, ascending"},
		{list(-1, 2), "kernels: LayerActive: active = [-1 2], want numbers below 3, ascending"},
		{list(1, 1), "kernels: LayerActive: active = [1 1], want numbers below 3, ascending"},
		{list(2, 1), "kernels: LayerActive: active = [2 1], want numbers below 3, ascending"},
	} {
		t.Run(tt.want, func(t *testing.T) {
			defer func() {
				if got := fmt.Sprint(recover()); got != tt.want {
					t.Errorf("panic %q, want %q", got, tt.want)
				}
			}()
			tt.f()
		})
	}
	list(0, 1, 2)() // these are as they should be
}

// randomValues returns n values at an even address, as a network's are.
func randomValues(r *rand.Rand, n int) []float32 {
	values := make([]float32, n)
	for i := range values {
		values[i] = r.Float32()
	}
	return values
}

func BenchmarkActiveRows(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, s := range []struct{ k, p int }{{64, 64}, {64, 32}, {32, 128}, {11, 256}} {
		x := randomValues(r, s.k*s.p)
		zeroRows(r, x, s.k, s.p, rowPatterns[len(rowPatterns)-1].zero)
		active := make([]int32, s.k)
		b.Run(fmt.Sprintf("k=%d/p=%d", s.k, s.p), func(b *testing.B) {
			benchPaths(b, func(b *testing.B, _ float64) {
				b.ReportAllocs()
				for b.Loop() {
					ActiveRows(active, x, s.k, s.p)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(s.k*s.p), "ns/value")
			})
		})
	}
}

// BenchmarkLayerActive reports the time per output and the share of the peak of
// the multiply-adds that are left. A share of 0 stands for the dense layer.
func BenchmarkLayerActive(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, s := range []struct{ n, k, p int }{{64, 64, 64}, {64, 64, 32}, {3, 64, 64}, {32, 32, 128}, {9, 11, 256}} {
		x, w := randomValues(r, s.k*s.p), randomValues(r, s.n*s.k)
		y, bias := make([]float32, s.n*s.p), make([]float32, s.n)
		for _, share := range []float64{0, 0.25, 0.5, 1} {
			var active []int32
			for j := range s.k {
				if int(share*float64(j)) < int(share*float64(j+1)) {
					active = append(active, int32(j))
				}
			}
			b.Run(fmt.Sprintf("n=%d/k=%d/p=%d/active=%g", s.n, s.k, s.p, share), func(b *testing.B) {
				benchPaths(b, func(b *testing.B, peak float64) {
					b.ReportAllocs()
					inputs := len(active)
					if share == 0 {
						inputs = s.k
					}
					for b.Loop() {
						if share == 0 {
							LayerThen(y, w, x, bias, s.n, s.k, s.p, ThenReLU)
						} else {
							LayerActive(y, w, x, bias, s.n, s.k, s.p, active, ThenReLU)
						}
					}
					ns := float64(b.Elapsed().Nanoseconds()) / float64(b.N)
					b.ReportMetric(ns/float64(s.n*s.p), "ns/output")
					if peak > 0 {
						b.ReportMetric(100*2*float64(s.n*inputs*s.p)/ns/peak, "%peak")
					}
				})
			})
		}
	}
}
