package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"nodal/analysis/compare"
	"nodal/dataset"
)

func newCompare() *cobra.Command {
	o := compare.Options{}
	var format string
	cmd := &cobra.Command{
		Use:   "compare DIR",
		Short: "Compare depth with width at equal budgets, with 95 % intervals",
		Long: `Reads the rows of a dataset, finished or not, and compares configurations that
are alike but for their hidden layers: deeper ones with the shallowest at equal
units and at equal parameters, and 11 + 9 units in two layers with 100 in one.
The same layers and laws under different activations are compared pair by pair,
since their networks have the same weights.

For each measure: the means, their difference and their ratio with 95 %
intervals (bootstrap; the same to many digits for the same rows, resamples and seed), and
one sentence that is true as printed. Measures are crossings, two_or_more (the
share of networks with two crossings or more), turning_points, range
(value_max - value_min) and roughness; with two inputs regions, islands and
boundary_length too.`,
		Example: `  nodal compare out/article
  nodal compare out/depth-vs-width --measure crossings,roughness
  nodal compare out/depth-vs-width --format csv > comparisons.csv`,
		Args: usageArgs(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error { return compareDataset(cmd, args[0], o, format) },
	}
	cmd.Flags().StringVar(&format, "format", "text", "text, csv, json or parquet")
	cmd.Flags().StringSliceVar(&o.Measures, "measure", nil, "measures to compare, such as crossings,roughness (default: all; text with two inputs: regions, islands, boundary_length, roughness)")
	cmd.Flags().StringSliceVar(&o.Kinds, "kind", nil, "kinds of comparison: article, equal_units, equal_parameters, same_weights (default: all)")
	cmd.Flags().IntVar(&o.Resamples, "resamples", compare.DefaultResamples, "bootstrap resamples")
	cmd.Flags().Int64Var(&o.Seed, "seed", compare.DefaultSeed, "seed of the resamples")
	complete(cmd, "format", "text", "csv", "json", "parquet")
	complete(cmd, "measure", compare.MeasureNames()...)
	complete(cmd, "kind", compare.KindNames()...)
	return cmd
}

// compareWriters writes comparisons in each format.
var compareWriters = map[string]func(io.Writer, *compare.Table) error{
	"text":    writeComparisons,
	"csv":     func(w io.Writer, t *compare.Table) error { return encodeCSV(w, comparisonRecords(t)) },
	"json":    func(w io.Writer, t *compare.Table) error { return encodeJSON(w, comparisonRecords(t)) },
	"parquet": func(w io.Writer, t *compare.Table) error { return encodeParquet(w, comparisonRecords(t)) },
}

func compareDataset(cmd *cobra.Command, dir string, o compare.Options, format string) error {
	write, known := compareWriters[format]
	if !known {
		return usageError{fmt.Errorf("--format: got %q, want text, csv, json or parquet", format)}
	}
	out := cmd.OutOrStdout()
	if format == "parquet" && isTerminal(out) {
		return usageError{errors.New("--format parquet writes bytes: send them to a file, nodal compare DIR --format parquet > comparisons.parquet")}
	}
	if err := o.Check(); err != nil {
		return usageError{fmt.Errorf("--%w", err)}
	}
	o.Brief = format == "text"
	reader, err := dataset.Open(dir, dataset.Options{Vet: vetInChild})
	if err != nil {
		return err
	}
	if err := sayUnfinished(cmd.ErrOrStderr(), dir, reader); err != nil {
		return err
	}
	table, err := compare.Rows(reader.Rows(), reader.Plan().Configurations, o)
	if err != nil {
		return err
	}
	switch {
	case len(table.Groups) == 0 && len(o.Kinds) > 0:
		fmt.Fprintf(cmd.ErrOrStderr(), "%s has no comparison of kind %s; without --kind it shows all that there are\n", dir, strings.Join(o.Kinds, ", "))
	case len(table.Groups) == 0:
		fmt.Fprintf(cmd.ErrOrStderr(), nothingToCompare, dir)
	}
	return write(out, table)
}

// nothingToCompare says what a sweep needs for a comparison.
const nothingToCompare = `%s has nothing to compare: no two configurations are alike but for their hidden
layers with equal units or parameters, or but for their activation. A case with
  depth: [1, 2, 3]
  units: [48]              # or parameters: [1000]
  activation: [tanh, relu]
has both.
`
