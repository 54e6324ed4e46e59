package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"nodal/analysis"
	"nodal/dataset"
)

func newSummarize() *cobra.Command {
	var by []string
	var format string
	var theory bool
	cmd := &cobra.Command{
		Use:   "summarize DIR",
		Short: "Print mean, standard error and quantiles by configuration",
		Long: `Reads the rows of a dataset, finished or not, and prints for every configuration
(or every combination of the columns of --by) the number of networks and, for
crossings, regions, islands, turning points and range (value_max - value_min),
mean ± standard error and the 5, 50 and 95 % quantiles.

csv, json and parquet have every column that describes a configuration; text
has those that tell the groups apart.

With --theory it prints instead, for every configuration, measured means beside
what the infinite-width limit of its networks predicts of them, or why there is no
such theory.`,
		Example: `  nodal summarize out/article
  nodal summarize out/depth-vs-width --by activation,depth
  nodal summarize out/article --format csv > article.csv`,
		Args: usageArgs(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if theory {
				return againstTheory(cmd, args[0], by, format)
			}
			return summarize(cmd, args[0], by, format)
		},
	}
	cmd.Flags().StringSliceVar(&by, "by", nil, "columns to group by, such as activation,depth (default: by configuration)")
	cmd.Flags().StringVar(&format, "format", "text", "text, csv, json or parquet, and markdown with --theory")
	cmd.Flags().BoolVar(&theory, "theory", false, "hold means against the limit of wide networks")
	complete(cmd, "by", analysis.GroupColumns()...)
	complete(cmd, "format", "text", "csv", "json", "parquet")
	return cmd
}

// writers writes a summary in each format.
var writers = map[string]func(io.Writer, *analysis.Table, bool) error{
	"text":    writeText,
	"csv":     func(w io.Writer, t *analysis.Table, _ bool) error { return writeCSV(w, t) },
	"json":    func(w io.Writer, t *analysis.Table, _ bool) error { return writeJSON(w, t) },
	"parquet": func(w io.Writer, t *analysis.Table, _ bool) error { return writeParquet(w, t) },
}

func summarize(cmd *cobra.Command, dir string, by []string, format string) error {
	write, known := writers[format]
	if !known {
		hint := ""
		if _, known := theoryWriters[format]; known {
			hint = "; " + format + " is for --theory"
		}
		return usageError{fmt.Errorf("--format: got %q, want text, csv, json or parquet%s", format, hint)}
	}
	out := cmd.OutOrStdout()
	if format == "parquet" && isTerminal(out) {
		return usageError{errors.New("--format parquet writes bytes: send them to a file, nodal summarize DIR --format parquet > summary.parquet")}
	}
	if err := analysis.CheckGroups(by); err != nil {
		return usageError{fmt.Errorf("--by: %w", err)}
	}
	reader, err := dataset.Open(dir, dataset.Options{Vet: vetInChild})
	if err != nil {
		return err
	}
	if err := sayUnfinished(cmd.ErrOrStderr(), dir, reader); err != nil {
		return err
	}
	table, err := analysis.Summarize(reader.Rows(), by)
	if err != nil {
		return err
	}
	return write(out, table, len(by) > 0)
}

// sayUnfinished says how much of a dataset is there if it is not all.
func sayUnfinished(w io.Writer, dir string, reader *dataset.Reader) error {
	if reader.Complete() {
		return nil
	}
	_, networks, err := reader.Published()
	if err == nil {
		fmt.Fprintf(w, "%s is not finished: %s of %s networks\n", dir, formatCount(networks), formatCount(reader.Plan().Networks()))
	}
	return err
}

// isTerminal reports whether w is a terminal.
func isTerminal(w any) bool {
	file, ok := w.(interface{ Fd() uintptr })
	return ok && term.IsTerminal(int(file.Fd()))
}
