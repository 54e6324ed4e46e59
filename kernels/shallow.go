package kernels

import "fmt"

//go:generate go -C _gen run . -family shallow -out ../shallow_amd64.s -stubs ../shallow_stubs_amd64.go -pkg kernels

// Shallow computes Z = V·f(W·X + b) + a with +0 for -0, a network of one hidden
// layer, over all of its points at once: there is no hidden value in memory where
// [PreferShallow] holds.
//
//	z [C,P]  result, overwritten; must not overlap the inputs
//	x [K,P]  inputs, one row per feature, points contiguous
//	w [N,K]  weights of the hidden layer, row-major
//	b [N]    bias of the hidden layer
//	v [C,N]  weights of the outputs, row-major
//	a [C]    bias of the outputs
//
// Every z[c,p] is bit for bit what [LayerThen] and then, on its results,
// LayerThen with [ThenPlusZero] compute, with the error bounds of the layers and of
// f. Any size may be zero. NaN and Inf propagate. It allocates nothing and panics on
// a wrong length.
func Shallow(z, x, w, b, v, a []float32, k, n, c, p int, then Epilogue) {
	then.check("Shallow")
	if !layerFits(n*p, len(w), len(x), len(b), n, k, p) || !layerFits(len(z), len(v), n*p, len(a), c, n, p) {
		panicShallow(len(z), len(x), len(w), len(b), len(v), len(a), k, n, c, p)
	}
	if c == 0 {
		return
	}
	(&hidden{z, w, x, b, n, k, p, p, then, v, a, c}).compute()
}

// PreferShallow reports whether [Shallow] is the fastest way to compute a network
// of k inputs and c outputs on the active path. Where it is not, take a tile of
// points at a time through [LayerThen] and [Layer].
func PreferShallow(k, c int, then Epilogue) bool {
	return k <= shallowInputs && c <= shallowOutputs && then.tabled() && active == AVX512
}

// The numbers of inputs and outputs up to which hidden values stay in registers:
// every hidden value loads all inputs, and every output is a chain in registers,
// see shallowShapes in _gen/shallow.go.
const (
	shallowInputs  = 4
	shallowOutputs = 4
)

// panicShallow says which length is wrong.
func panicShallow(z, x, w, b, v, a, k, n, c, p int) {
	if k|n|c|p < 0 {
		panic(fmt.Sprintf("kernels: Shallow: k, n, c, p = %d, %d, %d, %d, want none negative", k, n, c, p))
	}
	panicLength("Shallow", []length{{"z", z, "c·p", c * p}, {"x", x, "k·p", k * p}, {"w", w, "n·k", n * k},
		{"b", b, "n", n}, {"v", v, "c·n", c * n}, {"a", a, "c", c}})
}

// hidden is a layer and its activation, H = f(W·X + b), checked, and what
// becomes of it: Y = H, or Y = V·H + a with +0 for -0 if there are outputs.
type hidden struct {
	y, w, x, b []float32
	n, k, p    int
	ldx        int // stride of x; that of y is p
	then       Epilogue
	v, a       []float32
	c          int // outputs
}

// computeGeneric is [hidden.compute] by way of memory. It defines the result.
func (h *hidden) computeGeneric() {
	if h.c > 0 {
		h.computeBlocks()
		return
	}
	(&product{h.y, h.w, h.x, h.b, h.n, h.k, h.p, h.p, h.k, h.ldx, fromBias, h.then, nil}).activate()
}

// computeBlocks computes the outputs from a few units and points at a time, which
// stay in the first-level cache. It may make +0 of -0 after any of them: that
// leaves no trace but in the sign of zeros.
func (h *hidden) computeBlocks() {
	const units, points = 16, 128
	var buffer [units * points]float32
	(&product{y: h.y, b: h.a, n: h.c, p: h.p, ldy: h.p, start: fromBias, then: ThenPlusZero}).compute()
	for first := 0; first < h.p; first += points {
		p := min(points, h.p-first)
		x := h.x[min(first, len(h.x)):] // which is empty without inputs
		for j := 0; j < h.n; j += units {
			n := min(units, h.n-j)
			y := buffer[:n*p]
			(&hidden{y: y, w: h.w[j*h.k:], x: x, b: h.b[j:], n: n, k: h.k, p: p, ldx: h.ldx, then: h.then}).compute()
			(&product{h.y[first:], h.v[j:], y, nil, h.c, n, p, h.p, h.n, p, fromY, ThenPlusZero, nil}).compute()
		}
	}
}
