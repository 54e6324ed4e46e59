package theory

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// MeanNorm returns E|g| for a centred normal vector g of the plane with the
// variances a and c and the covariance b. With the eigenvalues λ₁ ≥ λ₂ of its
// covariance matrix and the complete elliptic integral of the second kind in the
// parameter m it is
//
//	√(2λ₁/π)·E(m),  m = 1 - λ₂/λ₁
//
// for |g|² = λ₁z₁² + λ₂z₂², whose root has the mean √(π/2) of the length of z
// times that of √(λ₁cos² + λ₂sin²) over all directions. Rounding that makes the
// matrix indefinite is forgiven: λ₂ is taken for 0 then. 0 for the zero matrix,
// NaN for a negative variance. The relative error is below 1e-13.
func MeanNorm(a, b, c float64) float64 {
	if !(a >= 0 && c >= 0) {
		return math.NaN()
	}
	scale := max(a, c)
	if scale == 0 {
		return 0
	}
	a, b, c = a/scale, b/scale, c/scale
	return math.Sqrt(scale) * meanNorm((a+c)/2, math.Hypot((a-c)/2, b), a*c-b*b)
}

// meanNorm is MeanNorm of the matrix with half the trace and half the difference
// of the eigenvalues, which may be off by as much as √det is by rounding, and
// the determinant.
func meanNorm(mean, spread, det float64) float64 {
	large := mean + spread
	if large <= 0 {
		return 0
	}
	m := 1 - det/(large*large)
	return math.Sqrt(2*large/math.Pi) * mathext.CompleteE(min(max(m, 0), 1))
}
