package dataset

import (
	"fmt"
	"slices"
	"strings"

	"nodal/schema"
)

// maxDifferences is how many differing configurations are named one by one.
const maxDifferences = 10

// differences says in words how the plan that is there differs from the plan
// that is wanted. The plans are not of the same sweep, so there is at least one
// line.
func differences(there, want *Plan) []string {
	lines := headDifferences(there, want)
	if there.PlanVersion == want.PlanVersion {
		lines = append(lines, configurationDifferences(there.Configurations, want.Configurations)...)
	}
	if len(lines) == 0 {
		return []string{"the same configurations, but in another order or from another sweep file"}
	}
	return lines
}

// headDifferences says in words what [headEdits] finds.
func headDifferences(there, want *Plan) []string {
	var lines []string
	for _, e := range headEdits(there, want) {
		lines = append(lines, fmt.Sprintf("%s: %v there, %v wanted", e.name, e.there, e.want))
	}
	return lines
}

// headEdits compares everything but the configurations.
func headEdits(there, want *Plan) []edit {
	return changedOnly([]edit{
		{"plan version", there.PlanVersion, want.PlanVersion},
		{"row version", there.RowVersion, want.RowVersion},
		{"stream version", there.StreamVersion, want.StreamVersion},
		{"numerics", there.Numerics, want.Numerics},
		{"name", there.Sweep, want.Sweep},
		{"seed", there.Seed, want.Seed},
	})
}

// configurationDifferences compares two lists of configurations by identity.
func configurationDifferences(there, want []schema.Configuration) []string {
	old := make(map[string]schema.Configuration, len(there))
	for _, c := range there {
		old[c.ID()] = c
	}
	var lines []string
	for _, c := range want {
		id := c.ID()
		before, ok := old[id]
		delete(old, id)
		if !ok {
			lines = append(lines, fmt.Sprintf("configuration %s (%s) is new", id, describe(c)))
			continue
		}
		lines = append(lines, changeLines(c, edits(before, c))...)
	}
	for _, c := range there {
		if _, left := old[c.ID()]; left {
			lines = append(lines, goneLine(c))
		}
	}
	return shortened(lines)
}

// edit is a difference between two versions of a configuration or of a plan.
type edit struct {
	name        string
	there, want any
}

// edits compares what two configurations of the same identity may differ in.
func edits(there, want schema.Configuration) []edit {
	return changedOnly([]edit{
		{"networks", networks(there), networks(want)},
		{"keep_fields", there.KeepFields, want.KeepFields},
		{"case", there.Case, want.Case},
		{"columns", columnsText(there), columnsText(want)},
	})
}

// changedOnly takes out what is the same on both sides.
func changedOnly(all []edit) []edit {
	return slices.DeleteFunc(all, func(e edit) bool { return e.there == e.want })
}

// columnsText names the optional columns of a configuration.
func columnsText(c schema.Configuration) string {
	if len(c.Columns) == 0 {
		return "none"
	}
	return strings.Trim(fmt.Sprint(c.Columns), "[]")
}

// networks returns the number of networks of a configuration, or in words what it
// draws them for.
func networks(c schema.Configuration) any {
	if c.Until == nil {
		return c.Networks
	}
	return fmt.Sprintf("(until the relative error of %s is %v, at most %d)", c.Until.Column, c.Until.RelativeError, c.Networks)
}

// changeLines says what changed in configuration c.
func changeLines(c schema.Configuration, changed []edit) []string {
	var lines []string
	for _, d := range changed {
		lines = append(lines, fmt.Sprintf("configuration %s (%s): %s %v there, %v wanted", c.ID(), describe(c), d.name, d.there, d.want))
	}
	return lines
}

// goneLine says that the wanted sweep lacks a configuration.
func goneLine(c schema.Configuration) string {
	return fmt.Sprintf("configuration %s (%s) is no longer in the sweep", c.ID(), describe(c))
}

// shortened cuts a list that nobody would read.
func shortened(lines []string) []string {
	if more := len(lines) - maxDifferences; more > 0 {
		return append(lines[:maxDifferences:maxDifferences], fmt.Sprintf("and %d more", more))
	}
	return lines
}

// describe names a configuration for a person: case, layer sizes, activation.
func describe(c schema.Configuration) string {
	layers := strings.ReplaceAll(fmt.Sprint(c.Layers()), " ", ",")
	return fmt.Sprintf("%s %s %s", c.Case, layers, c.Activation)
}
