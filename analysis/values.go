package analysis

import (
	"math"

	"nodal/kernels"
)

// Values holds the least, the greatest, the mean and the population standard
// deviation of a set of values.
type Values struct{ Min, Max, Mean, Std float64 }

// DescribeValues describes all values of x, which must not be empty, or returns
// false if any is NaN or infinite. Mean and standard deviation take two passes in
// float64, in the lanes of the kernels: their errors are about n·2⁻⁵³ of the mean
// absolute value and of the standard deviation, and squares of float32 values
// cannot overflow. A constant x has standard deviation exactly 0.
func DescribeValues(x []float32) (v Values, finite bool) {
	low, high, sum := kernels.Range(x)
	if sum-sum != 0 { // finite values cannot overflow a float64 sum
		return Values{}, false
	}
	v = Values{Min: float64(low), Max: float64(high), Mean: float64(low)}
	if low < high { // the mean of equal values may round away from them
		n := float64(len(x))
		v.Mean = sum / n
		v.Std = math.Sqrt(kernels.SquaredDeviations(x, v.Mean) / n)
	}
	return v, true
}

// maxAbs returns the largest absolute value of x, or false if any is NaN or
// infinite.
func maxAbs(x []float32) (largest float32, finite bool) {
	largest = kernels.MaxAbs(x)
	return largest, largest-largest == 0
}
