package analysis

import "nodal/kernels"

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
// it has no area. Differences are rounded to float32, a relative error of 2⁻²⁴,
// and limited to the largest finite one; their sums are float64. It panics on a wrong
// length.
func Slopes(f []float32, s Shape) (variation, steepest float64) {
	s.check("Slopes", "f", len(f), 1)
	var along float64
	var rise1 float32
	for i := range s.Rows {
		r := row(f, s, i)
		total, largest := kernels.Differences(r[:s.Columns-1], r[1:])
		along += total
		rise1 = max(rise1, largest)
	}
	if s.Columns > 1 {
		steepest = float64(rise1) / s.Step1
	}
	if s.Line {
		return along, steepest
	}
	across, rise0 := kernels.Differences(f[:len(f)-s.Columns], f[s.Columns:])
	if s.Rows > 1 {
		steepest = max(steepest, float64(rise0)/s.Step0)
	}
	variation = float64(along/float64(s.Rows)*s.Extent0) + float64(across/float64(s.Columns)*s.Extent1)
	return variation, steepest
}
