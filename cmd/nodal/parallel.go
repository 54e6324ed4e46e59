package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"nodal/cluster"
)

type parallelFlags struct {
	hosts string
	out   string
	tasks int
}

func newParallel() *cobra.Command {
	var f parallelFlags
	cmd := &cobra.Command{
		Use:   "parallel SWEEP --hosts A,B,C",
		Short: "Print a line for GNU parallel that draws a sweep on many hosts",
		Long: `Prints one line to paste into a shell. It has GNU parallel draw the shards of the
sweep on hosts that ssh reaches without a password, one at a time on each with all
its processors: fast hosts take more of them. Runs and writes nothing.

The hosts and this machine share a disk on which nodal, the sweep file and the
dataset directory have the same paths. parallel has to be installed here, perl on
every host. A shard that fails, or whose host is lost, is tried on others, three
times in all. After Ctrl-C, or if some fail all the same, paste the line again:
what is there is not drawn again.

A host is what ssh calls it, user@host, : for this machine, or a whole command such
as "ssh -p 2222 user@host". Their logins are to have a POSIX shell.

Without a shared disk let every host draw shards into a directory of its own, copy
these to one machine, and put them together with nodal merge.`,
		Example: `  nodal parallel sweep.yaml --hosts ada,emmy,me@sofia --out /shared/out
  eval "$(nodal parallel sweep.yaml --hosts ada,:)"`,
		Args: usageArgs(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error { return printParallel(cmd.OutOrStdout(), args[0], f) },
	}
	cmd.Flags().StringVar(&f.hosts, "hosts", "", "hosts, with commas between them (needed)")
	cmd.Flags().StringVarP(&f.out, "out", "o", "", "dataset directory (default out/<name of the sweep>)")
	cmd.Flags().IntVar(&f.tasks, "tasks", 0, "shards (default as many as take half an hour on a host like this one, at least 4 a host)")
	return cmd
}

// printParallel prints the line for a sweep file.
func printParallel(w io.Writer, path string, f parallelFlags) error {
	hosts := strings.Split(f.hosts, ",")
	for _, host := range hosts {
		if host == "" || strings.TrimSpace(host) != host || strings.HasPrefix(host, "-") || strings.ContainsAny(host, "\n\r\t\x00") {
			return usageError{fmt.Errorf("--hosts: got %q, want hosts with commas between them, such as ada,me@emmy", f.hosts)}
		}
	}
	if err := checkTasks(f.tasks); err != nil {
		return err
	}
	_, plan, err := readPlanAndText(path)
	if err != nil {
		return err
	}
	if f.out == "" {
		f.out = defaultOut(plan.Sweep)
	}
	program, err := os.Executable()
	if err != nil {
		return fmt.Errorf("where this program is: %w", err)
	}
	for _, p := range []*string{&path, &f.out} {
		if *p, err = filepath.Abs(*p); err != nil {
			return err
		}
	}
	if f.tasks == 0 {
		f.tasks = cluster.CutForHosts(plan, defaultWorkers(), len(hosts)).Count
	}
	line := cluster.Parallel{Program: program, Sweep: path, Out: f.out, Hosts: hosts, Tasks: f.tasks, Stages: !plan.Settled()}.Line()
	_, err = io.WriteString(w, line)
	return err
}
