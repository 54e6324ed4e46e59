package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"nodal/analysis"
	"nodal/dataset"
	"nodal/report/number"
	"nodal/sampler"
)

type summarizeFlags struct {
	by      []string
	format  string
	fine    int
	workers int
	theory  bool
	refineFlags
}

func newSummarize() *cobra.Command {
	var f summarizeFlags
	cmd := &cobra.Command{
		Use:   "summarize DIR",
		Short: "Print mean, standard error and quantiles by configuration",
		Long: `Reads the rows of a dataset, finished or not, and prints for every configuration
(or every combination of the columns of --by) the number of networks and, for
crossings, regions, islands, turning points and range (value_max - value_min),
mean ± standard error and the 5, 50 and 95 % quantiles.

csv, json and parquet have every column that describes a configuration; text
has those that tell the groups apart.

A network is unresolved where its counts change on every second grid point, or
where its grid shows islands that it cannot have. Where that is more than 1 % of
a configuration its grid is too coarse, and its counts are off, mostly too low: a
warning says so, and the first networks of the configuration, --fine N at most and
as many as some seconds allow, are drawn again on the grid of half the steps, half
of these on half of those again, and so on (in the plane a quarter). What each step
adds gives an estimate of the mean counts on fine grids, with its standard error
and what the last step still added. It is the same every time.

--refine measures every unresolved network again, into DIR/refined, as nodal run
--refine does, and means with these counts in the place of theirs follow the table.
Networks that pass for resolved keep their counts: a grid misses much that its half
misses too. Only the estimate has that.

With --theory it prints instead, for every configuration, measured means beside
what the infinite-width limit of its networks predicts of them, or why there is no
such theory.`,
		Example: `  nodal summarize out/article
  nodal summarize out/depth-vs-width --by activation,depth
  nodal summarize out/article --format csv > article.csv`,
		Args: usageArgs(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.theory {
				return againstTheory(cmd, args[0], f)
			}
			return summarize(cmd, args[0], f)
		},
	}
	cmd.Flags().StringSliceVar(&f.by, "by", nil, "columns to group by, such as activation,depth (default: by configuration)")
	cmd.Flags().StringVar(&f.format, "format", "text", "text, csv, json or parquet, and markdown with --theory")
	cmd.Flags().BoolVar(&f.theory, "theory", false, "hold means against the limit of wide networks")
	cmd.Flags().IntVar(&f.fine, "fine", defaultFine, "networks to draw again where the grid is too coarse, for each configuration; 0 for no estimate")
	cmd.Flags().IntVarP(&f.workers, "workers", "w", defaultWorkers(), "networks drawn again at the same time")
	f.refineFlags.add(cmd)
	complete(cmd, "by", analysis.GroupColumns()...)
	complete(cmd, "format", "text", "csv", "json", "parquet", "markdown")
	return cmd
}

// writers writes a summary in each format.
var writers = map[string]func(io.Writer, *analysis.Table, view) error{
	"text":    writeText,
	"csv":     func(w io.Writer, t *analysis.Table, _ view) error { return writeCSV(w, t) },
	"json":    func(w io.Writer, t *analysis.Table, _ view) error { return writeJSON(w, t) },
	"parquet": func(w io.Writer, t *analysis.Table, _ view) error { return writeParquet(w, t) },
}

// check returns what is wrong with the flags, or the writer of the format.
func (f summarizeFlags) check(out io.Writer) (func(io.Writer, *analysis.Table, view) error, error) {
	write, known := writers[f.format]
	if !known {
		hint := ""
		if _, known := theoryWriters[f.format]; known {
			hint = "; " + f.format + " is for --theory"
		}
		return nil, usageError{fmt.Errorf("--format: got %q, want text, csv, json or parquet%s", f.format, hint)}
	}
	if f.format == "parquet" && isTerminal(out) {
		return nil, usageError{errors.New("--format parquet writes bytes: send them to a file, nodal summarize DIR --format parquet > summary.parquet")}
	}
	if err := analysis.CheckGroups(f.by); err != nil {
		return nil, usageError{fmt.Errorf("--by: %w", err)}
	}
	if f.fine != 0 && f.fine < sampler.LeastFine {
		return nil, usageError{fmt.Errorf("--fine: got %d, want 0 or a whole number from %d", f.fine, sampler.LeastFine)}
	}
	if err := f.refineFlags.check(); err != nil {
		return nil, err
	}
	return write, checkWorkers(f.workers)
}

func summarize(cmd *cobra.Command, dir string, f summarizeFlags) error {
	out, grouped := cmd.OutOrStdout(), len(f.by) > 0
	write, err := f.check(out)
	if err != nil {
		return err
	}
	o := dataset.Options{Vet: vetInChild, Notice: notice(cmd)}
	if f.refine {
		if err := refine(cmd, dir, f.refineFlags, o, f.workers, stopSignal(cmd.ErrOrStderr(), dir)); err != nil {
			return err
		}
		releaseSignals() // what follows writes nothing
	}
	reader, err := dataset.Open(dir, o)
	if err != nil {
		return err
	}
	if err := sayUnfinished(cmd.ErrOrStderr(), dir, reader); err != nil {
		return err
	}
	table, err := analysis.Summarize(reader.Rows(), f.by)
	if err != nil {
		return err
	}
	v := view{keepAll: grouped, warning: warnCoarse(table, grouped)}
	if v.warning != "" {
		fmt.Fprintf(cmd.ErrOrStderr(), "warning: %s\n", v.warning)
	}
	if !grouped {
		if !reader.Complete() { // the networks that are there need not be the first
			f.fine = 0
		}
		if err := estimateFine(cmd, reader.Plan(), table, f.fine, f.workers); err != nil {
			return err
		}
		v.fine = f.fine > 0
		if err := replaceRefined(cmd.ErrOrStderr(), reader, table); err != nil {
			return err
		}
	}
	return write(out, table, v)
}

// sayUnfinished says how much of a dataset is there if it is not all.
func sayUnfinished(w io.Writer, dir string, reader *dataset.Reader) error {
	if reader.Complete() {
		return nil
	}
	_, networks, err := reader.Published()
	if err == nil {
		fmt.Fprintf(w, "%s is not finished: %s of %s networks\n", dir, number.Count(networks), number.Count(reader.Plan().Networks()))
	}
	return err
}

// isTerminal reports whether w is a terminal.
func isTerminal(w any) bool {
	file, ok := w.(interface{ Fd() uintptr })
	return ok && term.IsTerminal(int(file.Fd()))
}
