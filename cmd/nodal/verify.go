package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"

	"github.com/spf13/cobra"

	"nodal/dataset"
)

type verifyFlags struct {
	quick, full, repair bool
	recompute           int
	seed                uint64
	format              string
	workers             int
}

func newVerify() *cobra.Command {
	var f verifyFlags
	cmd := &cobra.Command{
		Use:   "verify DIR",
		Short: "Check every part of a dataset, and mend it",
		Long: `Checks a dataset part by part and prints a line for each. Nothing is parsed
before its SHA-256 has been held against the manifest or a journal; a file that
neither knows is read by a child process with little memory and time.

  --quick    names, sizes and footers: seconds for a hundred thousand parts
  (neither)  and the SHA-256 of every file, its columns, metadata and row count
  --full     and every row: that it is the one that belongs there, no network
             twice, and the laws of its columns, such as regions = 1 +
             border_changes/2 + islands; and that the rows decide the
             checkpoints of sampling until certain as they are on record

--recompute K draws K networks again, chosen at random over the rows that are
there, and compares every column bit for bit. --repair moves what is damaged to
DIR/_nodal/quarantine and draws what is missing.

The exit code is 0 if the dataset is whole, and 4 if anything is damaged or
missing; an unfinished sweep is not whole.`,
		Example: `  nodal verify out/article
  nodal verify out/article --full --recompute 1000
  nodal verify out/article --repair`,
		Args: usageArgs(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !cmd.Flags().Changed("seed") {
				f.seed = uint64(rand.Uint32()) // short enough to type
			}
			return verify(cmd, args[0], f)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.quick, "quick", false, "look at names, sizes and footers only")
	flags.BoolVar(&f.full, "full", false, "decode and check every row")
	flags.BoolVar(&f.repair, "repair", false, "move damaged files to the quarantine and draw what is missing")
	flags.IntVar(&f.recompute, "recompute", 0, "draw this many networks again and compare every column")
	flags.Uint64Var(&f.seed, "seed", 0, "chooses the networks of --recompute (others each time without it)")
	flags.StringVar(&f.format, "format", "text", "text or json")
	flags.IntVarP(&f.workers, "workers", "w", defaultWorkers(), "networks drawn at the same time by --repair")
	complete(cmd, "format", "text", "json")
	return cmd
}

// errNotWhole says that a dataset is not what its plan says.
var errNotWhole = errors.New("not whole")

func verify(cmd *cobra.Command, dir string, f verifyFlags) error {
	if err := f.check(); err != nil {
		return err
	}
	out := cmd.OutOrStdout()
	lines := out
	if f.format == "json" {
		lines = io.Discard
	}
	r, err := inspect(lines, dir, f)
	if err != nil {
		return err
	}
	if f.repair && !r.Whole {
		if err := repair(cmd, dir, f, r); err != nil {
			return err
		}
		fmt.Fprintln(lines, "after the repair:")
		if r, err = inspect(lines, dir, f); err != nil {
			return err
		}
	}
	if f.format == "json" {
		encoder := json.NewEncoder(out)
		encoder.SetIndent("", "  ")
		if err := encoder.Encode(r); err != nil {
			return err
		}
	}
	if !r.Whole {
		return fmt.Errorf("%s is %w: %s", dir, errNotWhole, r.verdict(f.repair))
	}
	return nil
}

func (f verifyFlags) check() error {
	if f.format != "text" && f.format != "json" {
		return usageError{fmt.Errorf("--format: got %q, want text or json", f.format)}
	}
	if f.quick && f.full {
		return usageError{errors.New("--quick and --full: got both, want at most one")}
	}
	if f.recompute < 0 {
		return usageError{fmt.Errorf("--recompute: got %d, want a whole number from 0", f.recompute)}
	}
	return checkWorkers(f.workers)
}

// depth returns how closely to look.
func (f verifyFlags) depth() dataset.Depth {
	switch {
	case f.quick:
		return dataset.Quick
	case f.full:
		return dataset.Rows
	}
	return dataset.Bytes
}
