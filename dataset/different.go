package dataset

import (
	"fmt"
	"strings"

	"nodal/schema"
)

// maxDifferences is how many differing configurations are named one by one.
const maxDifferences = 10

// differences says in words how the plan that is there differs from the plan
// that is wanted. The plans have different hashes, so there is at least one
// line.
func differences(there, want *Plan) []string {
	var lines []string
	add := func(name string, a, b any) {
		if a != b {
			lines = append(lines, fmt.Sprintf("%s %v there, %v wanted", name, a, b))
		}
	}
	add("plan version", there.PlanVersion, want.PlanVersion)
	add("row version", there.RowVersion, want.RowVersion)
	add("stream version", there.StreamVersion, want.StreamVersion)
	add("numerics", there.Numerics, want.Numerics)
	add("name", there.Sweep, want.Sweep)
	add("seed", there.Seed, want.Seed)
	if there.PlanVersion == want.PlanVersion {
		lines = append(lines, configurationDifferences(there.Configurations, want.Configurations)...)
	}
	if len(lines) == 0 {
		return []string{"the same configurations, but in another order or from another sweep file"}
	}
	return lines
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
		for _, d := range []struct {
			name        string
			there, want any
		}{
			{"networks", before.Networks, c.Networks},
			{"keep_fields", before.KeepFields, c.KeepFields},
			{"case", before.Case, c.Case},
		} {
			if d.there != d.want {
				lines = append(lines, fmt.Sprintf("configuration %s (%s): %s %v there, %v wanted",
					id, describe(c), d.name, d.there, d.want))
			}
		}
	}
	for _, c := range there {
		if id := c.ID(); old[id].Networks > 0 {
			lines = append(lines, fmt.Sprintf("configuration %s (%s) is no longer in the sweep", id, describe(c)))
		}
	}
	if more := len(lines) - maxDifferences; more > 0 {
		lines = append(lines[:maxDifferences], fmt.Sprintf("and %d more", more))
	}
	return lines
}

// describe names a configuration for a person: case, layer sizes, activation.
func describe(c schema.Configuration) string {
	layers := strings.ReplaceAll(fmt.Sprint(c.Layers()), " ", ",")
	return fmt.Sprintf("%s %s %s", c.Case, layers, c.Activation)
}
