package theory

import "math"

// BoundaryLengthOnGrid returns the expected length of the zero set of one output's
// linear interpolant on the triangulated grid, in input units: the sum of
// ExpectedChord over the two triangles of every cell, cut along (i,j)–(i+1,j+1). Times
// ClassChangeRate(C) it is that of the boundary between the classes of C outputs. Two
// inputs only; finite behind step units too.
//
// A cell's share is a smooth function of where the cell lies, found in some cells and
// interpolated for the others. The grid is taken as evenly spaced, before its points
// are rounded to float32.
func (p *Process) BoundaryLengthOnGrid() (Value, error) {
	if err := p.checkInputs(2); err != nil {
		return Value{}, err
	}
	if err := p.checkGaussian(); err != nil {
		return Value{}, err
	}
	rows, columns := p.configuration.Grid[0], p.configuration.Grid[1]
	var worst, cell float64 // errors of a row's sum and of a cell
	row := func(i float64) float64 {
		v := sumEvenly(func(j float64) float64 {
			v := p.cellLength(rows.From+rows.Step()*i, columns.From+columns.Step()*j)
			cell = max(cell, v.Error)
			return v.Value
		}, .5, columns.Points-1)
		worst = max(worst, v.Error)
		return v.Value
	}
	var v Value
	if n := rows.Points - 1; rows.From == -rows.To && columns.From == -columns.To { // rows -x₀ and x₀ are alike
		v = sumEvenly(row, float64(n-n/2)+.5, n/2)
		v.Value, v.Error = 2*v.Value, 2*v.Error
		if n%2 == 1 {
			v.Value += row(float64(n) / 2)
		}
	} else {
		v = sumEvenly(row, .5, n)
	}
	v.Error += float64(rows.Points) * (worst + float64(columns.Points)*cell)
	return v, nil
}

// sumEvenly returns f(from) + f(from+1) + ..., n terms, from a Chebyshev series where
// that agrees with f to 1e-7 between its nodes, else half by half.
func sumEvenly(f func(float64) float64, from float64, n int) (sum Value) {
	const degree = 12
	if n <= 2*degree {
		for k := range n {
			sum.Value += f(from + float64(k))
		}
		return sum
	}
	place := float64(n-1) / math.Pi
	angles, values := chebyshevAngles(degree), make([]float64, degree)
	for k, angle := range angles {
		values[k] = f(from + place*angle)
	}
	series := chebyshevSeries(values)
	var off float64
	for _, angle := range []float64{.02, .93, 3.1} {
		off = max(off, math.Abs(f(from+place*angle)/sumChebyshev(series, angle)-1))
	}
	if !(off < 1e-7) {
		a, b := sumEvenly(f, from, n/2), sumEvenly(f, from+float64(n/2), n-n/2)
		return Value{a.Value + b.Value, a.Error + b.Error}
	}
	for k := range n {
		sum.Value += sumChebyshev(series, float64(k)/place)
	}
	return Value{sum.Value, 2 * off * math.Abs(sum.Value)}
}

// cellLength returns what the cell with the given middle has of the zero set.
func (p *Process) cellLength(x0, x1 float64) Value {
	step0, step1 := p.configuration.Grid[0].Step(), p.configuration.Grid[1].Step()
	type corner struct {
		x        []float64
		variance float64
	}
	at := func(i, j float64) corner {
		x := []float64{x0 + i*step0/2, x1 + j*step1/2}
		std := p.tangent(x).p
		return corner{x, std * std}
	}
	near, far := at(-1, -1), at(1, 1)
	diagonal := p.Angle(near.x, far.x)
	chord := func(right, end0, end1 corner) Value {
		return ExpectedChord(step0, step1, [3]float64{right.variance, end0.variance, end1.variance},
			[3]float64{p.Angle(right.x, end0.x), p.Angle(right.x, end1.x), diagonal})
	}
	a, b := chord(at(1, -1), near, far), chord(at(-1, 1), far, near)
	return Value{a.Value + b.Value, a.Error + b.Error}
}
