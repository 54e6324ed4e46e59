package analysis

import "nodal/schema"

// Fine is what the mean counts of a group would be on fine grids.
type Fine struct {
	Networks   int64   // measured again
	Points     int     // on the first axis of the finest grid
	Unresolved float64 // share of the networks on the finest grid that it does not resolve
	Plane      bool    // crossings of the plane's grid lines have no limit

	Counts [4]Estimate // in the order of FineNames
}

// Counts are the counts of a row that tend to a limit as the grid becomes finer, in
// the order of [FineNames].
type Counts [4]float64

// CountsOf returns those of a row.
func CountsOf(r *schema.Row) Counts {
	return Counts{float64(r.Crossings), float64(r.Regions), float64(r.Islands), r.BoundaryLength}
}

// HalfCountsOf returns those of a row of one input on every second grid point.
func HalfCountsOf(r *schema.Row) Counts {
	crossings := float64(r.CrossingsHalf)
	return Counts{crossings, crossings + 1, max(crossings-1, 0), crossings}
}

// FineNames returns the names of [Counts], in order.
func FineNames() []string { return []string{"crossings", "regions", "islands", "boundary_length"} }

// means returns what is known of the counts of all finite networks.
func (s *Summary) means() [4]Estimate {
	var means [4]Estimate
	for i, name := range FineNames() {
		for _, statistic := range s.Statistics {
			if statistic.Name == name {
				means[i] = Estimate{statistic.Mean, statistic.StandardError}
			}
		}
	}
	means[3] = s.Boundary
	return means
}

// EstimateFine returns the mean counts of the group's finite networks on fine grids,
// of which sample are the first: the counts of one after the other by level, see
// [Multilevel].
func (s *Summary) EstimateFine(sample [][]Counts) [4]Estimate {
	var estimates [4]Estimate
	z := make([][]float64, len(sample))
	for i, all := range s.means() {
		for k, levels := range sample {
			z[k] = z[k][:0]
			for l := range levels {
				z[k] = append(z[k], levels[l][i])
			}
		}
		estimates[i] = Multilevel(z, all, s.Finite())
	}
	return estimates
}

// TooCoarse is the share of unresolved networks above which a grid counts as too coarse:
// what they miss then shows in a mean.
const TooCoarse = 0.01

// UnresolvedShare returns the share of the finite networks that their grid does not
// resolve, 0 if there are none.
func (s *Summary) UnresolvedShare() float64 {
	if s.Finite() == 0 {
		return 0
	}
	return float64(s.Unresolved) / float64(s.Finite())
}
