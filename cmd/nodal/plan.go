package main

import (
	"fmt"
	"io"
	"path/filepath"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"nodal/dataset"
	"nodal/dataset/disk"
	"nodal/sampler"
	"nodal/schema"
)

func newPlan() *cobra.Command {
	var workers int
	cmd := &cobra.Command{
		Use:   "plan SWEEP",
		Short: "Say what a sweep will draw, how long and how large; runs nothing",
		Long: `Checks the sweep file and prints its configurations, networks, part files and
estimates of time, memory and bytes, by case and in all. Runs and writes nothing.

Times come from a nominal cost per operation with AVX-512 or AVX2 and can be off
by a factor of two on another machine. Portable Go takes tens of times longer.
Memory and bytes are upper estimates: run refuses what does not fit the machine.
Quotas cannot be seen.`,
		Example: `  nodal plan sweeps/depth-vs-width.yaml
  nodal plan sweep.yaml --workers 16`,
		Args: usageArgs(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkWorkers(workers); err != nil {
				return err
			}
			_, plan, err := readPlan(args[0], sampler.Fused)
			if err != nil {
				return err
			}
			warnPortable(cmd.ErrOrStderr())
			return printPlan(cmd.OutOrStdout(), plan, workers)
		},
	}
	cmd.Flags().IntVarP(&workers, "workers", "w", defaultWorkers(), "networks computed at the same time")
	return cmd
}

// estimate is what some configurations cost.
type estimate struct {
	name           string
	configurations int
	networks       int64
	seconds        float64 // of one core
	bytes          float64

	first        int64   // networks at the first checkpoint, all if there is none
	firstSeconds float64 // of these
}

func (e *estimate) add(c *schema.Configuration) {
	e.configurations++
	e.networks += c.Networks
	first := dataset.Target(*c, 0)
	e.first += first
	e.firstSeconds += dataset.Cost(*c) * float64(first) / 1e9
	e.seconds += dataset.Cost(*c) * float64(c.Networks) / 1e9
	e.bytes += float64(c.Networks)*float64(dataset.RowBytes(*c)) + float64(c.KeepFields)*float64(dataset.FieldBytes(*c))
}

// estimates returns what each case costs, in the order of the plan, and all of
// them together.
func estimates(plan *dataset.Plan) (cases []estimate, all estimate) {
	all.name = "all"
	for i := range plan.Configurations {
		c := &plan.Configurations[i]
		if len(cases) == 0 || cases[len(cases)-1].name != c.Case {
			cases = append(cases, estimate{name: c.Case})
		}
		cases[len(cases)-1].add(c)
		all.add(c)
	}
	return cases, all
}

// printPlan prints a table by case, then the totals.
func printPlan(w io.Writer, plan *dataset.Plan, workers int) error {
	cases, all := estimates(plan)
	fmt.Fprintf(w, "sweep %s, seed %d\n\n", plan.Sweep, plan.Seed)
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "case\tconfigurations\tnetworks\ttime of one core\tbytes\t")
	for _, e := range append(cases, all) {
		fmt.Fprintf(table, "%s\t%d\t%s\t%s%s\t%s%s\t\n", e.name, e.configurations, formatRange(e.first, e.networks),
			e.upTo(), formatSeconds(e.seconds), e.upTo(), formatBytes(int64(e.bytes)))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(w)
	if !plan.Settled() {
		printUntil(w, plan)
		fmt.Fprintln(w)
	}
	longest := plan.Longest()
	_, err := fmt.Fprintf(w, "parts   %s\ntime    about %s with %d workers\nmemory  up to %s\ndisk    up to %s%s\n",
		formatRange(int64(plan.PartCount()), int64(longest.PartCount())), all.times(workers), workers,
		formatBytes(sampler.MemoryOf(plan).With(workers)), formatBytes(longest.Size().Bytes), freeFor(defaultOut(plan.Sweep)))
	return err
}

// upTo stands before what an estimate costs at most, if it may be less.
func (e *estimate) upTo() string {
	if e.first < e.networks {
		return "up to "
	}
	return ""
}

// times returns how long the workers take, from the first checkpoint to the last.
func (e *estimate) times(workers int) string {
	least, most := formatSeconds(e.firstSeconds/float64(workers)), formatSeconds(e.seconds/float64(workers))
	if e.first == e.networks {
		return most
	}
	return least + " to " + most
}

// freeFor says how much room there is for a dataset directory, "" if nobody knows.
func freeFor(out string) string {
	free, known := disk.Free(out)
	if !known {
		return ""
	}
	return fmt.Sprintf(", with %s free for %s", formatBytes(free.Bytes), filepath.ToSlash(out))
}

// formatSeconds is formatDuration for times that may exceed a Duration's range.
func formatSeconds(s float64) string {
	const year = 365.25 * 24 * 3600
	if s > 10*year {
		return fmt.Sprintf("%.0f years", s/year)
	}
	return formatDuration(time.Duration(s * float64(time.Second)))
}
