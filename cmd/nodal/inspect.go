package main

import (
	"fmt"
	"io"
	"strings"

	"nodal/dataset"
)

// report is what a verification found, for a program to read.
type report struct {
	Path       string       `json:"path"`
	Depth      string       `json:"depth"` // quick, bytes or rows
	Whole      bool         `json:"whole"` // everything is there and nothing is wrong
	Networks   int64        `json:"networks"`
	Bytes      int64        `json:"bytes"`
	Missing    int          `json:"missing"` // parts
	Damaged    int          `json:"damaged"` // parts
	Finished   bool         `json:"finished"`
	Recomputed int          `json:"recomputed"` // networks drawn again
	Parts      []partReport `json:"parts"`
	Problems   []problem    `json:"problems"` // of no part
	Notes      []string     `json:"notes"`

	plan   *dataset.Plan
	damage []*dataset.IntegrityError // of all kinds
}

type partReport struct {
	Name     string    `json:"name"`
	Status   string    `json:"status"` // ok, missing or damaged
	Networks int64     `json:"networks"`
	Bytes    int64     `json:"bytes"`
	Problems []problem `json:"problems,omitempty"`
}

// problem is something that is wrong with a file.
type problem struct {
	Path   string `json:"path"`
	Reason string `json:"reason"`
}

// inspect looks at the dataset in dir and prints a line for every part.
func inspect(w io.Writer, dir string, f verifyFlags) (*report, error) {
	v, err := dataset.Verify(dir, f.depth(), dataset.Options{Vet: vetInChild})
	if err != nil {
		return nil, err
	}
	r := &report{Path: dir, Depth: v.Depth().String(), Finished: v.Finished(), Parts: []partReport{}, Notes: v.Notes, plan: v.Plan()}
	for part, err := range v.Parts() {
		if err != nil {
			return nil, err
		}
		line := r.add(part)
		fmt.Fprintf(w, "%s  %-7s  %13s networks  %10s\n", line.Name, line.Status, formatCount(line.Networks), formatBytes(line.Bytes))
		for _, p := range line.Problems {
			fmt.Fprintf(w, "  %s: %s\n", p.Path, p.Reason)
		}
	}
	r.Problems = r.problems(v.Problems)
	for _, p := range r.Problems {
		fmt.Fprintf(w, "%s: %s\n", p.Path, p.Reason)
	}
	for _, note := range v.Notes {
		fmt.Fprintf(w, "note: %s\n", note)
	}
	r.Whole = v.Finished() && r.Missing == 0 && len(r.damage) == 0
	if f.recompute > 0 {
		if err := r.recompute(w, dir, f); err != nil {
			return nil, err
		}
	}
	if r.Whole {
		fmt.Fprintf(w, "%s is whole: %s networks in %s parts, %s; %s\n", dir, formatCount(r.Networks),
			formatCount(int64(len(r.Parts))), formatBytes(r.Bytes), checked[f.depth()])
	}
	return r, nil
}

// checked says what was looked at.
var checked = map[dataset.Depth]string{
	dataset.Quick: "names, sizes and footers checked",
	dataset.Bytes: "every byte checked",
	dataset.Rows:  "every byte and every row checked",
}

// add counts a part and returns its line.
func (r *report) add(part dataset.PartReport) partReport {
	line := partReport{Name: part.Name, Status: "ok", Networks: part.Networks, Bytes: part.Bytes, Problems: r.problems(part.Problems)}
	switch {
	case part.Missing:
		line.Status = "missing"
		r.Missing++
	case len(part.Problems) > 0:
		line.Status = "DAMAGED"
		r.Damaged++
	default:
		r.Networks += part.Networks
		r.Bytes += part.Bytes
	}
	r.Parts = append(r.Parts, line)
	return line
}

// problems remembers damage and returns it for the report.
func (r *report) problems(damage []*dataset.IntegrityError) []problem {
	problems := make([]problem, len(damage))
	for i, d := range damage {
		r.damage = append(r.damage, d)
		problems[i] = problem{d.Path, d.Cause()}
	}
	return problems
}

// summary says in a line what is wrong and what to do.
func (r *report) summary(dir string, f verifyFlags) string {
	var what []string
	count := func(n int, one, many string) {
		switch n {
		case 0:
		case 1:
			what = append(what, "1 "+one)
		default:
			what = append(what, fmt.Sprintf("%s %s", formatCount(int64(n)), many))
		}
	}
	count(r.Damaged, "part is damaged", "parts are damaged")
	count(r.Missing, "part is missing", "parts are missing")
	count(len(r.Problems), "other problem", "other problems")
	switch {
	case len(what) == 0:
		return "every part is there, but the run did not finish; run the sweep again"
	case len(r.damage) == 0:
		return strings.Join(what, ", ") + "; run the sweep again to draw them"
	case f.repair:
		return strings.Join(what, ", ") + " after the repair"
	}
	return fmt.Sprintf("%s; mend it with nodal verify %s --repair", strings.Join(what, ", "), dir)
}
