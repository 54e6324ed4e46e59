package analysis

import "math"

// angle returns the angle between two vectors, from 0 to π, given their lengths a
// and b and the length c of their difference. It follows Kahan, "Miscalculating
// Area and Angles of a Needle-like Triangle" (2014), which subtracts lengths and
// not their squares: the tangent of half the angle is √(S/T),
//
//	S = c² - (a-b)²   T = (a+b)² - c²
//
// A zero vector has no direction: its angle to any other is π/2, and to itself 0.
//
// For lengths that are exact the relative error is at most 10·2⁻⁵³: nine roundings
// of S/T, of which the root takes half, its own, those of the arctangent and of π.
// A relative error ε of the lengths moves S by at most about 2εc·(a+b+c) ≤ 4εc·(a+b)
// and sin²(θ/2) = S/(4ab) by ε·c(a+b)/(ab): for neighbours, c ≪ a ≈ b, the angle by
// some ε where they differ in direction about as much as in length, by √(8ε·c/a) if
// in length alone. Lengths of no triangle are taken for those of the next degenerate
// one, an angle of 0 or π. NaN or an infinite length gives NaN.
func angle(a, b, c float64) float64 {
	if a < b {
		a, b = b, a
	}
	if b == 0 {
		if a == 0 {
			return 0
		}
		return math.Pi/2 + (a - a) // NaN for an infinite length
	}
	shorter := c - (a - b)
	if c > b {
		shorter = b - (a - c)
	}
	s := ((a - b) + c) * max(shorter, 0)
	t := (a + (b + c)) * max((a-c)+b, 0)
	if s <= t {
		return 2 * arctan(math.Sqrt(s/t))
	}
	return math.Pi - float64(2*arctan(math.Sqrt(t/s)))
}

// arctan returns the arctangent of t in [0, 1], with a relative error of at most
// 3·2⁻⁵³. The standard library's Atan has not the same bits on every CPU.
//
// With c the nearest of tan(0), tan(π/8) and tan(π/4), the arctangent is that of c
// plus that of (t-c)/(1+t·c), at most tan(π/16) in absolute value.
func arctan(t float64) float64 {
	start := 0.0
	switch {
	case t > tan3Pi16:
		start, t = math.Pi/4, (t-1)/(t+1)
	case t > tanPi16:
		start, t = math.Pi/8, (t-tanPi8)/(1+float64(t*tanPi8))
	}
	t2 := float64(t * t)
	sum := 0.0
	for _, c := range arctanSeries {
		sum = float64(sum*t2) + c
	}
	return start + (t + float64(float64(t*t2)*sum))
}

const (
	tanPi16  = 0.198912367379658006911597622644676
	tanPi8   = math.Sqrt2 - 1
	tan3Pi16 = 0.668178637919298919997757686523080
)

// arctanSeries holds (arctan(t)/t - 1)/t² as a series in t², highest power first.
// The first term left out is t²²/23 < 2⁻⁵⁵.
var arctanSeries = [...]float64{
	1.0 / 21, -1.0 / 19, 1.0 / 17, -1.0 / 15, 1.0 / 13,
	-1.0 / 11, 1.0 / 9, -1.0 / 7, 1.0 / 5, -1.0 / 3,
}
