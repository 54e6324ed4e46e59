package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"nodal/dataset"
	"nodal/report"
	"nodal/report/page"
	"nodal/report/palette"
)

func newReport() *cobra.Command {
	var out, colours string
	workers := defaultWorkers()
	cmd := &cobra.Command{
		Use:   "report DIR",
		Short: "Write one HTML page about a dataset, to be opened offline",
		Long: `Reads the rows of a dataset, finished or not, and writes one HTML file that opens
without a network or a server: depth against width in sentences, a table to sort and
filter, charts with the values under the pointer, galleries of networks drawn again
whose landscapes turn, networks at the ends and quantiles of columns, theory against
measurement, what grids are too coarse for, and how to load the rows.

The same dataset gives the same file. An existing file is replaced.`,
		Example: `  nodal report out/article
  nodal report out/article --out article.html --palette safe`,
		Args: usageArgs(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			p, err := palette.Named(colours)
			if err != nil {
				return usageError{fmt.Errorf("--%w", err)}
			}
			if err := checkWorkers(workers); err != nil {
				return err
			}
			return writeReport(cmd, args[0], out, report.Options{Dir: args[0], Version: version, Palette: p, Workers: workers})
		},
	}
	var names []string
	for _, p := range palette.All() {
		names = append(names, p.Name)
	}
	cmd.Flags().StringVarP(&out, "out", "o", "", "file to write (default: report.html in DIR)")
	cmd.Flags().StringVar(&colours, "palette", names[0], "colours: article (green above zero, red below) or safe (for colour-blind readers)")
	cmd.Flags().IntVarP(&workers, "workers", "w", workers, "networks drawn again at the same time")
	complete(cmd, "palette", names...)
	return cmd
}

func writeReport(cmd *cobra.Command, dir, out string, o report.Options) error {
	reader, err := dataset.Open(dir, dataset.Options{Vet: vetInChild, Notice: notice(cmd)})
	if err != nil {
		return err
	}
	if err := sayUnfinished(cmd.ErrOrStderr(), dir, reader); err != nil {
		return err
	}
	if out == "" {
		out = filepath.Join(dir, "report.html")
	}
	if err := os.MkdirAll(filepath.Dir(out), 0o777); err != nil {
		return err
	}
	if err := checkWritable(out); err != nil {
		return err
	}
	data, err := report.Collect(cmd.Context(), reader, o)
	if err != nil {
		return err
	}
	if err := writeWhole(out, func(w io.Writer) error { return page.Write(w, data) }); err != nil {
		return err
	}
	size := ""
	if info, err := os.Stat(out); err == nil {
		size = ", " + formatBytes(info.Size())
	}
	fmt.Fprintf(cmd.OutOrStdout(), "%s: %s of %s%s\n", out, counted(data.Published, "network", "networks"), counted(int64(len(data.Configurations)), "configuration", "configurations"), size)
	return nil
}
