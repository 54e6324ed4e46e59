package main

import (
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"nodal/analysis/theory"
	"nodal/dataset"
	"nodal/report/number"
	"nodal/schema"
)

// theoryRecord is a line of theory against measurement as csv, json and parquet have
// it. Numbers that do not exist are null.
type theoryRecord struct {
	CaseName         string   `json:"case_name" parquet:"case_name"`
	ConfigID         string   `json:"config_id" parquet:"config_id"`
	Inputs           int32    `json:"inputs" parquet:"inputs"`
	Outputs          int32    `json:"outputs" parquet:"outputs"`
	Depth            int32    `json:"depth" parquet:"depth"`
	Width            int32    `json:"width" parquet:"width"`
	Hidden           string   `json:"hidden" parquet:"hidden"`
	Activation       string   `json:"activation" parquet:"activation"`
	Weights          string   `json:"weights" parquet:"weights"`
	Biases           string   `json:"biases" parquet:"biases"`
	GridFrom         float64  `json:"grid_from" parquet:"grid_from"`
	GridTo           float64  `json:"grid_to" parquet:"grid_to"`
	Resolution       int32    `json:"resolution" parquet:"resolution"`
	Column           string   `json:"column" parquet:"column"`
	Networks         int64    `json:"networks" parquet:"networks"`
	Mean             *float64 `json:"mean" parquet:"mean"`
	StandardError    *float64 `json:"standard_error" parquet:"standard_error"`
	InfiniteWidth    *float64 `json:"infinite_width" parquet:"infinite_width"`
	InfiniteWidthErr *float64 `json:"infinite_width_error" parquet:"infinite_width_error"`
	OnGrid           *float64 `json:"on_grid" parquet:"on_grid"`
	OnGridErr        *float64 `json:"on_grid_error" parquet:"on_grid_error"`
	Z                *float64 `json:"z" parquet:"z"`
	Note             string   `json:"note" parquet:"note"`
	Variance         *float64 `json:"variance_fixed_point" parquet:"variance_fixed_point"`
	Chi              *float64 `json:"chi" parquet:"chi"`
	DepthScale       *float64 `json:"correlation_depth" parquet:"correlation_depth"`
	EdgeOfChaos      *float64 `json:"edge_of_chaos" parquet:"edge_of_chaos"`
}

// newTheoryRecord returns the record of a line.
func newTheoryRecord(l *theory.Line, known meanFields) theoryRecord {
	d := l.Configuration.Describe("", 0)
	r := theoryRecord{CaseName: d.CaseName, ConfigID: d.ConfigID, Inputs: d.Inputs, Outputs: d.Outputs, Depth: d.Depth, Width: d.Width,
		Hidden: d.Hidden, Activation: d.Activation, Weights: d.Weights, Biases: d.Biases,
		GridFrom: d.GridFrom, GridTo: d.GridTo, Resolution: d.Resolution,
		Column: l.Column, Networks: l.Networks, Note: l.Note}
	if l.Networks > 0 {
		r.Mean = &l.Mean
	}
	if l.Networks > 1 {
		r.StandardError = &l.StandardError
	}
	if l.Limit != nil {
		r.InfiniteWidth, r.InfiniteWidthErr = &l.Limit.Value, &l.Limit.Error
	}
	if l.Grid != nil {
		r.OnGrid, r.OnGridErr = &l.Grid.Value, &l.Grid.Error
	}
	if z, ok := l.Deviation(); ok {
		r.Z = &z
	}
	f := known.of(l.Configuration)
	r.Variance, r.Chi, r.DepthScale, r.EdgeOfChaos = f.variance, f.chi, f.depth, f.edge
	return r
}

// theoryWriters writes theory against measurement in each format.
var theoryWriters = map[string]func(io.Writer, []theory.Line) error{
	"text":     writeTheoryText,
	"markdown": writeTheoryMarkdown,
	"csv":      func(w io.Writer, l []theory.Line) error { return encodeCSV(w, theoryRecords(l)) },
	"json":     func(w io.Writer, l []theory.Line) error { return encodeJSON(w, theoryRecords(l)) },
	"parquet":  func(w io.Writer, l []theory.Line) error { return encodeParquet(w, theoryRecords(l)) },
}

func theoryRecords(lines []theory.Line) reflect.Value {
	records, known := make([]theoryRecord, len(lines)), meanFields{}
	for i := range lines {
		records[i] = newTheoryRecord(&lines[i], known)
	}
	return reflect.ValueOf(records)
}

// againstTheory prints what was measured of a dataset against what theory says.
func againstTheory(cmd *cobra.Command, dir string, f summarizeFlags) error {
	write, known := theoryWriters[f.format]
	if !known {
		return usageError{fmt.Errorf("--format: got %q, want text, csv, json, parquet or markdown", f.format)}
	}
	if err := f.refineFlags.check(); err != nil {
		return err
	}
	if err := checkWorkers(f.workers); err != nil {
		return err
	}
	if len(f.by) > 0 {
		return usageError{errors.New("--by with --theory: theory speaks of single configurations; leave one of them out")}
	}
	if f.refine {
		return usageError{errors.New("--refine with --theory: theory speaks of the dataset's own grids; leave one of them out")}
	}
	out := cmd.OutOrStdout()
	if f.format == "parquet" && isTerminal(out) {
		return usageError{errors.New("--format parquet writes bytes: send them to a file, nodal summarize DIR --theory --format parquet > theory.parquet")}
	}
	reader, err := dataset.Open(dir, dataset.Options{Vet: vetInChild})
	if err != nil {
		return err
	}
	if err := sayUnfinished(cmd.ErrOrStderr(), dir, reader); err != nil {
		return err
	}
	lines, err := theory.Agreement(reader.Plan().Configurations, reader.Rows())
	if err != nil {
		return err
	}
	return write(out, lines)
}

