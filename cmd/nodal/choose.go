package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"nodal/dataset"
	"nodal/sampler"
	"nodal/schema"
)

// configurationOf returns the configuration of a plan whose identifier begins with some
// digits, of which there has to be one.
func configurationOf(plan *dataset.Plan, digits string) (*schema.Configuration, error) {
	var found []*schema.Configuration
	ids := make([]string, len(plan.Configurations))
	for i := range plan.Configurations {
		c := &plan.Configurations[i]
		if ids[i] = c.ID(); strings.HasPrefix(ids[i], strings.ToLower(digits)) {
			found = append(found, c)
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return nil, fmt.Errorf("got %q, with which %d configurations begin, %s and %s among them; want more digits", digits, len(found), found[0].ID(), found[1].ID())
	}
	return nil, fmt.Errorf("got %q, want the config_id of one of %d configurations%s; nodal summarize DIR --by config_id,case_name,hidden lists them",
		digits, len(ids), nearestID(digits, ids))
}

// nearestID returns " (did you mean x?)" for the identifier that agrees with digits in
// the most places, the first of several.
func nearestID(digits string, ids []string) string {
	if hint := schema.DidYouMean(digits, ids); hint != "" || len(ids) == 0 {
		return hint
	}
	best, most := ids[0], -1
	for _, id := range ids {
		same := 0
		for i := range min(len(id), len(digits)) {
			if id[i] == digits[i] {
				same++
			}
		}
		if same > most {
			best, most = id, same
		}
	}
	return " (did you mean " + best + "?)"
}

// measuredColumns returns the measured columns of some names, or an error with the
// nearest name.
func measuredColumns(names []string) ([]schema.MeasuredColumn, error) {
	var columns []schema.MeasuredColumn
	valid := measuredNames()
	for _, name := range names {
		if !slices.Contains(valid, name) {
			return nil, fmt.Errorf("got %q, want a column that holds a number measured of a network%s; there are %s",
				name, schema.DidYouMean(name, valid), strings.Join(valid, ", "))
		}
		columns = append(columns, schema.MeasuredColumn(name))
	}
	return columns, nil
}

// measuredNames returns the names of all measured columns.
func measuredNames() []string {
	var names []string
	for _, c := range schema.MeasuredColumns() {
		names = append(names, string(c))
	}
	return names
}

// eachNetwork calls visit for every published network of a configuration, or of all if
// it is nil, with its value in a column: NaN if its status is not ok.
func eachNetwork(reader *dataset.Reader, c *schema.Configuration, column schema.MeasuredColumn, visit func(n sampler.Network, value float64)) error {
	for part := range reader.Plan().Parts() {
		unit, within := -1, int64(0)
		var n sampler.Network // of the unit, the next one
		wanted := false
		for values, err := range reader.ColumnOf(part, column) {
			if err != nil {
				return err
			}
			for _, value := range values {
				for unit < 0 || within == part.Units[unit].Count {
					unit, within = unit+1, 0
					u := part.Units[unit]
					n = sampler.Network{Configuration: &part.Plan.Configurations[u.Configuration], Index: u.First}
					wanted = c == nil || n.Configuration.ID() == c.ID()
				}
				if wanted {
					visit(n, value)
				}
				within, n.Index = within+1, n.Index+1
			}
		}
	}
	return nil
}

// topNetwork returns the network with the largest value of a column, the first of
// several.
func topNetwork(reader *dataset.Reader, c *schema.Configuration, column schema.MeasuredColumn) (best sampler.Network, most float64, err error) {
	most = math.NaN()
	err = eachNetwork(reader, c, column, func(n sampler.Network, value float64) {
		if value > most || math.IsNaN(most) && !math.IsNaN(value) {
			best, most = n, value
		}
	})
	if err == nil && best.Configuration == nil {
		err = noNetworks(reader, c)
	}
	return best, most, err
}

// randomNetwork returns one of the finite networks, all as likely.
func randomNetwork(reader *dataset.Reader, c *schema.Configuration, random *rand.Rand) (chosen sampler.Network, err error) {
	seen := int64(0)
	err = eachNetwork(reader, c, "crossings", func(n sampler.Network, value float64) {
		if math.IsNaN(value) {
			return
		}
		if seen++; random.Int64N(seen) == 0 {
			chosen = n
		}
	})
	if err == nil && chosen.Configuration == nil {
		err = noNetworks(reader, c)
	}
	return chosen, err
}

// noNetworks returns the error where there is no finite network to choose from.
func noNetworks(reader *dataset.Reader, c *schema.Configuration) error {
	of := "the dataset"
	if c != nil {
		of = "configuration " + c.ID()
	}
	if !reader.Complete() {
		return usageError{fmt.Errorf("%s has no finite network yet; run the sweep again to draw more, or name one with --network", of)}
	}
	return usageError{fmt.Errorf("%s has no finite network", of)}
}
