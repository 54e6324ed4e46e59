package analysis

import "math"

// Values holds the least, the greatest, the mean and the population standard
// deviation of a set of values.
type Values struct{ Min, Max, Mean, Std float64 }

// DescribeValues describes all values of x, which must be finite and not
// empty. Mean and standard deviation take two passes in float64, in lanes as in
// sum: their errors are about n·2⁻⁵³ of the mean absolute value and of the
// standard deviation, and squares of float32 values cannot overflow. A constant
// x has standard deviation exactly 0.
func DescribeValues(x []float32) Values {
	low, high := x[0], x[0]
	for _, v := range x {
		if v < low {
			low = v
		}
		if v > high {
			high = v
		}
	}
	if low == high { // the mean of equal values may round away from them
		return Values{Min: float64(low), Max: float64(low), Mean: float64(low)}
	}
	n := float64(len(x))
	mean := sum32(x) / n
	return Values{
		Min:  float64(low),
		Max:  float64(high),
		Mean: mean,
		Std:  math.Sqrt(sumSquares(x, mean) / n),
	}
}

// sum32 is sum for float32 values, added in float64.
func sum32(x []float32) float64 {
	var s0, s1, s2, s3 float64
	for ; len(x) >= 4; x = x[4:] {
		s0 += float64(x[0])
		s1 += float64(x[1])
		s2 += float64(x[2])
		s3 += float64(x[3])
	}
	for _, v := range x {
		s0 += float64(v)
	}
	return (s0 + s1) + (s2 + s3)
}

// sumSquares returns the sum of (x-center)², in lanes as in sum.
func sumSquares(x []float32, center float64) float64 {
	var s0, s1, s2, s3 float64
	for ; len(x) >= 4; x = x[4:] {
		d0, d1 := float64(x[0])-center, float64(x[1])-center
		d2, d3 := float64(x[2])-center, float64(x[3])-center
		s0 += float64(d0 * d0)
		s1 += float64(d1 * d1)
		s2 += float64(d2 * d2)
		s3 += float64(d3 * d3)
	}
	for _, v := range x {
		d := float64(v) - center
		s0 += float64(d * d)
	}
	return (s0 + s1) + (s2 + s3)
}
