package theory

import "math"

// ExpectedChord returns the expected length of the chord on which the linear
// interpolant of a centred Gaussian triple is zero, over a right triangle of a
// grid. Summed over all triangles it is the expected boundary length of one
// output on that grid; times ClassChangeRate(C), exactly, that between the
// classes of C outputs.
//
//	step0, step1  the legs along the two axes, in input units
//	variance      of the values in the right angle, in the end of the first leg
//	              and in that of the second
//	angle         arccos of the correlation along the first leg, along the
//	              second and along the hypotenuse; of no matter where a variance
//	              is 0
//
// The interpolant f is a Gaussian field with a gradient that is the same all over
// the triangle, so that by Kac and Rice (Azaïs and Wschebor 2009, chapter 6)
//
//	E length = ∫ E(|∇f| | f(x) = 0)·p(0) dx, p the density of f(x)
//
// exactly, however large the triangle. The means are MeanNorm's and depend on x
// smoothly. Angles instead of covariances keep small triangles accurate, where the
// length goes to the area times MeanNorm/√(2π·variance).
//
// The relative error is that of the angles and of the quadrature. Error bounds
// the latter; it is below 1e-9 of the value unless the variance of f nearly
// vanishes somewhere, as between corners of correlations near -1 or in a corner
// of a thousandth of the others' standard deviation. A variance of 0 is welcome:
// f is 0 in that corner. If two or all are 0, so is the length. Angles that break the
// triangle inequality, which no Gaussian triple has, give no useful number.
func ExpectedChord(step0, step1 float64, variance, angle [3]float64) Value {
	c := newChord(step0, step1, variance, angle)
	var length float64
	change := math.Inf(1)
	for _, rule := range chordRules {
		previous := length
		length = c.integrate(rule)
		if change = math.Abs(length - previous); change <= 1e-9*length {
			return Value{length, change + 1e-13*length}
		}
	}
	return Value{length, 10 * change} // it hardly converges
}

// chord is a triangle seen from its corner of least variance, where the value is
// f₀ and two sides begin, along which it changes by Δa and Δb.
type chord struct {
	variance   float64 // of f₀
	a0, b0     float64 // covariances of Δa and Δb with f₀
	aa, ab, bb float64 // and with each other
	sideA2     float64 // squared length of the side with Δa
	sideB2     float64
	sideAB     float64 // scalar product of the sides
	area2      float64 // square of twice the area
}

func newChord(step0, step1 float64, variance, angle [3]float64) chord {
	first := 0
	for k, v := range variance {
		if v < variance[first] {
			first = k
		}
	}
	corner := [3][2]float64{{0, 0}, {step0, 0}, {0, step1}}
	between := [3][3]float64{{0, angle[0], angle[1]}, {angle[0], 0, angle[2]}, {angle[1], angle[2], 0}}
	std := func(i int) float64 { return math.Sqrt(variance[i]) }
	haversine := func(i, j int) float64 { // (1 - ρ)/2
		sin := math.Sin(between[i][j] / 2)
		return sin * sin
	}
	square := func(i, j int) float64 { // E(f_j - f_i)²
		d := std(j) - std(i)
		return d*d + 4*std(i)*std(j)*haversine(i, j)
	}
	along := func(i, j int) float64 { // E(f_j - f_i)f_i
		return std(i) * (std(j) - std(i) - 2*std(j)*haversine(i, j))
	}
	product := func(i, j, k int) float64 { // of the sides from i to j and from i to k
		return (corner[j][0]-corner[i][0])*(corner[k][0]-corner[i][0]) +
			(corner[j][1]-corner[i][1])*(corner[k][1]-corner[i][1])
	}
	i, j, k := first, (first+1)%3, (first+2)%3
	return chord{
		variance: variance[i],
		a0:       along(i, j), b0: along(i, k),
		aa: square(i, j), bb: square(i, k), ab: (square(i, j) + square(i, k) - square(j, k)) / 2,
		sideA2: product(i, j, j), sideB2: product(i, k, k), sideAB: product(i, j, k),
		area2: step0 * step0 * step1 * step1,
	}
}

// at returns twice the area times E(|∇f| | f = 0)·p(0) at s times the one side
// and t times the other from the corner. There f = f₀ + sΔa + tΔb, and twice the
// area times ∇f is Δa times the second side less Δb times the first, turned by a
// right angle.
func (c *chord) at(s, t float64) float64 {
	variance := c.variance + 2*(s*c.a0+t*c.b0) + s*s*c.aa + 2*s*t*c.ab + t*t*c.bb
	if variance <= 0 {
		return 0
	}
	a, b := c.a0+s*c.aa+t*c.ab, c.b0+s*c.ab+t*c.bb // covariances of Δa and Δb with f
	aa, ab, bb := c.aa-a*a/variance, c.ab-a*b/variance, c.bb-b*b/variance
	mean := (c.sideB2*aa - 2*c.sideAB*ab + c.sideA2*bb) / 2
	det := c.area2 * max(aa*bb-ab*ab, 0)
	return meanNorm(mean, math.Sqrt(max(mean*mean-det, 0)), det) / math.Sqrt(2*math.Pi*variance)
}

// integrate integrates at over the triangle, in s = r(1-q) and t = rq: the factor
// r of the area cancels the pole that a corner without variance has.
func (c *chord) integrate(rule []node) float64 {
	var length float64
	for _, r := range rule {
		for _, q := range rule {
			length += r.weight * q.weight * r.z * c.at(r.z*(1-q.z), r.z*q.z)
		}
	}
	return length
}

// chordRules are tried in order until two agree.
var chordRules = [][]node{
	legendreRule(2), legendreRule(3), legendreRule(4), legendreRule(6), legendreRule(9),
	legendreRule(13), legendreRule(19), legendreRule(28), legendreRule(40),
}
