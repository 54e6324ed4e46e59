package dataset_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"nodal/dataset"
	"nodal/dataset/disk/crashdisk"
	"nodal/sampler"
)

// TestMerge merges what shards have drawn in folders of their own, with overlap and
// in every order: the files are those of one run, the sources are only read, and a
// merge of some of them is a dataset that goes on.
func TestMerge(t *testing.T) {
	dataset.SmallParts(t, mergeParts)
	plan := faultPlan(t, faultSweep)
	want, _ := undisturbed(t, plan)
	a, b, c := drawn(t, plan, share(0, 7), share(1, 7), share(2, 7)), drawn(t, plan, share(2, 7), share(3, 7), share(4, 7)),
		drawn(t, plan, share(4, 7), share(5, 7), share(6, 7), share(0, 7))
	for _, order := range [][]string{{"/a", "/b", "/c"}, {"/c", "/a", "/b"}, {"/b", "/c", "/a"}, {"/c", "/b", "/a", "/c"}} {
		disk := crashdisk.New()
		lay(disk, "/a", a)
		lay(disk, "/b", b)
		lay(disk, "/c", c)
		if merged := mustMerge(t, disk, order[:2]...); merged.Complete || merged.Parts >= plan.PartCount() {
			t.Errorf("two of three give %+v", merged)
		}
		wantWholeTarget(t, disk, want)
		merged := mustMerge(t, disk, order[2:]...)
		if !merged.Complete || merged.Parts != plan.PartCount() || merged.Networks != plan.Networks() {
			t.Errorf("all three give %+v", merged)
		}
		wantMerged(t, disk, want)
		wantNothingWritten(t, disk, 0, "/a", "/b", "/c")
		if f := mustVerify(t, disk, dataset.Rows); len(f.lines) > 0 || !f.finished {
			t.Errorf("a verification finds %v", f)
		}
		if v := disk.Violations(); len(v) > 0 {
			t.Error(v)
		}
		operations := disk.Ops()
		if merged := mustMerge(t, disk, order...); merged.Copied || !merged.Complete {
			t.Errorf("once more: %+v", merged)
		}
		for _, op := range disk.Log()[operations:] {
			if op.Name == "create" || op.Name == "link" {
				t.Errorf("once more: %s %s", op.Name, op.Path)
			}
		}
		wantMerged(t, disk, want)
	}
}

// TestMergeCounts checks what a merge tells of its sources.
func TestMergeCounts(t *testing.T) {
	dataset.SmallParts(t, mergeParts)
	plan := faultPlan(t, faultSweep)
	disk := crashdisk.New()
	lay(disk, "/a", drawn(t, plan, share(0, 3), share(1, 3)))
	lay(disk, "/b", drawn(t, plan, share(1, 3)))
	lay(disk, root, drawn(t, plan, share(0, 3)))
	m, err := dataset.OpenMerge(root, []string{"/a", "/b"}, dataset.MergeOptions{Options: dataset.Options{FS: disk}})
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Verify(); err != nil {
		t.Fatal(err)
	}
	need, err := m.Need()
	if err != nil || need.Files < 4 || need.Bytes < 4<<10 {
		t.Errorf("it needs %+v, %v", need, err)
	}
	if _, err := m.Copy(); err != nil {
		t.Fatal(err)
	}
	shards := [3]int{}
	for part := range plan.Parts() {
		shards[part.Seq%3]++
	}
	for i, want := range []dataset.MergeSource{{Parts: shards[0] + shards[1], Taken: shards[1]}, {Parts: shards[1]}} {
		if got := m.Sources()[i]; got.Parts != want.Parts || got.Taken != want.Taken || (got.Bytes > 0) != (want.Taken > 0) {
			t.Errorf("source %d: %d parts, %d taken, %d bytes; want %d and %d", i, got.Parts, got.Taken, got.Bytes, want.Parts, want.Taken)
		}
	}
	for part := range m.Missing() {
		if part.Seq%3 != 2 {
			t.Errorf("%s is said to be missing", part.Name())
		}
		shards[2]--
	}
	if n, err := m.Shards(); n != 3 || err != nil || shards[2] != 0 {
		t.Errorf("%d shards, %v, want 3; %d missing parts were not told", n, err, shards[2])
	}
}

