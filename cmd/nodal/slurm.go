package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"nodal/cluster"
	"nodal/report/number"
)

type slurmFlags struct {
	out     string
	cpus    int
	tasks   int
	options []string
	nodal   string
	noLock  bool
}

func newSlurm() *cobra.Command {
	var f slurmFlags
	cmd := &cobra.Command{
		Use:   "slurm SWEEP",
		Short: "Print a batch script that draws a sweep with Slurm",
		Long: `Prints a batch script for Slurm: an array of tasks, each of which draws a share of
the dataset in DIR, and a job after them that verifies and summarizes it. Runs and
submits nothing. Machines have to share DIR, the sweep file and the program, which
the script names by absolute paths.

There are as many tasks as take about half an hour each at the nominal speed, 1 to
1,000 and no more than there are parts. Their time limit is twice that, from 10
minutes to an hour: a task that needs more stops a minute before it and is
requeued. So is one whose machine is lost, and one that waits for the next stage of
a sweep that draws until means are certain. A task that is cancelled stays so.
Submitting the script again, or some of its tasks (sbatch --array=3,5 job.sh), draws
what is missing.`,
		Example: `  nodal slurm sweep.yaml > job.sh && sbatch job.sh
  nodal slurm sweep.yaml --out /shared/out --cpus 16 --sbatch partition=short --sbatch account=physics > job.sh`,
		Args: usageArgs(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error { return slurm(cmd, args[0], f) },
	}
	cmd.Flags().StringVarP(&f.out, "out", "o", "", "dataset directory (default out/<name of the sweep>)")
	cmd.Flags().IntVar(&f.cpus, "cpus", 4, "processors of a task, 1 to 4096")
	cmd.Flags().IntVar(&f.tasks, "tasks", 0, "tasks, 1 to 1,000; 0 for as many as take half an hour")
	cmd.Flags().StringArrayVar(&f.options, "sbatch", nil, "an option of sbatch for all jobs, such as partition=short; may be given again")
	cmd.Flags().StringVar(&f.nodal, "nodal", "", "the program on the machines (default this one)")
	cmd.Flags().BoolVar(&f.noLock, "no-lock", false, "tasks take no locks, for file systems whose locks hang")
	return cmd
}

// slurm prints the script, and on stderr what it will do.
func slurm(cmd *cobra.Command, path string, f slurmFlags) error {
	options, err := f.check()
	if err != nil {
		return err
	}
	_, plan, err := readPlanAndText(path)
	if err != nil {
		return err
	}
	if f.out == "" {
		f.out = defaultOut(plan.Sweep)
	}
	s := &cluster.Slurm{Plan: plan, Tasks: cluster.Cut(plan, f.cpus, f.tasks), Memory: taskMemory(plan, f.cpus), NoLock: f.noLock, Options: options}
	s.Nodal, err = program(f.nodal)
	if err == nil {
		s.Sweep, err = filepath.Abs(path)
	}
	if err == nil {
		s.Out, err = filepath.Abs(f.out)
	}
	if err != nil {
		return err
	}
	var script bytes.Buffer
	if err := s.Write(&script); err != nil {
		return usageError{err}
	}
	if _, err := script.WriteTo(cmd.OutOrStdout()); err != nil {
		return err
	}
	printTasks(cmd.ErrOrStderr(), s)
	return nil
}

// maxSlurmTasks is the size of an array that Slurm takes unless it is configured
// otherwise (MaxArraySize).
const maxSlurmTasks = 1000

// check returns the options of sbatch as they stand in a script.
func (f slurmFlags) check() ([]string, error) {
	if f.cpus < 1 || f.cpus > maxWorkers {
		return nil, usageError{fmt.Errorf("--cpus: got %d, want a whole number from 1 to %d", f.cpus, maxWorkers)}
	}
	if f.tasks < 0 || f.tasks > maxSlurmTasks {
		return nil, usageError{fmt.Errorf("--tasks: got %d, want a whole number from 1 to %s, or 0 for as many as take half an hour", f.tasks, number.Count(maxSlurmTasks))}
	}
	var options []string
	for _, option := range f.options {
		text := "--" + strings.TrimPrefix(option, "--")
		name, _, _ := strings.Cut(text, "=")
		switch {
		case strings.HasPrefix(option, "-") && !strings.HasPrefix(option, "--"), name == "--", strings.ContainsAny(name, " \t"):
			return nil, usageError{fmt.Errorf("--sbatch: got %q, want a long option such as partition=short", option)}
		case name == "--array":
			return nil, usageError{errors.New("--sbatch: got an array, want --tasks; sbatch --array=0-9%2 job.sh submits some tasks, or some at a time")}
		}
		options = append(options, text)
	}
	return options, nil
}

// program returns the program that tasks are to start: a name is looked for there, a
// path is made absolute, and none is this program.
func program(name string) (string, error) {
	if name == "" {
		return os.Executable()
	}
	if !strings.ContainsRune(name, os.PathSeparator) {
		return name, nil
	}
	return filepath.Abs(name)
}

// printTasks says what a script will do.
func printTasks(w io.Writer, s *cluster.Slurm) {
	t := s.Tasks
	fmt.Fprintf(w, "%s of %s and %s, about %s each at the nominal speed, %s in all\n", counted(int64(t.Count), "task", "tasks"),
		counted(int64(t.Workers), "processor", "processors"), formatBytes(s.Megabytes()<<20), formatSeconds(t.Seconds), counted(int64(math.Ceil(t.Total/3600)), "core hour", "core hours"))
	if slices := s.Slices(); slices > 1 {
		fmt.Fprintf(w, "a task stops before its limit of %d minutes and is requeued, up to %s at half that speed\n", s.Minutes(), counted(int64(slices-1), "time", "times"))
	}
}
