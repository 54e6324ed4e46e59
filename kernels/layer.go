package kernels

import "fmt"

// Layer computes Y = W·X + b, one dense layer of one network over a tile of
// grid points.
//
//	y [N,P]  result, overwritten; must not overlap the inputs
//	w [N,K]  weights, row-major
//	x [K,P]  inputs, one row per feature, points contiguous
//	b [N]    bias
//
// Every y[n,p] is the chain acc = b[n]; acc = fma(w[n,k], x[k,p], acc) for
// k = 0..K-1, so the result does not depend on how P is cut into tiles nor on
// the vector width. |y - exact| ≤ γ(K)·(Σ|w·x| + |b|), γ(m) = m·u/(1-m·u),
// u = 2⁻²⁴, if nothing overflows or falls below 2⁻¹²⁶ (Higham, "Accuracy and
// Stability of Numerical Algorithms", 2nd ed., section 3.1; one rounding per
// fused step). K = 0 gives y = b. NaN and Inf propagate, 0·Inf included. It
// allocates nothing and panics on a wrong length.
func Layer(y, w, x, b []float32, n, k, p int) {
	if !layerFits(len(y), len(w), len(x), len(b), n, k, p) {
		panicLayer("Layer", len(y), len(w), len(x), len(b), n, k, p)
	}
	(&product{y, w, x, b, n, k, p, p, k, p, fromBias, Plain, nil}).compute()
}

// Epilogue is what happens to the results of a layer on their way to memory.
type Epilogue int

// The epilogues: activations that cost next to nothing there.
const (
	Plain         Epilogue = iota // nothing, [Identity]
	ThenReLU                      // [ReLU]
	ThenLeakyReLU                 // [LeakyReLU]
	ThenStep                      // [Step]
	ThenPlusZero                  // x + 0: nothing, but that -0 becomes +0
)

// LayerThen computes Y = f(W·X + b) with the activation f that the epilogue
// names: bit for bit what [Layer] and then f on y compute, without the second
// pass over y. It panics as Layer does, and on an epilogue that does not exist.
func LayerThen(y, w, x, b []float32, n, k, p int, then Epilogue) {
	then.check("LayerThen")
	if !layerFits(len(y), len(w), len(x), len(b), n, k, p) {
		panicLayer("LayerThen", len(y), len(w), len(x), len(b), n, k, p)
	}
	(&product{y, w, x, b, n, k, p, p, k, p, fromBias, then, nil}).compute()
}

// check panics, for the kernel name, if there is no such epilogue.
func (e Epilogue) check(name string) {
	if e < Plain || e > ThenPlusZero {
		panic(fmt.Sprintf("kernels: %s: epilogue %d, want one from %d to %d", name, e, Plain, ThenPlusZero))
	}
}

// layerFits reports whether slices of these lengths hold a layer. It is one
// expression, so that it costs little where the layer is tiny.
func layerFits(y, w, x, b, n, k, p int) bool {
	return n|k|p >= 0 && y == n*p && w == n*k && x == k*p && b == n
}

// panicLayer says why [layerFits] does not hold.
func panicLayer(name string, y, w, x, b, n, k, p int) {
	if n|k|p < 0 {
		panic(fmt.Sprintf("kernels: %s: n, k, p = %d, %d, %d, want none negative", name, n, k, p))
	}
	for _, s := range []struct {
		name string
		got  int
		size string
		want int
	}{{"y", y, "n·p", n * p}, {"w", w, "n·k", n * k}, {"x", x, "k·p", k * p}, {"b", b, "n", n}} {
		if s.got != s.want {
			panic(fmt.Sprintf("kernels: %s: len(%s) = %d, want %s = %d", name, s.name, s.got, s.size, s.want))
		}
	}
}
