package compare

import "math"

// quantile returns the q-quantile of x, 0 ≤ q ≤ 1, interpolated linearly between
// order statistics at (len(x)-1)·q, as numpy.percentile does. It changes the order
// of x, which must not be empty or hold NaN. It takes a time proportional to the
// length, not that of sorting.
func quantile(x []float64, q float64) float64 {
	position := float64(len(x)-1) * q
	below := int(position)
	low := nth(x, below)
	if below+1 >= len(x) {
		return low
	}
	high := math.Inf(1) // the next one: the smallest behind it
	for _, v := range x[below+1:] {
		high = min(high, v)
	}
	return low + (position-float64(below))*(high-low)
}

// nth puts the n-th smallest element of x, counted from 0, into its place, with
// none larger before it and none smaller behind, and returns it (Hoare, "Algorithm
// 65: find", Communications of the ACM 4, 1961).
func nth(x []float64, n int) float64 {
	for low, high := 0, len(x)-1; low < high; {
		pivot := x[low+(high-low)/2]
		i, j := low, high
		for i <= j {
			for x[i] < pivot {
				i++
			}
			for x[j] > pivot {
				j--
			}
			if i <= j {
				x[i], x[j] = x[j], x[i]
				i++
				j--
			}
		}
		if n <= j {
			high = j
		} else if n >= i {
			low = i
		} else {
			break
		}
	}
	return x[n]
}
