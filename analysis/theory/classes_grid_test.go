package theory

import (
	"fmt"
	"math"
	"testing"

	"nodal/schema"
)

// Sums over edges, found at few places, against ClassChange of every edge; the first
// grid has the input 0, where outputs without biases tie.
func TestClassChangesOnGrid(t *testing.T) {
	for _, axes := range [][]schema.Axis{
		{{From: -2, To: 2, Points: 301}},
		{{From: 0.5, To: 3, Points: 90}},
		{{From: -1, To: 1, Points: 39}, {From: -1, To: 1, Points: 39}},
		{{From: 1, To: 2, Points: 40}, {From: 0, To: 1, Points: 2}},
	} {
		for _, c := range []schema.Configuration{
			configuration(schema.ReLU, 2, he, none, axes...),
			configuration(schema.Gaussian, 1, fanIn(3), normal(.3), axes...),
			configuration(schema.Step, 1, fanIn(2), normal(.3), axes...),
		} {
			for _, outputs := range []int{1, 2, 3, 10} {
				t.Run(fmt.Sprint(c.Grid, name(c), outputs), func(t *testing.T) {
					p := process(t, c)
					crossings, border := everyClassChange(p, outputs)
					for _, v := range []struct {
						what string
						got  Value
						want float64
					}{
						{"ClassChangesOnGrid", p.ClassChangesOnGrid(outputs), crossings},
						{"BorderClassChangesOnGrid", p.BorderClassChangesOnGrid(outputs), border},
					} {
						if !(math.Abs(v.got.Value-v.want) <= v.got.Error+1e-9*v.want) || !(v.got.Error < 1e-6*(1+v.want)) {
							t.Errorf("%s = %v, edge by edge %.12g", v.what, v.got, v.want)
						}
					}
				})
			}
		}
	}
}

// everyClassChange goes through all edges of a grid along its axes.
func everyClassChange(p *Process, outputs int) (crossings, border float64) {
	grid := p.configuration.Grid
	change := func(x, y []float64) float64 { return ClassChange(outputs, p.Angle(x, y)).Value }
	if len(grid) == 1 {
		last := grid[0].Points - 1
		for i := range last {
			crossings += change(p.gridPoint(i), p.gridPoint(i+1))
		}
		return crossings, change(p.gridPoint(0), p.gridPoint(last))
	}
	for i := range grid[0].Points {
		for j := range grid[1].Points {
			for axis, next := range [][2]int{{i + 1, j}, {i, j + 1}} {
				if next[axis] == grid[axis].Points {
					continue
				}
				v := change(p.gridPoint(i, j), p.gridPoint(next[0], next[1]))
				crossings += v
				if across := [2]int{j, i}[axis]; across == 0 || across == grid[1-axis].Points-1 {
					border += v
				}
			}
		}
	}
	return crossings, border
}

// On a fine line the class changes ClassChangeRate times as often as a sign.
func TestClassChangesOnFineGrids(t *testing.T) {
	p := process(t, configuration(schema.Erf, 1, fanIn(4), normal(.05), schema.Axis{From: -5, To: 5, Points: 100_001}))
	for _, outputs := range []int{3, 10} {
		got := p.ClassChangesOnGrid(outputs).Value / p.CrossingsOnGrid().Value
		if want := ClassChangeRate(outputs).Value; math.Abs(got/want-1) > 1e-3 || got > want {
			t.Errorf("%d outputs: %.6f times as often, want nearly %.6f", outputs, got, want)
		}
	}
}
