package compare

import (
	"fmt"
	"strings"
)

// Name returns what a side is called among its group: "4 layers of 12", "2 layers
// (11-9)", "relu".
func (g *Group) Name(i int) string {
	c := &g.Sides[i].Configuration
	switch {
	case g.throughout():
		return string(c.Activation) + " throughout"
	case g.Kind == SameWeights:
		return string(c.Activation)
	case c.Depth() == 0:
		return "no hidden layer"
	case c.Units() == c.Depth()*c.Width():
		return fmt.Sprintf("%s of %d", plural(c.Depth(), "layer"), c.Width())
	}
	return fmt.Sprintf("%s (%s)", plural(c.Depth(), "layer"), c.HiddenText())
}

// does returns a verb as it goes with the name of side i.
func (g *Group) does(i int, verb string) string {
	if g.Kind != SameWeights && g.Sides[i].Configuration.Depth() > 1 {
		return verb
	}
	return map[string]string{"make": "makes", "have": "has"}[verb]
}

// Layers returns the sizes of all layers of side i: "1-11-9-1".
func (g *Group) Layers(i int) string {
	return g.Sides[i].Configuration.LayersText()
}

// Opening says where the comparison of side i holds.
func (g *Group) Opening(i int) string {
	c, baseline := &g.Sides[i].Configuration, &g.Sides[0].Configuration
	switch {
	case g.Kind == EqualUnits:
		return fmt.Sprintf("At %d units, %s: ", c.Units(), g.told)
	case g.Kind == EqualParameters && c.Parameters() == baseline.Parameters():
		return fmt.Sprintf("At %d parameters, %s: ", c.Parameters(), g.told)
	case g.Kind == EqualParameters:
		return fmt.Sprintf("At %d against %d parameters, %s: ", c.Parameters(), baseline.Parameters(), g.told)
	case g.Kind == SameWeights:
		return fmt.Sprintf("%s, %s: ", g.Layers(i), g.told)
	}
	return fmt.Sprintf("With %s: ", g.told)
}

// baseline returns the name of the baseline, as sentences end with it.
func (g *Group) baseline() string {
	if g.Kind == SameWeights {
		return g.Name(0) + " with the same weights"
	}
	return g.Name(0)
}

// sentence says what the comparison of side i with the baseline by measure k
// shows. Every number in it is rounded, and what it claims holds for the rounded
// numbers as for those they come from.
func (g *Group) sentence(i, k int) string {
	return g.Opening(i) + g.claim(i, k) + g.caveats(i) + "."
}

func (g *Group) claim(i, k int) string {
	m, c := g.Measures[k], &g.Sides[i].Comparisons[k]
	a, b := g.Sides[i].Means[k].Value, g.Sides[0].Means[k].Value
	switch c.Verdict {
	case Unknown:
		return g.unknown(i, k)
	case NotSeen:
		what, p := c.printed()
		return fmt.Sprintf("no difference seen in %s between %s and %s (%s against %s %s; 95 %% interval of the %s %s to %s)",
			m.noun, g.Name(i), g.baseline(), number(a, 3), number(b, 3), m.per, what, p.low, p.high)
	}
	statement, join, p := c.statement(m)
	x, y := agreeing(a, b, c.fits(p))
	return fmt.Sprintf("%s %s %s %s %s (95 %% interval %s to %s; %s against %s %s)",
		g.Name(i), g.does(i, m.verb), statement, join, g.baseline(), p.low, p.high, x, y, m.per)
}

// statement returns the difference that was seen, "1.43 times as many crossings"
// or "0.2 more crossings", what joins the baseline to it, and the numbers printed.
func (c *Comparison) statement(m Measure) (text, join string, p printed) {
	what, p := c.printed()
	switch {
	case what == "ratio":
		return fmt.Sprintf(m.times, p.value), m.than, p
	case c.Verdict == Smaller:
		minus := Comparison{Difference: Estimate{-c.Difference.Value, -c.Difference.High, -c.Difference.Low}, Ratio: unknown, Verdict: Larger}
		_, p = minus.printed()
		return fmt.Sprintf(m.less, p.value), "than", p
	}
	return fmt.Sprintf(m.larger, p.value), "than", p
}

// printed returns the ratio as it is printed or, where it has no interval, the
// difference, and which of them it is.
func (c *Comparison) printed() (what string, p printed) {
	claimed := c.Verdict == Larger || c.Verdict == Smaller
	if c.Ratio.Bounded() {
		return "ratio", c.Ratio.print(1, claimed)
	}
	return "difference", c.Difference.print(0, claimed)
}

