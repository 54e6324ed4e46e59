package report

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"nodal/report/chart"
	"nodal/report/number"
	"nodal/report/page"
)

// heatMaps shows means over depth and width: a figure for each column of each family, its
// activation and law, that has more than one of both.
func (p *plotter) heatMaps() []File {
	var files []File
	for _, f := range p.families() {
		for _, part := range f.alike() {
			t, ok := tabulated(part.lines)
			if !ok {
				continue
			}
			for _, column := range p.columns(f.lines[0].Inputs) {
				name := string(column)
				h := chart.HeatMap{Style: p.style("Depth against width: "+words(name), part.shared(), part.networks()+"; means"),
					Column: words(name), RowLabel: "hidden layers", ColumnLabel: t.label, Columns: t.columnNames()}
				for i, depth := range t.depths {
					h.Rows = append(h.Rows, strconv.Itoa(depth))
					row := make([]chart.Value, len(t.columns))
					for k, line := range t.cells[i] {
						if line != nil {
							m := meanOf(p.seen.mean(p.seen.tallies[line.ID], column))
							row[k] = chart.Value(m)
						}
					}
					h.Values = append(h.Values, row)
				}
				file := fmt.Sprintf("%s-heat-%s", part.file, dashed(name))
				files = append(files, stills(p.options, file, figureWidth, tallFor(len(t.depths), 70), func() chart.Figure { return h })...)
			}
		}
	}
	return files
}

// alike divides a family into those that differ in their hidden layers alone.
func (f family) alike() []family {
	var parts []family
	at := map[string]int{}
	for _, line := range f.lines {
		key := fmt.Sprint(line.Outputs, line.Activation, line.OutputActivation, line.Weights, line.Biases, line.Grid)
		k, ok := at[key]
		if !ok {
			k = len(parts)
			at[key] = k
			parts = append(parts, family{name: f.name, file: f.file + "-" + line.Activation})
		}
		parts[k].lines = append(parts[k].lines, line)
	}
	files, ids := make([]string, len(parts)), make([]string, len(parts))
	for i := range parts {
		files[i], ids[i] = parts[i].file, parts[i].lines[0].ID
	}
	for i, file := range told(files, ids) {
		parts[i].file = file
	}
	return parts
}

// tabulation is configurations in a table of depth and one measure of size.
type tabulation struct {
	label   string
	depths  []int
	columns []int64
	cells   [][]*page.Configuration // [depths][columns], nil where there is none
}

// sizes are the measures of size, of which a table takes the one with the fewest
// different values.
var sizes = []struct {
	label string
	of    func(*page.Configuration) int64
}{
	{"units of the widest layer", func(c *page.Configuration) int64 { return int64(c.Width) }},
	{"hidden units in all", func(c *page.Configuration) int64 { return int64(c.Units) }},
	{"parameters, about", func(c *page.Configuration) int64 { return roundedSize(c.Parameters) }},
}

// roundedSize rounds a number of parameters so that those of one budget agree: to the
// nearest of 24 steps to a factor of ten.
func roundedSize(n int64) int64 {
	step := math.Round(24 * math.Log10(float64(n)))
	x := math.Pow(10, step/24)
	digit := math.Pow(10, math.Floor(math.Log10(x))-1)
	return int64(math.Round(math.Round(x/digit) * digit))
}

// tabulated returns the table of some configurations, and false unless it has two rows
// and columns and no two configurations in a cell.
func tabulated(lines []*page.Configuration) (t tabulation, ok bool) {
	for _, size := range sizes {
		candidate, fits := tabulatedBy(lines, size.label, size.of)
		if fits && (!ok || len(candidate.columns) < len(t.columns)) {
			t, ok = candidate, true
		}
	}
	return t, ok
}

func tabulatedBy(lines []*page.Configuration, label string, size func(*page.Configuration) int64) (tabulation, bool) {
	t := tabulation{label: label}
	for _, line := range lines {
		if line.Depth > 0 {
			t.depths = append(t.depths, line.Depth)
			t.columns = append(t.columns, size(line))
		}
	}
	slices.Sort(t.depths)
	slices.Sort(t.columns)
	t.depths, t.columns = slices.Compact(t.depths), slices.Compact(t.columns)
	if len(t.depths) < 2 || len(t.columns) < 2 {
		return t, false
	}
	for range t.depths {
		t.cells = append(t.cells, make([]*page.Configuration, len(t.columns)))
	}
	for _, line := range lines {
		if line.Depth == 0 {
			continue
		}
		cell := &t.cells[slices.Index(t.depths, line.Depth)][slices.Index(t.columns, size(line))]
		if *cell != nil {
			return t, false
		}
		*cell = line
	}
	return t, true
}

func (t *tabulation) columnNames() []string {
	names := make([]string, len(t.columns))
	for i, c := range t.columns {
		names[i] = number.Count(c)
	}
	return names
}
