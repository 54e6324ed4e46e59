package dataset_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"syscall"
	"testing"

	"nodal/dataset"
	"nodal/dataset/disk/crashdisk"
)

// lateFaults are the failures that come when all was written: of fsync, which may
// have dropped what it could not write, and of close, with which some file
// systems find out that there is no room.
var lateFaults = []struct {
	operation string
	err       error
}{
	{"sync", syscall.EIO},
	{"sync", syscall.ENOSPC},
	{"close", syscall.EIO},
	{"close", syscall.ENOSPC},
	{"close", syscall.EDQUOT},
}

// TestLateFaults fails every fsync and every close of a temporary file in turn.
// The file is given up: it gets no name, is not synced again, and is gone when the
// run has ended.
func TestLateFaults(t *testing.T) {
	dataset.SmallParts(t, 32)
	plan := faultPlan(t, faultSweep)
	want, _ := undisturbed(t, plan)
	disk := crashdisk.New()
	if err := runOn(t, disk, plan, dataset.Options{}); err != nil {
		t.Fatal(err)
	}
	usual := disk.Log()
	for _, fault := range lateFaults {
		t.Run(fmt.Sprintf("%s/%v", fault.operation, fault.err), func(t *testing.T) {
			tried := map[string]bool{}
			for i, op := range usual {
				if op.Name != fault.operation || !strings.HasSuffix(op.Path, ".tmp") {
					continue
				}
				tried[kindOf(op.Path)] = true
				t.Run(fmt.Sprintf("operation=%d", i+1), func(t *testing.T) {
					disk := crashdisk.New()
					disk.FailAt(i+1, crashdisk.Fault{Err: fault.err})
					if err := runOn(t, disk, plan, dataset.Options{}); !errors.Is(err, fault.err) {
						t.Errorf("the run of %s ends with %v, want %v", op.Path, err, fault.err)
					}
					wantGivenUp(t, disk, i)
					wantWhole(t, disk, want)
					if err := runOn(t, disk, plan, dataset.Options{}); err != nil {
						t.Errorf("the next run: %v", err)
					}
					wantFiles(t, disk, want)
					if v := disk.Violations(); len(v) > 0 {
						t.Error(v)
					}
				})
			}
			for _, kind := range kinds {
				if !tried[kind] {
					t.Errorf("no %s of a %s was tried", fault.operation, kind)
				}
			}
		})
	}
}

// kinds are the files that are written under a temporary name.
var kinds = []string{"networks/.part", "fields/.part", "/.plan.json", "/.sweep.yaml", "/.manifest.json", "/._SUCCESS"}

// kindOf returns the one of kinds that a temporary file is, or "".
func kindOf(temp string) string {
	i := slices.IndexFunc(kinds, func(kind string) bool { return strings.Contains(temp, kind) })
	if i < 0 {
		return ""
	}
	return kinds[i]
}

// wantGivenUp checks that after the operation with that index in the log, which
// failed, nothing was done with its file but to close and to remove it, and that
// no temporary file is left.
func wantGivenUp(t *testing.T, disk *crashdisk.Disk, index int) {
	t.Helper()
	log := disk.Log()
	if log[index].Err == nil {
		t.Fatalf("%s %s did not fail", log[index].Name, log[index].Path)
	}
	for _, op := range log[index+1:] {
		if op.Path == log[index].Path && op.Name != "close" && op.Name != "remove" {
			t.Errorf("%s %s after its %s failed", op.Name, op.Path, log[index].Name)
		}
	}
	for _, name := range disk.Paths() {
		if strings.HasSuffix(name, ".tmp") {
			t.Errorf("%s is left", name)
		}
	}
}
