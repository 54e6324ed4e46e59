package analysis

import (
	"fmt"
	"math"

	"nodal/schema"
)

// ExpectedCrossings computes how many crossings a network has on average over its
// output layer, given the values of its last hidden layer. One goroutine at a time.
//
// Let the weights of the output layer be independent N(0, σw²), its biases
// N(0, σb²) or zero, and h(x) [N] the values of the last hidden layer, after its
// activation, at a grid point; without hidden layers they are the inputs. Given h
// an output's pre-activation is a Gaussian process on the grid, of mean zero and
// covariance
//
//	K(x,y) = σb² + σw²·h(x)·h(y)
//
// and so has different signs at two points with probability θ/π, where θ is the
// angle between the vectors (σb, σw·h(x)) and (σb, σw·h(y)) (Sheppard,
// Philosophical Transactions A 192, 1899). The sum of θ/π over the grid edges along
// the axes is the conditional mean of a network's crossings: it has their mean at
// any width and no more than their variance (the Rao–Blackwell theorem; Casella and
// Robert, Biometrika 83, 1996). The classes of two outputs are the signs of their
// difference, which is such a process with twice the covariance: the same sum. For
// three outputs and more there is no such formula.
//
// Where K(x,x) = 0 the pre-activation is zero, class A, as are half of all values:
// θ is π/2 to a point that is not so and 0 to one that is.
type ExpectedCrossings struct {
	shape Shape
	units int // N

	weight, bias float64 // variances of the output layer, as multiples of one scale
	next         int     // grid point that Add is to begin with
	sum          float64 // of the angles

	left      []float32 // [N] values at the point before
	above     []float32 // [N,Columns] at the row's points, from the one at hand on at those above; nil on a line
	leftNorm  float64   // √K(x,x) at the point before
	aboveNorm []float64 // [Columns] of the same points as above; nil on a line

	norm, along, across [expectedBlock]float64 // squares of |h(x)| and of its distance to the left and above
}

// expectedBlock is the number of points that are taken at a time: their sums
// stay in the first-level cache beside a tile of hidden values.
const expectedBlock = 128

// NewExpectedCrossings returns an ExpectedCrossings for networks of units units in
// the last hidden layer on a grid. It panics unless the grid has one or two axes.
// Call Reset before the first network.
func NewExpectedCrossings(grid schema.Grid, units int) *ExpectedCrossings {
	e := &ExpectedCrossings{shape: ShapeOf(grid), units: units, left: make([]float32, units)}
	if !e.shape.Line {
		e.above = make([]float32, units*e.shape.Columns)
		e.aboveNorm = make([]float64, e.shape.Columns)
	}
	return e
}

// Reset prepares for the next network, whose output layer has weights and biases of
// the given standard deviations, as they stand in that layer; biasStd is zero if it
// has no biases. Only the ratio of the two matters.
func (e *ExpectedCrossings) Reset(weightStd, biasStd float64) {
	e.next, e.sum = 0, 0
	e.weight, e.bias = 0, 0
	if scale := max(weightStd, biasStd); scale > 0 { // else every output is zero
		w, b := weightStd/scale, biasStd/scale
		e.weight, e.bias = float64(w*w), float64(b*b)
	}
}

// Add takes the values of the last hidden layer at the next p points of the grid,
// in its order, last axis fastest.
//
//	h [N,P]  P = p points from number first on, contiguous; not changed
//
// All sums are those of a point or of an edge, over the units in order, and then
// over the points in order: the result does not depend on the tiles. It allocates
// nothing and panics on a wrong length, number of units n, or first point.
func (e *ExpectedCrossings) Add(h []float32, n, p int, first int) {
	if n != e.units || len(h) != n*p || first != e.next || first+p > e.shape.Points() {
		panic(fmt.Sprintf("analysis: Add: %d values of n = %d units at p = %d points from %d on, want %d units and n·p values from point %d on, of %d",
			len(h), n, p, first, e.units, e.next, e.shape.Points()))
	}
	e.next += p
	for i := 0; i < p; {
		column := (first + i) % e.shape.Columns
		count := min(p-i, e.shape.Columns-column, expectedBlock)
		e.measure(h[i:], p, column, count)
		e.addAngles(first+i >= e.shape.Columns, column, count)
		i += count
	}
}

// Sum returns the expected crossings on the edges between the points so far. It is
// NaN if any value was NaN or infinite, as are then the network's outputs. An edge
// is right to a few N·2⁻⁵³, but where the hidden values of neighbours differ in length
// alone, as in ReLU networks without biases along a ray, to the root of that (see
// [angle]).
func (e *ExpectedCrossings) Sum() float64 { return e.sum / math.Pi }

// measure sets the squares of a block of count points of one row, from a column on,
// and keeps their values for the neighbours to come. What it says of the first
// column's distance to the left and of the first row's above is wrong.
//
//	h  begins with the first unit's value at the first point; units are stride apart
func (e *ExpectedCrossings) measure(h []float32, stride, column, count int) {
	norm, along, across := e.norm[:count], e.along[:count], e.across[:count]
	clear(norm)
	clear(along)
	clear(across)
	for k := range e.units {
		values := h[k*stride:][:count]
		e.left[k] = addSquares(norm, along, values, e.left[k])
		if !e.shape.Line {
			above := e.above[k*e.shape.Columns+column:][:count]
			addDistances(across, values, above)
			copy(above, values)
		}
	}
}

// addSquares adds to norm [P] the squares of values [P] and to along [P] those of
// their differences from the value before, which is left for the first one. It
// returns the last.
func addSquares(norm, along []float64, values []float32, left float32) float32 {
	norm, along = norm[:len(values)], along[:len(values)]
	before := float64(left)
	for i, v := range values {
		x := float64(v)
		d := x - before
		norm[i] += float64(x * x)
		along[i] += float64(d * d)
		before = x
	}
	return float32(before)
}

// addDistances adds to sum [P] the squares of x [P] - y [P].
func addDistances(sum []float64, x, y []float32) {
	sum, y = sum[:len(x)], y[:len(x)]
	for i, v := range x {
		d := float64(v) - float64(y[i])
		sum[i] += float64(d * d)
	}
}

// addAngles adds the angles of the edges that end in a block of points, to the left
// and, unless it is in the first row, above.
func (e *ExpectedCrossings) addAngles(hasAbove bool, column, count int) {
	for i := range count {
		norm := math.Sqrt(float64(e.weight*e.norm[i]) + e.bias)
		if column+i > 0 {
			e.sum += angle(norm, e.leftNorm, float64(e.weight*e.along[i]))
		}
		e.leftNorm = norm
		if e.shape.Line {
			continue
		}
		if hasAbove {
			e.sum += angle(norm, e.aboveNorm[column+i], float64(e.weight*e.across[i]))
		}
		e.aboveNorm[column+i] = norm
	}
}
