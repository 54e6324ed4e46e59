package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"nodal/dataset"
	"nodal/report/number"
)

// maxShards is more than any cluster has machines.
const maxShards = 100_000

// parseShard reads a share of a dataset such as "0/4", the first of four. None
// given is all of it.
func parseShard(text string) (dataset.Shard, error) {
	if text == "" {
		return dataset.Shard{Count: 1}, nil
	}
	index, count, _ := strings.Cut(text, "/")
	i, indexErr := strconv.ParseUint(index, 10, 32)
	n, countErr := strconv.ParseUint(count, 10, 32)
	if indexErr != nil || countErr != nil || n > maxShards || i >= n {
		return dataset.Shard{}, usageError{fmt.Errorf("--shard: got %q, want I/N such as 0/4, I from 0 to N-1 and N from 1 to %s", text, number.Count(maxShards))}
	}
	return dataset.Shard{Index: int(i), Count: int(n)}, nil
}

// ownShard returns the share that --shard gives or, if it gives none, the task of an
// array that this process is; that is said, since the dataset will not be complete.
func ownShard(cmd *cobra.Command, flag string) (dataset.Shard, error) {
	if flag != "" {
		return parseShard(flag)
	}
	shard, variable, err := taskShard(os.LookupEnv)
	if err == nil && variable != "" {
		fmt.Fprintf(cmd.ErrOrStderr(), "shard %d/%d, from %s; --shard 0/1 draws the whole\n", shard.Index, shard.Count, variable)
	}
	return shard, err
}

// shardDone tells of a run that has done its share of a dataset while parts of other
// shards are missing, for which [dataset.Directory.Finish] gave err. Its error is nil,
// or errLater if a later stage may have more for the shard, or err if that says
// something else.
func shardDone(w io.Writer, d *dataset.Directory, shard dataset.Shard, out string, err error) error {
	if shard.Count == 1 || !errors.Is(err, dataset.ErrIncomplete) {
		return err
	}
	own := 0
	for part := range d.Parts() {
		has, lost := d.Has(part)
		if lost != nil {
			return lost
		}
		if !has { // somebody has removed it
			return err
		}
		own++
	}
	there, _ := d.Published()
	done := fmt.Sprintf("shard %d/%d is done: %s; %s of %s of the dataset are there", shard.Index, shard.Count,
		counted(int64(own), "part", "parts"), number.Count(int64(there)), counted(int64(d.Plan().PartCount()), "part", "parts"))
	if !d.Plan().Settled() {
		return fmt.Errorf("%s: %s; %w: run every shard again until one completes the dataset", out, done, errLater)
	}
	fmt.Fprintf(w, "%s: %s; run the other shards to complete it\n", out, done)
	return nil
}
