package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"nodal/dataset"
	"nodal/report/number"
)

// reportText prints a report for people, line by line as it grows. Paths are
// those below the dataset's folder, which only the last line names.
type reportText struct {
	w   io.Writer
	dir string
}

// part prints the line of a part, and one for each of its problems.
func (t *reportText) part(line *partReport) {
	status, size := line.Status, ""
	if status == statusDamaged {
		status = strings.ToUpper(status) // to be found among a thousand others
	}
	if line.Bytes > 0 {
		size = fmt.Sprintf("%12s", formatBytes(line.Bytes))
	}
	// A part has at most 122,880 networks.
	fmt.Fprintf(t.w, "%s  %-7s  %7s networks%s\n", line.Name, status, number.Count(line.Networks), size)
	for _, p := range line.Problems {
		folder := filepath.Base(filepath.Dir(p.Path)) // networks or fields; the line above has the rest
		fmt.Fprintf(t.w, "  %s: %s\n", folder, p)
	}
}

// String returns what is wrong, without the path.
func (p problem) String() string {
	if p.Missing {
		return "missing; " + p.Reason
	}
	return p.Reason
}

// others prints what belongs to no part.
func (t *reportText) others(r *findings) {
	for _, p := range r.Problems {
		path := p.Path
		if below, err := filepath.Rel(t.dir, path); err == nil {
			path = below
		}
		fmt.Fprintf(t.w, "%s: %s\n", path, p)
	}
	for _, note := range r.Notes {
		fmt.Fprintf(t.w, "note: %s\n", note)
	}
}

// checked says what was looked at.
var checked = map[dataset.Depth]string{
	dataset.Quick: "names, sizes and footers checked",
	dataset.Bytes: "every byte checked",
	dataset.Rows:  "every byte and every row checked",
}

// conclusion prints the last line.
func (t *reportText) conclusion(r *findings, depth dataset.Depth) {
	parts := len(r.Parts)
	if r.Whole {
		fmt.Fprintf(t.w, "%s is whole: %s in %s, %s; %s\n", t.dir, counted(r.Networks, "network", "networks"),
			counted(int64(parts), "part", "parts"), formatBytes(r.Bytes), checked[depth])
		return
	}
	fmt.Fprintf(t.w, "%s of %s are sound, in %s of %s, %s; %s\n",
		number.Count(r.Networks), counted(r.plan.Networks(), "network", "networks"),
		number.Count(int64(parts-r.Missing-r.Damaged)), counted(int64(parts), "part", "parts"), formatBytes(r.Bytes), checked[depth])
}

// counted returns such as "1 part" and "2,000 parts".
func counted(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return number.Count(n) + " " + many
}

// verdict says what is wrong with a dataset that is not whole, and what to do.
func (r *findings) verdict(repaired bool) string {
	var what []string
	for _, c := range []struct {
		n         int
		one, many string
	}{
		{r.Damaged, "part is damaged", "parts are damaged"},
		{r.Missing, "part is missing", "parts are missing"},
		{len(r.Problems), "other problem", "other problems"},
	} {
		if c.n > 0 {
			what = append(what, counted(int64(c.n), c.one, c.many))
		}
	}
	if len(what) == 0 {
		what = []string{"every part is there, but the run did not finish"}
	}
	text, remedy := strings.Join(what, ", "), fmt.Sprintf("nodal verify %s --repair", r.Path)
	switch {
	case repaired:
		return "after the repair too: " + text + "; something else writes there, or the disk fails"
	case len(r.damage) == 0:
		return fmt.Sprintf("%s; run the sweep again, or %s", text, remedy)
	}
	return fmt.Sprintf("%s; mend it with %s", text, remedy)
}
