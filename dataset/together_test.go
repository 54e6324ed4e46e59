package dataset_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"nodal/dataset"
	"nodal/dataset/disk/crashdisk"
)

// These tests let several runs work on one dataset at the same time.

// TestLocksOff lets four runs of the same sweep loose on one directory without
// locks. The work is done four times; the result is there once.
func TestLocksOff(t *testing.T) {
	dataset.SmallParts(t, 32)
	plan := faultPlan(t, faultSweep)
	want, _ := undisturbed(t, plan)
	for round := range 60 {
		disk := crashdisk.New()
		together(t, 4, func(int) error {
			return runOn(t, disk, plan, dataset.Options{NoLocks: true})
		})
		wantFiles(t, disk, want)
		wantFiles(t, disk.Restart(0, uint64(round)), want)
		if v := disk.Violations(); len(v) > 0 {
			t.Error(v)
		}
	}
}

// TestShards lets the shards of a sweep run in any order and at the same time,
// some of them twice without locks.
func TestShards(t *testing.T) {
	dataset.SmallParts(t, 8)
	plan := faultPlan(t, faultSweep)
	want, _ := undisturbed(t, plan)
	for range 5 {
		disk := crashdisk.New()
		together(t, 6, func(i int) error {
			err := runOn(t, disk, plan, dataset.Options{NoLocks: i >= 4, Shard: dataset.Shard{Index: i % 4, Count: 4}})
			if errors.Is(err, dataset.ErrIncomplete) { // others are still at it
				err = nil
			}
			return err
		})
		if err := runOn(t, disk, plan, dataset.Options{Shard: dataset.Shard{Index: 2, Count: 4}}); err != nil {
			t.Fatal(err)
		}
		wantFiles(t, disk, want)
	}
}

