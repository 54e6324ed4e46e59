package dataset_test

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"nodal/dataset"
	"nodal/dataset/disk/crashdisk"
)

// findings is what a verification says: of each part, in the order of the plan,
// then of the rest.
type findings struct {
	lines    []string // "missing part-…", or "path below the root: what is wrong"
	notes    []string
	damage   []*dataset.IntegrityError
	finished bool
}

func (f findings) String() string { return strings.Join(f.lines, "\n") }

// verifyOn verifies the dataset on a disk and checks that this changes nothing.
func verifyOn(t testing.TB, disk *crashdisk.Disk, depth dataset.Depth) (findings, error) {
	t.Helper()
	var f findings
	from := len(disk.Log())
	defer func() {
		for _, op := range disk.Log()[from:] {
			if op.Changes() {
				t.Errorf("a verification does %s %s", op.Name, op.Path)
			}
		}
	}()
	v, err := dataset.Verify(root, depth, dataset.Options{FS: disk})
	if err != nil {
		return f, err
	}
	f.finished, f.notes = v.Finished(), v.Notes
	for part, err := range v.Parts() {
		if err != nil {
			return f, err
		}
		if part.Missing {
			f.lines = append(f.lines, "missing "+part.Name)
		}
		f.enter(part.Problems)
	}
	f.enter(v.Problems)
	return f, nil
}

func (f *findings) enter(damage []*dataset.IntegrityError) {
	f.damage = append(f.damage, damage...)
	for _, d := range damage {
		below, _ := filepath.Rel(root, d.Path)
		f.lines = append(f.lines, fmt.Sprintf("%s: %s", below, d.Cause()))
	}
}

// mustVerify is verifyOn without an error.
func mustVerify(t testing.TB, disk *crashdisk.Disk, depth dataset.Depth) findings {
	t.Helper()
	f, err := verifyOn(t, disk, depth)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

var depths = []dataset.Depth{dataset.Quick, dataset.Bytes, dataset.Rows}

// partNames returns the names of the parts of a plan.
func partNames(plan *dataset.Plan) []string {
	var names []string
	for part := range plan.Parts() {
		names = append(names, part.Name())
	}
	return names
}

// forgetRecords removes what vouches for the parts on a disk, so that they have to be
// vetted.
func forgetRecords(t testing.TB, disk *crashdisk.Disk) {
	t.Helper()
	for name := range disk.Files() {
		if strings.HasPrefix(name, root+"/_nodal/journal/") || name == root+"/_SUCCESS" || name == root+"/_nodal/manifest.json" {
			if err := disk.Remove(name); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestVerifyWhole checks that nothing is found where nothing is wrong, whatever
// the dataset went through.
func TestVerifyWhole(t *testing.T) {
	dataset.SmallParts(t, 32)
	plan := faultPlan(t, faultSweep)
	for _, tt := range []struct {
		name     string
		runs     func(disk *crashdisk.Disk) error
		finished bool
	}{
		{"finished", func(disk *crashdisk.Disk) error { return runOn(t, disk, plan, dataset.Options{}) }, true},
		{"extended", func(disk *crashdisk.Disk) error {
			if err := runOn(t, disk, faultPlan(t, smallerSweep), dataset.Options{}); err != nil {
				return err
			}
			return runOn(t, disk, faultPlan(t, extendedSweep), dataset.Options{Extend: true})
		}, true},
		{"shards", func(disk *crashdisk.Disk) error {
			runOn(t, disk, plan, dataset.Options{Shard: dataset.Shard{Index: 1, Count: 2}})
			return runOn(t, disk, plan, dataset.Options{Shard: dataset.Shard{Index: 0, Count: 2}})
		}, true},
		{"one shard", func(disk *crashdisk.Disk) error {
			runOn(t, disk, plan, dataset.Options{Shard: dataset.Shard{Index: 1, Count: 2}})
			return nil
		}, false},
		{"crashed", func(disk *crashdisk.Disk) error {
			disk.CrashAt(120)
			runOn(t, disk, plan, dataset.Options{})
			return nil
		}, false},
	} {
		for _, recorded := range []bool{true, false} {
			for _, depth := range depths {
				t.Run(fmt.Sprintf("%s/recorded=%v/%v", tt.name, recorded, depth), func(t *testing.T) {
					disk := crashdisk.New()
					if err := tt.runs(disk); err != nil {
						t.Fatal(err)
					}
					disk = disk.Restart(1, 0)
					if !recorded {
						forgetRecords(t, disk)
					}
					f := mustVerify(t, disk, depth)
					f.lines = slices.DeleteFunc(f.lines, func(line string) bool { return !tt.finished && strings.HasPrefix(line, "missing ") })
					if len(f.lines) > 0 || f.finished != (tt.finished && recorded) {
						t.Errorf("finished %v, want %v; found %v", f.finished, tt.finished && recorded, f)
					}
				})
			}
		}
	}
}

// TestVerifyFinds checks what is found of every harm, at every depth, with sums
// on record and without.
func TestVerifyFinds(t *testing.T) {
	dataset.SmallParts(t, 32)
	h := newHarmed(t)
	for _, tt := range datasetHarms {
		for _, depth := range depths {
			t.Run(fmt.Sprintf("%s/%v", tt.name, depth), func(t *testing.T) {
				disk := h.disk(t, tt.harm)
				before := contentsOn(disk)
				f := mustVerify(t, disk, depth)
				want := tt.want
				if depth == dataset.Quick && tt.quick != "" {
					want = tt.quick
				}
				wantFindings(t, f, h, want)
				if unfinished := strings.HasPrefix(tt.name, "mark"); f.finished == unfinished {
					t.Errorf("finished is %v", f.finished)
				}
				if after := contentsOn(disk); !maps.Equal(after, before) {
					t.Error("the verification changed the disk")
				}
			})
		}
	}
	for _, tt := range datasetHarms {
		if !tt.ofPart {
			continue
		}
		t.Run(tt.name+"/nothing on record", func(t *testing.T) {
			disk := h.disk(t, tt.harm)
			forgetRecords(t, disk)
			want := tt.want
			if tt.vetted != "" {
				want = tt.vetted
			}
			for _, depth := range depths[1:] {
				wantFindings(t, mustVerify(t, disk, depth), h, want)
			}
		})
	}
}

// wantFindings compares what was found with what is wanted: texts that each occur
// in one line, in order, separated by |, "" or none for nothing. In them N0 to N2
// stand for the networks files of the parts, F0 to F2 for their fields.
func wantFindings(t testing.TB, f findings, h harmed, want string) {
	t.Helper()
	var texts []string
	if want != "" && want != "none" {
		texts = strings.Split(h.named(want), "|")
	}
	ok := len(texts) == len(f.lines)
	for i := 0; ok && i < len(texts); i++ {
		ok = strings.Contains(f.lines[i], texts[i])
	}
	if !ok {
		t.Errorf("found\n  %s\nwant\n  %s", strings.Join(f.lines, "\n  "), strings.Join(texts, "\n  "))
	}
}

// contentsOn returns all that lies on a disk: files with their bytes, the rest by
// name.
func contentsOn(disk *crashdisk.Disk) map[string]string {
	all := make(map[string]string)
	for _, name := range disk.Paths() {
		all[name] = "no file"
	}
	for name, content := range disk.Files() {
		all[name] = string(content)
	}
	return all
}
