package dataset_test

import (
	"errors"
	"fmt"
	"path"
	"strings"
	"syscall"
	"testing"

	"nodal/dataset"
	"nodal/dataset/disk/crashdisk"
)

// mergeCases are merges that end with a complete dataset: into nothing, and into the
// base of what a source has extended, with refined networks.
func mergeCases(t testing.TB) map[string]struct {
	lay  func(*crashdisk.Disk)
	want map[string][]byte
} {
	t.Helper()
	dataset.SmallParts(t, 32)
	plan := faultPlan(t, faultSweep)
	want, _ := undisturbed(t, plan)
	a, b := drawn(t, plan, share(0, 2)), drawn(t, plan, share(1, 2))

	refined, base := refinable(t)
	mustRefine(t, refined, smallLimit, 1)
	half := drawn(t, base, share(1, 2))
	more := faultPlan(t, strings.Replace(refineSweep, "networks: 32", "networks: 40", 1))
	if err := runOn(t, refined, more, dataset.Options{Extend: true}); err != nil {
		t.Fatal(err)
	}
	extended := inside(refined, root)
	return map[string]struct {
		lay  func(*crashdisk.Disk)
		want map[string][]byte
	}{
		"into nothing":    {func(d *crashdisk.Disk) { lay(d, "/a", a); lay(d, "/b", b) }, want},
		"into what grows": {func(d *crashdisk.Disk) { lay(d, "/a", extended); lay(d, "/b", half); lay(d, root, half) }, lasting(refined)},
	}
}

// TestMergeEveryOperationFails fails every operation of a merge in turn: what a reader
// sees is whole, and the same merge ends with the files of one that nothing disturbs.
func TestMergeEveryOperationFails(t *testing.T) {
	for name, tt := range mergeCases(t) {
		t.Run(name, func(t *testing.T) {
			calm := crashdisk.New()
			tt.lay(calm)
			mustMerge(t, calm, "/a", "/b")
			wantMerged(t, calm, tt.want)
			survived := 0
			for n := 1; n <= calm.Ops(); n++ {
				fault := crashdisk.Fault{Err: syscall.EIO}
				if n%2 == 0 {
					fault = crashdisk.Fault{Err: syscall.ENOSPC, Short: true}
				}
				disk := crashdisk.New()
				tt.lay(disk)
				disk.FailAt(n, fault)
				_, err := mergeOn(disk, dataset.MergeOptions{}, "/a", "/b")
				op := disk.Log()[n-1]
				wantWholeTarget(t, disk, tt.want)
				if err == nil {
					survived++
					wantMerged(t, disk, tt.want)
				} else if !errors.Is(err, fault.Err) {
					t.Errorf("the error does not say why: %v", err)
				}
				mustMerge(t, disk, "/a", "/b")
				wantMerged(t, disk, tt.want)
				if v := disk.Violations(); len(v) > 0 {
					t.Error(v)
				}
				if t.Failed() {
					t.Fatalf("with operation %d failing: %s %s; the merge said %v", n, op.Name, op.Path, err)
				}
			}
			t.Logf("%d of %d failures did not end the merge", survived, calm.Ops())
		})
	}
}

// TestMergeCrashes crashes after every operation of a merge that changes the disk.
func TestMergeCrashes(t *testing.T) {
	for name, tt := range mergeCases(t) {
		t.Run(name, func(t *testing.T) {
			calm := crashdisk.New()
			tt.lay(calm)
			mustMerge(t, calm, "/a", "/b")
			crashes := 0
			for _, op := range calm.Log() {
				if !op.Changes() {
					continue
				}
				crashes++
				for luck, kept := range []float64{0, 0.5, 0.5, 0.5, 1} {
					disk := crashdisk.New()
					tt.lay(disk)
					disk.CrashAt(op.N)
					_, first := mergeOn(disk, dataset.MergeOptions{}, "/a", "/b")
					after := disk.Restart(kept, uint64(1000*luck+op.N))
					wantWholeTarget(t, after, tt.want)
					if first == nil {
						wantMerged(t, after, tt.want)
					}
					mustMerge(t, after, "/a", "/b")
					wantMerged(t, after, tt.want)
					if v := after.Violations(); len(v) > 0 {
						t.Error(v)
					}
					if t.Failed() {
						t.Fatalf("after a crash with operation %d, %s %s, kept %v; the merge said %v", op.N, op.Name, op.Path, kept, first)
					}
				}
			}
			t.Logf("%d crashes", crashes)
		})
	}
}

