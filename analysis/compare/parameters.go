package compare

import (
	"math"
	"slices"

	"nodal/schema"
)

// Shares of the baseline's number of parameters by which another may differ and
// still count as equal.
const (
	nearParameters = 0.025
	// farParameters is for widths that cannot come nearer. In a few narrow layers
	// counts are far between: 1-15-15-1 has 286 parameters and 1-16-16-1 has 321, so
	// whoever asks for 300 gets the former, 5 % less than the 301 of 1-100-1.
	farParameters = 0.10
)

// equalParameters groups configurations of one setting whose numbers of parameters
// are within 2.5 % of each other, or within 10 % where one unit more or less in
// every hidden layer would not bring the deeper one nearer.
//
// Shallow ones come first, and each in turn joins the group of a shallower
// baseline of equal parameters or else is a baseline itself. If there are several
// such groups it joins one of its own case, which is how a sweep asks for equal
// parameters, then the one nearest in parameters, then the first.
func equalParameters(cs []schema.Configuration) [][]int {
	var groups [][]int
	inSetting := map[setting][]int{} // places of groups
	for _, i := range byDepth(cs) {
		s := settingOf(&cs[i])
		best := -1
		for _, g := range inSetting[s] {
			if b := &cs[groups[g][0]]; b.Depth() < cs[i].Depth() && equal(&cs[i], b) && (best < 0 || nearer(&cs[i], b, &cs[groups[best][0]])) {
				best = g
			}
		}
		if best >= 0 {
			groups[best] = append(groups[best], i)
			continue
		}
		inSetting[s] = append(inSetting[s], len(groups))
		groups = append(groups, []int{i})
	}
	return groups
}

// equal reports whether c has as many parameters as the shallower baseline, as far
// as whole widths allow.
func equal(c, baseline *schema.Configuration) bool {
	want := baseline.Parameters()
	off := distance(c, baseline)
	if off <= nearParameters*float64(want) {
		return true
	}
	step := 1
	if c.Parameters() > want {
		step = -1
	}
	next := *c
	next.Hidden = slices.Clone(c.Hidden)
	for l := range next.Hidden {
		next.Hidden[l] += step
	}
	if slices.Contains(next.Hidden, 0) {
		return off <= farParameters*float64(want)
	}
	return off <= farParameters*float64(want) && off <= distance(&next, baseline)
}

// nearer reports whether c belongs to baseline a rather than to b, which came
// before.
func nearer(c, a, b *schema.Configuration) bool {
	if own, others := a.Case == c.Case, b.Case == c.Case; own != others {
		return own
	}
	return distance(c, a) < distance(c, b)
}

func distance(a, b *schema.Configuration) float64 {
	return math.Abs(float64(a.Parameters() - b.Parameters()))
}
