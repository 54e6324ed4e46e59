package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"nodal/dataset"
	"nodal/report"
	"nodal/report/number"
	"nodal/sampler"
	"nodal/schema"
)

type runFlags struct {
	out      string
	workers  int
	engine   string
	progress string
	force    bool
	extend   bool
	grace    time.Duration
	shard    string
	noLock   bool
	refineFlags
}

func newRun() *cobra.Command {
	var f runFlags
	cmd := &cobra.Command{
		Use:   "run SWEEP",
		Short: "Draw and measure the networks of a sweep",
		Long: `Draws every network of the sweep, measures it and writes one row per network to
DIR/networks/*.parquet (and the values of kept fields to DIR/fields). Rows are
the same bit for bit whatever the number of workers.

A directory that holds an unfinished run of the same sweep is continued, a
finished one is left alone, and one of a different sweep is refused. A sweep that
only adds configurations or networks to the one that is there continues it with
--extend; every row that is there stays. Damaged files are moved to
DIR/_nodal/quarantine and drawn again.

Ctrl-C, SIGTERM or SIGUSR1 stops with exit code 75; the same command continues after the
last finished part file. A part is about half a minute of one core, or 122,880
networks: the one at work is finished if that takes no longer than --grace at the
speed so far, and given up otherwise. A second signal stops at once.

Where the sweep asks for networks until a mean is certain, they are drawn in stages
of 1,000, 2,000, 4,000, ... of each configuration, and the rows of a stage decide
which configurations go on. What they decide does not depend on workers, shards or
interruptions either. A shard that has done its share of a stage, while other shards
are at it, ends with code 75: run it again later for what the next stage gives it.

With --shard I/N a run draws every N-th part only, so that N runs, one after the
other or at once on many machines that share DIR, draw the whole. Whichever finds
every part there completes the dataset. The files do not depend on how it was
shared out. In a task of a Slurm job array (SLURM_ARRAY_TASK_ID, _MIN, _STEP, _COUNT)
or a pod of an indexed Kubernetes job (JOB_COMPLETION_INDEX, and NODAL_SHARDS for their
number) the shard is that of the task unless --shard is given; 0/1 is the whole.
nodal slurm, nodal k8s and nodal parallel print what such engines need.

With --refine, networks that their grid does not resolve are then measured again
on grids of half the steps, and half again, until two in a row resolve them or
--refine-limit is reached. Their counts come to DIR/refined, a row for each network.

Two runs that do the same work harm nothing but time. Locks keep them apart; where
the locks of a file system hang or fail, --no-lock does without. Temporary files of
a run that died without locks stay; nodal verify names them.`,
		Example: `  nodal run sweeps/article.yaml --out out/article
  nodal run sweep.yaml --workers 4 --progress plain
  nodal run sweep.yaml --out /shared/out --shard 3/16`,
		Args: usageArgs(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error { return run(cmd, args[0], f) },
	}
	cmd.Flags().StringVarP(&f.out, "out", "o", "", "dataset directory (default out/<name of the sweep>)")
	cmd.Flags().IntVarP(&f.workers, "workers", "w", defaultWorkers(), "networks computed at the same time, 1 to 4096")
	cmd.Flags().StringVar(&f.engine, "engine", string(sampler.Fused), "fused, or blas through gonum's registered implementation")
	cmd.Flags().StringVar(&f.progress, "progress", "auto", "auto (a bar on a terminal, lines elsewhere), plain or none")
	cmd.Flags().BoolVar(&f.force, "force", false, "go on where the disk seems too small (a quota is not seen)")
	cmd.Flags().BoolVar(&f.extend, "extend", false, "add the configurations and networks that the sweep has more than the directory")
	cmd.Flags().DurationVar(&f.grace, "grace", defaultGrace, "time to finish a part when asked to stop; 0 gives it up")
	cmd.Flags().StringVar(&f.shard, "shard", "", "draw only share I of N, I/N from 0/N to N-1/N (default that of the Slurm or Kubernetes task, or all)")
	cmd.Flags().BoolVar(&f.noLock, "no-lock", false, "take no locks, for file systems whose locks hang; two runs may then do the same work")
	f.refineFlags.add(cmd)
	complete(cmd, "engine", string(sampler.Fused), string(sampler.BLAS))
	complete(cmd, "progress", "auto", "plain", "none")
	return cmd
}

// defaultGrace is how long a part may take to be finished after a signal.
const defaultGrace = 20 * time.Second

// collectAt is the garbage collector's growth in percent. Workers allocate next
// to nothing, so a tight collector costs little and keeps the peak memory of ten
// million networks near that of ten thousand. GOGC in the environment wins.
const collectAt = 30

func run(cmd *cobra.Command, path string, f runFlags) error {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectAt)
	}
	engine, err := sampler.ParseEngine(f.engine)
	if err != nil {
		return usageError{fmt.Errorf("--%w", err)}
	}
	if err := checkWorkers(f.workers); err != nil {
		return err
	}
	if f.grace < 0 {
		return usageError{fmt.Errorf("--grace: got %s, want a time of 0 or more, such as 20s or 2m", f.grace)}
	}
	if err := f.refineFlags.check(); err != nil {
		return err
	}
	style, err := parseProgress(f.progress)
	if err != nil {
		return usageError{err}
	}
	shard, err := ownShard(cmd, f.shard)
	if err != nil {
		return err
	}
	sweep, plan, err := readPlan(path, engine)
	if err != nil {
		return err
	}
	if f.out == "" {
		f.out = defaultOut(sweep.Name)
	}
	if err := checkResources(cmd, plan, f.out, shard, f.workers, f.force); err != nil {
		return err
	}
	stop := stopSignal(cmd.ErrOrStderr(), f.out)
	d, err := dataset.Create(f.out, plan, dataset.Options{Vet: vetInChild, Notice: notice(cmd), Shard: shard, Extend: f.extend, NoLocks: f.noLock})
	if err != nil {
		return err
	}
	o := sampler.Options{Workers: f.workers, Engine: engine, Stop: stop, Grace: f.grace, Checkpoint: atCheckpoint(cmd, d, f.out, shard, f.force)}
	err = draw(cmd, d, shard, o, style, f.out)
	if err = errors.Join(err, d.Close()); err == nil && f.refine {
		o := dataset.Options{Vet: vetInChild, Notice: notice(cmd), Shard: shard, NoLocks: f.noLock}
		err = refine(cmd, f.out, f.refineFlags, o, f.workers, stop)
	}
	return err
}

