package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"nodal/dataset"
	"nodal/report"
	"nodal/sampler"
	"nodal/schema"
)

// figureFormats are what figures can write.
var figureFormats = []string{"png", "svg", "gif"}

func newFigures() *cobra.Command {
	var f pictureFlags
	var out string
	var only, columns []string
	workers := defaultWorkers()
	cmd := &cobra.Command{
		Use:   "figures SWEEP|DIR",
		Short: "Write figures: curves, landscapes, class maps, distributions, animations",
		Long: `Of a sweep file it draws the networks, of which nothing but the file is needed: for
every kind of network many curves in one picture or landscapes over their contour
floor, small multiples, class maps, the same network over narrow and wide inputs, 49
examples in turn, and one network walking through weight space (GIF).

Of a dataset it draws these too, and the figures of its rows: distributions, depth ×
width, comparisons with intervals, theory against measurement, boundary length over
roughness, convergence with the grid, and the networks at the ends and quantiles of
counts, and of every other column that --column names.

The seed and the laws decide every picture. PNG files have twice the pixels of the
size that they are made for. Existing files of the same names are replaced.`,
		Example: `  nodal figures sweeps/article.yaml --out figures
  nodal figures out/article --out figures --format png --only 'tanh-*'
  nodal figures sweeps/article.yaml --palette safe --theme light`,
		Args: usageArgs(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			o, err := f.options(figureFormats...)
			if err != nil {
				return err
			}
			if err := checkWorkers(workers); err != nil {
				return err
			}
			measured, err := measuredColumns(columns)
			if err != nil {
				return usageError{fmt.Errorf("--column: %w", err)}
			}
			files, err := figuresOf(cmd, args[0], workers, measured, o)
			if err != nil {
				return err
			}
			if files, err = selected(files, only); err != nil {
				return err
			}
			return writeFigures(cmd, files, out)
		},
	}
	f.add(cmd, figureFormats...)
	cmd.Flags().StringVar(&out, "out", "figures", "folder of the files, which is made if need be")
	cmd.Flags().StringSliceVar(&only, "only", nil, "names of the files to write, with * for any letters, such as 'tanh-*-walk.gif'")
	cmd.Flags().StringSliceVar(&columns, "column", nil, "columns whose depth × width and networks at quantiles to draw beside the counts, such as roughness")
	cmd.Flags().IntVarP(&workers, "workers", "w", workers, "networks drawn again at the same time")
	return cmd
}

// figuresOf returns the figures of a sweep file or of a dataset.
func figuresOf(cmd *cobra.Command, name string, workers int, columns []schema.MeasuredColumn, o report.FigureOptions) ([]report.File, error) {
	if info, err := os.Stat(name); err == nil && !info.IsDir() {
		_, plan, err := readPlan(name, sampler.Fused)
		if err != nil {
			return nil, err
		}
		return report.NetworkFigures(plan, o)
	}
	reader, err := dataset.Open(name, dataset.Options{Vet: vetInChild, Notice: notice(cmd)})
	if err != nil {
		return nil, err
	}
	if err := sayUnfinished(cmd.ErrOrStderr(), name, reader); err != nil {
		return nil, err
	}
	files, err := report.NetworkFigures(reader.Plan(), o)
	if errors.Is(err, errors.ErrUnsupported) {
		fmt.Fprintf(cmd.ErrOrStderr(), "no figures of networks: %v\n", err)
	} else if err != nil {
		return nil, err
	}
	rows, err := report.RowFigures(cmd.Context(), reader, workers, columns, o)
	return append(files, rows...), err
}

// selected returns the files whose names fit one of the patterns, all if there are none.
func selected(files []report.File, patterns []string) ([]report.File, error) {
	if len(patterns) == 0 {
		return files, nil
	}
	var chosen []report.File
	for _, f := range files {
		for _, pattern := range patterns {
			fits, err := path.Match(pattern, f.Name)
			if err != nil {
				return nil, usageError{fmt.Errorf("--only: got %q, want a name with * for any letters and [a-z] for one", pattern)}
			}
			if fits {
				chosen = append(chosen, f)
				break
			}
		}
	}
	if len(chosen) == 0 {
		return nil, usageError{fmt.Errorf("--only: none of %d figures fits%s", len(files), firstNames(files))}
	}
	return chosen, nil
}

// firstNames returns "; there are a, b, c and so on", "" if there are no files.
func firstNames(files []report.File) string {
	if len(files) == 0 {
		return ""
	}
	var names []string
	for _, f := range files[:min(len(files), 3)] {
		names = append(names, f.Name)
	}
	return "; there are " + strings.Join(names, ", ") + " and so on"
}

// writeFigures writes figures and prints the name of each once it is there, and at a
// terminal how many there are to come.
func writeFigures(cmd *cobra.Command, files []report.File, out string) error {
	if err := os.MkdirAll(out, 0o777); err != nil {
		return err
	}
	status := cmd.ErrOrStderr()
	if !isTerminal(status) {
		status = io.Discard
	}
	for i, f := range files {
		fmt.Fprintf(status, "%d of %d\r", i+1, len(files))
		name := filepath.Join(out, f.Name)
		if err := writeWhole(name, f.Write); err != nil {
			return err
		}
		fmt.Fprintln(cmd.OutOrStdout(), name)
	}
	return nil
}
