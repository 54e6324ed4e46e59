package sampler

import (
	"fmt"
	"math"

	"nodal/schema"
)

// DrawBetween draws a network on the closed walk through networks a and b of
// configuration c: a at angle 0, b at π/2, and all the way round in 2π.
//
// Every weight and bias follows a great circle in the normal distribution,
//
//	z = cos(angle)·z_a + sin(angle)·z_b,
//
// where z is the normal number with the same quantile as the weight under its law. z is
// standard normal at every angle, since z_a and z_b are independent and cos² + sin² = 1,
// so every network of the walk is a draw of the same laws. A normal law walks with its
// weights themselves. At a and b the weights are theirs but for rounding. It panics if a
// is b, and as [Redrawer.Draw] does.
func (r *Redrawer) DrawBetween(c *schema.Configuration, a, b int64, angle float64, grid schema.Grid) *Drawing {
	if a == b {
		panic(fmt.Sprintf("sampler: a walk from network %d to itself", a))
	}
	r.prepare(c, min(a, b), grid)
	e := &r.worker.ensemble
	ends := NewEnsemble(c, r.plan.Seed, 1)
	ends.Draw(b, 1)
	e.Draw(a, 1)
	sin, cos := math.Sincos(angle)
	for l := range e.Weights {
		walk(e.Weights[l], ends.Weights[l], e.weights[l], cos, sin)
		walk(e.Biases[l], ends.Biases[l], e.biases[l], cos, sin)
	}
	return r.evaluate(a)
}

// walk sets every x to its place between x and y, both of which follow the law.
func walk(x, y []float32, law schema.Law, cos, sin float64) {
	if law.Distribution != schema.Uniform {
		for i := range x {
			x[i] = float32(cos*float64(x[i]) + sin*float64(y[i]))
		}
		return
	}
	for i := range x {
		z := cos*normalScore(float64(x[i]), law) + sin*normalScore(float64(y[i]), law)
		x[i] = float32(law.Low + (law.High-law.Low)*math.Erfc(-z/math.Sqrt2)/2)
	}
}

// normalScore returns the normal number with the quantile of x under a uniform law. A
// weight that rounding has put on an end of its interval is taken for half a random
// word away from it.
func normalScore(x float64, law schema.Law) float64 {
	const edge = 0x1p-33
	u := min(max((x-law.Low)/(law.High-law.Low), edge), 1-edge)
	return -math.Sqrt2 * math.Erfcinv(2*u)
}
