package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"nodal/dataset"
	"nodal/dataset/disk"
	"nodal/report/number"
	"nodal/sampler"
)

type mergeFlags struct {
	full, force, noLock bool
}

func newMerge() *cobra.Command {
	var f mergeFlags
	cmd := &cobra.Command{
		Use:   "merge OUT DIR...",
		Short: "Bring the parts of several datasets of one sweep together",
		Long: `Copies to OUT the parts that it lacks and the datasets DIR have: what the shards of
a sweep have drawn on machines that share no disk. OUT may be missing, an empty
folder, or a dataset of the same sweep. When every part is there OUT is complete, and
its files are those of a run on one machine; until then nodal run draws the rest.

The datasets have to be of the same plan, or of one that was extended with nodal run
--extend, once or in several steps: OUT then gets the longest. A sweep that was drawn
once in 1,000 networks and extended to 2,000 and once in 2,000 has the same networks
in different part files, which are not merged (code 6).

Before anything is written every part in every DIR is read and held against its
SHA-256 on record, as nodal verify does; a part that is on no record is read by a
child process; with --full every row is checked too. In OUT the parts that a DIR has as
well are read; of the others sizes and footers are looked at. Damage, and two files of
the same part that are not the same bytes, end it with code 4 and change nothing.

Each DIR is only read, and may lie on a read-only medium or be unfinished. Its
quarantine, journals and locks are not copied. Refined networks are: what OUT has
stays, else the first DIR that has a file of a part gives it, whatever its
--refine-limit was. Where a sweep asks for networks until a mean is certain, OUT is as
far as the furthest DIR, and nodal run goes on from there, or nodal merge DIR OUT takes
what was decided there back to a DIR.

Ctrl-C or SIGTERM stops after the part that is being copied, with code 75. Whatever
stops it, also the power, OUT is sound and the same command continues. Parts appear
in OUT as those of a run do, whole or not at all, and shards may be at work there
meanwhile; only if its plan is extended OUT has to be left alone (code 5 if not).`,
		Example: `  nodal merge all shard-0 shard-1 shard-2
  nodal merge all /media/*/out --full`,
		Args: usageArgs(cobra.MinimumNArgs(2)),
		RunE: func(cmd *cobra.Command, args []string) error { return merge(cmd, args[0], args[1:], f) },
	}
	cmd.Flags().BoolVar(&f.full, "full", false, "decode and check every row of every DIR")
	cmd.Flags().BoolVar(&f.force, "force", false, "go on where the disk seems too small (a quota is not seen)")
	cmd.Flags().BoolVar(&f.noLock, "no-lock", false, "take no locks, for file systems whose locks hang")
	return cmd
}

func merge(cmd *cobra.Command, out string, dirs []string, f mergeFlags) error {
	w := cmd.ErrOrStderr()
	dirs, err := mergePaths(w, out, dirs)
	if err != nil {
		return err
	}
	told := &mergeProgress{w: w, last: time.Now(), stop: stopSignal(w, out)}
	o := dataset.MergeOptions{
		Options: dataset.Options{Vet: vetInChild, Notice: notice(cmd), NoLocks: f.noLock},
		Depth:   dataset.Bytes, Step: told.step,
	}
	if f.full {
		o.Depth = dataset.Rows
		o.Decisions = func(r *dataset.Reader) ([]*dataset.IntegrityError, error) {
			return sampler.CheckDecisions(context.Background(), r)
		}
	}
	m, err := dataset.OpenMerge(out, dirs, o)
	if err == nil {
		err = m.Verify()
	}
	if err != nil {
		return untouched(out, err)
	}
	need, err := m.Need()
	if err != nil {
		return err
	}
	if free, known := disk.Free(out); known {
		if err := checkSpace(w, out, need, free, f.force); err != nil {
			return err
		}
	}
	merged, err := m.Copy()
	if err != nil {
		return err
	}
	printSources(w, m)
	if !merged.Complete {
		return printLacking(w, out, m, merged)
	}
	if merged.Copied {
		fmt.Fprintf(w, "%s is complete: %s, %s networks\n", out, counted(int64(merged.Parts), "part", "parts"), number.Count(merged.Networks))
	} else {
		fmt.Fprintf(w, "%s is complete: %s, %s networks; nothing was to be copied\n", out, counted(int64(merged.Parts), "part", "parts"), number.Count(merged.Networks))
	}
	printUncertain(w, m.Plan())
	printReaders(cmd.OutOrStdout(), out)
	return nil
}

// untouched says of an error that comes before anything is written that nothing was.
func untouched(out string, err error) error {
	switch exitCode(err) {
	case exitIntegrity, exitDifferent, exitInterrupted:
		return fmt.Errorf("%w\n%s: nothing was changed", err, out)
	}
	return err
}

// printSources says what came from where.
func printSources(w io.Writer, m *dataset.Merge) {
	taken, bytes := 0, int64(0)
	for _, s := range m.Sources() {
		line := fmt.Sprintf("%s: %s taken, %s there already", s.Path, counted(int64(s.Taken), "part", "parts"), number.Count(int64(s.Parts-s.Taken)))
		if s.Refined > 0 {
			line += fmt.Sprintf("; %s of refined networks taken", counted(int64(s.Refined), "file", "files"))
		}
		fmt.Fprintln(w, line)
		taken, bytes = taken+s.Taken, bytes+s.Bytes
	}
	fmt.Fprintf(w, "in all: %s taken, %s\n", counted(int64(taken), "part", "parts"), formatBytes(bytes))
}

// mergeProgress says now and then how far a merge is, and ends it between two parts
// after a signal.
type mergeProgress struct {
	w    io.Writer
	last time.Time
	stop <-chan struct{}
}

// step is [dataset.MergeOptions].Step.
func (p *mergeProgress) step(s dataset.MergeStep) error {
	select {
	case <-p.stop:
		return p.interrupted(s)
	default:
	}
	if s.Total == 0 || time.Since(p.last) < lineInterval {
		return nil
	}
	p.last = time.Now()
	if s.Copying {
		fmt.Fprintf(p.w, "%s: %s of %s parts copied, %s\n", s.Path, number.Count(int64(s.Done)), number.Count(int64(s.Total)), formatBytes(s.Bytes))
	} else {
		fmt.Fprintf(p.w, "%s: %s of %s parts checked\n", s.Path, number.Count(int64(s.Done)), number.Count(int64(s.Total)))
	}
	return nil
}

// interrupted says how far a merge came.
func (p *mergeProgress) interrupted(s dataset.MergeStep) error {
	what := "the datasets were checked"
	switch {
	case s.Copying && s.Total > 0:
		what = fmt.Sprintf("%s of %s parts were copied", number.Count(int64(s.Done)), number.Count(int64(s.Total)))
	case s.Copying:
		what = "refined networks were copied"
	}
	return fmt.Errorf("%s: %w while %s; run the same command again to continue", s.Path, errInterrupted, what)
}
