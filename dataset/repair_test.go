package dataset_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"nodal/dataset"
	"nodal/dataset/disk/crashdisk"
)

// repairOn does what nodal verify --repair does: it looks, and repairs what it
// has found.
func repairOn(t testing.TB, disk *crashdisk.Disk) error {
	t.Helper()
	v, err := dataset.Verify(root, dataset.Rows, dataset.Options{FS: disk})
	if err != nil {
		return err
	}
	damage := append([]*dataset.IntegrityError{}, v.Problems...)
	missing := false
	for part, err := range v.Parts() {
		if err != nil {
			return err
		}
		damage = append(damage, part.Problems...)
		missing = missing || part.Missing
	}
	if v.Finished() && !missing && len(damage) == 0 {
		return nil
	}
	return runOn(t, disk, v.Plan(), dataset.Options{Repair: damage})
}

// inQuarantine reports whether the quarantine of a disk has a file of these bytes.
func inQuarantine(disk *crashdisk.Disk, content []byte) bool {
	for name, there := range disk.Files() {
		if strings.HasPrefix(name, root+"/_nodal/quarantine/") && string(there) == string(content) {
			return true
		}
	}
	return false
}

// wantRepaired checks that a disk holds the undisturbed dataset and nothing else,
// and that a verification finds nothing.
func wantRepaired(t testing.TB, disk *crashdisk.Disk, h harmed) {
	t.Helper()
	wantFiles(t, disk, h.whole)
	if f := mustVerify(t, disk, dataset.Rows); len(f.lines) > 0 || !f.finished {
		t.Errorf("after the repair: finished %v, found %v", f.finished, f)
	}
	if v := disk.Violations(); len(v) > 0 {
		t.Error(v)
	}
}

// TestRepair mends every harm: the dataset is what it was, and what was damaged
// lies in the quarantine byte for byte.
func TestRepair(t *testing.T) {
	dataset.SmallParts(t, 32)
	h := newHarmed(t)
	for _, tt := range datasetHarms {
		for _, recorded := range []bool{true, false} {
			if !recorded && !tt.ofPart {
				continue // it is done to the record
			}
			t.Run(fmt.Sprintf("%s/recorded=%v", tt.name, recorded), func(t *testing.T) {
				disk := h.disk(t, tt.harm)
				if !recorded {
					forgetRecords(t, disk)
				}
				harmed := lasting(disk)
				if err := repairOn(t, disk); err != nil {
					t.Fatal(err)
				}
				for _, disk := range []*crashdisk.Disk{disk, disk.Restart(0, 1)} { // and if the power goes right after
					wantRepaired(t, disk, h)
					for name, content := range harmed {
						if string(content) != string(h.whole[name]) && !inQuarantine(disk, content) {
							t.Errorf("%s is not in the quarantine: %v", name, disk.Paths())
						}
					}
				}
			})
		}
	}
}

// TestRepairUnfinished finishes what a crash left, whatever was done to it
// meanwhile.
func TestRepairUnfinished(t *testing.T) {
	dataset.SmallParts(t, 32)
	h := newHarmed(t)
	_, operations := undisturbed(t, h.plan)
	repaired := 0
	for n := 1; n < operations; n += 6 {
		disk := crashdisk.New()
		disk.CrashAt(n)
		runOn(t, disk, h.plan, dataset.Options{})
		disk = disk.Restart(0.5, uint64(n))
		if stat, _ := disk.Lstat(h.networks(0)); stat != nil {
			h := h
			h.Disk = disk
			h.edit(t, h.networks(0), flipAt(-300))
		}
		switch err := repairOn(t, disk); {
		case errors.Is(err, dataset.ErrNotDataset): // it had not begun
		case err != nil:
			t.Fatalf("after a crash with operation %d: %v", n, err)
		default:
			repaired++
			wantRepaired(t, disk, h)
		}
	}
	if repaired < 10 {
		t.Errorf("%d repairs", repaired)
	}
}