// notice tells a person what a dataset has to say.
func notice(cmd *cobra.Command) func(string) {
	return func(s string) { fmt.Fprintln(cmd.ErrOrStderr(), s) }
}

// draw completes the dataset, or a shard's share of it, and says on stdout where
// the rows are.
func draw(cmd *cobra.Command, d *dataset.Directory, shard dataset.Shard, o sampler.Options, style progressStyle, out string) error {
	plan := d.Plan()
	if d.Complete() {
		fmt.Fprintf(cmd.ErrOrStderr(), "%s is complete already: %s networks of sweep %q, nothing to do\n",
			out, number.Count(plan.Networks()), plan.Sweep)
		printUncertain(cmd.ErrOrStderr(), plan)
		printReaders(cmd.OutOrStdout(), out)
		return nil
	}
	if parts, networks := d.Published(); parts > 0 {
		fmt.Fprintf(cmd.ErrOrStderr(), "%s: %s of %s parts (%s of %s networks) are there, going on\n", out, number.Count(int64(parts)),
			number.Count(int64(plan.PartCount())), number.Count(networks), number.Count(plan.Networks()))
	}
	progress := newProgress(cmd.ErrOrStderr(), style, d)
	say := o.Checkpoint
	o.Checkpoint = func(c sampler.Checkpoint) error {
		progress.stop(true)
		err := say(c)
		if err == nil && c.Open > 0 {
			progress = newProgress(cmd.ErrOrStderr(), style, d)
		}
		return err
	}
	drawn := int64(0)
	o.Progress = func(p sampler.Progress) {
		if !p.Present {
			drawn += p.Networks
		}
		progress.add(p)
	}
	o.Stopping = func(rest sampler.Rest) {
		progress.stop(false)
		printRest(cmd.ErrOrStderr(), rest, o.Grace)
	}
	warnPortable(cmd.ErrOrStderr())
	start := time.Now()
	err := sampler.Run(context.Background(), d, o)
	progress.stop(err == nil)
	if errors.Is(err, sampler.ErrStopped) {
		err = interrupted(d)
	}
	if errors.As(err, new(resourceError)) { // which says where
		return err
	}
	if err != nil {
		return fmt.Errorf("%s: %w", out, err)
	}
	if err := d.Finish(); err != nil {
		return shardDone(cmd.ErrOrStderr(), d, shard, out, err)
	}
	plan = d.Plan() // which has grown if there were checkpoints
	kept := ""
	if present := plan.Networks() - drawn; present > 0 {
		kept = fmt.Sprintf(", %s of them there already", number.Count(present))
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "%s: %s networks in %s%s\n", out, number.Count(plan.Networks()), formatDuration(time.Since(start)), kept)
	printUncertain(cmd.ErrOrStderr(), plan)
	printReaders(cmd.OutOrStdout(), out)
	return nil
}

// defaultOut returns the dataset directory of a sweep for which none was named.
func defaultOut(sweep string) string { return filepath.Join("out", sweep) }

// readPlan reads the sweep file and plans the dataset it asks for. A file that asks
// for too much memory and has no other mistake is a lack of resources.
func readPlan(path string, engine sampler.Engine) (*schema.Sweep, *dataset.Plan, error) {
	sweep, err := schema.ReadSweep(path, schema.Limits{Memory: availableMemory()})
	if schema.OnlyMemory(err) {
		return nil, nil, resourceError{err}
	}
	if err != nil {
		return nil, nil, err
	}
	plan := dataset.NewPlan(sweep.Name, sweep.Seed, sweep.Canonical(), sweep.Configurations(), engine.Numerics())
	return sweep, plan, nil
}

// printReaders prints lines to paste into a shell and into Python.
func printReaders(w io.Writer, out string) {
	fmt.Fprintln(w)
	for _, q := range report.Queries(out) {
		fmt.Fprintln(w, q.Program)
		for line := range strings.Lines(q.Text) {
			fmt.Fprint(w, "  "+line)
		}
	}
}
