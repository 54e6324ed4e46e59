package main

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"nodal/analysis/compare"
	"nodal/report/number"
)

// axis maps numbers to the columns of a chart.
type axis struct {
	low, high float64
	width     int // columns
	log       bool
}

// newAxis returns an axis that has room for all estimates; ok is false if none of
// them has a number.
func newAxis(estimates []compare.Estimate, width int, log bool) (a axis, ok bool) {
	a = axis{low: math.Inf(1), high: math.Inf(-1), width: width, log: log}
	for _, e := range estimates {
		for _, x := range []float64{e.Value, e.Low, e.High} {
			if !math.IsNaN(x) && (!log || x > 0) {
				a.low, a.high = min(a.low, x), max(a.high, x)
			}
		}
	}
	return a, a.low <= a.high
}

// at returns the column of x, the nearest if it is off the axis.
func (a axis) at(x float64) int {
	low, high := a.low, a.high
	if a.log {
		x, low, high = math.Log(x), math.Log(low), math.Log(high)
	}
	if !(high > low) {
		return a.width / 2
	}
	share := min(max((x-low)/(high-low), 0), 1)
	return int(math.Round(share * float64(a.width-1)))
}

// ends returns the line above a chart: the numbers at its two ends, or one in the
// middle.
func (a axis) ends() string {
	low, high := number.Short(a.low), number.Short(a.high)
	if a.low == a.high {
		return centred(low, a.width/2, a.width)
	}
	return low + strings.Repeat(" ", max(a.width-len(low)-len(high), 1)) + high
}

// centred returns text around a column of a line of some width.
func centred(text string, column, width int) string {
	left := min(max(column-len(text)/2, 0), max(width-len(text), 0))
	return strings.Repeat(" ", left) + text
}

// draw returns a line of the chart: the number as a dot on the bar of its
// interval, and a dotted line where mark is.
func (a axis) draw(e compare.Estimate, mark float64) string {
	cells := []rune(strings.Repeat(" ", a.width))
	if !math.IsNaN(mark) {
		cells[a.at(mark)] = '┊'
	}
	if e.Bounded() {
		from, to := a.at(e.Low), a.at(e.High)
		for i := from; i <= to; i++ {
			cells[i] = '─'
		}
		cells[from], cells[to] = '├', '┤'
	}
	if e.Known() {
		cells[a.at(e.Value)] = '●'
	}
	return string(cells)
}

// writeDepthCharts draws a chart for each measure: sides down, means across, and
// beside them the ratio to the first.
func writeDepthCharts(b *strings.Builder, g *compare.Group, width int) {
	label := 0
	for i := range g.Sides {
		label = max(label, utf8.RuneCountInString(g.Name(i)))
	}
	const mean = 8
	chart := max(width-indentation-label-mean-ratioWidth(g)-5, narrowestChart)
	for k, m := range g.Measures {
		var means []compare.Estimate
		for i := range g.Sides {
			means = append(means, g.Sides[i].Means[k])
		}
		a, ok := newAxis(means, chart, false)
		if !ok {
			fmt.Fprintf(b, "%s: no finite network\n", m.Title())
			continue
		}
		title := padded(m.Title(), indentation+label+1+mean)
		writeLine(b, fmt.Sprintf("%s  %s  %s", title, padded(a.ends(), chart), ratioTitle))
		for i := range g.Sides {
			against := ""
			if i > 0 {
				against = g.Sides[i].Comparisons[k].Text()
			}
			writeLine(b, fmt.Sprintf("  %s %*s  %s  %s", padded(g.Name(i), label), mean, means[i].Text(), a.draw(means[i], means[0].Value), against))
		}
	}
}

// writePairChart draws the ratios of two sides: measures down, on one logarithmic
// axis, with a dotted line at 1.
func writePairChart(b *strings.Builder, g *compare.Group, width int) {
	const label, mean = 15, 8
	ratio := ratioWidth(g)
	chart := max(width-label-2*(mean+1)-ratio-4, narrowestChart)
	ratios := []compare.Estimate{{Value: 1, Low: 1, High: 1}}
	for _, c := range g.Sides[1].Comparisons {
		ratios = append(ratios, c.Ratio)
	}
	a, _ := newAxis(ratios, chart, true)
	head := fmt.Sprintf("%s %*s %*s  %s  ", padded("", label), mean, "mean", mean, "against", padded("ratio", ratio))
	writeLine(b, head+centred("1", a.at(1), chart))
	for k, m := range g.Measures {
		c := &g.Sides[1].Comparisons[k]
		writeLine(b, fmt.Sprintf("%s %*s %*s  %s  %s", padded(m.Title(), label), mean, g.Sides[1].Means[k].Text(), mean, g.Sides[0].Means[k].Text(),
			padded(c.Text(), ratio), a.draw(c.Ratio, 1)))
	}
}

// narrowestChart is how wide a chart is at least.
const narrowestChart = 9

// ratioWidth returns how wide the column of ratios of a group is.
func ratioWidth(g *compare.Group) int {
	width := utf8.RuneCountInString(ratioTitle)
	for i := range g.Sides {
		for k := range g.Sides[i].Comparisons {
			width = max(width, utf8.RuneCountInString(g.Sides[i].Comparisons[k].Text()))
		}
	}
	return width
}

// ratioTitle stands above the ratios of a group.
const ratioTitle = "ratio to the first"

func padded(text string, width int) string {
	return text + strings.Repeat(" ", max(width-utf8.RuneCountInString(text), 0))
}

func writeLine(b *strings.Builder, text string) { b.WriteString(strings.TrimRight(text, " ") + "\n") }