// Text returns the ratio as the sentences print it, "1.43 (1.39 to 1.47)", or the
// difference with a Δ in front where the ratio has no interval, or "-" where
// neither has.
func (c *Comparison) Text() string {
	what, p := c.printed()
	switch {
	case c.Verdict == Unknown:
		return "-"
	case what == "ratio":
		what = ""
	default:
		what = "Δ "
	}
	return fmt.Sprintf("%s%s (%s to %s)", what, p.value, p.low, p.high)
}

// fits returns a function that says whether two means, as printed, are in the
// order of the verdict and have the ratio or the difference that is printed.
func (c *Comparison) fits(p printed) func(a, b float64) bool {
	return func(a, b float64) bool {
		if (a > b) != (c.Verdict == Larger) || (a < b) != (c.Verdict == Smaller) {
			return false
		}
		if c.Ratio.Bounded() {
			return p.write(a/b, nearest) == p.value
		}
		return p.write(max(a-b, b-a), nearest) == p.value
	}
}

// unknown says why there is no interval, and the means if there are any.
func (g *Group) unknown(i, k int) string {
	side, baseline := &g.Sides[i], &g.Sides[0]
	for _, empty := range []int{i, 0} {
		switch s := &g.Sides[empty]; {
		case s.Networks == 0:
			return fmt.Sprintf("no network of %s yet, nothing to compare %s by", g.Name(empty), g.Measures[k].noun)
		case s.Finite() == 0:
			return fmt.Sprintf("no network of %s is finite, nothing to compare %s by", g.Name(empty), g.Measures[k].noun)
		}
	}
	if !side.Means[k].Known() || !baseline.Means[k].Known() {
		return fmt.Sprintf("no network is finite under both %s and %s, nothing to compare %s by", g.Name(i), g.Name(0), g.Measures[k].noun)
	}
	return fmt.Sprintf("%s: %s for %s, %s for %s; too few networks for an interval (%d and %d)",
		g.Measures[k].noun, number(side.Means[k].Value, 3), g.Name(i), number(baseline.Means[k].Value, 3), g.Name(0), side.Finite(), baseline.Finite())
}

// unresolvedNoted is the share of unresolved networks above which a sentence
// mentions them.
const unresolvedNoted = 0.01

// caveats says what the numbers of side i and the baseline leave out.
func (g *Group) caveats(i int) string {
	a, b := &g.Sides[i], &g.Sides[0]
	text := ""
	if max(a.unresolvedShare(), b.unresolvedShare()) > unresolvedNoted {
		text += fmt.Sprintf("; %s %% and %s %% of the networks are not resolved by their grid",
			number(100*a.unresolvedShare(), 2), number(100*b.unresolvedShare(), 2))
	}
	if a.Nonfinite+b.Nonfinite > 0 {
		text += fmt.Sprintf("; %d and %d networks overflowed and are left out", a.Nonfinite, b.Nonfinite)
	}
	return text
}

// unresolvedShare returns the share of the finite networks that the grid does not
// resolve.
func (s *Side) unresolvedShare() float64 {
	return float64(s.Unresolved) / float64(max(s.Finite(), 1))
}

// Summary returns one sentence on side i against the baseline by all measures, the
// numbers those of its comparisons.
func (g *Group) Summary(i int) string {
	var larger, smaller, same, without []string
	for k, m := range g.Measures {
		c := &g.Sides[i].Comparisons[k]
		switch c.Verdict {
		case NotSeen:
			same = append(same, m.noun)
		case Unknown:
			without = append(without, m.noun)
		case Larger:
			text, _, _ := c.statement(m)
			larger = append(larger, text)
		case Smaller:
			text, _, _ := c.statement(m)
			smaller = append(smaller, text)
		}
	}
	subject := g.Name(i) + " against " + g.Name(0)
	var parts []string
	switch {
	case len(larger) > 0 && len(smaller) > 0:
		subject += ", it depends on the measure"
		parts = append(parts, listed(larger)+", but "+listed(smaller))
	case len(larger)+len(smaller) > 0:
		parts = append(parts, listed(append(larger, smaller...)))
	}
	if len(same) > 0 {
		parts = append(parts, "no difference seen in "+listed(same))
	}
	if len(without) > 0 {
		parts = append(parts, "no interval for "+listed(without))
	}
	return subject + ": " + strings.Join(parts, "; ") + g.caveats(i) + "."
}

// listed returns "a, b and c".
func listed(items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	last := len(items) - 1
	return strings.Join(items[:last], ", ") + " and " + items[last]
}
