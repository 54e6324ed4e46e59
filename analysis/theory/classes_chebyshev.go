package theory

import "math"

// Chebyshev series over the angles [0, π]: Σ c[j]·T_j(2θ/π - 1), j from 0.

// chebyshevAngles returns the n zeros of T_n, as angles, from π down.
func chebyshevAngles(n int) []float64 {
	angles := make([]float64, n)
	for k := range angles {
		angles[k] = math.Pi / 2 * (1 + math.Cos(math.Pi*(float64(k)+.5)/float64(n)))
	}
	return angles
}

// chebyshevSeries returns the series of degree n-1 through the n values at
// chebyshevAngles(n).
func chebyshevSeries(values []float64) []float64 {
	n := len(values)
	series := make([]float64, n)
	for j := range series {
		for k, v := range values {
			series[j] += v * math.Cos(math.Pi*float64(j)*(float64(k)+.5)/float64(n)) * 2 / float64(n)
		}
	}
	series[0] /= 2
	return series
}

// integral returns the series of the integral from 0. The integral of T_j is
// T_(j+1)/(2j+2) - T_(j-1)/(2j-2), the second term from j = 2 on, and T_1 for j = 0.
func integral(series []float64) []float64 {
	sum := make([]float64, len(series)+1)
	for j, c := range series {
		c *= math.Pi / 2
		if j == 0 {
			sum[1] += c
			continue
		}
		sum[j+1] += c / float64(2*j+2)
		if j > 1 {
			sum[j-1] -= c / float64(2*j-2)
		}
	}
	sum[0] = -sumChebyshev(sum, 0)
	return sum
}

// sumChebyshev sums a series at an angle (Clenshaw 1955).
func sumChebyshev(series []float64, angle float64) float64 {
	x := 2*angle/math.Pi - 1
	var b, next float64
	for j := len(series) - 1; j > 0; j-- {
		b, next = 2*x*b-next+series[j], b
	}
	return x*b - next + series[0]
}
