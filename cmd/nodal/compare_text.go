package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"

	"nodal/analysis/compare"
	"nodal/report/number"
)

// Widths of text: charts fill a terminal as far as lines stay easy to follow.
const (
	plainWidth  = 80 // where there is no terminal
	widestText  = 110
	narrowest   = 72
	indentation = 2
)

// writeComparisons prints comparisons for people: for every group a chart and a
// sentence for each side.
func writeComparisons(w io.Writer, t *compare.Table) error {
	if len(t.Groups) == 0 {
		return nil
	}
	width := textWidth(w)
	var b strings.Builder
	for i := range t.Groups {
		g := &t.Groups[i]
		if i == 0 || t.Groups[i-1].Kind != g.Kind {
			b.WriteString(rule("━", g.Kind.Title(), width) + g.Kind.Note() + "\n\n")
		}
		if i == 0 || t.Groups[i-1].Kind != g.Kind || t.Groups[i-1].Setting() != g.Setting() {
			b.WriteString(wrap(g.Setting(), width, 0) + "\n")
		}
		writeGroup(&b, g, width)
	}
	b.WriteString(comparisonNotes(t, width))
	_, err := io.WriteString(w, b.String())
	return err
}

// textWidth returns how wide the text for w may be.
func textWidth(w io.Writer) int {
	if file, ok := w.(interface{ Fd() uintptr }); ok {
		if width, _, err := term.GetSize(int(file.Fd())); err == nil {
			return min(max(width, narrowest), widestText)
		}
	}
	return plainWidth
}

func writeGroup(b *strings.Builder, g *compare.Group, width int) {
	if title := groupTitle(g) + "; " + groupNetworks(g); utf8.RuneCountInString(title)+4 <= width {
		b.WriteString(rule("─", title, width))
	} else {
		b.WriteString(wrap(rule("─", groupTitle(g), 0), width, indentation+1) + wrap(groupNetworks(g), width, 0))
	}
	if len(g.Sides) == 2 {
		writePairChart(b, g, width)
	} else {
		writeDepthCharts(b, g, width)
	}
	b.WriteByte('\n')
	for i := range g.Sides[1:] {
		b.WriteString(wrap(g.Summary(1+i), width, indentation))
	}
	b.WriteString("\n")
}

// rule returns a line with a title in it.
func rule(line, title string, width int) string {
	return strings.Repeat(line, 2) + " " + title + " " + strings.Repeat(line, max(width-4-utf8.RuneCountInString(title), 0)) + "\n"
}

// groupTitle says what the sides of a group share, and of two sides which they are.
func groupTitle(g *compare.Group) string {
	first := &g.Sides[0].Configuration
	title := ""
	switch g.Kind {
	case compare.EqualUnits:
		title = number.Count(int64(first.Units())) + " units"
	case compare.EqualParameters:
		var counts []string
		for i := range g.Sides {
			counts = append(counts, number.Count(g.Sides[i].Configuration.Parameters()))
		}
		title = strings.Join(counts, ", ") + " parameters"
		if len(counts) == 2 {
			title = counts[1] + " against " + counts[0] + " parameters"
		}
		if slices.Max(counts) == slices.Min(counts) {
			title = counts[0] + " parameters"
		}
	case compare.SameWeights:
		title = g.Layers(0)
	}
	if len(g.Sides) == 2 {
		title = strings.TrimPrefix(title+": ", ": ") + g.Name(1) + " against " + g.Name(0)
	}
	return title
}

// groupNetworks says how many networks the sides have.
func groupNetworks(g *compare.Group) string {
	var counts []string
	alike := true
	for i := range g.Sides {
		counts = append(counts, number.Count(g.Sides[i].Networks))
		alike = alike && counts[i] == counts[0]
	}
	if alike {
		return counts[0] + " networks each"
	}
	return strings.Join(counts, ", ") + " networks"
}

// comparisonNotes says how the numbers are to be read.
func comparisonNotes(t *compare.Table, width int) string {
	comparisons := 0
	for i := range t.Groups {
		comparisons += (len(t.Groups[i].Sides) - 1) * len(t.Groups[i].Measures)
	}
	return wrap(fmt.Sprintf("Each interval is a 95 %% interval on its own, of %s comparisons here: where nothing differs, about one in twenty shows a difference all the same.", number.Count(int64(comparisons))), width, 0) +
		wrap(fmt.Sprintf("Bootstrap over blocks of networks, %s resamples, seed %d. Δ is a difference, where the ratio has no interval. --format csv has every comparison in one sentence.", number.Count(int64(t.Resamples)), t.Seed), width, 0)
}

// wrap breaks text into lines of at most width runes, if its words allow, and
// indents all but the first.
func wrap(text string, width, indent int) string {
	var b strings.Builder
	column := 0
	for i, word := range strings.Fields(text) {
		n := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case column+1+n > width:
			b.WriteString("\n" + strings.Repeat(" ", indent))
			column = indent
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += n
	}
	b.WriteByte('\n')
	return b.String()
}