// TestFinishReadsJournals checks that a run which finds parts that others have
// published while it was at work goes by their journals, and vets those that are
// in none.
func TestFinishReadsJournals(t *testing.T) {
	dataset.SmallParts(t, 8)
	plan := faultPlan(t, faultSweep)
	for _, journals := range []bool{true, false} {
		disk := crashdisk.New()
		vetted := 0
		d, err := dataset.Create(root, plan, dataset.Options{FS: disk, Shard: dataset.Shard{Index: 1, Count: 2},
			Vet: func(string, dataset.Part, dataset.Kind) (dataset.Vetted, error) {
				vetted++
				return dataset.Vetted{}, errors.New("a part was vetted")
			}})
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		for i, want := range []error{dataset.ErrIncomplete, nil} {
			if err := runOn(t, disk, plan, dataset.Options{NoLocks: true, Shard: dataset.Shard{Index: i, Count: 2}}); !errors.Is(err, want) {
				t.Fatal(err)
			}
		}
		if err := disk.Remove(root + "/_SUCCESS"); err != nil {
			t.Fatal(err)
		}
		for name := range disk.Files() {
			if !journals && strings.HasPrefix(name, root+"/_nodal/journal/") {
				if err := disk.Remove(name); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := d.Finish(); (err == nil) != journals || (vetted == 0) != journals {
			t.Errorf("with journals %v: %d parts were vetted, and %v", journals, vetted, err)
		}
	}
}

// TestShardsOpenTheirOwn counts what a shard opens of a dataset that has half of
// every shard's parts: its own when it begins, and no other before all are there.
func TestShardsOpenTheirOwn(t *testing.T) {
	dataset.SmallParts(t, 4)
	plan := faultPlan(t, faultSweep)
	disk := crashdisk.New()
	if err := runOn(t, disk, plan, dataset.Options{}); err != nil {
		t.Fatal(err)
	}
	there := 0
	for part := range plan.Parts() {
		if there++; part.Seq%2 == 1 {
			there--
			if err := disk.Remove(networksPath(part)); err != nil {
				t.Fatal(err)
			}
		}
	}
	from := disk.Ops()
	d, err := dataset.Create(root, plan, dataset.Options{FS: disk, Shard: dataset.Shard{Index: 2, Count: 4}})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	own := 0
	for range d.Parts() {
		own++
	}
	if parts, networks := d.Published(); parts != there || networks == 0 {
		t.Errorf("%d parts with %d networks are there, want %d parts", parts, networks, there)
	}
	if got := partsOpened(disk, from); got != own {
		t.Errorf("beginning opened %d networks files, the shard has %d of %d", got, own, there)
	}
	from = disk.Ops()
	if err := d.Finish(); !errors.Is(err, dataset.ErrIncomplete) {
		t.Error(err)
	}
	if got := partsOpened(disk, from); got != 0 {
		t.Errorf("finding that parts are missing opened %d", got)
	}
}

// networksPath returns where the networks of a part lie.
func networksPath(part dataset.Part) string { return root + "/networks/" + part.Name() + ".parquet" }

// partsOpened returns how many networks files were opened since an operation.
func partsOpened(disk *crashdisk.Disk, from int) int {
	opened := 0
	for _, op := range disk.Log()[from:] {
		if op.Name == "open" && strings.Contains(op.Path, "/networks/part-") {
			opened++
		}
	}
	return opened
}

// TestOthersDamage damages a part of another shard in a complete dataset: a shard does
// not see it when it begins, and it does when it is to complete the dataset.
func TestOthersDamage(t *testing.T) {
	dataset.SmallParts(t, 8)
	plan := faultPlan(t, faultSweep)
	disk := crashdisk.New()
	if err := runOn(t, disk, plan, dataset.Options{}); err != nil {
		t.Fatal(err)
	}
	for part := range plan.Parts() {
		if part.Seq == 1 {
			if err := disk.Remove(networksPath(part)); err != nil {
				t.Fatal(err)
			}
			disk.Put(networksPath(part), []byte("PAR1 and no more PAR1"))
		}
	}
	shard := dataset.Options{Shard: dataset.Shard{Index: 0, Count: 2}}
	if err := runOn(t, disk, plan, shard); err != nil {
		t.Errorf("with another shard's part damaged: %v", err)
	}
	if err := disk.Remove(root + "/_SUCCESS"); err != nil {
		t.Fatal(err)
	}
	if err := runOn(t, disk, plan, shard); !errors.Is(err, dataset.ErrIncomplete) {
		t.Errorf("completing the dataset: %v", err)
	}
	if _, there := disk.Files()[root+"/_SUCCESS"]; there {
		t.Error("it is marked complete")
	}
}

// TestShardsClearUp leaves temporary files of a dead shard, of a living one and of a run
// without locks: the first go when the dataset is completed, and not before.
func TestShardsClearUp(t *testing.T) {
	dataset.SmallParts(t, 8)
	plan := faultPlan(t, faultSweep)
	disk := crashdisk.New()
	if err := runOn(t, disk, plan, dataset.Options{Shard: dataset.Shard{Index: 1, Count: 2}}); !errors.Is(err, dataset.ErrIncomplete) {
		t.Fatal(err)
	}
	alive, err := dataset.Create(root, plan, dataset.Options{FS: disk, Shard: dataset.Shard{Index: 6, Count: 9}})
	if err != nil {
		t.Fatal(err)
	}
	defer alive.Close()
	left := make(map[string]string) // by tag
	for _, tag := range []string{"5of9", "6of9", "unlocked"} {
		left[tag] = root + "/networks/.part-01234567-000000." + tag + ".abc.tmp"
		disk.Put(left[tag], nil)
	}
	wantLeft := func(when string, tags ...string) {
		for tag, path := range left {
			if _, there := disk.Files()[path]; there != slices.Contains(tags, tag) {
				t.Errorf("%s: the temporary file of %s: there is %v", when, tag, there)
			}
		}
	}
	for i, want := range []error{dataset.ErrIncomplete, dataset.ErrIncomplete, nil} {
		wantLeft(fmt.Sprintf("before shard %d", i), "5of9", "6of9", "unlocked")
		if err := runOn(t, disk, plan, dataset.Options{Shard: dataset.Shard{Index: 2 * i, Count: 6}}); !errors.Is(err, want) {
			t.Fatal(err)
		}
	}
	wantLeft("at the end", "6of9", "unlocked")
}

// unmarked returns a disk with a dataset that has every part and is not marked complete.
func unmarked(t *testing.T, plan *dataset.Plan) *crashdisk.Disk {
	t.Helper()
	disk := crashdisk.New()
	if err := runOn(t, disk, plan, dataset.Options{}); err != nil {
		t.Fatal(err)
	}
	if err := disk.Remove(root + "/_SUCCESS"); err != nil {
		t.Fatal(err)
	}
	return disk
}

// TestTurns has runs find every part there at the same time: one of them looks at all,
// and the others wait for it.
func TestTurns(t *testing.T) {
	dataset.SmallParts(t, 4)
	plan := faultPlan(t, faultSweep)
	disk := unmarked(t, plan)
	const runs = 8
	shards := make([]*dataset.Directory, runs)
	for i := range shards {
		d, err := dataset.Create(root, plan, dataset.Options{FS: disk, Shard: dataset.Shard{Index: i, Count: runs}})
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		shards[i] = d
	}
	dataset.Hasten(t)
	from := disk.Ops()
	together(t, runs, func(i int) error { return shards[i].Finish() })
	for i, d := range shards {
		if !d.Complete() {
			t.Errorf("shard %d does not know that the dataset is complete", i)
		}
	}
	if got, want := partsOpened(disk, from), plan.PartCount(); got != want {
		t.Errorf("completing the dataset opened %d networks files, want each of %d once", got, want)
	}
}

// TestTurnOfTheDead has a run hold its turn for good: others wait, and go on without.
func TestTurnOfTheDead(t *testing.T) {
	dataset.SmallParts(t, 8)
	plan := faultPlan(t, faultSweep)
	disk := unmarked(t, plan)
	dead, err := disk.Lock(root+"/_nodal/locks/turn.lock", true)
	if err != nil {
		t.Fatal(err)
	}
	defer dead.Close()
	waited := dataset.Hasten(t)
	var said []string
	o := dataset.Options{Shard: dataset.Shard{Index: 0, Count: 2}, Notice: func(s string) { said = append(said, s) }}
	if err := runOn(t, disk, plan, o); err != nil {
		t.Fatal(err)
	}
	if *waited != 10*time.Minute || len(said) != 2 {
		t.Errorf("waited for %v and said %q", *waited, said)
	}
	if _, there := disk.Files()[root+"/_SUCCESS"]; !there {
		t.Error("the dataset is not complete")
	}
}

// TestTwoFinishers lets runs that find every part there finish at the same time.
func TestTwoFinishers(t *testing.T) {
	dataset.SmallParts(t, 32)
	plan := faultPlan(t, faultSweep)
	want, _ := undisturbed(t, plan)
	for range 50 {
		disk := unmarked(t, plan)
		together(t, 2, func(int) error { return runOn(t, disk, plan, dataset.Options{NoLocks: true}) })
		wantFiles(t, disk, want)
	}
}

// TestLocked checks who may work at the same time under locks.
func TestLocked(t *testing.T) {
	dataset.SmallParts(t, 8)
	plan := faultPlan(t, faultSweep)
	shard := func(i, n int) dataset.Options { return dataset.Options{Shard: dataset.Shard{Index: i, Count: n}} }
	more := strings.Replace(faultSweep, "networks: 40", "networks: 50", 1)
	for _, tt := range []struct {
		name          string
		first, second dataset.Options
		sweep         string
		locked        bool
	}{
		{"the same run", dataset.Options{}, dataset.Options{}, faultSweep, true},
		{"the same shard", shard(1, 3), shard(1, 3), faultSweep, true},
		{"two shards", shard(1, 3), shard(2, 3), faultSweep, false},
		{"without locks", dataset.Options{}, dataset.Options{NoLocks: true}, faultSweep, false},
		{"extending under a run", shard(1, 3), dataset.Options{Extend: true}, more, true},
		{"extending nothing", shard(1, 3), dataset.Options{Extend: true}, faultSweep, false},
		{"repairing under a run", shard(1, 3), dataset.Options{Repair: []*dataset.IntegrityError{{Path: root + "/x"}}}, faultSweep, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			disk := crashdisk.New()
			tt.first.FS, tt.second.FS = disk, disk
			d, err := dataset.Create(root, plan, tt.first)
			if err != nil {
				t.Fatal(err)
			}
			for _, locked := range []bool{tt.locked, false} {
				e, err := dataset.Create(root, faultPlan(t, tt.sweep), tt.second)
				if errors.Is(err, dataset.ErrLocked) != locked || !locked && err != nil {
					t.Errorf("Create: %v, want locked %v", err, locked)
				}
				if err == nil {
					e.Close()
				}
				d.Close()
			}
		})
	}
}

// TestLockOfTheDead checks that a lock which is given back shortly after does not
// keep a run out: that of a run which was killed while it started a process lives
// on until the process has begun.
func TestLockOfTheDead(t *testing.T) {
	dataset.SmallParts(t, 32)
	plan := faultPlan(t, faultSweep)
	disk := crashdisk.New()
	d, err := dataset.Create(root, plan, dataset.Options{FS: disk})
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	group.Go(func() {
		time.Sleep(150 * time.Millisecond) // as was seen
		d.Close()
	})
	if err := runOn(t, disk, plan, dataset.Options{}); err != nil {
		t.Error(err)
	}
	group.Wait()
}

// TestTempsOfTheDead checks whose temporary files a run removes: those of its own
// shard and of shards that nobody works at, not those of the living and of runs
// without locks.
func TestTempsOfTheDead(t *testing.T) {
	dataset.SmallParts(t, 8)
	plan := faultPlan(t, faultSweep)
	disk := crashdisk.New()
	living, err := dataset.Create(root, plan, dataset.Options{FS: disk, Shard: dataset.Shard{Index: 1, Count: 4}})
	if err != nil {
		t.Fatal(err)
	}
	defer living.Close()
	for tag, goes := range map[string]bool{"0of1": true, "3of4": true, "1of4": false, "unlocked": false} {
		name := fmt.Sprintf("%s/networks/.part-12345678-000001.%s.abc.tmp", root, tag)
		disk.Put(name, []byte("PAR1"))
		d, err := dataset.Create(root, plan, dataset.Options{FS: disk})
		if err != nil {
			t.Fatal(err)
		}
		d.Close()
		if _, err := disk.Lstat(name); (err != nil) != goes {
			t.Errorf("%s: %v, want that it goes: %v", tag, err, goes)
		}
	}
}

// together calls f n times at once and wants no error.
func together(t *testing.T, n int, f func(i int) error) {
	t.Helper()
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() {
			if err := f(i); err != nil {
				t.Errorf("run %d: %v", i, err)
			}
		})
	}
	group.Wait()
}
