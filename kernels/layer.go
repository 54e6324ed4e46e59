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
	if n < 0 || k < 0 || p < 0 {
		panic(fmt.Sprintf("kernels: Layer: n, k, p = %d, %d, %d, want none negative", n, k, p))
	}
	checkLayer("y", len(y), "n·p", n*p)
	checkLayer("w", len(w), "n·k", n*k)
	checkLayer("x", len(x), "k·p", k*p)
	checkLayer("b", len(b), "n", n)
	layerGeneric(y, w, x, b, n, k, p)
}

func checkLayer(slice string, got int, size string, want int) {
	if got != want {
		panic(fmt.Sprintf("kernels: Layer: len(%s) = %d, want %s = %d", slice, got, size, want))
	}
}

// layerGeneric is [Layer] in portable Go. It defines the result.
func layerGeneric(y, w, x, b []float32, n, k, p int) {
	for i := range n {
		row := y[i*p:][:p]
		for t := range row {
			row[t] = b[i]
		}
	}
	i := 0
	for ; i+4 <= n; i += 4 {
		y0, y1, y2, y3 := y[i*p:][:p], y[(i+1)*p:][:p], y[(i+2)*p:][:p], y[(i+3)*p:][:p]
		w0, w1, w2, w3 := w[i*k:][:k], w[(i+1)*k:][:k], w[(i+2)*k:][:k], w[(i+3)*k:][:k]
		for j := range k {
			addFeature4(y0, y1, y2, y3, x[j*p:][:p], w0[j], w1[j], w2[j], w3[j])
		}
	}
	for ; i < n; i++ {
		row := y[i*p:][:p]
		for j, wj := range w[i*k:][:k] {
			addFeature(row, x[j*p:][:p], wj)
		}
	}
}

// addFeature4 extends the chains of four outputs by one feature:
// y0[p] = fma(w0, x[p], y0[p]), and so on. All slices have one length. Four at a
// time, because a processor overlaps independent chains, and because the
// conversion of x is shared. [FMA] is written out: it is too large to be inlined.
func addFeature4(y0, y1, y2, y3, x []float32, w0, w1, w2, w3 float32) {
	n := len(x)
	y0, y1, y2, y3 = y0[:n], y1[:n], y2[:n], y3[:n]
	v0, v1, v2, v3 := float64(w0), float64(w1), float64(w2), float64(w3)
	for i, xi := range x {
		u, m := float64(xi), midpoint(xi)
		a0, a1, a2, a3 := float64(y0[i]), float64(y1[i]), float64(y2[i]), float64(y3[i])
		s0, s1, s2, s3 := v0*u+a0, v1*u+a1, v2*u+a2, v3*u+a3
		if doubtful(s0, m) {
			s0 = roundToOdd(v0*u, a0)
		}
		if doubtful(s1, m) {
			s1 = roundToOdd(v1*u, a1)
		}
		if doubtful(s2, m) {
			s2 = roundToOdd(v2*u, a2)
		}
		if doubtful(s3, m) {
			s3 = roundToOdd(v3*u, a3)
		}
		y0[i], y1[i], y2[i], y3[i] = float32(s0), float32(s1), float32(s2), float32(s3)
	}
}

// addFeature extends the chains of one output by one feature:
// y[p] = fma(w, x[p], y[p]). Both slices have one length. Four points at a time,
// for the first reason of [addFeature4].
func addFeature(y, x []float32, w float32) {
	v := float64(w)
	for len(y) >= 4 && len(x) >= 4 {
		u0, u1, u2, u3 := float64(x[0]), float64(x[1]), float64(x[2]), float64(x[3])
		a0, a1, a2, a3 := float64(y[0]), float64(y[1]), float64(y[2]), float64(y[3])
		s0, s1, s2, s3 := v*u0+a0, v*u1+a1, v*u2+a2, v*u3+a3
		if doubtful(s0, midpoint(x[0])) {
			s0 = roundToOdd(v*u0, a0)
		}
		if doubtful(s1, midpoint(x[1])) {
			s1 = roundToOdd(v*u1, a1)
		}
		if doubtful(s2, midpoint(x[2])) {
			s2 = roundToOdd(v*u2, a2)
		}
		if doubtful(s3, midpoint(x[3])) {
			s3 = roundToOdd(v*u3, a3)
		}
		y[0], y[1], y[2], y[3] = float32(s0), float32(s1), float32(s2), float32(s3)
		y, x = y[4:], x[4:]
	}
	for i, xi := range x {
		y[i] = FMA(w, xi, y[i])
	}
}
