package main

import (
	"context"
	"fmt"
	"io"

	"nodal/dataset"
	"nodal/sampler"
)

// findings is what a verification found, for a program to read.
type findings struct {
	Path       string       `json:"path"`
	Depth      string       `json:"depth"` // quick, bytes or rows
	Whole      bool         `json:"whole"` // everything is there and nothing is wrong
	Finished   bool         `json:"finished"`
	Networks   int64        `json:"networks"`   // in sound parts
	Bytes      int64        `json:"bytes"`      // of sound parts
	Missing    int          `json:"missing"`    // parts
	Damaged    int          `json:"damaged"`    // parts
	Recomputed int          `json:"recomputed"` // networks drawn again
	Different  int          `json:"different"`  // of these, those drawn otherwise
	Seed       uint64       `json:"seed"`       // that chose them
	Parts      []partReport `json:"parts"`
	Problems   []problem    `json:"problems"` // of no part
	Notes      []string     `json:"notes"`

	plan   *dataset.Plan
	damage []*dataset.IntegrityError // of all kinds
}

type partReport struct {
	Name     string    `json:"name"`
	Status   string    `json:"status"` // one of the constants below
	Networks int64     `json:"networks"`
	Bytes    int64     `json:"bytes"`
	Problems []problem `json:"problems,omitempty"`
}

// What a part can be.
const (
	statusOK      = "ok"
	statusMissing = "missing"
	statusDamaged = "damaged"
)

// problem is something that is wrong with a file.
type problem struct {
	Path    string `json:"path"`
	Missing bool   `json:"missing,omitempty"` // the file is gone
	Reason  string `json:"reason"`
}

// inspect looks at the dataset in dir and prints a line for every part when it
// has looked at it.
func inspect(w io.Writer, dir string, f verifyFlags) (*findings, error) {
	v, err := dataset.Verify(dir, f.depth(), dataset.Options{Vet: vetInChild})
	if err != nil {
		return nil, err
	}
	var again *redrawing
	if f.recompute > 0 { // here, so that it refuses before the work
		if again, err = newRedrawing(v, f); err != nil {
			return nil, fmt.Errorf("%s: %w", dir, err)
		}
	}
	r := &findings{Path: dir, Depth: v.Depth().String(), Finished: v.Finished(), Parts: []partReport{}, Notes: v.Notes, plan: v.Plan()}
	text := &reportText{w: w, dir: dir}
	for part, err := range v.Parts() {
		if err != nil {
			return nil, err
		}
		text.part(r.add(part))
	}
	problems := v.Problems
	if f.full && r.Missing == 0 && len(r.damage)+len(problems) == 0 {
		wrong, err := sampler.CheckDecisions(context.Background(), v.Reader())
		if err != nil {
			return nil, err
		}
		problems = append(problems, wrong...)
	}
	r.Problems = r.problems(problems)
	text.others(r)
	if again != nil {
		if err := r.redraw(text, again); err != nil {
			return nil, err
		}
	}
	r.Whole = r.Finished && r.Missing == 0 && len(r.damage) == 0
	text.conclusion(r, f.depth())
	return r, nil
}

// add counts a part and returns its line.
func (r *findings) add(part dataset.PartReport) *partReport {
	r.Parts = append(r.Parts, partReport{Name: part.Name, Status: statusOK, Networks: part.Networks, Bytes: part.Bytes})
	line := &r.Parts[len(r.Parts)-1]
	r.Networks += line.Networks
	r.Bytes += line.Bytes
	if part.Missing {
		r.unsound(line, statusMissing)
		r.Missing++
	}
	r.blame(line, part.Problems)
	return line
}

// blame makes a part damaged if there is damage to it.
func (r *findings) blame(line *partReport, damage []*dataset.IntegrityError) {
	if len(damage) == 0 {
		return
	}
	line.Problems = append(line.Problems, r.problems(damage)...)
	if line.Status == statusOK {
		r.unsound(line, statusDamaged)
		r.Damaged++
	}
}

// unsound takes a part out of the count.
func (r *findings) unsound(line *partReport, status string) {
	line.Status = status
	r.Networks -= line.Networks
	r.Bytes -= line.Bytes
}

// problems remembers damage and returns it for the report.
func (r *findings) problems(damage []*dataset.IntegrityError) []problem {
	r.damage = append(r.damage, damage...)
	problems := make([]problem, len(damage))
	for i, d := range damage {
		problems[i] = problem{d.Path, d.Missing, d.Cause()}
	}
	return problems
}
