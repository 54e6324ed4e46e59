package piecewise

import "math"

// line is the affine function slope·x + intercept.
type line struct{ slope, intercept float64 }

// bound is the largest size of slopes and intercepts: the difference of two does not
// overflow.
const bound = math.MaxFloat64 / 4

// bounded reports whether both numbers are at most bound in size, which
// infinities and NaN are not.
func (f line) bounded() bool {
	return math.Abs(f.slope) <= bound && math.Abs(f.intercept) <= bound
}

// zero returns where the line passes zero, rounded once; a quotient too large for
// float64 is ±Inf. A line of slope 0 passes zero nowhere: NaN, which lies in no
// interval.
func (f line) zero() float64 {
	if f.slope == 0 {
		return math.NaN()
	}
	return -f.intercept / f.slope
}

// above reports whether the line is ≥ 0 just right of x, which is decided by where
// its zero lies, not by its value at x: that would be rounded once more, and could
// contradict the zero.
func (f line) above(x float64) bool {
	switch {
	case f.slope > 0:
		return f.zero() <= x
	case f.slope < 0:
		return f.zero() > x
	}
	return f.intercept >= 0
}

// minus returns f - g.
func (f line) minus(g line) line {
	return line{f.slope - g.slope, f.intercept - g.intercept}
}
