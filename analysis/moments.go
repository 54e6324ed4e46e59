package analysis

import (
	"math"
	"math/big"
)

// moments returns the mean and the standard error of whole numbers of absolute
// value up to 2⁵³: the sample standard deviation (n-1 in the denominator) over
// √n, 0 for a single value. All are 0 for an empty histogram.
//
// The sums S₁ = Σx and S₂ = Σx² are taken in whole numbers without a bound, so
// the mean S₁/n and the square of the error, (n·S₂ - S₁²)/(n²·(n-1)), are each
// rounded once: the mean is the float64 nearest to the true one and the error
// is within 2⁻⁵² of the true one. The order of the values does not matter.
func (h histogram) moments() (mean, standardError float64) {
	n, sum, squares := new(big.Int), new(big.Int), new(big.Int)
	for value, count := range h {
		x, k := big.NewInt(int64(value)), big.NewInt(count)
		n.Add(n, k)
		k.Mul(k, x)
		sum.Add(sum, k)
		squares.Add(squares, k.Mul(k, x))
	}
	return momentsOf(n, sum, squares)
}

// momentsOf returns the mean and the standard error of n whole numbers from
// their sum and the sum of their squares, as for a histogram. It changes squares.
func momentsOf(n, sum, squares *big.Int) (mean, standardError float64) {
	if n.Sign() == 0 {
		return 0, 0
	}
	mean, _ = new(big.Rat).SetFrac(sum, n).Float64()
	one := big.NewInt(1)
	if n.Cmp(one) == 0 {
		return mean, 0
	}
	over := squares.Mul(squares, n)
	over.Sub(over, new(big.Int).Mul(sum, sum))
	under := new(big.Int).Mul(n, n)
	under.Mul(under, new(big.Int).Sub(n, one))
	square, _ := new(big.Rat).SetFrac(over, under).Float64()
	return mean, math.Sqrt(square)
}

// running gathers the mean and the variance of real numbers as they come. The
// sum is compensated. The squares are those of Welford (Technometrics 4(3),
// 1962), the deviation from the mean before times that from the mean after,
// compensated too. With u = 2⁻⁵³, mean m and standard deviation s, the mean is
// right to a few u·mean|x| as long as n < 2²⁵, and the standard error to a few
// u·(1 + |m|/s) of itself.
type running struct {
	n       int64
	mean    float64
	sum     Sum
	squares Sum
}

func (r *running) add(x float64) {
	before := x - r.mean
	r.n++
	r.sum.Add(x)
	r.mean = r.sum.Value() / float64(r.n)
	if r.n > 1 {
		r.squares.Add(float64(before * (x - r.mean)))
	}
}

// moments returns the mean and the standard error, as for a histogram.
func (r *running) moments() (mean, standardError float64) {
	if n := float64(r.n); r.n > 1 {
		standardError = math.Sqrt(max(r.squares.Value(), 0) / (n - 1) / n)
	}
	return r.mean, standardError
}
