package analysis

import (
	"maps"
	"math"
	"slices"
)

// Bins counts the networks of a group in intervals of one statistic. Bin i holds values
// from Edges[i] up to and without Edges[i+1], the last one its upper edge too.
type Bins struct {
	Edges  []float64 // ascending, one more than Counts; none if there is no value
	Counts []int64
	Whole  bool // every bin is as many whole numbers, between edges at halves
}

// Bins returns the distribution in at most that many bins of one width, from the least
// value to the greatest. Counts get bins of whole numbers, others bins between numbers
// that are right to 2⁻¹⁷. It panics unless most is positive.
func (s *Statistic) Bins(most int) Bins {
	if most < 1 {
		panic("analysis: Bins: no bins")
	}
	if len(s.values) == 0 {
		return Bins{Whole: s.count}
	}
	values := slices.Sorted(maps.Keys(s.values))
	low, high := values[0], values[len(values)-1]
	bins, width := 1, 1.0
	switch {
	case s.count:
		width = math.Ceil((high - low + 1) / float64(most))
		bins, low = int(math.Ceil((high-low+1)/width)), low-.5
	case high > low:
		bins, width = most, (high-low)/float64(most)
	default: // one value
		width = max(math.Abs(low)*0x1p-10, math.SmallestNonzeroFloat64*0x1p60)
		low -= width / 2
	}
	b := Bins{Edges: make([]float64, bins+1), Counts: make([]int64, bins), Whole: s.count}
	for i := range b.Edges {
		b.Edges[i] = low + float64(float64(i)*width)
	}
	if !s.count {
		b.Edges[bins] = max(b.Edges[bins], high)
	}
	for _, v := range values {
		at, found := slices.BinarySearch(b.Edges, v)
		if !found {
			at--
		}
		b.Counts[min(at, bins-1)] += s.values[v]
	}
	return b
}
