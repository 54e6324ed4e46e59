package theory

import (
	"math"
	"testing"

	"nodal/schema"
)

// On paper: E φ(w x)φ(w y) of weights uniform on [-a,a] is xy a²/6 for ReLU if xy > 0;
// the variance of a uniform law on [-a,a] is a²/3, and E sin² w = (1 - sin(2a)/(2a))/2.
func TestUniformWeightsOnPaper(t *testing.T) {
	axis := schema.Axis{From: -3, To: 3, Points: 7}
	uniform := func(a float64) schema.Law { return schema.Law{Distribution: schema.Uniform, Low: -a, High: a} }
	const a = 1.7
	x, y := []float64{2}, []float64{-2}
	output := 100 * a * a / 3 // the second layer's weights are 100 at any unit

	relu := process(t, configuration(schema.ReLU, 1, uniform(a), none, axis))
	near(t, "ReLU", relu.Kernel(x, x), output*4*a*a/6, 1e-12)
	near(t, "ReLU across 0", relu.Kernel(x, y)+1, 1, 1e-12)

	sin := process(t, configuration(schema.Sin, 1, uniform(a), none, axis))
	near(t, "sin", sin.Kernel(x, x), output*(1-math.Sin(4*a)/(4*a))/2, 1e-12)
	near(t, "sin across 0", sin.Kernel(x, y), -sin.Kernel(x, x), 1e-12)

	step := process(t, configuration(schema.Step, 1, uniform(a), none, axis))
	near(t, "step", step.Kernel(x, []float64{1}), output/2, 1e-12)

	// E φ(w·x)² = E (w·x)²/2 = |x|²a²/6, and E φ(w·x)φ(w·y) = E w₁²/4 on the two axes.
	plane := process(t, configuration(schema.ReLU, 1, uniform(a), none, axis, axis))
	near(t, "ReLU, two inputs", plane.Kernel([]float64{1, 2}, []float64{1, 2}), output*5*a*a/6, 1e-12)
	near(t, "ReLU, at right angles", plane.Kernel([]float64{1, 0}, []float64{0, 1}), output*a*a/16, 1e-12)
}

// The layer's rule against the midpoint rule over weights and biases.
func TestUniformWeightsAgainstMidpoints(t *testing.T) {
	for _, a := range []schema.Activation{schema.Tanh, schema.ReLU, schema.ELU, schema.Logistic, schema.Step} {
		for _, x := range [][][]float64{{{.7}, {-.4}}, {{6}, {5}}, {{.7, -.3}, {.5, .4}}, {{1, 2}, {1.1, 2}}} {
			l := newUniformLayer(1.3, .8, 6, functionOf(a))
			got := l.pair(x[0], x[1])
			var want [3]float64
			const n = 100
			for i := range n {
				w0 := l.reach * (2*(float64(i)+.5)/n - 1)
				for j := range n {
					w1 := l.reach * (2*(float64(j)+.5)/n - 1)
					if len(x[0]) == 1 {
						w0 = l.reach * (2*(float64(i*n+j)+.5)/(n*n) - 1)
					}
					for k := range n {
						b := 16*(float64(k)+.5)/n - 8
						u, v := w0*x[0][0]+l.bias*b, w0*x[1][0]+l.bias*b
						if len(x[0]) == 2 {
							u, v = u+w1*x[0][1], v+w1*x[1][1]
						}
						weight := 16. / n * density(b) / (n * n)
						u, v = reference(a, u), reference(a, v)
						want[0] += weight * u * u
						want[1] += weight * v * v
						want[2] += weight * u * v
					}
				}
			}
			near(t, string(a)+" E φ²", got.p*got.p, want[0], 3e-4)
			near(t, string(a)+" E φ²", got.q*got.q, want[1], 3e-4)
			near(t, string(a)+" E φφ", got.p*got.q*got.correlation(), want[2], 1e-3)
		}
	}
}

