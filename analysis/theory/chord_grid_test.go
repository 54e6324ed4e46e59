package theory

import (
	"fmt"
	"math"
	"testing"

	"nodal/schema"
)

// Sums over cells, found in few of them, against every triangle at the grid points as
// rounded to float32.
func TestBoundaryLengthOnGrid(t *testing.T) {
	for _, axes := range [][]schema.Axis{
		{{From: -1, To: 1, Points: 37}, {From: -1, To: 1, Points: 37}},
		{{From: -2, To: 2, Points: 32}, {From: -1, To: 1, Points: 61}},
		{{From: 0, To: 1.5, Points: 9}, {From: -1, To: .5, Points: 50}},
		{{From: 0, To: 1, Points: 2}, {From: 1, To: 2, Points: 2}},
	} {
		for _, c := range []schema.Configuration{
			configuration(schema.Identity, 0, fanIn(2), normal(.3), axes...),
			configuration(schema.ReLU, 2, he, none, axes...),
			configuration(schema.ReLU, 2, he, normal(.3), axes...),
			configuration(schema.Gaussian, 1, fanIn(3), normal(.3), axes...),
			configuration(schema.Step, 1, fanIn(2), normal(.3), axes...),
		} {
			t.Run(fmt.Sprint(c.Grid, name(c)), func(t *testing.T) {
				p := process(t, c)
				var want float64
				for i := range axes[0].Points - 1 {
					for j := range axes[1].Points - 1 {
						a, d := p.gridPoint(i, j), p.gridPoint(i+1, j+1)
						want += p.chord(p.gridPoint(i+1, j), a, d) + p.chord(p.gridPoint(i, j+1), d, a)
					}
				}
				got, err := p.BoundaryLengthOnGrid()
				if err != nil || math.Abs(got.Value-want) > got.Error+1e-7*want || got.Error > 1e-6*want {
					t.Errorf("%v, %v; triangle by triangle %.12g", got, err, want)
				}
			})
		}
	}
}

// chord returns the expected chord of the triangle with these grid points in its right
// angle and at the ends of its legs along the two axes.
func (p *Process) chord(right, end0, end1 []float64) float64 {
	return ExpectedChord(math.Abs(end0[0]-right[0]), math.Abs(end1[1]-right[1]),
		[3]float64{p.Kernel(right, right), p.Kernel(end0, end0), p.Kernel(end1, end1)},
		[3]float64{p.Angle(right, end0), p.Angle(right, end1), p.Angle(end0, end1)}).Value
}

// The interpolant's length goes to that of the smooth boundary, with the square of the
// step.
func TestBoundaryLengthOnFineGrids(t *testing.T) {
	var off []float64
	for _, points := range []int{17, 33, 65} {
		axis := schema.Axis{From: -1, To: 1, Points: points}
		p := process(t, configuration(schema.Erf, 1, fanIn(2), normal(.3), axis, axis))
		got, err := p.BoundaryLengthOnGrid()
		want, other := p.BoundaryLength()
		if err != nil || other != nil {
			t.Fatal(err, other)
		}
		off = append(off, got.Value/want.Value-1)
	}
	for k := range off[1:] {
		if ratio := off[k] / off[k+1]; math.Abs(ratio-4) > .05 {
			t.Errorf("half the step divides the difference by %.3f, want about 4", ratio)
		}
	}
	if math.Abs(off[2]) > 1e-3 {
		t.Errorf("differs by %.2g from the smooth boundary", off[2])
	}
}

func TestBoundaryLengthOnGridRefuses(t *testing.T) {
	axis := schema.Axis{From: -1, To: 1, Points: 5}
	if _, err := process(t, configuration(schema.Tanh, 1, fanIn(2), none, axis)).BoundaryLengthOnGrid(); err == nil {
		t.Error("one input: no error")
	}
}
