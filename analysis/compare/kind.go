package compare

import (
	"cmp"
	"slices"

	"nodal/schema"
)

// Kind says why configurations are compared.
type Kind string

// The kinds of comparison, in the order of a table.
const (
	Article         Kind = "article"          // 100 units in one hidden layer, 11 + 9 in two
	EqualUnits      Kind = "equal_units"      // as many hidden units in more layers
	EqualParameters Kind = "equal_parameters" // nearly as many parameters in more layers
	SameWeights     Kind = "same_weights"     // the same draws under another activation
)

// Kinds returns the kinds in the order of a table.
func Kinds() []Kind { return []Kind{Article, EqualUnits, EqualParameters, SameWeights} }

// KindNames returns the names of the kinds, in that order.
func KindNames() []string {
	var names []string
	for _, k := range Kinds() {
		names = append(names, string(k))
	}
	return names
}

// Title returns the kind in words.
func (k Kind) Title() string { return descriptions[k][0] }

// Note returns in one line what the sides of the kind have in common.
func (k Kind) Note() string { return descriptions[k][1] }

var descriptions = map[Kind][2]string{
	Article:         {"100 units in one layer, 11 + 9 in two", "independent draws"},
	EqualUnits:      {"Equal units", "more layers of as many hidden units in all; independent draws"},
	EqualParameters: {"Equal parameters", "more layers of nearly as many weights and biases in all; independent draws"},
	SameWeights:     {"Same weights", "the same networks under another activation; paired where both were drawn"},
}

// Paired reports whether network i is the same draw on all sides.
func (k Kind) Paired() bool { return k == SameWeights }

// grouped divides configurations into the groups of a kind, each a list of places
// in cs with the baseline first, two or more.
func grouped(kind Kind, cs []schema.Configuration) [][]int {
	var groups [][]int
	switch kind {
	case Article:
		groups = articles(cs)
	case EqualUnits:
		groups = equalUnits(cs)
	case EqualParameters:
		groups = equalParameters(cs)
	case SameWeights:
		groups = sameWeights(cs)
	}
	groups = slices.DeleteFunc(groups, func(g []int) bool { return len(g) < 2 })
	slices.SortStableFunc(groups, func(a, b []int) int { return cmp.Compare(a[0], b[0]) })
	return groups
}

// collect puts the places of configurations with one key together, in order.
func collect[K comparable](places []int, key func(int) K) [][]int {
	var groups [][]int
	at := map[K]int{}
	for _, i := range places {
		k := key(i)
		g, ok := at[k]
		if !ok {
			g = len(groups)
			at[k] = g
			groups = append(groups, nil)
		}
		groups[g] = append(groups[g], i)
	}
	return groups
}

// byDepth returns the places of all configurations, the shallow ones first, else
// in order.
func byDepth(cs []schema.Configuration) []int {
	return sorted(cs, func(c *schema.Configuration) int { return c.Depth() })
}

// sorted returns the places of all configurations by a key, else in order.
func sorted(cs []schema.Configuration, key func(*schema.Configuration) int) []int {
	places := make([]int, len(cs))
	for i := range places {
		places[i] = i
	}
	slices.SortStableFunc(places, func(i, j int) int { return cmp.Compare(key(&cs[i]), key(&cs[j])) })
	return places
}

func articles(cs []schema.Configuration) [][]int {
	var places []int
	for _, i := range byDepth(cs) {
		if h := cs[i].HiddenText(); cs[i].Inputs == 1 && (h == "100" || h == "11-9") {
			places = append(places, i)
		}
	}
	return collect(places, func(i int) setting { return settingOf(&cs[i]) })
}

func equalUnits(cs []schema.Configuration) [][]int {
	type key struct {
		setting
		units int
	}
	groups := collect(byDepth(cs), func(i int) key { return key{settingOf(&cs[i]), cs[i].Units()} })
	for g, places := range groups {
		baseline := places[0]
		groups[g] = slices.DeleteFunc(places, func(i int) bool { return i != baseline && cs[i].Depth() == cs[baseline].Depth() })
	}
	return groups
}

// sameWeights groups configurations of the same layers, laws, grid and
// connectivity by their output: those that share an output activation with another
// of different hidden activation, then those whose output activation is their own.
// The first is the one whose activation comes first in [schema.Activations].
func sameWeights(cs []schema.Configuration) [][]int {
	type key struct {
		setting
		layers string
		own    bool
	}
	shared := func(i int) key {
		s := settingOf(&cs[i])
		s.activation = ""
		return key{setting: s, layers: cs[i].HiddenText()}
	}
	all := sorted(cs, func(c *schema.Configuration) int { return slices.Index(schema.Activations(), c.Activation) })
	var groups [][]int
	var rest []int
	for _, places := range collect(all, shared) {
		if len(places) > 1 {
			groups = append(groups, places)
		} else if c := &cs[places[0]]; c.OutputActivation == c.Activation {
			rest = append(rest, places[0])
		}
	}
	return append(groups, collect(rest, func(i int) key {
		k := shared(i)
		k.outputActivation, k.own = "", true
		return k
	})...)
}