// TestMergeWithoutRecords takes away what vouches for the parts: they are vetted in the
// sources, and in the target where no source has the same bytes.
func TestMergeWithoutRecords(t *testing.T) {
	dataset.SmallParts(t, mergeParts)
	plan := faultPlan(t, faultSweep)
	want, _ := undisturbed(t, plan)
	disk := crashdisk.New()
	lay(disk, "/a", drawn(t, plan, share(0, 2)))
	lay(disk, "/b", drawn(t, plan, share(1, 2), share(0, 3)))
	lay(disk, root, drawn(t, plan, share(0, 2)))
	for name := range disk.Files() {
		if strings.Contains(name, "/journal/") {
			if err := disk.Remove(name); err != nil {
				t.Fatal(err)
			}
		}
	}
	vetted := make(map[string]int)
	o := dataset.MergeOptions{Options: dataset.Options{Vet: func(at string, part dataset.Part, kind dataset.Kind) (dataset.Vetted, error) {
		vetted[at]++
		return dataset.Vet(disk, at, part, kind)
	}}}
	if _, err := mergeOn(disk, o, "/a", "/b"); err != nil {
		t.Fatal(err)
	}
	wantMerged(t, disk, want)
	if vetted["/a"] == 0 || vetted["/b"] == 0 || vetted[root] != 0 {
		t.Errorf("vetted %v, want none of the target", vetted)
	}
}

// TestMergeStops ends a merge at every step: it says why, and the same merge goes on.
func TestMergeStops(t *testing.T) {
	dataset.SmallParts(t, 32)
	plan := faultPlan(t, faultSweep)
	want, _ := undisturbed(t, plan)
	halt := errors.New("halt")
	for n := 1; ; n++ {
		disk := crashdisk.New()
		lay(disk, "/a", drawn(t, plan, share(0, 2)))
		lay(disk, "/b", drawn(t, plan, share(1, 2)))
		steps, copying := 0, false
		_, err := mergeOn(disk, dataset.MergeOptions{Step: func(s dataset.MergeStep) error {
			copying = s.Copying
			if steps++; steps == n {
				return halt
			}
			return nil
		}}, "/a", "/b")
		if err == nil {
			if n < 9 {
				t.Errorf("%d steps: too few to test anything", n)
			}
			return
		}
		if !errors.Is(err, halt) {
			t.Fatal(err)
		}
		if there := len(inside(disk, root)) > 0; there != copying {
			t.Errorf("stopped at step %d, copying %t, and there is a target: %t", n, copying, there)
		}
		wantWholeTarget(t, disk, want)
		mustMerge(t, disk, "/a", "/b")
		wantMerged(t, disk, want)
	}
}

// TestMergeBesideRuns merges into a dataset in which shards are at work, without locks
// and with them, and another merge.
func TestMergeBesideRuns(t *testing.T) {
	dataset.SmallParts(t, mergeParts)
	plan := faultPlan(t, faultSweep)
	want, _ := undisturbed(t, plan)
	a, b := drawn(t, plan, share(0, 2)), drawn(t, plan, share(1, 2))
	for range 10 {
		disk := crashdisk.New()
		lay(disk, "/a", a)
		lay(disk, "/b", b)
		together(t, 5, func(i int) error {
			var err error
			switch i {
			case 0:
				_, err = mergeOn(disk, dataset.MergeOptions{}, "/a", "/b")
			case 1:
				_, err = mergeOn(disk, dataset.MergeOptions{Options: dataset.Options{NoLocks: true}}, "/b", "/a")
			default:
				err = runOn(t, disk, plan, dataset.Options{Shard: share(i, 5)})
			}
			if errors.Is(err, dataset.ErrIncomplete) {
				err = nil
			}
			return err
		})
		mustMerge(t, disk, "/a", "/b")
		wantMerged(t, disk, want)
		if v := disk.Violations(); len(v) > 0 {
			t.Error(v)
		}
	}
}

