package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"nodal/dataset"
	"nodal/dataset/disk"
	"nodal/report/number"
)

// checkResources refuses a run that the machine has not the memory or the disk for,
// before anything is created, and has the collector heed what there is.
func checkResources(cmd *cobra.Command, plan *dataset.Plan, out string, shard dataset.Shard, workers int, force bool) error {
	available := availableMemory()
	if err := checkMemory(plan, workers, available); err != nil {
		return err
	}
	limitCollector(available)
	free, known := disk.Free(out)
	if !known {
		return nil
	}
	return checkSpace(cmd.ErrOrStderr(), out, plan.Missing(out, shard), free, force)
}

// checkSpace refuses a run that will not fit the file system of its directory, or
// only warns if it is forced to go on. need is for what is missing there, and an
// upper estimate; quotas are not seen.
func checkSpace(w io.Writer, out string, need dataset.Size, free disk.Space, force bool) error {
	var lack string
	switch {
	case need.Bytes > free.Bytes:
		lack = fmt.Sprintf("needs up to %s of disk and its file system has %s free",
			formatBytes(need.Bytes), formatBytes(free.Bytes))
	case free.Files >= 0 && need.Files > free.Files:
		lack = fmt.Sprintf("needs up to %s files and its file system has room for %s",
			number.Count(need.Files), number.Count(free.Files))
	default:
		return nil
	}
	if force {
		fmt.Fprintf(w, "%s: %s; going on because of --force\n", out, lack)
		return nil
	}
	return resourceError{fmt.Errorf("%s: %s: make room, choose another folder, or try all the same with --force", out, lack)}
}
