package dataset_test

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
	"testing"

	"nodal/dataset"
	"nodal/dataset/disk/crashdisk"
)

// TestVerifyUnreadable fails the operations of a verification in turn: what the
// file system refuses is its own error, and never damage.
func TestVerifyUnreadable(t *testing.T) {
	dataset.SmallParts(t, 32)
	h := newHarmed(t)
	for _, recorded := range []bool{true, false} {
		for _, depth := range depths {
			t.Run(fmt.Sprintf("recorded=%v/%v", recorded, depth), func(t *testing.T) {
				t.Parallel()
				base := h.Restart(1, 0)
				if !recorded {
					forgetRecords(t, base)
				}
				calm := base.Restart(1, 0)
				mustVerify(t, calm, depth)
				survived, step := 0, 1
				if depth == dataset.Rows {
					step = 3 // most are reads of rows
				}
				for n := 1; n <= calm.Ops(); n += step {
					disk := base.Restart(1, 0)
					disk.FailAt(n, crashdisk.Fault{Err: syscall.EIO})
					f, err := verifyOn(t, disk, depth)
					op := disk.Log()[n-1]
					var damage *dataset.IntegrityError
					switch {
					case err == nil && len(f.lines) == 0: // closing what was only read may fail
						survived++
						if op.Name != "close" && op.Name != "lstat" {
							t.Errorf("operation %d, %s %s: nobody noticed", n, op.Name, op.Path)
						}
					case err == nil || errors.As(err, &damage) || !errors.Is(err, syscall.EIO) || !errors.As(err, new(*fs.PathError)):
						t.Errorf("operation %d, %s %s: found %v, error %v, want the file system's error", n, op.Name, op.Path, f, err)
					}
				}
				t.Logf("%d of %d failures did not end it", survived, calm.Ops())
			})
		}
	}
}

// TestVerifyPlanDamaged checks that a dataset whose plan is damaged or gone is an
// error that says what to do.
func TestVerifyPlanDamaged(t *testing.T) {
	dataset.SmallParts(t, 32)
	h := newHarmed(t)
	plan := root + "/_nodal/plan.json"
	for _, tt := range []struct {
		name string
		harm func(*testing.T, harmed)
	}{
		{"flipped", func(t *testing.T, h harmed) { h.edit(t, plan, flipAt(300)) }},
		{"empty", func(t *testing.T, h harmed) { h.edit(t, plan, cutTo(0)) }},
		{"short", func(t *testing.T, h harmed) { h.edit(t, plan, cutTo(500)) }},
		{"missing", func(t *testing.T, h harmed) { h.remove(t, plan) }},
		{"missing with all but the parts", func(t *testing.T, h harmed) {
			for name := range h.Files() {
				if !strings.HasSuffix(name, ".parquet") {
					h.remove(t, name)
				}
			}
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			disk := h.disk(t, tt.harm)
			_, err := verifyOn(t, disk, dataset.Bytes)
			var damage *dataset.IntegrityError
			if !errors.As(err, &damage) || damage.Path != plan || !strings.Contains(err.Error(), "run its sweep again") {
				t.Errorf("got %v, want that to run the sweep again", err)
			}
			if err := runOn(t, disk, h.plan, dataset.Options{}); err != nil {
				t.Fatal(err)
			}
			wantFiles(t, disk, h.whole)
		})
	}
}

// TestVerifyJournals checks that what journals hold is no problem: at most, parts
// are vetted that need not be.
func TestVerifyJournals(t *testing.T) {
	dataset.SmallParts(t, 32)
	h := newHarmed(t)
	journal := ""
	for name := range h.Files() {
		if strings.HasPrefix(name, root+"/_nodal/journal/") {
			journal = name
		}
	}
	double := func(b []byte) []byte { return append(b, b...) }
	for _, tt := range []struct {
		name  string
		harm  func(*testing.T, harmed)
		noted bool
	}{
		{"torn", func(t *testing.T, h harmed) { h.edit(t, journal, cutLast10) }, true},
		{"flipped", func(t *testing.T, h harmed) { h.edit(t, journal, flipAt(-50)) }, true},
		{"doubled", func(t *testing.T, h harmed) { h.edit(t, journal, double) }, true},
		{"garbage", func(t *testing.T, h harmed) { h.Put(journal, []byte("PAR1\n{}\n\x00\x00\n")) }, true},
		{"empty", func(t *testing.T, h harmed) { h.Put(journal, nil) }, false},
		{"missing", func(t *testing.T, h harmed) { h.remove(t, journal) }, false},
		{"a folder", func(t *testing.T, h harmed) { h.remove(t, journal); h.PutFolder(journal) }, true},
		{"a pipe", func(t *testing.T, h harmed) { h.Pipe(journal) }, true},
		{"a stranger", func(t *testing.T, h harmed) { h.Put(root+"/_nodal/journal/notes", []byte("hello")) }, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, finished := range []bool{true, false} {
				disk := h.disk(t, tt.harm)
				if !finished {
					h := h
					h.Disk = disk
					h.remove(t, root+"/_SUCCESS")
				}
				for _, depth := range depths {
					f := mustVerify(t, disk, depth)
					if len(f.lines) > 0 || len(f.notes) > 0 != tt.noted || f.finished != finished {
						t.Errorf("%v: finished %v, want %v; found %v; notes %q", depth, f.finished, finished, f, f.notes)
					}
				}
				if err := runOn(t, disk, h.plan, dataset.Options{}); err != nil {
					t.Fatal(err)
				}
				wantFiles(t, disk, h.whole)
			}
		})
	}
}

func cutLast10(b []byte) []byte { return b[:len(b)-10] }
