package analysis

import (
	"math"

	"nodal/kernels"
)

// Values holds the least, the greatest, the mean and the population standard
// deviation of a set of values.
type Values struct{ Min, Max, Mean, Std float64 }

// extent is what [kernels.Range] says of a set of values.
type extent struct {
	low, high float32
	sum       float64
}

// finite reports whether all values are: they cannot overflow a float64 sum.
func (e extent) finite() bool { return e.sum-e.sum == 0 }

// extentOf returns the extent of x.
func extentOf(x []float32) extent {
	low, high, sum := kernels.Range(x)
	return extent{low, high, sum}
}

// DescribeValues describes all values of x, which must not be empty, or returns
// false if any is NaN or infinite. Mean and standard deviation take two passes in
// float64, in the lanes of the kernels: their errors are about n·2⁻⁵³ of the mean
// absolute value and of the standard deviation, and squares of float32 values
// cannot overflow. A constant x has standard deviation exactly 0.
func DescribeValues(x []float32) (v Values, finite bool) {
	e := extentOf(x)
	if !e.finite() {
		return Values{}, false
	}
	return describeExtent(x, e), true
}

// describeExtent is [DescribeValues] of finite values whose extent is known.
func describeExtent(x []float32, s extent) Values {
	v := Values{Min: float64(s.low), Max: float64(s.high), Mean: float64(s.low)}
	if s.low < s.high { // the mean of equal values may round away from them
		n := float64(len(x))
		v.Mean = s.sum / n
		v.Std = math.Sqrt(kernels.SquaredDeviations(x, v.Mean) / n)
	}
	return v
}

// maxAbs returns the largest absolute value of x, or false if any is NaN or
// infinite.
func maxAbs(x []float32) (largest float32, finite bool) {
	largest = kernels.MaxAbs(x)
	return largest, largest-largest == 0
}
