package analysis

import "math"

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
// No finite float32 field overflows on axes whose points float32 can tell
// apart: a term is below (2¹³⁰/2⁻²⁹⁸)² = 2⁸⁵⁶.
func Roughness(f []float32, s Shape) float64 {
	var square float64
	var n int
	if k := stride(s.Columns); s.Columns > 2*k {
		var total float64
		for i := range s.Rows {
			r := row(f, s, i)
			total += secondDifferences(r[:len(r)-2*k], r[k:len(r)-k], r[2*k:])
		}
		square += total / fourthPower(float64(k)*s.Step1)
		n += s.Rows * (s.Columns - 2*k)
	}
	if k := stride(s.Rows); s.Rows > 2*k {
		d := k * s.Columns
		total := secondDifferences(f[:len(f)-2*d], f[d:len(f)-d], f[2*d:])
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

// secondDifferences returns the sum of (a - 2b + c)² over three slices of one
// length, which may overlap. The sum runs in lanes as in sum.
func secondDifferences(a, b, c []float32) float64 {
	var s0, s1, s2, s3 float64
	for ; len(a) >= 4 && len(b) >= 4 && len(c) >= 4; a, b, c = a[4:], b[4:], c[4:] {
		d0, d1 := secondDifference(a[0], b[0], c[0]), secondDifference(a[1], b[1], c[1])
		d2, d3 := secondDifference(a[2], b[2], c[2]), secondDifference(a[3], b[3], c[3])
		s0 += float64(d0 * d0)
		s1 += float64(d1 * d1)
		s2 += float64(d2 * d2)
		s3 += float64(d3 * d3)
	}
	for i := range a {
		d := secondDifference(a[i], b[i], c[i])
		s0 += float64(d * d)
	}
	return (s0 + s1) + (s2 + s3)
}

func secondDifference(a, b, c float32) float64 {
	return (float64(a) - float64(b)) + (float64(c) - float64(b))
}
