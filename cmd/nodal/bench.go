package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"nodal/kernels"
	"nodal/report/number"
	"nodal/sampler"
	"nodal/schema"
)

type benchFlags struct {
	workers int
	seconds float64
	shapes  bool
	dir     string
}

func newBench() *cobra.Command {
	var f benchFlags
	cmd := &cobra.Command{
		Use:   "bench",
		Short: "Measure how fast this machine is and how much of that nodal uses",
		Long: `Measures what one core can do at best (float32 multiply-adds in registers), runs
the four standard workloads from drawing to Parquet, with one worker and with
all of them, and says what share of the bound they reach. The bound of a network
is its multiplications and additions at the measured peak plus its activations
at their measured cost.

--shapes prints instead what a network costs for depth 1 to 8 and width 4 to 256,
with one and two inputs: the table to choose a sweep by. There a run takes a fiftieth
of --seconds, or one network.

Medians of five runs. Everything else that the machine does makes it slower.`,
		Example: `  nodal bench
  nodal bench --shapes
  NODAL_CPU=avx2 nodal bench --workers 4`,
		Args: usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error { return bench(cmd, f) },
	}
	cmd.Flags().IntVarP(&f.workers, "workers", "w", runtime.GOMAXPROCS(0), "workers of the second measurement, 1 to 4096")
	cmd.Flags().Float64Var(&f.seconds, "seconds", 1, "about how long each of the five runs takes, 0.01 to 60")
	cmd.Flags().BoolVar(&f.shapes, "shapes", false, "time per network over depth and width")
	cmd.Flags().StringVar(&f.dir, "dir", os.TempDir(), "where the rows are written, and removed")
	return cmd
}

func bench(cmd *cobra.Command, f benchFlags) error {
	if err := checkWorkers(f.workers); err != nil {
		return err
	}
	if !(f.seconds >= 0.01 && f.seconds <= 60) {
		return usageError{fmt.Errorf("--seconds: got %v, want 0.01 to 60", f.seconds)}
	}
	warnPortable(cmd.ErrOrStderr())
	out := cmd.OutOrStdout()
	machine := sampler.MeasureMachine()
	fmt.Fprintf(out, "%s, %d cores, %s, path %s\n", processorName(), runtime.GOMAXPROCS(0), runtime.Version(), kernels.ActivePath())
	fmt.Fprintf(out, "peak of one core: %.4g GFLOP/s in float32 multiply-adds; tanh %.2f ns, relu %.2f ns per value\n\n",
		machine.Flops/1e9, machine.Activations[schema.Tanh], machine.Activations[schema.ReLU])
	if f.shapes {
		return benchShapes(out, machine, shapeDepths, shapeWidths, f.seconds/50)
	}
	ctx, stop := signal.NotifyContext(context.Background(), stopSignals...)
	defer stop()
	err := benchWorkloads(ctx, out, machine, f)
	if ctx.Err() != nil {
		return errInterrupted
	}
	return err
}

// benchWorkloads prints networks per second of the standard workloads, rows
// written.
func benchWorkloads(ctx context.Context, out io.Writer, machine sampler.Machine, f benchFlags) error {
	dir, err := os.MkdirTemp(f.dir, "nodal-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(table, "workload\tnetwork\tgrid\tnetworks/s, 1 worker\tof bound\t%d workers\tspeed-up\t\n", f.workers)
	for _, w := range sampler.Workloads() {
		c := w.Configuration
		bound := machine.Bound(&c)
		networks := max(1, int64(f.seconds/bound))
		one, err := medianRate(ctx, dir, c, networks, 1)
		if err != nil {
			return err
		}
		all, err := medianRate(ctx, dir, c, networks*int64(min(f.workers, runtime.GOMAXPROCS(0))), f.workers)
		if err != nil {
			return err
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%.0f %%\t%s\t%.2f\t\n", w.Name, layersText(&c), gridText(c.Grid),
			formatRate(one), 100*one*bound, formatRate(all), all/one)
	}
	return table.Flush()
}

// medianRate returns the median networks per second of five runs below dir.
func medianRate(ctx context.Context, dir string, c schema.Configuration, networks int64, workers int) (float64, error) {
	var rates [5]float64
	for i := range rates {
		run := filepath.Join(dir, "run")
		rate, err := sampler.Rate(ctx, run, c, networks, workers)
		if err != nil {
			return 0, err
		}
		if err := os.RemoveAll(run); err != nil {
			return 0, err
		}
		rates[i] = rate
	}
	slices.Sort(rates[:])
	return rates[len(rates)/2], nil
}

var (
	shapeDepths = []int{1, 2, 3, 4, 5, 6, 7, 8}
	shapeWidths = []int{4, 8, 16, 32, 64, 128, 256}
)

// benchShapes prints the time per network of one worker, without the writing of
// its row, and its share of the bound, for every depth and width. Each of the
// five measurements of a shape takes about batch seconds.
func benchShapes(out io.Writer, machine sampler.Machine, depths, widths []int, batch float64) error {
	for _, inputs := range []int{1, 2} {
		c := sampler.Shape(inputs, 1, 1)
		fmt.Fprintf(out, "%d → [width × depth] → 1, tanh, %s points: microseconds per network on one core (share of the bound)\n",
			inputs, gridText(c.Grid))
		table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
		fmt.Fprint(table, "width")
		for _, depth := range depths {
			fmt.Fprintf(table, "\tdepth %d", depth)
		}
		fmt.Fprintln(table, "\t")
		for _, width := range widths {
			fmt.Fprint(table, width)
			for _, depth := range depths {
				c := sampler.Shape(inputs, depth, width)
				seconds := sampler.SecondsPerNetwork(&c, batch)
				fmt.Fprintf(table, "\t%s (%.0f %%)", formatMicroseconds(seconds), 100*machine.Bound(&c)/seconds)
			}
			fmt.Fprintln(table, "\t")
		}
		if err := table.Flush(); err != nil {
			return err
		}
		fmt.Fprintln(out)
	}
	return nil
}

// layersText returns "1 → 11 → 9 → 1, tanh".
func layersText(c *schema.Configuration) string {
	var sizes []string
	for _, n := range c.Layers() {
		sizes = append(sizes, strconv.Itoa(n))
	}
	return strings.Join(sizes, " → ") + ", " + string(c.Activation)
}

// gridText returns "1,001" or "128 × 128".
func gridText(g schema.Grid) string {
	var axes []string
	for _, a := range g {
		axes = append(axes, number.Count(int64(a.Points)))
	}
	return strings.Join(axes, " × ")
}

// formatRate returns three significant digits or more, as whole networks where
// there are that many.
func formatRate(perSecond float64) string {
	if perSecond < 100 {
		return fmt.Sprintf("%.3g", perSecond)
	}
	return number.Count(int64(perSecond + 0.5))
}

// formatMicroseconds returns a time of two or three significant digits.
func formatMicroseconds(seconds float64) string {
	if us := 1e6 * seconds; us < 100 {
		return fmt.Sprintf("%.3g", us)
	}
	return number.Count(int64(1e6*seconds + 0.5))
}

// processorName returns the processor's name where Linux tells it, else its
// architecture.
func processorName() string {
	text, err := os.ReadFile("/proc/cpuinfo")
	if err == nil {
		for line := range strings.Lines(string(text)) {
			if key, name, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == "model name" {
				return strings.TrimSpace(name)
			}
		}
	}
	return runtime.GOARCH
}
