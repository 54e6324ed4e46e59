package analysis

// Margins returns the mean and the least of the margins, and how many are
// exactly zero: the grid points on a tie.
//
//	margin [P]  as written by [Classify], not empty
//
// The mean is a float64 sum in lanes (see sum) over the number of points; with
// non-negative terms its relative error is at most P·2⁻⁵³.
func Margins(margin []float64) (mean, least float64, zeros int64) {
	least = margin[0]
	for _, v := range margin {
		if v < least {
			least = v
		}
	}
	if least == 0 { // ties are rare: count them only if there is one
		for _, v := range margin {
			if v == 0 {
				zeros++
			}
		}
	}
	return sum(margin) / float64(len(margin)), least, zeros
}

// sum adds x in four lanes, element i to lane i mod 4 (the last len mod 4
// elements to lane 0), and then the lanes as (0+1)+(2+3). The order is part of
// the result: a vectorised version must keep it.
func sum(x []float64) float64 {
	var s0, s1, s2, s3 float64
	for ; len(x) >= 4; x = x[4:] {
		s0 += x[0]
		s1 += x[1]
		s2 += x[2]
		s3 += x[3]
	}
	for _, v := range x {
		s0 += v
	}
	return (s0 + s1) + (s2 + s3)
}