// TestMergeLocked checks who keeps a merge out, before it has read anything.
func TestMergeLocked(t *testing.T) {
	dataset.SmallParts(t, mergeParts)
	small, large := faultPlan(t, smallerSweep), faultPlan(t, extendedSweep)
	extended := crashdisk.New()
	for _, plan := range []*dataset.Plan{small, large} {
		if err := runOn(t, extended, plan, dataset.Options{Extend: plan == large}); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		name    string
		from    string
		at      dataset.Options
		noLocks bool
		locked  bool
	}{
		{"a run", "/small", dataset.Options{}, false, true},
		{"a shard", "/small", dataset.Options{Shard: share(1, 3)}, false, false},
		{"a run, without locks", "/small", dataset.Options{}, true, false},
		{"a shard, and the plan grows", "/large", dataset.Options{Shard: share(1, 3)}, false, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			disk := crashdisk.New()
			lay(disk, "/small", drawn(t, small, share(0, 2)))
			lay(disk, "/large", inside(extended, root))
			tt.at.FS = disk
			d, err := dataset.Create(root, small, tt.at)
			if err != nil {
				t.Fatal(err)
			}
			steps := 0
			o := dataset.MergeOptions{Options: dataset.Options{NoLocks: tt.noLocks}, Step: func(dataset.MergeStep) error { steps++; return nil }}
			_, err = mergeOn(disk, o, tt.from)
			if errors.Is(err, dataset.ErrLocked) != tt.locked || !tt.locked && err != nil {
				t.Errorf("got %v, want locked %t", err, tt.locked)
			}
			if tt.locked && steps > 0 {
				t.Errorf("it was found locked after %d steps", steps)
			}
			d.Close()
			mustMerge(t, disk, tt.from)
		})
	}
}

// TestMergeIntoOthers names targets that are no datasets: the errors are those of a
// run, and nothing is changed.
func TestMergeIntoOthers(t *testing.T) {
	dataset.SmallParts(t, mergeParts)
	plan := faultPlan(t, faultSweep)
	files := drawn(t, plan, share(0, 2))
	for _, tt := range []struct {
		name  string
		plant func(*crashdisk.Disk)
		want  func(error) bool
	}{
		{"empty", func(d *crashdisk.Disk) { d.PutFolder(root) }, nil},
		{"litter", func(d *crashdisk.Disk) { d.PutFolder(root + "/lost+found") }, nil},
		{"a file", func(d *crashdisk.Disk) { d.Put(root, nil) }, notDataset},
		{"other things", func(d *crashdisk.Disk) { d.Put(root+"/thesis.tex", nil) }, notDataset},
		{"a stranger", func(d *crashdisk.Disk) { lay(d, root, files); d.Put(root+"/networks/notes.txt", nil) }, damaged},
		{"a lost plan", func(d *crashdisk.Disk) {
			lay(d, root, files)
			d.Put(root+"/_nodal/plan.json", []byte("{}"))
		}, damaged},
	} {
		t.Run(tt.name, func(t *testing.T) {
			disk := crashdisk.New()
			lay(disk, "/a", files)
			tt.plant(disk)
			before, paths := disk.Files(), disk.Paths()
			_, err := mergeOn(disk, dataset.MergeOptions{}, "/a")
			if tt.want == nil {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if !tt.want(err) || !slices.Equal(disk.Paths(), paths) || !maps.EqualFunc(disk.Files(), before, slices.Equal) {
				t.Errorf("got %v, and changed is %v", err, disk.Paths())
			}
		})
	}
	disk := crashdisk.New()
	disk.Put("/a/thesis.tex", nil)
	for _, from := range []string{"/a", "/missing"} {
		if _, err := mergeOn(disk, dataset.MergeOptions{}, from); !notDataset(err) || !strings.Contains(err.Error(), from) {
			t.Errorf("from %s: %v", from, err)
		}
	}
}

func notDataset(err error) bool { return errors.Is(err, dataset.ErrNotDataset) }
func damaged(err error) bool    { return errors.As(err, new(*dataset.IntegrityError)) }

// TestMergeGoesOn runs a sweep on what was merged. The parts are on record there.
func TestMergeGoesOn(t *testing.T) {
	dataset.SmallParts(t, mergeParts)
	plan := faultPlan(t, faultSweep)
	want, _ := undisturbed(t, plan)
	disk := crashdisk.New()
	lay(disk, "/a", drawn(t, plan, share(1, 3)))
	mustMerge(t, disk, "/a")
	d, err := dataset.Create(root, plan, dataset.Options{FS: disk, Vet: func(_ string, part dataset.Part, _ dataset.Kind) (dataset.Vetted, error) {
		t.Errorf("%s is on no record", part.Name())
		return dataset.Vetted{}, errors.New("vetted")
	}})
	if err != nil {
		t.Fatal(err)
	}
	present := 0
	err = sampler.Run(t.Context(), d, sampler.Options{Workers: 1, Progress: func(p sampler.Progress) {
		if p.Present {
			present += int(p.Networks)
		}
	}})
	if err := errors.Join(err, d.Finish(), d.Close()); err != nil {
		t.Fatal(err)
	}
	if present == 0 || fmt.Sprint(present) == fmt.Sprint(plan.Networks()) {
		t.Errorf("%d of %d networks were there", present, plan.Networks())
	}
	wantMerged(t, disk, want)
}
