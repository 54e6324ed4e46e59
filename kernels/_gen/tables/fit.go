package main

import (
	"math"
	"math/big"
)

// fit returns the center of interval j, [low, high], and the coefficients of
// its polynomial, lowest power first.
//
// They are found one after the other: the polynomial that fits best gives the
// next coefficient, which is rounded to float32; the remaining ones are fitted
// again and make up for the rounding.
func (s *spec) fit(j int, low, high float64) (center float32, c [degree + 1]float32) {
	var given []float64
	switch j {
	case 0:
		given = s.zero
	case intervals - 1:
		center, given = float32(s.limit), []float64{s.end}
	default:
		center = s.center(low, high)
	}
	if given == nil {
		given = []float64{float64(rounded(s.f(number(float64(center)))))}
	}
	s.points(j, low, high, float64(center)).fit(c[:], given)
	return center, c
}

// center returns the float32 in the middle quarter of [low, high], of 500 of
// them, where the function is nearest to a float32.
func (s *spec) center(low, high float64) float32 {
	const tries = 500
	best, least := float32(0), math.Inf(1)
	for i := range tries {
		a := float32(low + float64((high-low)*(0.375+float64(i)/(4*tries))))
		f := s.f(number(float64(a)))
		miss := quo(sub(f, number(float64(rounded(f)))), f)
		if m, _ := miss.Abs(miss).Float64(); m < least {
			best, least = a, m
		}
	}
	return best
}

// points returns the points of interval j, evenly spaced from low to high.
func (s *spec) points(j int, low, high, center float64) points {
	p := make(points, nodes)
	for i := range p {
		u := quo(number(float64(i)), number(nodes-1)) // 0 to 1
		if i == 0 && j == 0 {
			u = number(0x1p-10) // relative errors at 0 are limits
		}
		a := add(number(low), mul(number(high-low), u))
		f := s.f(a)
		p[i] = newPoint(sub(a, number(center)), f, s.weight(j, f))
		if j == intervals-1 {
			// Blend into the constant: the jump at limit becomes a slope.
			jump := sub(number(s.end), s.f(number(s.limit)))
			p[i].f = add(f, mul(jump, u))
		}
	}
	return p
}

// weight returns the weight of an error where the function is f. Errors count
// by themselves, but relative to f in the first interval if f vanishes at 0, and
// where a tail falls towards an error's size, so that it stays above zero.
func (s *spec) weight(j int, f *big.Float) *big.Float {
	const small = 0x1p-25
	switch {
	case j == 0 && len(s.zero) > 0 && s.zero[0] == 0:
		return quo(number(1), f)
	case s.end == 0:
		return add(number(1), quo(number(small), f))
	}
	return number(1)
}
