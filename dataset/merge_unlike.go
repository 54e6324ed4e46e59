package dataset

import (
	"fmt"
	"slices"
	"strings"

	"nodal/schema"
)

// UnmergeableError says that two datasets are not of one sweep, or have the same
// networks in different part files.
type UnmergeableError struct {
	Paths       [2]string
	Why         string
	Differences []string // one a line, naming both folders
	Remedy      string
}

// Error names both folders, why they do not go together, every difference on a line
// of its own, and what to do.
func (e *UnmergeableError) Error() string {
	return fmt.Sprintf("%s and %s cannot be merged: %s:\n  %s\n%s", e.Paths[0], e.Paths[1], e.Why,
		strings.Join(e.Differences, "\n  "), e.Remedy)
}

// unmergeable says in words why two plans are not on one chain.
func unmergeable(a, b placed) *UnmergeableError {
	e := &UnmergeableError{Paths: [2]string{a.path, b.path}, Differences: unlike(a, b)}
	switch {
	case sameVersions(a.plan, b.plan) && sameSweep(a.plan, b.plan):
		e.Why = "they have come to the same sweep in different steps, so that the same networks are in different part files"
		e.Differences = []string{history(a), history(b)}
		e.Remedy = fmt.Sprintf("keep one of them, and draw what it lacks: nodal run SWEEP --out %s", a.path)
	case shareLink(a.plan, b.plan):
		e.Why = "they extend the same sweep in different ways, so that the same networks may be in different part files"
		e.Remedy = fmt.Sprintf("keep one of them, and add what the other has more: nodal run SWEEP --out %s --extend", a.path)
	case adds(a.plan, b.plan):
		apart(e, a, b)
	case adds(b.plan, a.plan):
		apart(e, b, a)
	default:
		e.Why = "they hold different sweeps"
		e.Remedy = "merge folders of one sweep only"
	}
	return e
}

// apart says that a sweep which only adds to another was drawn apart from it.
func apart(e *UnmergeableError, small, large placed) {
	e.Why = fmt.Sprintf("the sweep of %s only adds to that of %s, but was not drawn as an extension of it, so that the same networks are in different part files", large.path, small.path)
	e.Differences = append(e.Differences, history(small), history(large))
	e.Remedy = fmt.Sprintf("keep %s; or extend %s, which keeps its rows: nodal run SWEEP --out %s --extend", large.path, small.path, small.path)
}

// sameVersions reports whether both plans were read in full.
func sameVersions(a, b *Plan) bool {
	return a.PlanVersion == PlanVersion && b.PlanVersion == PlanVersion
}

// adds reports whether a plan only adds to another.
func adds(small, large *Plan) bool {
	if !sameVersions(small, large) {
		return false
	}
	extended, _ := extend(small, large)
	return extended != nil
}

// shareLink reports whether two plans extend the same one.
func shareLink(a, b *Plan) bool {
	for ; a != nil; a = a.Base {
		if a.hash != "" && b.link(a) != nil {
			return true
		}
	}
	return false
}

// history says in which steps a dataset came to its networks.
func history(p placed) string {
	var steps []string
	for plan := p.plan; plan != nil; plan = plan.Base {
		steps = append(steps, fmt.Sprintf("%d networks", plan.Networks()))
	}
	slices.Reverse(steps)
	if len(steps) == 1 {
		return fmt.Sprintf("%s was planned with %s at once", p.path, steps[0])
	}
	return fmt.Sprintf("%s was planned with %s", p.path, strings.Join(steps, ", then extended to "))
}

// unlike lists how two plans differ, a line each that names both folders.
func unlike(a, b placed) []string {
	var lines []string
	say := func(what string, found []edit) {
		for _, e := range found {
			lines = append(lines, fmt.Sprintf("%s%s: %v in %s, %v in %s", what, e.name, e.there, a.path, e.want, b.path))
		}
	}
	say("", headEdits(a.plan, b.plan))
	if !sameVersions(a.plan, b.plan) {
		return lines
	}
	left := make(map[string]schema.Configuration, len(a.plan.Configurations))
	for _, c := range a.plan.Configurations {
		left[c.ID()] = c
	}
	for _, c := range b.plan.Configurations {
		what := fmt.Sprintf("configuration %s (%s)", c.ID(), describe(c))
		if other, both := left[c.ID()]; both {
			say(what+": ", edits(other, c))
		} else {
			lines = append(lines, fmt.Sprintf("%s is in %s and not in %s", what, b.path, a.path))
		}
		delete(left, c.ID())
	}
	for _, c := range a.plan.Configurations {
		if _, alone := left[c.ID()]; alone {
			lines = append(lines, fmt.Sprintf("configuration %s (%s) is in %s and not in %s", c.ID(), describe(c), a.path, b.path))
		}
	}
	if len(lines) == 0 {
		lines = []string{fmt.Sprintf("the configurations of %s and %s are the same, but in another order or from another sweep file", a.path, b.path)}
	}
	return shortened(lines)
}
