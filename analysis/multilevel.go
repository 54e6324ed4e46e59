package analysis

import "math"

// Estimate is an estimated mean and its error.
type Estimate struct{ Mean, StandardError float64 }

// Multilevel estimates the mean of a number on the finest of a ladder of grids from
// few networks there, more on coarser grids, and all of them on their own grid, level
// 0 (Giles, "Multilevel Monte Carlo path simulation", Operations Research 56(3),
// 2008, equations 1 and 2):
//
//	mean₀ + Σ_l mean of (z_l - z_{l-1}) over the n_l networks known at level l
//
// z holds the numbers of one network after the other, from level 0 up as far as each
// is known; who is known how far must not depend on the numbers. Level0 is the mean
// and its standard error over all networks, of which those in z are the first.
//
// The estimate is a sum over networks, z₀/all + Σ_l (z_l - z_{l-1})/n_l of each, and
// its variance is taken from the terms' variance among those known equally far: no
// level need be independent of another. The square of the last level's mean is added
// to it, for the finer grids that there are not: it bounds what they would change if
// each level changes at most half of what the one before did. So the error is no
// less than the standard error.
func Multilevel(z [][]float64, level0 Estimate, all int64) Estimate {
	known := knownAt(z) // n_l
	e := Estimate{Mean: level0.Mean}
	sums := make([]running, len(known)+1) // of the terms, by highest level
	last := running{}
	for _, network := range z {
		term := network[0] / float64(all)
		for l := 1; l < len(network); l++ {
			change := network[l] - network[l-1]
			term += change / float64(known[l])
			e.Mean += change / float64(known[l])
			if l == len(known)-1 {
				last.add(change)
			}
		}
		sums[len(network)-1].add(term)
	}
	// Networks that were not measured again have the same z₀/all.
	variance := level0.StandardError * level0.StandardError * float64(max(all-int64(len(z)), 0)) / float64(all)
	for i := range sums {
		_, deviation := sums[i].moments() // over √n
		variance += deviation * deviation * float64(sums[i].n) * float64(sums[i].n)
	}
	e.StandardError = math.Sqrt(variance + last.mean*last.mean)
	return e
}

// knownAt returns how many networks are known at each level.
func knownAt(z [][]float64) []int {
	var known []int
	for _, network := range z {
		for l := range network {
			if l == len(known) {
				known = append(known, 0)
			}
			known[l]++
		}
	}
	return known
}
