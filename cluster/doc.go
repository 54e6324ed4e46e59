// Package cluster hands a sweep to engines that start numbered tasks on many
// machines: it says how many tasks a plan makes, and writes what Slurm, Kubernetes
// and GNU parallel read. The tasks are shards of one dataset, see [dataset.Shard];
// nothing here runs anything.
package cluster
