package analysis

import "nodal/kernels"

// Margins returns the mean and the least of the margins, and how many are
// exactly zero: the grid points on a tie.
//
//	margin [P]  as written by [ClassMap.Classify], or the field itself if there is
//	            one output, whose margins are its absolute values; not empty
//
// The mean is a float64 sum in the lanes of the kernels over the number of
// points; with non-negative terms its relative error is at most P·2⁻⁵³.
func Margins(margin []float32) (mean, least float64, zeros int64) {
	sum, low := kernels.SumMin(margin)
	return marginsFrom(margin, sum, low)
}

// marginsFrom is [Margins] of margins whose sum and least one are known.
func marginsFrom(margin []float32, sum float64, low float32) (mean, least float64, zeros int64) {
	if low == 0 { // ties are rare: count them only if there is one
		zeros = int64(kernels.CountZeros(margin))
	}
	return sum / float64(len(margin)), float64(low), zeros
}
