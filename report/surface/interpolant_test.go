package surface

import (
	"math"
	"testing"
)

// sampled returns the values of a function on a grid over the unit square.
func sampled(rows, columns int, f func(x, y float64) float64) []float32 {
	values := make([]float32, rows*columns)
	for i := range rows {
		for j := range columns {
			values[i*columns+j] = float32(f(float64(i)/float64(rows-1), float64(j)/float64(columns-1)))
		}
	}
	return values
}

func fitted(rows, columns int, f func(x, y float64) float64) *interpolant {
	var p interpolant
	p.fit(sampled(rows, columns, f), rows, columns)
	return &p
}

// eachPoint calls f with points of the unit square that are not on a grid.
func eachPoint(f func(x, y float32)) {
	for i := range 37 {
		for j := range 41 {
			f(float32(i)/36*0.999, float32(j)/40*0.9987)
		}
	}
}

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s = %v, want %v ± %v", what, got, want, tolerance)
	}
}

func TestPlaneIsExact(t *testing.T) {
	for _, size := range [][2]int{{2, 2}, {2, 7}, {3, 3}, {5, 4}, {40, 60}} {
		p := fitted(size[0], size[1], func(x, y float64) float64 { return 0.2 + 0.5*x - 0.3*y })
		eachPoint(func(x, y float32) {
			z, dx, dy := p.slope(x, y)
			near(t, "z", float64(z), 0.2+0.5*float64(x)-0.3*float64(y), 1e-6)
			near(t, "dx", float64(dx), 0.5, 2e-4) // rounding of the values times the points
			near(t, "dy", float64(dy), -0.3, 2e-4)
			near(t, "at", float64(p.at(x, y)), float64(z), 1e-6)
		})
	}
}

func TestPassesThroughThePoints(t *testing.T) {
	f := func(x, y float64) float64 { return math.Sin(17*x) * math.Cos(23*y*y) }
	p := fitted(9, 12, f)
	for i := range 9 {
		for j := range 12 {
			x, y := float64(i)/8, float64(j)/11
			near(t, "value at a point", float64(p.at(float32(x), float32(y))), f(x, y), 1e-5)
		}
	}
}

// Halving the cells of a smooth function without extrema divides the error by 16, for the
// tangents are of fourth order; near the border, of second order, they are not looked at.
func TestFourthOrder(t *testing.T) {
	f := func(x, y float64) float64 { return math.Exp(x + 2*y) }
	worst := func(n int) (most float64) {
		p := fitted(n, n, f)
		eachPoint(func(x, y float32) {
			if x > 0.3 && x < 0.7 && y > 0.3 && y < 0.7 {
				most = max(most, math.Abs(float64(p.at(x, y))-f(float64(x), float64(y))))
			}
		})
		return most
	}
	if ratio := worst(9) / worst(17); ratio < 10 {
		t.Errorf("half the cells divide the error by %.1f, want about 16", ratio)
	}
}

func TestGradientIsThatOfTheValues(t *testing.T) {
	p := fitted(8, 11, func(x, y float64) float64 { return math.Sin(9*x)*y + x*math.Cos(7*y) })
	const h = 1.0 / 512
	eachPoint(func(x, y float32) {
		x, y = 0.01+0.97*x, 0.01+0.97*y
		z, dx, dy := p.slope(x, y)
		if z > p.high-0.05 || z < p.low+0.05 {
			return // perhaps cut
		}
		near(t, "dx", float64(dx), float64(p.at(x+h, y)-p.at(x-h, y))/(2*h), 0.15)
		near(t, "dy", float64(dy), float64(p.at(x, y+h)-p.at(x, y-h))/(2*h), 0.15)
	})
}

func TestGradientIsContinuous(t *testing.T) {
	p := fitted(6, 6, func(x, y float64) float64 { return math.Sin(11*x) * math.Cos(13*y) })
	const h = 1e-5
	for k := 1; k < 5; k++ {
		edge := float32(k) / 5
		for j := range 30 {
			along := float32(j) / 30
			_, ax, ay := p.slope(edge-h, along)
			_, bx, by := p.slope(edge+h, along)
			near(t, "dx beyond an edge", float64(bx), float64(ax), 0.05)
			near(t, "dy beyond an edge", float64(by), float64(ay), 0.05)
		}
	}
}

// A step between two rows stays between them: on the other rows there is nothing of it.
func TestStepDoesNotRing(t *testing.T) {
	p := fitted(11, 11, func(x, y float64) float64 {
		switch {
		case x < 0.45:
			return 0.3
		case y < 0.45:
			return 0.6
		}
		return 0.9
	})
	eachPoint(func(x, y float32) {
		z := float64(p.at(x, y))
		switch {
		case x <= 0.4:
			near(t, "below the step", z, 0.3, 1e-6)
		case x >= 0.5 && y <= 0.4:
			near(t, "above the step", z, 0.6, 1e-6)
		case x >= 0.5 && y >= 0.5:
			near(t, "above both steps", z, 0.9, 1e-6)
		case z < 0.3-1e-6 || z > 0.9+1e-6:
			t.Errorf("%v at (%v, %v), want 0.3 to 0.9", z, x, y)
		}
	})
}

// Where the points rise the function rises, however unevenly.
func TestRisesWhereThePointsRise(t *testing.T) {
	heights := []float64{0, 0.001, 1, 1.001, 1.5, 1.5, 9, 9.2}
	p := fitted(len(heights), 3, func(x, y float64) float64 { return heights[int(x*7+0.5)] })
	last := float32(-1)
	for i := range 1001 {
		z := p.at(float32(i)/1000, 0.5)
		if z < last-1e-6 {
			t.Errorf("%v at %v after %v", z, float64(i)/1000, last)
		}
		last = z
	}
}

func TestInterpolantStaysWithinTheValues(t *testing.T) {
	state := uint32(1)
	p := fitted(13, 9, func(x, y float64) float64 {
		state = state*1664525 + 1013904223 // Knuth, The Art of Computer Programming 2, 3.3.4
		return float64(state>>8) / (1 << 24)
	})
	eachPoint(func(x, y float32) {
		z, _, _ := p.slope(x, y)
		if z < p.low || z > p.high || p.at(x, y) != z {
			t.Errorf("%v and %v at (%v, %v), want both the same from %v to %v", z, p.at(x, y), x, y, p.low, p.high)
		}
	})
}

func TestInterpolantKnowsNoDirection(t *testing.T) {
	f := func(x, y float64) float64 { return math.Abs(math.Sin(9*x)*y) + math.Floor(3*x*y) }
	p := fitted(8, 11, f)
	turned := fitted(11, 8, func(x, y float64) float64 { return f(y, x) })
	mirrored := fitted(8, 11, func(x, y float64) float64 { return f(1-x, y) })
	eachPoint(func(x, y float32) {
		z, dx, dy := p.slope(x, y)
		w, dv, du := turned.slope(y, x)
		near(t, "transposed", float64(w), float64(z), 1e-5)
		near(t, "transposed dx", float64(du), float64(dx), 1e-3)
		near(t, "transposed dy", float64(dv), float64(dy), 1e-3)
		near(t, "mirrored", float64(mirrored.at(1-x, y)), float64(z), 1e-4)
	})
}
