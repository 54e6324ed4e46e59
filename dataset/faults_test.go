package dataset_test

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"syscall"
	"testing"

	"nodal/dataset"
	"nodal/dataset/disk/crashdisk"
	"nodal/sampler"
	"nodal/schema"
)

// These tests do real runs, from the sweep to _SUCCESS, on a disk in memory that
// fails and crashes where it is told. Whatever happens, the same run again has to
// end with the same files.

// faultSweep makes three parts of 32 rows at most, two of which keep fields.
const faultSweep = `version: 1
name: faults
seed: 5
networks: 40
keep_fields: 2
grid: {from: -1, to: 1, points: 5}
cases:
  - name: a
    hidden: [[2], [3]]
`

// root is where the dataset lies on a disk in memory.
const root = "/data/out"

func faultPlan(t testing.TB, sweep string) *dataset.Plan {
	t.Helper()
	dataset.Lawful(t)
	s, err := schema.ParseSweep("sweep.yaml", []byte(sweep), schema.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return dataset.NewPlan(s.Name, s.Seed, s.Canonical(), s.Configurations(), sampler.Fused.Numerics())
}

// runOn does a whole run.
func runOn(t testing.TB, disk *crashdisk.Disk, plan *dataset.Plan, o dataset.Options) error {
	o.FS = disk
	d, err := dataset.Create(root, plan, o)
	if err != nil {
		return err
	}
	if !d.Complete() {
		if err = sampler.Run(t.Context(), d, sampler.Options{Workers: 1}); err == nil {
			err = d.Finish()
		}
	}
	return errors.Join(err, d.Close())
}

// undisturbed returns the files of a run that nothing disturbs, and how many
// operations it takes.
func undisturbed(t testing.TB, plan *dataset.Plan) (files map[string][]byte, operations int) {
	t.Helper()
	disk := crashdisk.New()
	if err := runOn(t, disk, plan, dataset.Options{}); err != nil {
		t.Fatal(err)
	}
	if v := disk.Violations(); len(v) > 0 {
		t.Fatal(v)
	}
	return lasting(disk), disk.Ops()
}

// lasting returns the files that every finished run leaves alike: all but locks,
// journals and what is in quarantine.
func lasting(disk *crashdisk.Disk) map[string][]byte {
	files := disk.Files()
	for name := range files {
		for _, folder := range []string{"locks", "journal", "quarantine"} {
			if strings.HasPrefix(name, root+"/_nodal/"+folder+"/") {
				delete(files, name)
			}
		}
	}
	return files
}

// wantFiles compares what a disk holds with what it should.
func wantFiles(t testing.TB, disk *crashdisk.Disk, want map[string][]byte) {
	t.Helper()
	got := lasting(disk)
	if g, w := slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)); !slices.Equal(g, w) {
		t.Fatalf("files %v, want %v", g, w)
	}
	for name := range want {
		if !bytes.Equal(got[name], want[name]) {
			t.Errorf("%s differs", name)
		}
	}
}

// wantWhole checks that every part which a reader sees is whole: a reader looks
// at any time.
func wantWhole(t testing.TB, disk *crashdisk.Disk, want map[string][]byte) {
	t.Helper()
	for name, content := range disk.Files() {
		if strings.HasSuffix(name, ".parquet") && !strings.Contains(name, "quarantine") && !bytes.Equal(content, want[name]) {
			t.Errorf("a reader sees %s with %d bytes, which is not whole", name, len(content))
		}
	}
}

func TestEveryOperationFails(t *testing.T) {
	dataset.SmallParts(t, 32)
	plan := faultPlan(t, faultSweep)
	want, operations := undisturbed(t, plan)
	t.Logf("%d operations", operations)
	for _, fault := range []crashdisk.Fault{{Err: syscall.EIO}, {Err: syscall.ENOSPC, Short: true}} {
		t.Run(fmt.Sprintf("%v/short=%v", fault.Err, fault.Short), func(t *testing.T) {
			survived := 0
			for n := 1; n <= operations; n++ {
				disk := crashdisk.New()
				disk.FailAt(n, fault)
				err := runOn(t, disk, plan, dataset.Options{})
				op := "beyond the end"
				if log := disk.Log(); n <= len(log) {
					op = fmt.Sprintf("%s %s", log[n-1].Name, path.Base(log[n-1].Path))
				}
				wantWhole(t, disk, want)
				if err == nil { // it did not matter, so everything is there
					survived++
					wantFiles(t, disk, want)
				} else if !errors.Is(err, fault.Err) {
					t.Errorf("the error does not say why: %v", err)
				}
				if err := runOn(t, disk, plan, dataset.Options{}); err != nil {
					t.Errorf("the next run: %v", err)
				}
				wantFiles(t, disk, want)
				if v := disk.Violations(); len(v) > 0 {
					t.Error(v)
				}
				if t.Failed() {
					t.Fatalf("with operation %d failing: %s; the run said %v", n, op, err)
				}
			}
			t.Logf("%d of %d failures did not end the run", survived, operations)
		})
	}
}

