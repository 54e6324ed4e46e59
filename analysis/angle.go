package analysis

import "math"

// angle returns the angle between two vectors, from 0 to π, given their lengths a
// and b and the square d² of their distance. The tangent of half the angle is √(S/T),
//
//	S = d² - (a-b)² = 4ab·sin²(θ/2)   T = (a+b)² - d² = 4ab·cos²(θ/2)
//
// which keeps small angles, unlike the arccosine of a cosine near 1 (Kahan,
// "Miscalculating Area and Angles of a Needle-like Triangle", 2014, where d is what
// is given). A zero vector has no direction: its angle to any other is π/2, and to
// itself 0.
//
// Rounding moves S by at most 4u·d² and T by 4u·(a+b)², nearly, u = 2⁻⁵³, and what
// follows is within 10u of itself. A relative error ε of a, b and d moves S by
// 2εd·(a+b+d) ≤ 4εd·(a+b) and sin²(θ/2) by εd(a+b)/(ab): for neighbours, d ≪ a ≈ b,
// the angle by some ε where they differ in direction about as much as in length, by
// √(8ε·d/a) if in length alone. Lengths of no triangle are taken for those of the
// next degenerate one, an angle of 0 or π. NaN or an infinite length gives NaN.
func angle(a, b, d2 float64) float64 {
	if a == 0 || b == 0 {
		if a == b {
			return 0
		}
		return math.Pi/2 + (a - a) + (b - b) // NaN for an infinite length
	}
	s := d2 - float64((a-b)*(a-b))
	t := float64((a+b)*(a+b)) - d2
	switch {
	case s <= 0:
		return 0
	case t <= 0:
		return math.Pi
	case s <= t:
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
