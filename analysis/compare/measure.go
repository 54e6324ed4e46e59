package compare

import (
	"slices"
	"strings"

	"nodal/schema"
)

// Measure is a number of a network whose mean is compared, and the words for it.
type Measure struct {
	Name string // a column of the rows, or two_or_more, range

	value func(*schema.Row) float64
	plane bool // of interest with two inputs

	verb   string // make or have
	times  string // "%s times as many crossings": a ratio
	than   string // what joins the other side to it: "as" or "of"
	larger string // "%s more crossings": a difference
	less   string // "%s fewer crossings": a negative one
	noun   string // "crossings"
	per    string // what a mean is per: "per network"
}

// Title returns the name in words.
func (m Measure) Title() string { return strings.ReplaceAll(m.Name, "_", " ") }

// measures are all measures. two_or_more is 1 for a network with two crossings
// or more, else 0; range is value_max - value_min; the others are columns.
var measures = []Measure{
	counted("crossings", false, func(r *schema.Row) float64 { return float64(r.Crossings) }),
	{
		Name: "two_or_more", value: twoOrMore,
		verb: "have", times: "two or more crossings %s times as often", than: "as",
		larger: "two or more crossings in a share of networks larger by %s", less: "two or more crossings in a share of networks smaller by %s",
		noun: "the share with two or more crossings", per: "of networks",
	},
	counted("turning_points", false, func(r *schema.Row) float64 { return float64(r.TurningPoints) }),
	averaged("range", false, func(r *schema.Row) float64 { return r.ValueMax - r.ValueMin }),
	averaged("roughness", false, func(r *schema.Row) float64 { return r.Roughness }),
	counted("regions", true, func(r *schema.Row) float64 { return float64(r.Regions) }),
	counted("islands", true, func(r *schema.Row) float64 { return float64(r.Islands) }),
	averaged("boundary_length", true, func(r *schema.Row) float64 { return r.BoundaryLength }),
}

func twoOrMore(r *schema.Row) float64 {
	if r.Crossings >= 2 {
		return 1
	}
	return 0
}

func counted(name string, plane bool, value func(*schema.Row) float64) Measure {
	noun := strings.ReplaceAll(name, "_", " ")
	return Measure{
		Name: name, value: value, plane: plane,
		verb: "make", times: "%s times as many " + noun, than: "as",
		larger: "%s more " + noun, less: "%s fewer " + noun,
		noun: noun, per: "per network",
	}
}

func averaged(name string, plane bool, value func(*schema.Row) float64) Measure {
	noun := "mean " + strings.ReplaceAll(name, "_", " ")
	return Measure{
		Name: name, value: value, plane: plane,
		verb: "have", times: "%s times the " + noun, than: "of",
		larger: "a " + noun + " larger by %s", less: "a " + noun + " smaller by %s",
		noun: noun, per: "on average",
	}
}

// MeasureNames returns the names of all measures, in order.
func MeasureNames() []string {
	names := make([]string, len(measures))
	for i, m := range measures {
		names[i] = m.Name
	}
	return names
}

// brief are the measures of a brief table with two inputs.
var brief = []string{"roughness", "regions", "islands", "boundary_length"}

// measured returns which measures to compare for networks of so many inputs, by
// their places in measures: those named, in the order of measures, or all that
// say something about such networks. With one input regions, islands and boundary
// length say what crossings say.
func measured(o Options, inputs int) []int {
	names := o.Measures
	if len(names) == 0 && o.Brief && inputs > 1 {
		names = brief
	}
	var places []int
	for i, m := range measures {
		if slices.Contains(names, m.Name) || len(names) == 0 && (inputs > 1 || !m.plane) {
			places = append(places, i)
		}
	}
	return places
}
