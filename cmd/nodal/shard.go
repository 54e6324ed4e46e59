package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

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

// shardDone returns what to tell of a run that has done its share of a dataset
// while parts of other shards are missing. It returns err, which [dataset.Directory.Finish]
// gave, if that says something else.
func shardDone(d *dataset.Directory, shard dataset.Shard, err error) (string, error) {
	if shard.Count == 1 || !errors.Is(err, dataset.ErrIncomplete) {
		return "", err
	}
	own := 0
	for part := range d.Parts() {
		has, lost := d.Has(part)
		if lost != nil {
			return "", lost
		}
		if !has { // somebody has removed it
			return "", err
		}
		own++
	}
	there, _ := d.Published()
	rest := "run the other shards to complete it"
	if !d.Plan().Settled() {
		rest = "run all shards again until one completes it: some means are not certain yet"
	}
	return fmt.Sprintf("shard %d/%d is done: %s; %s of %s of the dataset are there; %s", shard.Index, shard.Count,
		counted(int64(own), "part", "parts"), number.Count(int64(there)), counted(int64(d.Plan().PartCount()), "part", "parts"), rest), nil
}
