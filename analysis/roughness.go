package analysis

import (
	"math"

	"nodal/kernels"
)

// roughnessSteps is the number of steps that an axis is cut into to measure
// roughness. On a finer grid every second difference skips points: float32
// rounding noise ε would enter as ε/h² and drown the function, and grids of
// different resolution would not compare.
const roughnessSteps = 128

// Roughness returns the root mean square of the second differences
// (f[i+s] - 2f[i] + f[i-s])/(s·h)² over all grid lines of all axes and all i
// where they fit, with stride s = max(1, (n-1)/128 rounded half up) on an axis
// of n points; 0 if none fits.
//
//	f [P]  field of shape s, finite; for rows the first output after the
//	       output activation
//
// It estimates the root mean square of the second derivatives along the axes.
// Second differences are float32: see [kernels.SecondDifferences].
// No finite float32 field overflows on axes whose points float32 can tell
// apart: a term is below (2¹³⁰/2⁻²⁹⁸)² = 2⁸⁵⁶. It panics on a wrong length.
func Roughness(f []float32, s Shape) float64 {
	s.check("Roughness", "f", len(f), 1)
	var square float64
	var n int
	if k := stride(s.Columns); s.Columns > 2*k {
		var total float64
		for i := range s.Rows {
			r := row(f, s, i)
			total += kernels.SecondDifferences(r[:len(r)-2*k], r[k:len(r)-k], r[2*k:])
		}
		square += total / fourthPower(float64(k)*s.Step1)
		n += s.Rows * (s.Columns - 2*k)
	}
	if k := stride(s.Rows); s.Rows > 2*k {
		d := k * s.Columns
		total := kernels.SecondDifferences(f[:len(f)-2*d], f[d:len(f)-d], f[2*d:])
		square += total / fourthPower(float64(k)*s.Step0)
		n += (s.Rows - 2*k) * s.Columns
	}
	if n == 0 {
		return 0
	}
	return math.Sqrt(square / float64(n))
}

// stride returns the stride of second differences on an axis of n points:
// (n-1)/128 rounded half up, at least 1.
func stride(n int) int {
	return max(1, (n-1+roughnessSteps/2)/roughnessSteps)
}

func fourthPower(h float64) float64 { return float64(h*h) * float64(h*h) }
