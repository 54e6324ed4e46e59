package theory

import "math"

// BoundaryLengthOnGrid returns the expected length of the zero set of the linear
// interpolant on the triangulated grid, in input units. Two inputs only.
//
// Cells are cut along (i,j)–(i+1,j+1), and all take the mean steps of their axes. Laws
// are symmetric, so f(-x) has the distribution of f(x): on a grid that is symmetric
// too the triangles above the cut have the same sum as those below.
func (p *Process) BoundaryLengthOnGrid() (Value, error) {
	if err := p.checkInputs(2); err != nil {
		return Value{}, err
	}
	below := p.chords(1, 0)
	if grid := p.configuration.Grid; grid[0].From == -grid[0].To && grid[1].From == -grid[1].To {
		return Value{2 * below.Value, 2 * below.Error}, nil
	}
	above := p.chords(0, 1)
	return Value{below.Value + above.Value, below.Error + above.Error}, nil
}

// chords returns the expected length in the triangles of all cells whose right angle
// is a steps along axis 0 and b steps along axis 1 from the cell's lowest corner: 1 and
// 0, or 0 and 1.
func (p *Process) chords(a, b float64) Value {
	s, t := p.configuration.Grid[0].Step(), p.configuration.Grid[1].Step()
	var worst, inexact float64
	rows, columns := p.cells(0), p.cells(1)
	all := sumOver(rows, func(x float64) float64 {
		row := sumOver(columns, func(y float64) float64 {
			v := p.chord([]float64{x + a*s, y + b*t}, []float64{x + (1-a)*s, y + b*t}, []float64{x + a*s, y + (1-b)*t},
				[]float64{x, y}, []float64{x + s, y + t})
			inexact = max(inexact, v.Error)
			return v.Value
		})
		worst = max(worst, row.Error)
		return row.Value
	})
	return Value{all.Value, all.Error + float64(len(rows))*worst + float64(len(rows)*len(columns))*inexact}
}

// chord returns the expected length in the triangle with the right angle at corner,
// whose legs end at first, along axis 0, and at second; low and high are the ends of
// the third side.
func (p *Process) chord(corner, first, second, low, high []float64) Value {
	return ExpectedChord(math.Abs(corner[0]-first[0]), math.Abs(corner[1]-second[1]),
		[3]float64{p.Kernel(corner, corner), p.Kernel(first, first), p.Kernel(second, second)},
		[3]float64{p.Angle(corner, first), p.Angle(corner, second), p.Angle(low, high)})
}

// cells returns where the cells of an axis begin.
func (p *Process) cells(axis int) []float64 {
	a := p.configuration.Grid[axis]
	cells := make([]float64, a.Points-1)
	for k := range cells {
		cells[k] = a.From + float64(k)*a.Step()
	}
	return cells
}

// sumOver returns the sum of f at places in order.
func sumOver(places []float64, f func(float64) float64) Value {
	t := terms{at: places, weight: make([]float64, len(places)), value: f, exact: func(i int) float64 { return f(places[i]) }}
	for i := range t.weight {
		t.weight[i] = 1
	}
	return t.sum(0, len(places))
}

// ofClasses returns the process that counts, on grids, where the largest of so many
// outputs is another instead of where one output changes sign.
func (p *Process) ofClasses(outputs int) *Process {
	c := *p
	c.outputs = outputs
	return &c
}

// turn returns π times the probability that the class differs at two inputs: their
// angle, for one output or two.
func (p *Process) turn(x, y []float64) float64 {
	angle := p.Angle(x, y)
	if p.outputs <= 2 {
		return angle
	}
	return math.Pi * ClassChange(p.outputs, angle).Value
}
