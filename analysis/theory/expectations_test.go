package theory

import (
	"fmt"
	"math"
	"testing"

	"nodal/schema"
)

// reference is an activation by its definition in package schema.
func reference(a schema.Activation, u float64) float64 {
	switch a {
	case schema.Identity:
		return u
	case schema.Logistic:
		return 1 / (1 + math.Exp(-u))
	case schema.Tanh:
		return math.Tanh(u)
	case schema.ReLU:
		return math.Max(u, 0)
	case schema.Erf:
		return math.Erf(u)
	case schema.LeakyReLU:
		return math.Max(u, u/100)
	case schema.GELU:
		return u * .5 * (1 + math.Erf(u/math.Sqrt2))
	case schema.SiLU:
		return u / (1 + math.Exp(-u))
	case schema.Sin:
		return math.Sin(u)
	case schema.Gaussian:
		return math.Exp(-u * u)
	case schema.Softplus:
		return math.Log(1 + math.Exp(u))
	case schema.ELU:
		if u < 0 {
			return math.Exp(u) - 1
		}
		return u
	case schema.Step:
		if u < 0 {
			return 0
		}
		return 1
	}
	panic(a)
}

// plane returns E g(u,v) of standard normals of correlation ρ by polar coordinates:
// angles are cut where u or v changes sign, so that
// kinks do no harm.
func plane(rho float64, g func(u, v float64) float64) float64 {
	const far = 9.
	angles, radii := legendreRule(48), legendreRule(96)
	sine := math.Sqrt(1 - rho*rho)
	tilt := math.Atan2(-rho, sine) // where the second is zero
	cuts := []float64{math.Pi / 2, tilt + math.Pi, 3 * math.Pi / 2, tilt + 2*math.Pi, 5 * math.Pi / 2}
	var sum float64
	for k := range cuts[1:] {
		from, to := cuts[k], cuts[k+1]
		for _, n := range angles {
			sin, cos := math.Sincos(from + (to-from)*n.z)
			for _, m := range radii {
				r := far * m.z
				sum += n.weight * (to - from) * m.weight * far * r * math.Exp(-r*r/2) / (2 * math.Pi) * g(r*cos, r*(rho*cos+sine*sin))
			}
		}
	}
	return sum
}

// Every expectation against quadrature in polar coordinates, by the definition of the
// activation and differences of it.
func TestExpectations(t *testing.T) {
	for _, a := range schema.Activations() {
		phi := expectationsOf(a)
		for _, tt := range []struct{ p, q, rho float64 }{
			{1, 1, .99}, {.3, .8, .5}, {2.2, 1.5, -.4}, {1.1, 1.2, -.95},
		} {
			t.Run(fmt.Sprintf("%s/%v", a, tt), func(t *testing.T) {
				f := func(u float64) float64 { return reference(a, u) }
				got := phi.pair(pair{tt.p, tt.q, tt.p - tt.q, 2 * (1 - tt.rho)})
				p2 := plane(tt.rho, func(z, _ float64) float64 { return f(tt.p*z) * f(tt.p*z) })
				q2 := plane(tt.rho, func(_, z float64) float64 { return f(tt.q*z) * f(tt.q*z) })
				pq := plane(tt.rho, func(z, y float64) float64 { return f(tt.p*z) * f(tt.q*y) })
				near(t, "p²", got.p*got.p, p2, 1e-9)
				near(t, "q²", got.q*got.q, q2, 1e-9)
				near(t, "p₊-q₊", got.r+1, math.Sqrt(p2)-math.Sqrt(q2)+1, 1e-9)
				near(t, "E φφ", got.p*got.q*got.correlation()+1, pq+1, 1e-9)
				testMoments(t, phi.moments(tt.p), a, tt.p)
				if a != schema.Step {
					const h = 1e-5
					slope := func(u float64) float64 { return (f(u+h) - f(u-h)) / (2 * h) }
					slopes := plane(tt.rho, func(u, v float64) float64 { return slope(tt.p*u) * slope(tt.q*v) })
					near(t, "E φ'φ'", phi.slopes(pair{tt.p, tt.q, tt.p - tt.q, 2 * (1 - tt.rho)})+1, slopes+1, 1e-6)
				}
			})
		}
	}
}

