package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"

	"golang.org/x/term"

	"nodal/analysis"
	"nodal/report/number"
)

// view says how to print a summary.
type view struct {
	keepAll bool   // every column of the groups, not only those that tell them apart
	fine    bool   // what finer grids would show, where the grid is too coarse
	warning string // about grids that are too coarse, or ""
}

// writeText prints a summary for people: one line a group where it fits the
// terminal, else the quantiles on a second line.
func writeText(w io.Writer, t *analysis.Table, v view) error {
	if len(t.Groups) == 0 {
		_, err := fmt.Fprintln(w, "no networks yet")
		return err
	}
	columns := labels(t)
	if !v.keepAll {
		columns = telling(columns, len(t.Groups))
	}
	for i := range columns {
		columns[i].measure()
	}
	one := layOut(t, columns, true)
	if file, ok := w.(interface{ Fd() uintptr }); ok {
		if width, _, err := term.GetSize(int(file.Fd())); err == nil && longestLine(one) > width {
			one = layOut(t, columns, false)
		}
	}
	one += footnotes(t)
	if v.warning != "" {
		one += v.warning + "\n"
	}
	one += fineTables(t, columns, v.fine)
	_, err := io.WriteString(w, one)
	return err
}

// label is a column that says which group a line is about.
type label struct {
	name   string
	values []string // one for each group
	width  int      // of a column of words, 0 for one of numbers
}

// measure finds the width of the column.
func (l *label) measure() {
	width, words := len(l.name), false
	for _, v := range l.values {
		_, err := strconv.ParseFloat(v, 64)
		words = words || err != nil
		width = max(width, len(v))
	}
	if words {
		l.width = width
	}
}

// padded returns text filled up to the width of the column.
func (l *label) padded(text string) string { return fmt.Sprintf("%-*s", l.width, text) }

// labels returns the columns of a summary as text. Inputs, hidden layers and
// outputs together read as layers, "1-11-9-1".
func labels(t *analysis.Table) []label {
	at := make(map[string]int)
	for i, c := range t.Columns {
		at[c.Name] = i
	}
	_, inputs := at["inputs"]
	_, hidden := at["hidden"]
	_, outputs := at["outputs"]
	layered := inputs && hidden && outputs
	var all []label
	for i, c := range t.Columns {
		if layered && (c.Name == "hidden" || c.Name == "outputs") {
			continue
		}
		l := label{name: c.Name}
		for _, g := range t.Groups {
			text := fmt.Sprint(g.Key[i])
			if layered && c.Name == "inputs" {
				l.name = "layers"
				text = strings.ReplaceAll(fmt.Sprintf("%v-%v-%v", g.Key[i], g.Key[at["hidden"]], g.Key[at["outputs"]]), "--", "-")
			}
			l.values = append(l.values, text)
		}
		all = append(all, l)
	}
	return all
}

// telling returns the columns that are needed to tell the groups apart: case
// and layers, then each that differs between groups which look alike so far,
// the identifier last.
func telling(all []label, groups int) []label {
	var kept, rest, last []label
	for _, l := range all {
		switch l.name {
		case "case_name", "layers":
			kept = append(kept, l)
		case "config_id":
			last = append(last, l)
		default:
			rest = append(rest, l)
		}
	}
	for _, l := range append(rest, last...) {
		if tellsMore(l, kept, groups) {
			kept = append(kept, l)
		}
	}
	return kept
}

// tellsMore reports whether l differs between groups that agree in kept.
func tellsMore(l label, kept []label, groups int) bool {
	seen := make(map[string]string)
	for g := range groups {
		key := ""
		for _, k := range kept {
			key += k.values[g] + "\x00"
		}
		if first, ok := seen[key]; ok && first != l.values[g] {
			return true
		}
		seen[key] = l.values[g]
	}
	return false
}

// layOut returns the table. In one line, quantiles stand beside the mean, else
// below it. Words are aligned left, numbers right.
func layOut(t *analysis.Table, columns []label, oneLine bool) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	writeHeader(w, t.Statistics, columns, oneLine)
	for i, g := range t.Groups {
		line, below := "", strings.Repeat("\t", len(columns)+2)
		for _, c := range columns {
			line += c.padded(c.values[i]) + "\t"
		}
		line += fmt.Sprintf("%s\t%s\t", number.Count(g.Networks), number.Share(g.Unresolved, g.Finite()))
		for _, s := range g.Statistics {
			quantiles, mean := fmt.Sprintf("%s/%s/%s", number.Short(s.Q05), number.Short(s.Q50), number.Short(s.Q95)), meanAndError(s)
			if s.Networks == 0 {
				quantiles, mean = "-", "-"
			}
			line += mean + "\t"
			if oneLine {
				line += quantiles + "\t"
			}
			below += quantiles + "\t"
		}
		fmt.Fprintln(w, line)
		if !oneLine {
			fmt.Fprintln(w, below)
		}
	}
	w.Flush()
	return b.String()
}

// writeHeader writes the two lines above the groups.
func writeHeader(w io.Writer, statistics []string, columns []label, oneLine bool) {
	titles, units := strings.Repeat("\t", len(columns)+2), ""
	for _, c := range columns {
		units += c.padded(c.name) + "\t"
	}
	units += "networks\tunresolved\t"
	for _, name := range statistics {
		titles += strings.ReplaceAll(name, "_", " ") + "\t"
		units += "mean ± se\t"
		if oneLine {
			titles += "\t"
			units += "5/50/95 %\t"
		}
	}
	fmt.Fprintf(w, "%s\n%s\n", titles, units)
}

// footnotes says what the numbers leave out.
func footnotes(t *analysis.Table) string {
	var nonfinite int64
	for _, g := range t.Groups {
		nonfinite += g.Nonfinite
	}
	notes := "\nunresolved: networks whose counts change on every second grid point, or whose islands cannot exist; their grid may be too coarse\n"
	if optional := t.Statistics[len(analysis.StatisticNames()):]; len(optional) > 0 {
		notes += strings.ReplaceAll(strings.Join(optional, ", "), "_", " ") + ": of the networks that have them\n"
	}
	if nonfinite > 0 {
		notes += fmt.Sprintf("%s networks overflowed (status nonfinite) and are left out\n", number.Count(nonfinite))
	}
	return notes
}

// meanAndError returns "1.026 ± 0.004": the mean to the digit where its error
// has two, at most six decimals.
func meanAndError(s analysis.Statistic) string {
	return number.Estimated(s.Mean, s.StandardError, s.Networks)
}

func longestLine(text string) int {
	longest := 0
	for line := range strings.Lines(text) {
		longest = max(longest, len([]rune(strings.TrimRight(line, "\n"))))
	}
	return longest
}