// theoryCells returns a line as text: configuration, column, measured, infinite
// width, on this grid, z and note.
func theoryCells(l *theory.Line) []string {
	c := l.Configuration
	cells := []string{c.Case, c.LayersText(), string(c.Activation),
		strings.ReplaceAll(l.Column, "_", " "), "-", "-", "-", "-", l.Note}
	if l.Networks > 0 {
		cells[4] = number.Estimated(l.Mean, l.StandardError, l.Networks)
	}
	for i, v := range []*theory.Value{l.Limit, l.Grid} {
		if v != nil {
			cells[5+i] = predictedText(*v, l.StandardError)
		}
	}
	if z, ok := l.Deviation(); ok {
		cells[7] = fmt.Sprintf("%+.1f", z)
	}
	return cells
}

// predictedText returns a prediction with a digit more than a mean of that standard
// error has.
func predictedText(v theory.Value, standardError float64) string {
	decimals := 4
	if standardError > 0 {
		decimals = min(max(2-int(math.Floor(math.Log10(standardError))), 0), 6)
	}
	return number.Decimal(v.Value, decimals)
}

var theoryTitles = []string{"case_name", "layers", "activation", "column", "measured", "infinite width", "on this grid", "z", ""}

// writeTheoryText prints a table for people, words aligned left and numbers right. A
// configuration is named once.
func writeTheoryText(out io.Writer, lines []theory.Line) error {
	if len(lines) == 0 {
		_, err := fmt.Fprintln(out, "no configurations")
		return err
	}
	table := [][]string{theoryTitles}
	for i := range lines {
		cells := theoryCells(&lines[i])
		if i > 0 && lines[i].Configuration == lines[i-1].Configuration {
			cells[0], cells[1], cells[2] = "", "", ""
		}
		table = append(table, cells)
	}
	widths := make([]int, len(theoryTitles)-1)
	for _, cells := range table {
		for i := range widths {
			widths[i] = max(widths[i], utf8.RuneCountInString(cells[i]))
		}
	}
	var b strings.Builder
	for _, cells := range table {
		line := ""
		for i, width := range widths {
			pad := strings.Repeat(" ", width-utf8.RuneCountInString(cells[i]))
			if i < theoryWords {
				line += cells[i] + pad + "  "
			} else {
				line += pad + cells[i] + "  "
			}
		}
		b.WriteString(strings.TrimRight(line+cells[len(widths)], " ") + "\n")
	}
	_, err := io.WriteString(out, b.String()+theoryNotes+widthText(lines, "")+meanFieldText(lines, ""))
	return err
}

// theoryWords is how many columns of the table are words.
const theoryWords = 4

// theoryNotes says how to read the table.
const theoryNotes = `
measured        mean ± standard error over the networks whose values are finite
infinite width  expected of the Gaussian process that the outputs of wide networks become
on this grid    expected of what the grid sees of it
z               (measured - on this grid) / standard error; infinite width where the grid does not matter
Networks of finite width lie off by about a constant over the width, often below for crossings, and more at
greater depth. With enough networks z shows it, however right the limit is.
`

// widthText says how means approach the limit, where there are several widths.
func widthText(lines []theory.Line, mark string) string {
	effects := theory.WidthEffects(lines)
	if len(effects) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("\nfinite width: measured ≈ prediction · (1 + a/width), fitted to widths of 16 and more\n")
	if mark != "" {
		b.WriteString("\n")
	}
	for _, e := range effects {
		c := e.Configuration
		widths := strings.ReplaceAll(strings.Trim(fmt.Sprint(e.Widths), "[]"), " ", ", ")
		fmt.Fprintf(&b, "%s%s, weights %s, depth %d, %s: a = %s (widths %s)\n", mark, c.Activation, c.Weights, c.Depth(),
			strings.ReplaceAll(e.Column, "_", " "), number.PlusMinus(e.Coefficient, e.StandardError), widths)
	}
	return b.String()
}

// writeTheoryMarkdown prints a table a case for a page.
func writeTheoryMarkdown(out io.Writer, lines []theory.Line) error {
	var b strings.Builder
	for i := range lines {
		if i == 0 || lines[i].Configuration.Case != lines[i-1].Configuration.Case {
			fmt.Fprintf(&b, "\n### %s\n\n%s\n\n", lines[i].Configuration.Case, lawsOf(lines[i].Configuration))
			b.WriteString("| " + strings.Join(theoryTitles[1:], " | ") + " |\n| --- | --- | --- |" + strings.Repeat(" ---: |", 4) + " --- |\n")
		}
		b.WriteString("| " + strings.Join(theoryCells(&lines[i])[1:], " | ") + " |\n")
	}
	_, err := io.WriteString(out, b.String()+widthText(lines, "- ")+meanFieldText(lines, "- "))
	return err
}

// lawsOf says what the configurations of a case mostly share.
func lawsOf(c *schema.Configuration) string {
	return fmt.Sprintf("Weights %s, biases %s, grid %s.", c.Weights, c.Biases, c.Grid)
}