// testMoments checks moments against sums over a fine grid.
func testMoments(t *testing.T, got moments, a schema.Activation, p float64) {
	t.Helper()
	near(t, "square", got.square, onLine(func(z float64) float64 { return math.Pow(reference(a, p*z), 2) }), 1e-9)
	if a == schema.Step {
		if !math.IsInf(got.slope, 1) {
			t.Errorf("slope = %g", got.slope)
		}
		return
	}
	const h = 1e-4
	slope := func(u float64) float64 { return (reference(a, u+h) - reference(a, u-h)) / (2 * h) }
	near(t, "slope", got.slope, onLine(func(z float64) float64 { return math.Pow(slope(p*z), 2) }), 1e-5)
	along := onLine(func(z float64) float64 { return z * slope(p*z) * reference(a, p*z) })
	near(t, "along", got.along, along, 1e-5)
	across := onLine(func(z float64) float64 { return math.Pow(z*slope(p*z), 2) }) - along*along/got.square
	near(t, "across", got.across+1, across+1, 1e-5)
}

// onLine returns E g(z) by the midpoint rule, which is exact to rounding on either
// side of 0 but for a term of the order of the step squared from a kink there.
func onLine(g func(z float64) float64) float64 {
	const n = 1 << 14
	var sum float64
	for i := range n {
		z := -9 + 18*(float64(i)+.5)/n
		sum += g(z) * density(z) * 18 / n
	}
	return sum
}

// Where points are near each other: what two different formulas for e give.
func TestNearPairs(t *testing.T) {
	twins := []struct {
		name         string
		closed       expectations
		byQuadrature smooth
		norms        []float64
	}{
		{"erf", errorFunction{}, erfAsSmooth, []float64{.05, .3, 1, 3, 10}},
		{"sin", sine{}, sineAsSmooth, []float64{.3, .7, 1}},
		{"gaussian", bell{}, smooth{value: func(u float64) float64 { return math.Exp(-u * u) }}, []float64{.3, 1, 3, 10}},
		{"relu", ramp{0}, smooth{kinked: true, value: func(u float64) float64 { return max(u, 0) }}, []float64{.3, 1, 3}},
		{"leaky", ramp{.01}, smooth{kinked: true, value: func(u float64) float64 { return max(u, u/100) }}, []float64{.3, 1, 3}},
	}
	for _, tt := range twins {
		for _, p := range tt.norms {
			for _, apart := range []float64{0, 1e-6, 1e-2, .3} {
				for _, e := range []float64{1e-14, 1e-10, 1e-6, 1e-3, .02, .5, 3} {
					a := pair{p * (1 + apart), p, p * apart, e}
					got, want := tt.closed.pair(a), tt.byQuadrature.pair(a)
					near(t, fmt.Sprintf("%s %v e", tt.name, a), got.e, want.e, 1e-6)
					if e > 1e-10 {
						near(t, fmt.Sprintf("%s %v e", tt.name, a), got.e, want.e, 1e-8)
					}
				}
			}
		}
	}
}

// The arc-cosine kernel where it is known: 1 at 0, 1/π at a right angle, 0 at π; and
// its series meets its formula.
func TestArcCosine(t *testing.T) {
	for _, tt := range []struct{ e, want float64 }{{0, 0}, {2, 2 - 2/math.Pi}, {4, 2}} {
		if got := arcCosine(pair{1, 1, 0, tt.e}); math.Abs(got-tt.want) > 1e-15 {
			t.Errorf("arcCosine of e = %g is %.17g, want %.17g", tt.e, got, tt.want)
		}
	}
	chord := func(theta float64) float64 { return 4 * math.Pow(math.Sin(theta/2), 2) }
	below, above := arcCosine(pair{1, 1, 0, chord(.1 - 1e-15)}), arcCosine(pair{1, 1, 0, chord(.1 + 1e-15)})
	near(t, "series at 0.1", below, above, 1e-12)
}
