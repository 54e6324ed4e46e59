package analysis

import (
	"fmt"
	"maps"
	"math"
	"slices"
)

// Ranks finds the networks at quantiles of a column. Its memory grows with the number of
// different values, those that are not whole numbers below 2¹⁷ rounded to 2⁻¹⁷, and not
// with the number of networks. The zero value has none.
type Ranks struct {
	times histogram         // of rounded values
	first map[float64]owner // the first network with a rounded value
}

// owner is a network and its value.
type owner struct {
	network int64
	value   float64
}

// Add enters a network and its value, which must be finite.
func (r *Ranks) Add(network int64, value float64) {
	if r.times == nil {
		r.times, r.first = histogram{}, map[float64]owner{}
	}
	rounded := math.Copysign(coarse(math.Abs(value)), value)
	if rounded == 0 {
		rounded = 0 // not -0
	}
	r.times[rounded]++
	if known, ok := r.first[rounded]; !ok || network < known.network {
		r.first[rounded] = owner{network, value}
	}
}

// Networks returns how many networks have been entered.
func (r *Ranks) Networks() int64 { return r.times.total() }

// At returns the network at probability p, from 0, the minimum, to 1, the maximum: with
// values sorted, x[0] to x[n-1], one with the value x[⌊(n-1)·p⌋] but for the rounding
// above, of several the one with the lowest index. ok is false if there are none. It
// panics on any other p.
func (r *Ranks) At(p float64) (network int64, value float64, ok bool) {
	if !(p >= 0 && p <= 1) {
		panic(fmt.Sprintf("analysis: At: probability %g, want 0 to 1", p))
	}
	if len(r.times) == 0 {
		return 0, 0, false
	}
	place := int64(math.Floor(p * float64(r.times.total()-1)))
	for _, v := range slices.Sorted(maps.Keys(r.times)) {
		if place -= r.times[v]; place < 0 {
			at := r.first[v]
			return at.network, at.value, true
		}
	}
	panic("analysis: At: fewer values than counted")
}