// Along an edge parallel to an axis the rule that merges the other input with the bias
// against the rule for both.
func TestMergedWeights(t *testing.T) {
	for _, a := range []schema.Activation{schema.Tanh, schema.ReLU, schema.Step} {
		l := newUniformLayer(1.7, .6, 2, functionOf(a))
		for _, x := range [][][]float64{{{.9, .3}, {.91, .3}}, {{.9, .3}, {.9, .31}}, {{.4, 0}, {.5, 0}}, {{-.2, .5}, {.1, .5}}} {
			got := l.pair(x[0], x[1])
			var p2, q2, pq float64
			for _, n := range l.units(x[0], x[1]) {
				u, v := l.phi.value(n.u), l.phi.value(n.v)
				p2, q2, pq = p2+n.weight*u*u, q2+n.weight*v*v, pq+n.weight*u*v
			}
			near(t, "p", got.p, math.Sqrt(p2), 1e-10)
			near(t, "q", got.q, math.Sqrt(q2), 1e-10)
			near(t, "ρ", got.correlation(), pq/math.Sqrt(p2*q2), 1e-10)
		}
	}
}

// Breakpoints of the first layer against the sum over weights: a unit changes sign
// between the ends if -b lies between w from and w to.
func TestFirstBreakpoints(t *testing.T) {
	axis := schema.Axis{From: -.5, To: 2, Points: 3}
	uniform := schema.Law{Distribution: schema.HeUniform, Gain: 1}
	v := value(t)
	for _, c := range []schema.Configuration{
		configuration(schema.ReLU, 2, he, normal(.7), axis),
		configuration(schema.ReLU, 2, uniform, normal(.7), axis),
	} {
		var want float64
		const n = 100000
		for i := range n {
			z := 2*(float64(i)+.5)/n - 1
			w, weight := 9*math.Sqrt2*z, 18./n*density(9*z) // He's standard deviation is √2
			if c.Weights == uniform {
				w, weight = math.Sqrt(6)*z, 1./n
			}
			cdf := func(b float64) float64 { return math.Erfc(-b/math.Sqrt(2*.7)) / 2 }
			want += 100 * weight * math.Abs(cdf(w*axis.To)-cdf(w*axis.From))
		}
		near(t, name(c), v(process(t, c).Breakpoints(1)), want, 1e-6)
	}
	near(t, "no biases", v(process(t, configuration(schema.ReLU, 2, uniform, none, axis)).Breakpoints(1)), 100, 0)
	off := configuration(schema.ReLU, 2, he, none, schema.Axis{From: 1, To: 2, Points: 2})
	near(t, "no biases off 0", v(process(t, off).Breakpoints(1)), 0, 0)
	p := process(t, configuration(schema.ReLU, 2, he, normal(1), axis))
	near(t, "second layer", v(p.Breakpoints(2)), 100*v(p.Hidden(2).Crossings()), 1e-12)
}

// An edge along an axis that begins at the input 0, where the other input adds nothing:
// E φ(b)φ(b+w h) of ReLU, by hand the integral over b of b·E(b+w h)₊.
func TestUniformWeightsFromTheOrigin(t *testing.T) {
	for _, tt := range []struct{ reach, bias, h float64 }{{1.7, .1, 1}, {1.7, .1, 5}, {1.7, 1, 20}, {1.7, 1, 1e-3}} {
		l := newUniformLayer(tt.reach, tt.bias, 6, functionOf(schema.ReLU))
		var got float64
		for _, n := range l.alongAxis([]float64{0, 0}, []float64{tt.h, 0}, 0) {
			got += n.weight * max(n.u, 0) * max(n.v, 0)
		}
		far := tt.reach * tt.h // of w h
		var want float64
		const n = 2_000_000
		for i := range n {
			b := tt.bias * 9 * (float64(i) + .5) / n
			tail := max(far-b, 0) // E (b+s)₊ = b + E(s+b)₋, s uniform on [-far,far]
			want += 9. / n * density(b/tt.bias) * b * (b + tail*tail/(4*far))
		}
		near(t, "E φφ", got, want, 1e-9)
	}
}
