package kernels

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// layerChain is [Layer] by its definition, one [FMA] at a time.
func layerChain(y, w, x, b []float32, n, k, p int) {
	for i := range n {
		for t := range p {
			acc := b[i]
			for j := range k {
				acc = FMA(w[i*k+j], x[j*p+t], acc)
			}
			y[i*p+t] = acc
		}
	}
}

// checkBound compares y with a float64 reference within the documented bound.
func checkBound(t *testing.T, y, w, x, b []float32, n, k, p int) {
	t.Helper()
	const u = 0x1p-24
	gamma := float64(k) * u / (1 - float64(k)*u)
	for i := range n {
		for c := range p {
			want, size := float64(b[i]), math.Abs(float64(b[i]))
			for j := range k {
				term := float64(w[i*k+j]) * float64(x[j*p+c])
				want, size = want+term, size+math.Abs(term)
			}
			slack := float64(k) * 0x1p-52 * size // of this reference
			if d := math.Abs(float64(y[i*p+c]) - want); d > gamma*size+slack {
				t.Fatalf("y[%d,%d] = %v, off by %g, want at most %g", i, c, y[i*p+c], d, gamma*size)
			}
		}
	}
}

// layerInputs draws the inputs and biases, and the weights, of a layer.
type layerInputs struct {
	name          string
	input, weight func() float32
	unbounded     bool // the error bound is not for subnormal or infinite results
}

func newLayerInputs(r *rand.Rand) []layerInputs {
	uniform := func() float32 { return 2*r.Float32() - 1 }
	// near is 2^e, e in [low, high], but for its last bits.
	near := func(low, high int) float32 {
		m := 1 + 0x1p-23*float64(r.IntN(9)-4)
		return float32(math.Ldexp(m, low+r.IntN(high-low+1)))
	}
	specials := []float32{0, negZero, 1, -1, inf, -inf, nan, math.MaxFloat32, -math.MaxFloat32, 0x1p-149, -0x1p-126}
	special := func() float32 {
		if r.IntN(4) > 0 {
			return uniform() // or NaN would swallow nearly all
		}
		return specials[r.IntN(len(specials))]
	}
	wide := func() float32 { return 12 * uniform() } // to the ends of the tables
	return []layerInputs{
		{"uniform", uniform, uniform, false},
		{"saturated", func() float32 { return float32(r.IntN(3) - 1) }, uniform, false},
		{"short", func() float32 { return float32(r.IntN(8192)-4096) / 4096 }, uniform, false},
		{"ties", func() float32 { return near(-12, 0) }, func() float32 { return near(-12, 0) }, false},
		{"subnormal", func() float32 { return near(-130, -70) }, func() float32 { return near(-80, -10) }, true},
		{"special", special, special, true},
		{"wide", wide, wide, false},
	}
}

func TestLayer(t *testing.T) {
	type shape struct{ n, k, p int }
	shapes := []shape{{64, 64, 128}, {11, 9, 1001}, {100, 1, 127}, {3, 256, 33}, {1, 100, 513}}
	for _, n := range []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 25, 37} { // every tile of units
		for p := 0; p <= 70; p++ {
			shapes = append(shapes, shape{n, 3, p})
		}
		for k := 0; k <= 9; k++ {
			shapes = append(shapes, shape{n, k, 7}, shape{n, k, 16})
		}
		shapes = append(shapes, shape{n, 1, 101}, shape{n, 37, 33})
	}
	r := rand.New(rand.NewPCG(3, 4))
	eachPath(t, func(t *testing.T) {
		for _, in := range newLayerInputs(r) {
			t.Run("x="+in.name, func(t *testing.T) {
				for _, s := range shapes {
					testLayer(t, in, s.n, s.k, s.p)
				}
			})
		}
	})
}

func testLayer(t *testing.T, in layerInputs, n, k, p int) {
	t.Helper()
	y, yWhole := guarded(n*p, func() float32 { return nan }) // whatever was there
	w, wWhole := guarded(n*k, in.weight)
	x, xWhole := guarded(k*p, in.input)
	b, bWhole := guarded(n, in.input)
	wBefore, xBefore, bBefore := slices.Clone(wWhole), slices.Clone(xWhole), slices.Clone(bWhole)

	Layer(y, w, x, b, n, k, p)

	checkGuards(t, "y", yWhole)
	for _, in := range [][2][]float32{{wWhole, wBefore}, {xWhole, xBefore}, {bWhole, bBefore}} {
		if !slices.EqualFunc(in[0], in[1], sameBits) {
			t.Fatalf("n=%d k=%d p=%d: an input was changed", n, k, p)
		}
	}
	want := make([]float32, n*p)
	layerChain(want, w, x, b, n, k, p)
	for i := range y {
		if !sameBits(y[i], want[i]) {
			t.Fatalf("n=%d k=%d p=%d: y[%d,%d] = %x, want %x", n, k, p, i/p, i%p, y[i], want[i])
		}
	}
	if !in.unbounded {
		checkBound(t, y, w, x, b, n, k, p)
	}
}

// A sum that needs care at every place of the loops: the product's dust decides
// a tie that float64 cannot see.
func TestLayerTies(t *testing.T) { eachPath(t, testLayerTies) }

