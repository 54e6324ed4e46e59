package analysis

import "math"

// Slopes returns the total variation of a field and its steepest slope along a
// grid edge.
//
//	f [P]  field of shape s, finite; for rows the first output after the
//	       output activation
//
// On a line the variation is Σ|Δf|. On a rectangle it is, for each axis, the
// mean of Σ|Δf| over the grid lines along it times the extent of the other
// axis, and then the sum of the two: an estimate of ∬ |∂f/∂x₀| + |∂f/∂x₁|, from
// below for each line, with equality where f is monotone between grid points.
// The steepest slope is the largest |Δf| over the grid step. A single point has
// neither, and a rectangle of a single row or column has no variation because
// it has no area.
func Slopes(f []float32, s Shape) (variation, steepest float64) {
	var along, across, rise1 float64
	for i := range s.Rows {
		r := row(f, s, i)
		total, largest := absDifferences(r[:s.Columns-1], r[1:])
		along += total
		rise1 = math.Max(rise1, largest)
	}
	if s.Columns > 1 {
		steepest = rise1 / s.Step1
	}
	if s.Line {
		return along, steepest
	}
	across, rise0 := absDifferences(f[:len(f)-s.Columns], f[s.Columns:])
	if s.Rows > 1 {
		steepest = math.Max(steepest, rise0/s.Step0)
	}
	variation = float64(along/float64(s.Rows)*s.Extent0) + float64(across/float64(s.Columns)*s.Extent1)
	return variation, steepest
}

// absDifferences returns the sum and the largest of |b-a| over two slices of
// one length, which may overlap. The sum runs in lanes as in sum.
func absDifferences(a, b []float32) (total, largest float64) {
	var s0, s1, s2, s3 float64
	for ; len(a) >= 4 && len(b) >= 4; a, b = a[4:], b[4:] {
		d0 := math.Abs(float64(b[0]) - float64(a[0]))
		d1 := math.Abs(float64(b[1]) - float64(a[1]))
		d2 := math.Abs(float64(b[2]) - float64(a[2]))
		d3 := math.Abs(float64(b[3]) - float64(a[3]))
		s0 += d0
		s1 += d1
		s2 += d2
		s3 += d3
		if d0 > largest || d1 > largest || d2 > largest || d3 > largest {
			largest = max(largest, d0, d1, d2, d3)
		}
	}
	for i := range a {
		d := math.Abs(float64(b[i]) - float64(a[i]))
		s0 += d
		largest = max(largest, d)
	}
	return (s0 + s1) + (s2 + s3), largest
}
