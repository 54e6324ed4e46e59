package dataset

import (
	"fmt"
	"slices"

	"nodal/schema"
)

// sameSweep reports whether two plans come from the same sweep and versions,
// whatever they extend. A dataset that was extended is that of its last sweep.
func sameSweep(a, b *Plan) bool {
	return a.alone().Hash() == b.alone().Hash()
}

// alone returns the plan without its base: what a new folder would get.
func (p *Plan) alone() *Plan {
	if p.Base == nil {
		return p
	}
	alone := *p
	alone.Base = nil
	alone.hash = alone.computeHash()
	return &alone
}

// extend returns the plan that keeps every part of there and adds the networks
// that want has and there has not. Where want draws until a mean is certain and
// there has more than it asks for, but not more than it may have, they stay. If want
// takes away or changes anything, it returns nil and what that is, a line each.
func extend(there, want *Plan) (*Plan, []string) {
	if lines := headDifferences(there, want); len(lines) > 0 {
		return nil, lines
	}
	before := make(map[string]schema.Configuration, len(there.Configurations))
	for _, c := range there.Configurations {
		before[c.ID()] = c
	}
	drawn := there.counts()
	var lines []string
	for _, c := range want.Configurations {
		b, known := before[c.ID()]
		delete(before, c.ID())
		if !known {
			continue
		}
		changed := edits(b, c)
		if drawn[c.ID()] <= c.Networks {
			changed = slices.DeleteFunc(changed, func(d edit) bool { return d.name == "networks" })
		}
		lines = append(lines, changeLines(c, changed)...)
	}
	for _, c := range there.Configurations {
		if _, left := before[c.ID()]; left {
			lines = append(lines, goneLine(c))
		}
	}
	if there.wide() != want.wide() && len(lines) == 0 {
		lines = append(lines, fmt.Sprintf("optional columns: %s there, %s wanted; all files of a dataset have the same columns", there.columns(), want.columns()))
	}
	if len(lines) > 0 {
		return nil, shortened(lines)
	}
	extended := *want
	extended.Base = there
	extended.hash = extended.computeHash()
	return &extended, nil
}