func testLayerTies(t *testing.T) {
	const x = 1 + 0x1p-12
	for n := 1; n <= 6; n++ {
		for p := 1; p <= 9; p++ {
			for at := range n * p {
				w, xs, b := make([]float32, n), make([]float32, p), make([]float32, n)
				for i := range w {
					w[i], b[i] = 1, 1
				}
				for i := range xs {
					xs[i] = 1
				}
				w[at/p], xs[at%p], b[at/p] = x, x, 0x1p-149
				y := make([]float32, n*p)
				Layer(y, w, xs, b, n, 1, p)
				if want := float32(1 + 0x1p-11 + 0x1p-23); y[at] != want {
					t.Fatalf("n=%d p=%d: y[%d] = %x, want %x", n, p, at, y[at], want)
				}
			}
		}
	}
}

func TestLayerNonfinite(t *testing.T) { eachPath(t, testLayerNonfinite) }

func testLayerNonfinite(t *testing.T) {
	for _, tt := range []struct {
		name          string
		w, x, b, want float32
	}{
		{"zero times infinity", 0, inf, 1, nan},
		{"infinity times zero", inf, 0, 1, nan},
		{"NaN weight", nan, 1, 1, nan},
		{"NaN input", 0, nan, 1, nan},
		{"NaN bias", 1, 1, nan, nan},
		{"infinite bias", 1, 1, -inf, -inf},
		{"infinities that cancel", 1, inf, -inf, nan},
		{"overflow", math.MaxFloat32, 2, 0, inf},
		{"minus zero", 0, -1, negZero, negZero},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for n := 1; n <= 5; n++ {
				for p := 1; p <= 6; p++ {
					y, w, x, b := make([]float32, n*p), make([]float32, n), make([]float32, p), make([]float32, n)
					w[n-1], x[p-1], b[n-1] = tt.w, tt.x, tt.b
					Layer(y, w, x, b, n, 1, p)
					if got := y[n*p-1]; !sameBits(got, tt.want) {
						t.Errorf("n=%d p=%d: %v·%v + %v = %v, want %v", n, p, tt.w, tt.x, tt.b, got, tt.want)
					}
				}
			}
		})
	}
}

// A layer with an epilogue is a layer and then the activation.
func TestLayerThen(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	eachPath(t, func(t *testing.T) {
		for _, in := range newLayerInputs(r) {
			if in.name == "ties" || in.name == "short" {
				continue // of no interest to an epilogue
			}
			for then := range Epilogue(len(epilogues)) {
				f := activationOf(t, then)
				for n := range 15 {
					for p := range 135 {
						testLayerThen(t, in, then, f, n, p%4, p)
					}
				}
			}
		}
	})
}

func testLayerThen(t *testing.T, in layerInputs, then Epilogue, f func(y, x []float32), n, k, p int) {
	t.Helper()
	y, yWhole := guarded(n*p, func() float32 { return nan })
	w, _ := guarded(n*k, in.weight)
	x, _ := guarded(k*p, in.input)
	b, _ := guarded(n, in.input)
	LayerThen(y, w, x, b, n, k, p, then)
	checkGuards(t, "y", yWhole)
	want := make([]float32, n*p)
	layerChain(want, w, x, b, n, k, p)
	f(want, want)
	for i := range y {
		if !sameBits(y[i], want[i]) {
			t.Fatalf("x=%s epilogue=%d n=%d k=%d p=%d: y[%d,%d] = %x, want %x", in.name, then, n, k, p, i/p, i%p, y[i], want[i])
		}
	}
}

func TestLayerPanics(t *testing.T) {
	for _, tt := range []struct {
		name                string
		y, w, x, b, n, k, p int
		want                string
	}{
		{"y", 5, 6, 12, 2, 2, 3, 4, "kernels: Layer: len(y) = 5, want n·p = 8"},
		{"w", 8, 5, 12, 2, 2, 3, 4, "kernels: Layer: len(w) = 5, want n·k = 6"},
		{"x", 8, 6, 13, 2, 2, 3, 4, "kernels: Layer: len(x) = 13, want k·p = 12"},
		{"b", 8, 6, 12, 3, 2, 3, 4, "kernels: Layer: len(b) = 3, want n = 2"},
		{"negative", 6, 6, 4, 2, -2, -3, -2, "kernels: Layer: n, k, p = -2, -3, -2, want none negative"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			defer func() {
				if got := fmt.Sprint(recover()); !strings.Contains(got, tt.want) {
					t.Errorf("panic %q, want %q", got, tt.want)
				}
			}()
			f := func(n int) []float32 { return make([]float32, n) }
			Layer(f(tt.y), f(tt.w), f(tt.x), f(tt.b), tt.n, tt.k, tt.p)
		})
	}
	defer func() {
		const want = "kernels: LayerThen: epilogue 14, want one from 0 to 13"
		if got := fmt.Sprint(recover()); got != want {
			t.Errorf("panic %q, want %q", got, want)
		}
	}()
	LayerThen(nil, nil, nil, nil, 0, 0, 0, ThenSin+1)
}
