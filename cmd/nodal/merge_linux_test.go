package main

import (
	"path/filepath"
	"syscall"
	"testing"
)

// TestMergeDisks merges from a medium that cannot be written to, and into one that is
// too small: that is said before anything is created, and what --force begins all the
// same is sound and goes on when there is room.
func TestMergeDisks(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	sweep, want := prepare(t, threeParts)
	sources := mountSmall(t, "size=64m")
	a, b := filepath.Join(sources.path, "a"), filepath.Join(sources.path, "b")
	wantCode(t, exitComplete, "", "run", sweep, "--out", a, "--shard", "0/2", "--progress", "none")
	wantCode(t, exitComplete, "", "run", sweep, "--out", b, "--shard", "1/2", "--progress", "none")
	must(t, syscall.Mount("none", sources.path, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, "size=64m"))
	disk := mountSmall(t, "size=12m")
	out := filepath.Join(disk.path, "out")
	wantCode(t, exitResources, "its file system has 12.0 MiB free", "merge", out, a, b)
	if exists(out) {
		t.Error("something was created")
	}
	wantCode(t, exitResources, "no space left on device", "merge", out, a, b, "--force")
	if parts := wantWholeParts(t, out, want); parts == 0 || parts == 3 {
		t.Errorf("%d parts fit", parts)
	}
	disk.remount(t, "size=64m")
	wantCode(t, exitComplete, "is complete", "merge", out, a, b)
	wantSameDataset(t, datasetFiles(t, out), want)
	disk.remount(t, "ro")
	wantCode(t, exitComplete, "nothing was to be copied", "merge", out, a, b) // what is complete need not be written to
}
