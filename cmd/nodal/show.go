package main

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"nodal/dataset"
	"nodal/report"
	"nodal/report/number"
	"nodal/sampler"
	"nodal/schema"
)

// showFlags say which network to show, and how.
type showFlags struct {
	pictureFlags
	config   string
	network  int64
	top      string
	random   bool
	seed     uint64
	from, to []float64
	points   []int
	out      string
}

// showFormats are what show can write.
var showFormats = []string{"png", "svg", "csv", "npz"}

func newShow() *cobra.Command {
	f := showFlags{}
	cmd := &cobra.Command{
		Use:   "show DIR",
		Short: "Draw one network again: picture, values and weights",
		Long: `Draws one network of a dataset again, from the configuration and number in its row
alone, and writes its picture (png, svg), its values on the grid (csv, npz) and its
weights (npz), and prints the lines of Python that load them.

The network is named by --config, the config_id of its rows or the first digits of
it, and --network; or it is the one with the largest value of a column (--top
regions), or a random one. Without --config, --top and --random choose from all.

The grid is the configuration's, at enough points for a picture, or the one that
--from, --to and --points ask for: one value for every axis, or one for each.

An existing file of the same name is replaced.`,
		Example: `  nodal show out/article --config 1f9a --network 17
  nodal show out/article --top islands --out pictures
  nodal show out/article --random --from -60 --to 60 --points 2001`,
		Args: usageArgs(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error { return show(cmd, args[0], &f) },
	}
	f.pictureFlags.add(cmd, showFormats...)
	cmd.Flags().StringVar(&f.config, "config", "", "config_id, or the first digits of it")
	cmd.Flags().Int64Var(&f.network, "network", 0, "index of the network in its configuration")
	cmd.Flags().StringVar(&f.top, "top", "", "the network with the largest value of this column, such as regions")
	cmd.Flags().BoolVar(&f.random, "random", false, "a random network")
	cmd.Flags().Uint64Var(&f.seed, "seed", 0, "draws the same random network again")
	cmd.Flags().Float64SliceVar(&f.from, "from", nil, "first grid point")
	cmd.Flags().Float64SliceVar(&f.to, "to", nil, "last grid point")
	cmd.Flags().IntSliceVar(&f.points, "points", nil, "grid points of an axis")
	cmd.Flags().StringVar(&f.out, "out", ".", "folder of the files, which is made if need be")
	complete(cmd, "top", measuredNames()...)
	return cmd
}

func show(cmd *cobra.Command, dir string, f *showFlags) error {
	o, err := f.options(showFormats...)
	if err != nil {
		return err
	}
	if err := f.check(cmd); err != nil {
		return err
	}
	reader, err := dataset.Open(dir, dataset.Options{Vet: vetInChild, Notice: notice(cmd)})
	if err != nil {
		return err
	}
	n, value, err := f.choose(cmd, reader)
	if err != nil {
		return err
	}
	grid, err := f.grid(n.Configuration)
	if err != nil {
		return err
	}
	redrawer, err := sampler.NewRedrawer(reader.Plan())
	if err != nil {
		return err
	}
	if err := os.MkdirAll(f.out, 0o777); err != nil {
		return err
	}
	own := redrawer.Draw(n.Configuration, n.Index, n.Configuration.Grid)
	d := redrawer.Draw(n.Configuration, n.Index, grid)
	printNetwork(cmd.OutOrStdout(), n, own, d, value)
	return f.write(cmd.OutOrStdout(), n, d, report.NewPortrait(reader.Plan(), n, d, o))
}

// check refuses flags that do not go together.
func (f *showFlags) check(cmd *cobra.Command) error {
	named := cmd.Flags().Changed("network")
	ways := 0
	for _, way := range []bool{named, f.top != "", f.random} {
		if way {
			ways++
		}
	}
	switch {
	case ways != 1:
		return usageError{errors.New("which network? want one of --network N with --config ID, --top COLUMN and --random")}
	case named && f.config == "":
		return usageError{errors.New("--network: want --config ID with it, the config_id of the network's rows")}
	case f.network < 0:
		return usageError{fmt.Errorf("--network: got %d, want a whole number from 0", f.network)}
	case cmd.Flags().Changed("seed") && !f.random:
		return usageError{errors.New("--seed: want --random with it")}
	}
	if f.top != "" {
		if _, err := measuredColumns([]string{f.top}); err != nil {
			return usageError{fmt.Errorf("--top: %w", err)}
		}
	}
	return nil
}

// choose returns the network that the flags name, and what is special about it.
func (f *showFlags) choose(cmd *cobra.Command, reader *dataset.Reader) (n sampler.Network, special string, err error) {
	plan := reader.Plan()
	if f.config != "" {
		if n.Configuration, err = configurationOf(plan, f.config); err != nil {
			return n, "", usageError{fmt.Errorf("--config: %w", err)}
		}
	}
	switch {
	case f.top != "":
		var most float64
		column := schema.MeasuredColumn(f.top)
		n, most, err = topNetwork(reader, n.Configuration, column)
		what := "the largest"
		if column.IsCount() {
			what = "the most"
		}
		return n, fmt.Sprintf("%s %s: %s", what, strings.ReplaceAll(f.top, "_", " "), number.Short(most)), err
	case f.random:
		if !cmd.Flags().Changed("seed") {
			f.seed = rand.Uint64()
		}
		n, err = randomNetwork(reader, n.Configuration, rand.New(rand.NewPCG(f.seed, 0)))
		return n, fmt.Sprintf("--seed %d draws it again", f.seed), err
	}
	n.Index = f.network
	if n.Index >= n.Configuration.Networks {
		return n, "", usageError{fmt.Errorf("--network: got %d, want 0 to %d, those of configuration %s (did you mean %d?)",
			n.Index, n.Configuration.Networks-1, n.Configuration.ID(), n.Configuration.Networks-1)}
	}
	return n, "", nil
}

// grid returns the grid that the flags ask for, or one for a picture.
func (f *showFlags) grid(c *schema.Configuration) (schema.Grid, error) {
	grid := report.FigureGrid(c.Grid)
	if len(f.from)+len(f.to)+len(f.points) == 0 {
		return grid, nil
	}
	for _, given := range []struct {
		flag   string
		values int
	}{{"from", len(f.from)}, {"to", len(f.to)}, {"points", len(f.points)}} {
		if given.values > 1 && given.values != len(grid) {
			return nil, usageError{fmt.Errorf("--%s: got %d values, want one, or one for each of %d inputs", given.flag, given.values, len(grid))}
		}
	}
	for i := range grid {
		grid[i].From = at(f.from, i, grid[i].From)
		grid[i].To = at(f.to, i, grid[i].To)
		grid[i].Points = at(f.points, i, grid[i].Points)
		if err := grid[i].Check(); err != nil {
			return nil, usageError{fmt.Errorf("--from, --to, --points: %w", err)}
		}
	}
	on := *c
	on.Grid = grid
	if need, available := on.Memory(), availableMemory(); available > 0 && need > available/4 {
		return nil, resourceError{fmt.Errorf("a grid of %s points needs up to %s of memory and pictures as much again; ask for fewer --points", number.Count(int64(grid.Points())), formatBytes(need))}
	}
	return grid, nil
}

// at returns value i of a flag, the only one if there is one, or what stands if there
// is none.
func at[T any](values []T, i int, standing T) T {
	switch {
	case len(values) == 0:
		return standing
	case len(values) == 1:
		return values[0]
	}
	return values[i]
}

// write writes the files that are wanted and prints their names, and how to load them.
func (f *showFlags) write(out io.Writer, n sampler.Network, d *sampler.Drawing, p *report.Portrait) error {
	base := filepath.Join(f.out, fmt.Sprintf("%s-%d", n.Configuration.ID(), n.Index))
	name := filepath.Base(base)
	var files []report.File
	if d.Finite() {
		files = p.Files(name)
	} else {
		fmt.Fprintln(out, "its values overflow (status nonfinite): it is listed, not drawn; its weights are all there is")
	}
	if d.Finite() && slices.Contains(f.formats, "csv") {
		files = append(files, report.File{Name: name + "-values.csv", Write: func(w io.Writer) error { return report.WriteTable(w, d) }})
	}
	if d.Finite() && slices.Contains(f.formats, "npz") {
		files = append(files, report.File{Name: name + "-values.npz", Write: func(w io.Writer) error { return report.WriteValues(w, d) }})
	}
	weights := base + "-weights.npz"
	if slices.Contains(f.formats, "npz") {
		files = append(files, report.File{Name: name + "-weights.npz", Write: func(w io.Writer) error { return report.WriteWeights(w, d) }})
	}
	for _, file := range files {
		path := filepath.Join(f.out, file.Name)
		if err := writeWhole(path, file.Write); err != nil {
			return err
		}
		fmt.Fprintln(out, path)
	}
	if slices.Contains(f.formats, "npz") {
		printLoading(out, &d.Configuration, filepath.ToSlash(weights))
	}
	return nil
}

// printNetwork says which network is shown, what its row says, and what the grid of the
// picture shows of it.
func printNetwork(out io.Writer, n sampler.Network, own, d *sampler.Drawing, special string) {
	if special != "" {
		special = ", " + special
	}
	fmt.Fprintf(out, "network %d of %s (%s)%s\n%s\n", n.Index, n.Configuration.ID(), n.Configuration.Case, special, report.Words(n.Configuration))
	fmt.Fprintf(out, "its row, on %s: %s\n", own.Configuration.Grid, report.Facts(own))
	fmt.Fprintf(out, "the picture, on %s: %s\n", d.Configuration.Grid, report.Facts(d))
}

// printLoading prints how to load the weights.
func printLoading(out io.Writer, c *schema.Configuration, path string) {
	fmt.Fprintf(out, "\nNumPy\n%s", indented(report.NumPyLines(c, path)))
	if text := report.TorchLines(c, path); text != "" {
		fmt.Fprintf(out, "PyTorch\n%s", indented(text))
	}
}

// indented returns a text with two spaces before every line.
func indented(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString("  " + line)
	}
	return b.String()
}
