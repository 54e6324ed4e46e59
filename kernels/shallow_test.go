package kernels

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// epilogueNames are the names of the activations in the tests.
var epilogueNames = [...]string{
	Plain: "identity", ThenReLU: "relu", ThenLeakyReLU: "leaky_relu", ThenStep: "step", ThenPlusZero: "plus_zero", ThenTanh: "tanh",
	ThenErf: "erf", ThenLogistic: "logistic", ThenGELU: "gelu", ThenSiLU: "silu", ThenSoftplus: "softplus",
	ThenGaussian: "gaussian", ThenELU: "elu", ThenSin: "sin",
}

// activationOf returns the activation of an epilogue on the portable path.
func activationOf(t *testing.T, then Epilogue) func(y, x []float32) {
	t.Helper()
	if then == ThenPlusZero {
		return plusZeroes
	}
	i := slices.IndexFunc(activations, func(a activation) bool { return a.name == epilogueNames[then] })
	return func(y, x []float32) {
		defer Use(ActivePath())
		Use(Portable)
		activations[i].f(y, x)
	}
}

// plusZeroes is ThenPlusZero.
func plusZeroes(y, x []float32) {
	for i, v := range x {
		y[i] = v
		if v == 0 {
			y[i] = 0
		}
	}
}

func TestShallow(t *testing.T) {
	type shape struct{ k, n, c, p int }
	var shapes []shape
	for p := range 71 {
		shapes = append(shapes, shape{1, 3, 1, p}, shape{2, 2, 2, p})
	}
	for n := range 21 {
		for c := range 6 {
			shapes = append(shapes, shape{c % 4, n, c, 21}, shape{1 + n%2, n, c, 67})
		}
	}
	shapes = append(shapes, shape{1, 100, 1, 1001}, shape{2, 17, 3, 331}, shape{1, 5, 4, 128}, shape{2, 6, 1, 127})
	r := rand.New(rand.NewPCG(7, 8))
	eachPath(t, func(t *testing.T) {
		for _, in := range newLayerInputs(r) {
			if in.name == "ties" || in.name == "short" {
				continue // of no interest to an activation
			}
			for then := range Epilogue(len(epilogues)) {
				activate := activationOf(t, then)
				t.Run(fmt.Sprintf("x=%s/f=%s", in.name, epilogueNames[then]), func(t *testing.T) {
					for _, s := range shapes {
						testShallow(t, in, then, activate, s.k, s.n, s.c, s.p)
					}
				})
			}
		}
	})
}

func testShallow(t *testing.T, in layerInputs, then Epilogue, activate func(y, x []float32), k, n, c, p int) {
	t.Helper()
	z, zWhole := guarded(c*p, func() float32 { return nan }) // whatever was there
	x, xWhole := guarded(k*p, in.input)
	w, wWhole := guarded(n*k, in.weight)
	b, bWhole := guarded(n, in.input)
	v, vWhole := guarded(c*n, in.weight)
	a, aWhole := guarded(c, in.input)
	inputs := [][]float32{xWhole, wWhole, bWhole, vWhole, aWhole}
	var before [][]float32
	for _, s := range inputs {
		before = append(before, slices.Clone(s))
	}

	Shallow(z, x, w, b, v, a, k, n, c, p, then)

	checkGuards(t, "z", zWhole)
	for i, s := range inputs {
		if !slices.EqualFunc(s, before[i], sameBits) {
			t.Fatalf("k=%d n=%d c=%d p=%d: input %d was changed", k, n, c, p, i)
		}
	}
	h, want := make([]float32, n*p), make([]float32, c*p)
	layerChain(h, w, x, b, n, k, p)
	activate(h, h)
	layerChain(want, v, h, a, c, n, p)
	plusZeroes(want, want)
	for i := range z {
		if !sameBits(z[i], want[i]) {
			t.Fatalf("k=%d n=%d c=%d p=%d: z[%d,%d] = %x, want %x", k, n, c, p, i/p, i%p, z[i], want[i])
		}
	}
}

func TestShallowPanics(t *testing.T) {
	for _, tt := range []struct {
		name             string
		z, x, w, b, v, a int
		then             Epilogue
		want             string
	}{
		{"z", 7, 8, 6, 3, 6, 2, ThenTanh, "kernels: Shallow: len(z) = 7, want c·p = 8"},
		{"x", 8, 7, 6, 3, 6, 2, ThenTanh, "kernels: Shallow: len(x) = 7, want k·p = 8"},
		{"w", 8, 8, 5, 3, 6, 2, ThenTanh, "kernels: Shallow: len(w) = 5, want n·k = 6"},
		{"b", 8, 8, 6, 4, 6, 2, ThenTanh, "kernels: Shallow: len(b) = 4, want n = 3"},
		{"v", 8, 8, 6, 3, 7, 2, ThenTanh, "kernels: Shallow: len(v) = 7, want c·n = 6"},
		{"a", 8, 8, 6, 3, 6, 3, ThenTanh, "kernels: Shallow: len(a) = 3, want c = 2"},
		{"epilogue", 8, 8, 6, 3, 6, 2, -1, "kernels: Shallow: epilogue -1, want one from 0 to 13"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			defer func() {
				if got := fmt.Sprint(recover()); got != tt.want {
					t.Errorf("panic %q, want %q", got, tt.want)
				}
			}()
			f := func(n int) []float32 { return make([]float32, n) }
			Shallow(f(tt.z), f(tt.x), f(tt.w), f(tt.b), f(tt.v), f(tt.a), 2, 3, 2, 4, tt.then)
		})
	}
	defer func() {
		if got := fmt.Sprint(recover()); !strings.Contains(got, "want none negative") {
			t.Errorf("panic %q, want one about negative sizes", got)
		}
	}()
	Shallow(nil, nil, nil, nil, nil, nil, 0, 0, -1, 0, ThenTanh)
}

// A whole network of one hidden layer, against its layers one by one in tiles of
// points that keep the hidden values in the first-level cache.
func BenchmarkShallow(b *testing.B) {
	uniform := newLayerInputs(rand.New(rand.NewPCG(1, 2)))[0].input
	const p, tile = 1024, 64
	for _, s := range []struct{ k, n, c int }{{1, 100, 1}, {2, 64, 1}, {2, 64, 3}, {2, 64, 4}, {1, 11, 1}} {
		x, _ := guarded(s.k*p, uniform)
		w, _ := guarded(s.n*s.k, uniform)
		bias, _ := guarded(s.n, uniform)
		v, _ := guarded(s.c*s.n, uniform)
		a, _ := guarded(s.c, uniform)
		z, h := make([]float32, s.c*p), make([]float32, s.n*tile)
		name := fmt.Sprintf("f=tanh/k=%d/n=%d/c=%d/p=%d", s.k, s.n, s.c, p)
		run := func(b *testing.B, f func()) {
			benchPaths(b, func(b *testing.B, _ float64) {
				b.ReportAllocs()
				for b.Loop() {
					f()
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(s.n*p), "ns/hidden")
			})
		}
		b.Run(name+"/by=shallow", func(b *testing.B) {
			run(b, func() { Shallow(z, x, w, bias, v, a, s.k, s.n, s.c, p, ThenTanh) })
		})
		b.Run(name+"/by=layers", func(b *testing.B) {
			run(b, func() {
				for first := 0; first < p; first += tile {
					Layer(h, w, x[first*s.k:(first+tile)*s.k], bias, s.n, s.k, tile)
					Tanh(h, h)
					Layer(z[first*s.c:(first+tile)*s.c], v, h, a, s.c, s.n, tile)
				}
			})
		})
	}
}
