package theory

import (
	"fmt"
	"math"
	"testing"

	"nodal/schema"
)

// Covariances of the gradient against differences of the kernel.
func TestSlopes(t *testing.T) {
	axis := schema.Axis{From: -2, To: 2, Points: 5}
	for _, c := range kinds(axis, axis) {
		if c.Activation == schema.Step {
			continue
		}
		t.Run(name(c), func(t *testing.T) {
			p := process(t, c)
			x, d := []float64{.7, -.4}, []float64{.6, .8}
			s := p.Slopes(x)
			const h = 1e-4
			at := func(by float64) []float64 { return []float64{x[0] + by*d[0], x[1] + by*d[1]} }
			near(t, "variance", s.Variance, p.Kernel(x, x), 1e-12)
			cross := (p.Kernel(at(h), at(h)) - p.Kernel(at(-h), at(-h))) / (4 * h)
			near(t, "cross + 1", d[0]*s.Cross[0]+d[1]*s.Cross[1]+1, cross+1, 1e-7)
			var gradient, given float64
			for i := range d {
				for j := range d {
					gradient += d[i] * d[j] * s.Gradient[i][j]
					given += d[i] * d[j] * s.Given[i][j]
				}
			}
			// Kernels behind kinks are smooth but for a term of h³, others but for h⁴.
			near(t, "given", math.Sqrt(given/s.Variance)+1, p.Angle(at(-h/2), at(h/2))/h+1, 3e-5)
			near(t, "gradient", gradient, given+math.Pow(d[0]*s.Cross[0]+d[1]*s.Cross[1], 2)/s.Variance, 1e-9)
		})
	}
}

// The zeros on a line against the limit of the grid's as its step h goes to 0, their
// difference being of the order of h² in smooth networks and of h behind kinks.
func TestCrossingsAreTheLimitOfGrids(t *testing.T) {
	for _, c := range kinds(schema.Axis{From: -2, To: 1, Points: 2}) {
		if c.Activation == schema.Step {
			continue
		}
		t.Run(name(c), func(t *testing.T) {
			p := process(t, c)
			onGrid := func(edges int) float64 {
				c.Grid = schema.Grid{{From: -2, To: 1, Points: edges + 1}}
				return process(t, c).CrossingsOnGrid().Value
			}
			got, coarse, fine := value(t)(p.Crossings()), onGrid(3*512), onGrid(3*1024)
			if p.kinked() && c.Biases == none {
				// With a point at 0, where f is 0 and so in one class, a grid sees more.
				coarse, fine = onGrid(3*512+1), onGrid(3*1024+1)
			}
			want := fine + (fine-coarse)/3
			if p.kinked() {
				want = fine + (fine - coarse)
			}
			near(t, "Crossings", got, want, 1e-6)
		})
	}
}

func TestBorderIsTheLimitOfGrids(t *testing.T) {
	v := value(t)
	for _, side := range []schema.Axis{{From: -1, To: 2}, {From: 0, To: 2}, {From: -2, To: 0}, {From: 1, To: 2}} {
		other := schema.Axis{From: -1, To: 1}
		side.Points, other.Points = 3001, 3001
		for _, c := range kinds(side, other) {
			if c.Activation == schema.Step || c.Depth() > 2 || slow(c) && side.To != 0 {
				continue
			}
			t.Run(fmt.Sprint(side.From, side.To, name(c)), func(t *testing.T) {
				p := process(t, c)
				changes, euler := v(p.BorderChanges()), v(p.EulerCharacteristic())
				onGrid := p.BorderChangesOnGrid().Value
				if side.From == 0 || side.To == 0 {
					onGrid = changes // a zero vertex on the border is in two edges
				}
				near(t, "BorderChanges", changes, onGrid, 5e-4)
				want := p.EulerCharacteristicOnGrid().Value
				if p.kinked() && c.Biases == none && side.From <= 0 {
					want = 1 // f is homogeneous, so {f ≥ 0} is a union of rays from 0
				}
				near(t, "EulerCharacteristic", euler, want, 5e-4)
			})
		}
	}
}

// The boundary's length against the midpoint rule over the rectangle, with E|∇f| as the
// mean over directions of the expected |∂f|.
func TestBoundaryLength(t *testing.T) {
	for _, axes := range [][]schema.Axis{
		{{From: -1, To: 1, Points: 2}, {From: -1, To: 1, Points: 2}},
		{{From: 1, To: 2, Points: 2}, {From: -3, To: -2, Points: 2}},
	} {
		for _, c := range kinds(axes...) {
			if c.Activation == schema.Step || slow(c) || c.Weights.Distribution == schema.HeUniform && axes[0].From > 0 {
				continue
			}
			t.Run(fmt.Sprint(c.Grid, name(c)), func(t *testing.T) {
				p := process(t, c)
				const n, directions = 50, 12
				a, b := c.Grid[0], c.Grid[1]
				var want float64
				for i := range n {
					for j := range n {
						s := p.Slopes([]float64{a.From + a.Extent()*(float64(i)+.5)/n, b.From + b.Extent()*(float64(j)+.5)/n})
						for k := range directions {
							sin, cos := math.Sincos(math.Pi * (float64(k) + .5) / directions)
							g := s.Given
							along := cos*cos*g[0][0] + 2*sin*cos*g[0][1] + sin*sin*g[1][1]
							// |g| is π/2 times the mean of |g·d|, E|N(0,s²)| = s√(2/π).
							want += math.Sqrt(along/s.Variance) / (2 * directions)
						}
					}
				}
				want *= a.Extent() * b.Extent() / (n * n)
				got, err := p.BoundaryLength()
				if err != nil {
					t.Fatal(err)
				}
				// Without biases the density at 0 is like 1/|x|, and the rule is coarse.
				relative := 1e-3
				if c.Biases == none {
					relative = 1e-2
				}
				near(t, "BoundaryLength", got.Value, want, relative)
				if !(got.Error < 1e-8*got.Value) {
					t.Errorf("error %g", got.Error)
				}
			})
		}
	}
}
