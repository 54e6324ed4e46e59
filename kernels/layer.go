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

// LayerThen computes Y = f(W·X + b) with the activation f that the epilogue
// names: bit for bit what [Layer] and then f on y compute. It spares the second
// pass over y for simple activations, and for others that a table gives where
// there are few inputs. It panics as Layer does, and on an epilogue that does not
// exist.
func LayerThen(y, w, x, b []float32, n, k, p int, then Epilogue) {
	then.check("LayerThen")
	if !layerFits(len(y), len(w), len(x), len(b), n, k, p) {
		panicLayer("LayerThen", len(y), len(w), len(x), len(b), n, k, p)
	}
	if then.tabled() && k <= fewInputs {
		(&hidden{y: y, w: w, x: x, b: b, n: n, k: k, p: p, ldx: p, then: then}).compute()
		return
	}
	(&product{y, w, x, b, n, k, p, p, k, p, fromBias, then, nil}).activate()
}

// fewInputs is how many inputs a layer may have for its activation to be
// computed in registers: every unit loads all inputs anew.
const fewInputs = 2

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
	panicLength(name, []length{{"y", y, "n·p", n * p}, {"w", w, "n·k", n * k}, {"x", x, "k·p", k * p}, {"b", b, "n", n}})
}

// length is the length of a slice and what it should be.
type length struct {
	slice string
	got   int
	size  string
	want  int
}

// panicLength says which length is wrong.
func panicLength(name string, lengths []length) {
	for _, l := range lengths {
		if l.got != l.want {
			panic(fmt.Sprintf("kernels: %s: len(%s) = %d, want %s = %d", name, l.slice, l.got, l.size, l.want))
		}
	}
}