// TestRepairCrashes crashes after every operation of a repair that changes the
// disk, with nothing, half and all of what was not synced kept. Then another
// repair, or a run and what it refuses to touch repaired, ends with the dataset
// as it was.
func TestRepairCrashes(t *testing.T) {
	dataset.SmallParts(t, 32)
	h := newHarmed(t)
	for _, tt := range []struct {
		name string
		harm func(*testing.T, harmed)
	}{
		{"nothing to move", func(t *testing.T, h harmed) { h.remove(t, h.fields(1), h.networks(2)) }},
		{"everything", func(t *testing.T, h harmed) {
			h.edit(t, h.networks(0), flipAt(1000))
			h.edit(t, h.fields(0), flipAt(20))
			h.remove(t, h.fields(1))
			h.Symlink(h.fields(0), h.networks(2))
			h.edit(t, root+"/_nodal/sweep.yaml", append1)
			h.edit(t, root+"/_nodal/manifest.json", flipAt(200))
			h.Put(root+"/networks/README", []byte("hello"))
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			base := h.disk(t, tt.harm)
			calm := base.Restart(1, 0)
			if err := repairOn(t, calm); err != nil {
				t.Fatal(err)
			}
			crashes := 0
			for _, op := range calm.Log() {
				if !op.Changes() {
					continue // it leaves what the one before left
				}
				for _, kept := range []float64{0, 0.5, 1} {
					disk := base.Restart(1, 0)
					disk.CrashAt(op.N)
					repairOn(t, disk)
					mendAfterCrash(t, disk.Restart(kept, uint64(op.N)), h, crashes%2 == 0)
					crashes++
					if t.Failed() {
						t.Fatalf("after a crash with operation %d, %s %s, %v kept", op.N, op.Name, op.Path, kept)
					}
				}
			}
			t.Logf("%d crashes", crashes)
		})
	}
}

// mendAfterCrash repairs a dataset, or runs its sweep again unless a run refuses
// what lies there, and checks that it is whole then.
func mendAfterCrash(t *testing.T, disk *crashdisk.Disk, h harmed, run bool) {
	t.Helper()
	if run {
		var refused *dataset.IntegrityError
		err := runOn(t, disk, h.plan, dataset.Options{})
		if err != nil && !errors.As(err, &refused) {
			t.Errorf("the run: %v", err)
		}
	}
	if err := repairOn(t, disk); err != nil {
		t.Errorf("the repair: %v", err)
	}
	wantRepaired(t, disk, h)
}

// TestRepairFails fails every operation of a repair that changes the disk: it says
// so, and the next one mends the dataset.
func TestRepairFails(t *testing.T) {
	dataset.SmallParts(t, 32)
	h := newHarmed(t)
	base := h.disk(t, func(t *testing.T, h harmed) {
		h.edit(t, h.networks(0), flipAt(1000))
		h.remove(t, h.fields(1))
		h.Symlink("/data", h.networks(2))
	})
	calm := base.Restart(1, 0)
	if err := repairOn(t, calm); err != nil {
		t.Fatal(err)
	}
	for _, op := range calm.Log() {
		if !op.Changes() {
			continue
		}
		disk := base.Restart(1, 0)
		disk.FailAt(op.N, crashdisk.Fault{Short: true})
		if err := repairOn(t, disk); err == nil {
			wantFiles(t, disk, h.whole)
		}
		mendAfterCrash(t, disk, h, false)
		if t.Failed() {
			t.Fatalf("with operation %d failing, %s %s", op.N, op.Name, op.Path)
		}
	}
}

// TestRepairKeepsOut checks that a repair leaves alone what others work at, what
// cannot be written and a plan that cannot be read.
func TestRepairKeepsOut(t *testing.T) {
	dataset.SmallParts(t, 32)
	h := newHarmed(t)
	for _, tt := range []struct {
		name string
		harm func(*testing.T, harmed)
	}{
		{"damaged", func(t *testing.T, h harmed) { h.edit(t, h.networks(0), flipAt(1000)) }},
		{"only missing", func(t *testing.T, h harmed) { h.remove(t, h.networks(0)) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			disk := h.disk(t, tt.harm)
			running, err := dataset.Create(root, h.plan, dataset.Options{FS: disk, Shard: dataset.Shard{Index: 1, Count: 3}})
			if err != nil {
				t.Fatal(err)
			}
			if err := repairOn(t, disk); !errors.Is(err, dataset.ErrLocked) {
				t.Errorf("while a shard is running: %v, want ErrLocked", err)
			}
			running.Close()
			if err := repairOn(t, disk); err != nil {
				t.Error(err)
			}
			wantRepaired(t, disk, h)
		})
	}
	t.Run("plan lost", func(t *testing.T) {
		disk := h.disk(t, func(t *testing.T, h harmed) { h.edit(t, root+"/_nodal/plan.json", flipAt(300)) })
		before := contentsOn(disk)
		if err := repairOn(t, disk); err == nil || !strings.Contains(err.Error(), "run its sweep again") {
			t.Errorf("got %v, want that to run the sweep again", err)
		}
		if after := contentsOn(disk); fmt.Sprint(after) != fmt.Sprint(before) {
			t.Error("it changed the disk")
		}
	})
}
