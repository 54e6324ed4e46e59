package analysis

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"nodal/schema"
)

// Column is a column of rows that describes a configuration, by which rows can
// be grouped.
type Column struct {
	Name string // as in the Parquet files

	zero    any
	value   func(*schema.Row) any
	equal   func(a, b *schema.Row) bool
	compare func(a, b any) int // of two values
}

// Zero returns the zero value of the column's type.
func (c Column) Zero() any { return c.zero }

func column[T string | int32 | int64 | float64](name string, get func(*schema.Row) T) Column {
	var zero T
	return Column{
		Name:    name,
		zero:    zero,
		value:   func(r *schema.Row) any { return get(r) },
		equal:   func(a, b *schema.Row) bool { return get(a) == get(b) },
		compare: func(a, b any) int { return cmp.Compare(a.(T), b.(T)) },
	}
}

// groupColumns are the columns allowed in groupings, in the order of schema.Row:
// those that describe a configuration, and last the status.
var groupColumns = []Column{
	column("case_name", func(r *schema.Row) string { return r.CaseName }),
	column("config_id", func(r *schema.Row) string { return r.ConfigID }),
	column("inputs", func(r *schema.Row) int32 { return r.Inputs }),
	column("outputs", func(r *schema.Row) int32 { return r.Outputs }),
	column("depth", func(r *schema.Row) int32 { return r.Depth }),
	column("width", func(r *schema.Row) int32 { return r.Width }),
	column("units", func(r *schema.Row) int32 { return r.Units }),
	column("hidden", func(r *schema.Row) string { return r.Hidden }),
	column("parameters", func(r *schema.Row) int64 { return r.Parameters }),
	column("activation", func(r *schema.Row) string { return r.Activation }),
	column("output_activation", func(r *schema.Row) string { return r.OutputActivation }),
	column("weights", func(r *schema.Row) string { return r.Weights }),
	column("biases", func(r *schema.Row) string { return r.Biases }),
	column("weight_std", func(r *schema.Row) float64 { return r.WeightStd }),
	column("bias_std", func(r *schema.Row) float64 { return r.BiasStd }),
	column("grid_from", func(r *schema.Row) float64 { return r.GridFrom }),
	column("grid_to", func(r *schema.Row) float64 { return r.GridTo }),
	column("resolution", func(r *schema.Row) int32 { return r.Resolution }),
	column("grid_points", func(r *schema.Row) int32 { return r.GridPoints }),
	column("connectivity", func(r *schema.Row) int32 { return r.Connectivity }),
	column("status", func(r *schema.Row) string { return r.Status }),
}

// configurationColumns returns the names of the columns that describe a
// configuration, those of a summary by configuration. config_id alone decides
// the group; the others say it in words and numbers.
func configurationColumns() []string {
	names := GroupColumns()
	return names[:len(names)-1]
}

// GroupColumns returns the names of the columns that [Summarize] can group by:
// those that describe a configuration, and the status.
func GroupColumns() []string {
	names := make([]string, len(groupColumns))
	for i, c := range groupColumns {
		names[i] = c.Name
	}
	return names
}

// CheckGroups returns the error that [Summarize] would return for these names.
func CheckGroups(by []string) error {
	_, err := columnsNamed(by)
	return err
}

// columnsNamed returns the group columns of the given names, in their order. An
// unknown or repeated name is an error.
func columnsNamed(names []string) ([]Column, error) {
	columns := make([]Column, len(names))
	for i, name := range names {
		at := slices.IndexFunc(groupColumns, func(c Column) bool { return c.Name == name })
		if at < 0 {
			return nil, fmt.Errorf("got %q, want one of %s%s",
				name, strings.Join(GroupColumns(), ", "), schema.DidYouMean(name, GroupColumns()))
		}
		if slices.Contains(names[:i], name) {
			return nil, fmt.Errorf("got %q twice, want each column once", name)
		}
		columns[i] = groupColumns[at]
	}
	return columns, nil
}

// compareKeys compares the values of the columns in order.
func compareKeys(columns []Column, a, b []any) int {
	for i, c := range columns {
		if order := c.compare(a[i], b[i]); order != 0 {
			return order
		}
	}
	return 0
}