func TestCrashAfterEveryOperation(t *testing.T) {
	dataset.SmallParts(t, 32)
	plan := faultPlan(t, faultSweep)
	want, operations := undisturbed(t, plan)
	for _, tt := range []struct {
		kept float64 // of what was not synced
		luck uint64  // how often what is kept is drawn
	}{{0, 1}, {0.5, 8}, {1, 1}} {
		t.Run(fmt.Sprintf("kept=%v", tt.kept), func(t *testing.T) {
			for n := 1; n <= operations; n++ {
				disk := crashdisk.New()
				disk.CrashAt(n)
				first := runOn(t, disk, plan, dataset.Options{})
				for luck := range tt.luck {
					after := disk.Restart(tt.kept, 1000*luck+uint64(n))
					wantWhole(t, after, want)
					if first == nil {
						wantFiles(t, after, want)
					}
					if err := runOn(t, after, plan, dataset.Options{}); err != nil {
						t.Errorf("the next run: %v", err)
					}
					wantFiles(t, after, want)
					if v := after.Violations(); len(v) > 0 {
						t.Error(v)
					}
				}
				if t.Failed() {
					log := disk.Log()
					last := log[min(n, len(log))-1]
					t.Fatalf("after a crash with operation %d, %s %s; the run said %v", n, last.Name, last.Path, first)
				}
			}
		})
	}
}

// TestDone checks that a run which says that it is done is done: nothing is lost
// if the power goes right after.
func TestDone(t *testing.T) {
	dataset.SmallParts(t, 32)
	plan := faultPlan(t, faultSweep)
	want, _ := undisturbed(t, plan)
	disk := crashdisk.New()
	if err := runOn(t, disk, plan, dataset.Options{}); err != nil {
		t.Fatal(err)
	}
	wantFiles(t, disk.Restart(0, 1), want)
}

// TestPublishedStays checks that a part which was published outlasts the power,
// however unfinished the run is.
func TestPublishedStays(t *testing.T) {
	dataset.SmallParts(t, 32)
	plan := faultPlan(t, faultSweep)
	disk := crashdisk.New()
	parts := func(disk *crashdisk.Disk) (n int) {
		for name := range disk.Files() {
			if ok, _ := path.Match(root+"/networks/*.parquet", name); ok {
				n++
			}
		}
		return n
	}
	o := sampler.Options{Workers: 1, Progress: func(sampler.Progress) {
		if published, lasting := parts(disk), parts(disk.Restart(0, 1)); lasting < published {
			t.Errorf("of %d published parts %d outlast the power", published, lasting)
		}
	}}
	d, err := dataset.Create(root, plan, dataset.Options{FS: disk})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(sampler.Run(t.Context(), d, o), d.Close()); err != nil {
		t.Fatal(err)
	}
}

// TestReaderAtAnyTime looks at the disk after every operation of a run, as a
// reader with a glob would: it sees whole parts, never fewer than before, and the
// fields of those that keep some.
func TestReaderAtAnyTime(t *testing.T) {
	dataset.SmallParts(t, 32)
	plan := faultPlan(t, faultSweep)
	want, _ := undisturbed(t, plan)
	disk := crashdisk.New()
	seen := 0
	disk.Watch(func(op crashdisk.Op) {
		quiet := disk.Quiet()
		wantWhole(t, quiet, want)
		parts := 0
		for _, name := range quiet.Paths() {
			if ok, _ := path.Match(root+"/networks/*.parquet", name); ok {
				parts++
				fields := root + "/fields/" + path.Base(name)
				if _, err := quiet.Lstat(fields); want[fields] != nil && err != nil {
					t.Errorf("after %s %s is there, but its fields are not", op.Name, name)
				}
			}
		}
		if parts < seen {
			t.Errorf("%d parts after %s, %d before", parts, op.Name, seen)
		}
		seen = parts
	})
	if err := runOn(t, disk, plan, dataset.Options{}); err != nil {
		t.Fatal(err)
	}
	if seen != 3 {
		t.Errorf("%d parts at the end, want 3", seen)
	}
}

// TestFullForGood checks that a disk which stays full ends the run, and that the
// run is completed once there is room.
func TestFullForGood(t *testing.T) {
	dataset.SmallParts(t, 32)
	plan := faultPlan(t, faultSweep)
	want, operations := undisturbed(t, plan)
	for n := 1; n < operations; n += 7 {
		disk := crashdisk.New()
		disk.FailFrom(n, syscall.ENOSPC)
		if err := runOn(t, disk, plan, dataset.Options{}); err != nil && !errors.Is(err, syscall.ENOSPC) {
			t.Errorf("full from operation %d on: %v", n, err)
		}
		wantWhole(t, disk, want)
		disk.Heal()
		if err := runOn(t, disk, plan, dataset.Options{}); err != nil {
			t.Fatalf("full from operation %d on, with room again: %v", n, err)
		}
		wantFiles(t, disk, want)
	}
}

// TestWithoutLinksOrLocks checks that a run does without what some file systems
// lack.
func TestWithoutLinksOrLocks(t *testing.T) {
	dataset.SmallParts(t, 32)
	plan := faultPlan(t, faultSweep)
	want, _ := undisturbed(t, plan)
	for _, lack := range []func(*crashdisk.Disk){
		func(d *crashdisk.Disk) { d.NoLinks(true) },
		func(d *crashdisk.Disk) { d.NoLocks(true) },
	} {
		disk := crashdisk.New()
		lack(disk)
		var notices []string
		for range 2 {
			if err := runOn(t, disk, plan, dataset.Options{Notice: func(s string) { notices = append(notices, s) }}); err != nil {
				t.Fatal(err)
			}
			wantFiles(t, disk, want)
		}
		wantFiles(t, disk.Restart(0, 1), want)
	}
}
