package dataset

import (
	"fmt"
	"slices"
)

// Datasets can be merged whose plans are links of one chain: the same plan, or one
// that extends another, once or in several steps. The parts of a link are then the
// first parts of every longer one, in the same order and with the same names, and so
// are those of a plan that has fewer of the same checkpoints.

// placed is a plan and the dataset that it is of.
type placed struct {
	path string
	plan *Plan
}

// furthest returns the one of two plans that has the parts of both. The error is an
// [*UnmergeableError] if neither has, an [*IntegrityError] if they have decided a
// checkpoint differently.
func furthest(a, b placed) (placed, error) {
	if link := a.plan.link(b.plan); link != nil {
		return further(a, link, b)
	}
	if link := b.plan.link(a.plan); link != nil {
		return further(b, link, a)
	}
	return placed{}, unmergeable(a, b)
}

// link returns p or the plan below it that has the hash of another plan, nil if none
// has.
func (p *Plan) link(other *Plan) *Plan {
	for ; p != nil; p = p.Base {
		if p.Hash() == other.Hash() {
			return p
		}
	}
	return nil
}

// further compares the checkpoints of a plan with those of the same plan in the
// chain of another, and returns the one of the two that has all parts.
func further(long placed, link *Plan, short placed) (placed, error) {
	for k, c := range short.plan.Checkpoints[:min(len(short.plan.Checkpoints), len(link.Checkpoints))] {
		if l := link.Checkpoints[k]; !slices.Equal(c.Open, l.Open) || !slices.Equal(c.Uncertain, l.Uncertain) {
			return placed{}, contradiction(long, link, short, k)
		}
	}
	switch {
	case len(short.plan.Checkpoints) <= len(link.Checkpoints):
		return long, nil
	case link == long.plan:
		return short, nil
	}
	return placed{}, &UnmergeableError{Paths: [2]string{short.path, long.path},
		Why: "one went on by itself after the other had extended it",
		Differences: []string{fmt.Sprintf("checkpoints: %d decided in %s, extended after %d of them in %s",
			len(short.plan.Checkpoints), short.path, len(link.Checkpoints), long.path)},
		Remedy: fmt.Sprintf("what came after is in other part files: keep %s, and draw what it lacks there", long.path)}
}

// contradiction returns the error for a checkpoint that two datasets of a plan have
// decided differently. It follows from the rows, so one of them is wrong.
func contradiction(long placed, link *Plan, short placed, k int) *IntegrityError {
	other := planPath(long.path) // which holds the checkpoints of what it extends
	if link == long.plan {
		other = checkpointPath(long.path, link, k)
	}
	return &IntegrityError{Path: checkpointPath(short.path, short.plan, k),
		Reason: fmt.Sprintf("it decides checkpoint %d otherwise than %s, though the same rows decide", k, other),
		Remedy: "nodal verify --full tells of a complete dataset which checkpoint its rows decide otherwise"}
}
