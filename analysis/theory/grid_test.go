package theory

import (
	"fmt"
	"math"
	"testing"

	"nodal/schema"
)

// kinds are configurations of every sort: closed forms, quadrature, kinks, with and
// without biases, normal and uniform weights, shallow and deep.
func kinds(axes ...schema.Axis) []schema.Configuration {
	uniform := schema.Law{Distribution: schema.HeUniform, Gain: 1.2}
	return []schema.Configuration{
		configuration(schema.Identity, 0, fanIn(2), normal(.3), axes...),
		configuration(schema.ReLU, 2, he, normal(.5), axes...),
		configuration(schema.LeakyReLU, 3, he, none, axes...),
		configuration(schema.Tanh, 2, fanIn(4), normal(.05), axes...),
		configuration(schema.Tanh, 1, fanIn(4), none, axes...),
		configuration(schema.Erf, 3, fanIn(4), normal(.05), axes...),
		configuration(schema.Sin, 2, fanIn(3), none, axes...),
		configuration(schema.Gaussian, 2, fanIn(3), normal(.1), axes...),
		configuration(schema.GELU, 1, he, normal(.1), axes...),
		configuration(schema.Softplus, 2, fanIn(2), normal(.3), axes...),
		configuration(schema.Step, 1, fanIn(2), normal(.3), axes...),
		configuration(schema.Tanh, 2, uniform, none, axes...),
		configuration(schema.ReLU, 2, uniform, none, axes...),
		configuration(schema.LeakyReLU, 1, uniform, normal(.4), axes...),
	}
}

// slow says whether a plane of such a process takes seconds.
func slow(c schema.Configuration) bool {
	return c.Inputs == 2 && c.Weights.Distribution == schema.HeUniform && c.Biases != none
}

func name(c schema.Configuration) string {
	return fmt.Sprintf("%s/%d/%s/%s", c.Activation, c.Depth(), c.Weights, c.Biases)
}

// Sums over edges, found at few places, against the angle of every edge.
func TestGridSums(t *testing.T) {
	for _, axes := range [][]schema.Axis{
		{{From: -2, To: 3, Points: 301}},
		{{From: 0, To: 3, Points: 90}},
		{{From: -2, To: 2, Points: 8}, {From: -.5, To: 1, Points: 7}},
		{{From: -1, To: 1, Points: 5}, {From: -1, To: 1, Points: 5}},
		{{From: 1, To: 2, Points: 36}, {From: 0, To: .1, Points: 2}},
	} {
		for _, c := range kinds(axes...) {
			if slow(c) {
				c.Grid = schema.Grid{{From: -1, To: 1, Points: 3}, {From: 0, To: 1, Points: 2}}
			}
			t.Run(fmt.Sprint(c.Grid, name(c)), func(t *testing.T) {
				p := process(t, c)
				crossings, euler, border := everyEdge(p)
				got := p.CrossingsOnGrid()
				checkValue(t, "CrossingsOnGrid", got, crossings)
				checkValue(t, "EulerCharacteristicOnGrid", p.EulerCharacteristicOnGrid(), euler)
				checkValue(t, "BorderChangesOnGrid", p.BorderChangesOnGrid(), border)
			})
		}
	}
}

func checkValue(t *testing.T, what string, got Value, want float64) {
	t.Helper()
	if !(math.Abs(got.Value-want) <= 3*got.Error+1e-12) || !(got.Error < 1e-7*(1+want)) {
		t.Errorf("%s = %.15g ± %.2g, want %.15g", what, got.Value, got.Error, want)
	}
}

// everyEdge goes through all vertices, edges and triangles of a grid: the expected
// changes along the axes, the Euler characteristic of the class f ≥ 0 and the changes
// around the border.
func everyEdge(p *Process) (crossings, euler, border float64) {
	grid := p.configuration.Grid
	if len(grid) == 1 {
		for i := range grid[0].Points {
			x := p.gridPoint(i)
			euler += p.allPositive(x)
			if i > 0 {
				y := p.gridPoint(i - 1)
				crossings += p.Angle(x, y) / math.Pi
				euler -= p.allPositive(x, y)
			}
		}
		return crossings, euler, p.Angle(p.gridPoint(0), p.gridPoint(grid[0].Points-1)) / math.Pi
	}
	n0, n1 := grid[0].Points, grid[1].Points
	for i := range n0 {
		for j := range n1 {
			x := p.gridPoint(i, j)
			euler += p.allPositive(x)
			down, right := i+1 < n0, j+1 < n1
			if down {
				y := p.gridPoint(i+1, j)
				crossings += p.Angle(x, y) / math.Pi
				euler -= p.allPositive(x, y)
				if j == 0 || j == n1-1 {
					border += p.Angle(x, y) / math.Pi
				}
			}
			if right {
				y := p.gridPoint(i, j+1)
				crossings += p.Angle(x, y) / math.Pi
				euler -= p.allPositive(x, y)
				if i == 0 || i == n0-1 {
					border += p.Angle(x, y) / math.Pi
				}
			}
			if down && right {
				y := p.gridPoint(i+1, j+1)
				euler -= p.allPositive(x, y)
				euler += p.allPositive(x, y, p.gridPoint(i+1, j)) + p.allPositive(x, y, p.gridPoint(i, j+1))
			}
		}
	}
	return crossings, euler, border
}

func (p *Process) gridPoint(at ...int) (x []float64) {
	for k, i := range at {
		x = append(x, float64(p.configuration.Grid[k].At(i)))
	}
	return x
}

// allPositive returns the probability that the process is not negative at any of up to
// three inputs, by the arcsine laws of orthants.
func (p *Process) allPositive(inputs ...[]float64) float64 {
	var random [][]float64
	for _, x := range inputs {
		if p.Kernel(x, x) > 0 {
			random = append(random, x)
		}
	}
	asin := func(i, j int) float64 { return math.Asin(p.Correlation(random[i], random[j])) }
	switch len(random) {
	case 0:
		return 1
	case 1:
		return .5
	case 2:
		return .25 + asin(0, 1)/(2*math.Pi)
	}
	return .125 + (asin(0, 1)+asin(0, 2)+asin(1, 2))/(4*math.Pi)
}
