package report

import (
	"nodal/analysis/compare"
	"nodal/report/page"
)

// questions are what comparisons answer, by kind.
var questions = map[compare.Kind]string{
	compare.Article:         "Are 11 + 9 units in two layers as rich as 100 in one?",
	compare.EqualUnits:      "With as many hidden units in more layers, what changes?",
	compare.EqualParameters: "With as many weights and biases in more layers, what changes?",
	compare.SameWeights:     "With the same weights under another activation, what changes?",
}

// answers returns one answer for each kind of comparison that the dataset has, with a
// sentence for each side.
func answers(t *compare.Table) []page.Answer {
	var all []page.Answer
	for _, kind := range compare.Kinds() {
		a := page.Answer{Question: questions[kind], Paired: kind.Paired()}
		for i := range t.Groups {
			g := &t.Groups[i]
			if g.Kind != kind {
				continue
			}
			for _, side := range compared(g) {
				a.Sentences = append(a.Sentences, g.Opening(side)+g.Summary(side))
			}
		}
		if len(a.Sentences) > 0 {
			all = append(all, a)
		}
	}
	return all
}

// compared returns the sides of a group that have networks to compare with the
// baseline's.
func compared(g *compare.Group) []int {
	var sides []int
	for side := 1; side < len(g.Sides) && g.Sides[0].Finite() > 0; side++ {
		if g.Sides[side].Finite() > 0 {
			sides = append(sides, side)
		}
	}
	return sides
}

// setting says what the sides of a group have in common: of the same weights also the
// layers, which the names of the sides leave out.
func setting(g *compare.Group) string {
	if g.Kind.Paired() {
		return g.Layers(0) + ", " + g.Setting()
	}
	return g.Setting()
}

// comparisons returns every measure of every side.
func comparisons(t *compare.Table) []page.Comparison {
	var all []page.Comparison
	for i := range t.Groups {
		g := &t.Groups[i]
		for _, side := range compared(g) {
			for k, m := range g.Measures {
				c := &g.Sides[side].Comparisons[k]
				p := page.Comparison{Kind: g.Kind.Title(), Setting: setting(g),
					Side: g.Name(side), Baseline: g.Name(0), Measure: m.Title(),
					Networks: g.Sides[side].Finite(), Depth: g.Sides[side].Configuration.Depth(),
					Text: c.Text(), Sentence: c.Sentence}
				if c.Ratio.Bounded() {
					p.Ratio = page.Interval{Value: c.Ratio.Value, Low: c.Ratio.Low, High: c.Ratio.High, Known: true}
				}
				all = append(all, p)
			}
		}
	}
	return all
}