// TestMergeReaderAtAnyTime looks at the target after every operation of a merge.
func TestMergeReaderAtAnyTime(t *testing.T) {
	for name, tt := range mergeCases(t) {
		t.Run(name, func(t *testing.T) {
			disk := crashdisk.New()
			tt.lay(disk)
			seen, looks := 0, 0
			disk.Watch(func(op crashdisk.Op) {
				if !op.Changes() {
					return
				}
				looks++
				parts := 0
				for file := range disk.Files() {
					if ok, _ := path.Match(root+"/networks/*.parquet", file); ok {
						parts++
					}
				}
				if parts < seen {
					t.Errorf("%d parts after %s, %d before", parts, op.Name, seen)
				}
				seen = parts
				wantWholeTarget(t, disk, tt.want)
			})
			mustMerge(t, disk, "/a", "/b")
			if seen < 3 || looks < 20 {
				t.Errorf("%d parts at the end, %d looks", seen, looks)
			}
		})
	}
}

// TestMergeDone checks that a merge which says that it is done outlasts the power.
func TestMergeDone(t *testing.T) {
	for name, tt := range mergeCases(t) {
		disk := crashdisk.New()
		tt.lay(disk)
		mustMerge(t, disk, "/a", "/b")
		t.Run(name, func(t *testing.T) { wantMerged(t, disk.Restart(0, 1), tt.want) })
	}
}

// TestMergeWithoutLinksOrLocks checks that a merge does without what some file
// systems lack.
func TestMergeWithoutLinksOrLocks(t *testing.T) {
	for name, tt := range mergeCases(t) {
		for i, lack := range []func(*crashdisk.Disk){
			func(d *crashdisk.Disk) { d.NoLinks(true) },
			func(d *crashdisk.Disk) { d.NoLocks(true) },
		} {
			t.Run(fmt.Sprintf("%s/%d", name, i), func(t *testing.T) {
				disk := crashdisk.New()
				tt.lay(disk)
				lack(disk)
				mustMerge(t, disk, "/a", "/b")
				wantMerged(t, disk, tt.want)
			})
		}
	}
}

// TestMergeRots changes a file of a source after it was verified, before every step
// of the copying: nothing of it is published, and what was copied before is sound.
func TestMergeRots(t *testing.T) {
	dataset.SmallParts(t, 32)
	plan := faultPlan(t, faultSweep)
	want, _ := undisturbed(t, plan)
	files := drawn(t, plan, share(0, 1))
	for name := range files {
		if !strings.HasSuffix(name, ".parquet") {
			continue
		}
		for _, rot := range []struct {
			name string
			do   func([]byte) []byte
			want string
		}{
			{"flipped", flipAt(20), "no longer what it was"}, {"short", cutLast, "no longer what it was"},
			{"long", append1, "no longer what it was"}, {"gone", nil, "it was there a moment ago"},
		} {
			t.Run(name+"/"+rot.name, func(t *testing.T) {
				disk := crashdisk.New()
				lay(disk, "/a", files)
				m, err := dataset.OpenMerge(root, []string{"/a"}, dataset.MergeOptions{Options: dataset.Options{FS: disk}})
				if err == nil {
					err = m.Verify()
				}
				if err != nil {
					t.Fatal(err)
				}
				if rot.do == nil {
					err = disk.Remove("/a/" + name)
				} else {
					disk.Put("/a/"+name, rot.do(append([]byte{}, files[name]...)))
				}
				if err != nil {
					t.Fatal(err)
				}
				_, err = m.Copy()
				if !damaged(err) || !strings.Contains(err.Error(), "/a/"+name) || !strings.Contains(err.Error(), rot.want) {
					t.Errorf("got %v, want an IntegrityError for the file", err)
				}
				wantWholeTarget(t, disk, want)
				if _, err := disk.Lstat(root + "/networks/" + path.Base(name)); err == nil {
					t.Error("the part is published all the same")
				}
				for left := range inside(disk, root) {
					if strings.HasSuffix(left, ".tmp") {
						t.Errorf("%s is left", left)
					}
				}
				lay(disk, "/a", files)
				mustMerge(t, disk, "/a")
				wantMerged(t, disk, want)
			})
		}
	}
}

// TestMergeWrongBytes checks that a copy which the disk gives back otherwise than it
// was written is given up, whichever bit it is.
func TestMergeWrongBytes(t *testing.T) {
	flips := 0
	for name, tt := range mergeCases(t) {
		t.Run(name, func(t *testing.T) {
			for write := 1; ; write++ {
				memory := crashdisk.New()
				tt.lay(memory)
				fsys := &flipping{FS: memory, write: write, bit: uint64(write) * 7919}
				m, err := dataset.OpenMerge(root, []string{"/a", "/b"}, dataset.MergeOptions{Options: dataset.Options{FS: fsys}})
				if err == nil {
					err = m.Verify()
				}
				if err != nil {
					t.Fatal(err)
				}
				_, err = m.Copy()
				if !fsys.done {
					break
				}
				flips++
				if err == nil || damaged(err) || !strings.Contains(err.Error(), "the disk gives other bytes than were written") {
					t.Errorf("write %d: %v", write, err)
				}
				wantWholeTarget(t, memory, tt.want)
				mustMerge(t, memory, "/a", "/b")
				wantMerged(t, memory, tt.want)
			}
		})
	}
	if flips < 5 {
		t.Errorf("%d flips", flips)
	}
}
