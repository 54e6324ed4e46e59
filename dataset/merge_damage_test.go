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
	"nodal/schema"
)

// TestMergeDamage does harm to a source or the target: the error names the file and
// what to do, and nothing is changed.
func TestMergeDamage(t *testing.T) {
	dataset.SmallParts(t, 32)
	plan := faultPlan(t, faultSweep)
	whole, half := drawn(t, plan, share(0, 1)), drawn(t, plan, share(0, 2))
	names := partNames(plan)
	n0, n1, f0 := "networks/"+names[0]+".parquet", "networks/"+names[1]+".parquet", "fields/"+names[0]+".parquet"
	forged := forgedRows(t, plan, func(row *schema.Row) { row.Roughness /= 2 })
	repair := "nodal verify /a --repair"
	for _, tt := range []struct {
		name   string
		target map[string][]byte // nil for none
		source map[string][]byte
		harm   func(*crashdisk.Disk)
		want   string // "|" between
	}{
		{"networks flipped", nil, whole, editAt("/a/"+n1, flipAt(1000)), "/a/" + n1 + " is damaged: its SHA-256|" + repair},
		{"networks short", nil, half, editAt("/a/"+n0, cutLast), "/a/" + n0 + " is damaged: it has|run its shard again"},
		{"fields flipped", nil, half, editAt("/a/"+f0, flipAt(50)), "/a/" + f0 + " is damaged: its SHA-256|" + repair},
		{"fields gone", nil, whole, removeAt("/a/" + f0), "/a/" + f0 + " is missing|" + repair},
		{"a complete source lacks a part", nil, whole, removeAt("/a/" + n1), "/a/" + n1 + " is missing: the dataset was complete with it|" + repair},
		{"a stranger", nil, half, func(d *crashdisk.Disk) { d.Put("/a/networks/notes.txt", nil) }, "/a/networks/notes.txt|move it away"},
		{"the plan", nil, half, editAt("/a/_nodal/plan.json", cutTo(100)), "/a/_nodal/plan.json"},
		{"a link", nil, half, func(d *crashdisk.Disk) {
			d.Put("/elsewhere", half[n0])
			d.Symlink("/elsewhere", "/a/"+n0)
		}, "/a/" + n0 + " is damaged: not a regular file"},
		{"the target flipped where a source has the part", half, whole, editAt(root+"/"+n0, flipAt(1000)), root + "/" + n0 + " is damaged: its SHA-256|nodal verify --repair"},
		{"fields of the target flipped", half, whole, editAt(root+"/"+f0, flipAt(50)), root + "/" + f0 + " is damaged: its SHA-256"},
		{"fields of the target gone", half, whole, removeAt(root + "/" + f0), root + "/" + f0 + " is missing: the part's networks file announces it"},
		{"the target short where no source has the part", whole, half, func(d *crashdisk.Disk) {
			editAt(root+"/"+n1, cutLast)(d)
		}, root + "/" + n1 + " is damaged"},
		{"the target flipped, on no record", half, whole, func(d *crashdisk.Disk) {
			editAt(root+"/"+n0, flipAt(1000))(d)
			removeUnder(d, root+"/_nodal/journal/")
		}, root + "/" + n0 + " is damaged: the checksum of its data"},
		{"other rows in the target", forged, whole, func(*crashdisk.Disk) {}, root + "/" + n0 + "|other bytes than /a/" + n0 + ", though each is sound by itself"},
		{"other rows in the source", whole, forged, func(*crashdisk.Disk) {}, root + "/" + n0 + "|other bytes than /a/" + n0},
		{"other rows in the target, on no record", forged, half, func(d *crashdisk.Disk) {
			removeUnder(d, root+"/_nodal/journal/")
			removeUnder(d, root+"/_SUCCESS")
		}, root + "/" + n0 + "|other bytes than /a/" + n0},
		{"other rows in another source", nil, whole, func(d *crashdisk.Disk) { lay(d, "/b", forged) }, "/b/" + n0 + "|other bytes than /a/" + n0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			disk := crashdisk.New()
			lay(disk, "/a", tt.source)
			if tt.target != nil {
				lay(disk, root, tt.target)
			}
			tt.harm(disk)
			before, paths := disk.Files(), disk.Paths()
			from := []string{"/a"}
			if len(inside(disk, "/b")) > 0 {
				from = append(from, "/b")
			}
			_, err := mergeOn(disk, dataset.MergeOptions{}, from...)
			if !damaged(err) {
				t.Fatalf("got %v, want an IntegrityError", err)
			}
			for want := range strings.SplitSeq(tt.want, "|") {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("got %v, want %q", err, want)
				}
			}
			if !slices.Equal(disk.Paths(), paths) || !maps.EqualFunc(disk.Files(), before, slices.Equal) {
				t.Error("something was changed")
			}
		})
	}
}

func editAt(path string, change func([]byte) []byte) func(*crashdisk.Disk) {
	return func(d *crashdisk.Disk) {
		content, err := d.ReadFile(path)
		if err != nil {
			panic(err)
		}
		d.Put(path, change(content))
	}
}

func removeAt(path string) func(*crashdisk.Disk) {
	return func(d *crashdisk.Disk) { removeUnder(d, path) }
}

// removeUnder removes the files whose paths begin so.
func removeUnder(d *crashdisk.Disk, prefix string) {
	for name := range d.Files() {
		if strings.HasPrefix(name, prefix) {
			if err := d.Quiet().Remove(name); err != nil {
				panic(err)
			}
		}
	}
}

// forgedRows returns the files of a finished dataset with one row that no run draws,
// and nothing else wrong.
func forgedRows(t *testing.T, plan *dataset.Plan, change func(*schema.Row)) map[string][]byte {
	t.Helper()
	good, forged := crashdisk.New(), crashdisk.New()
	if err := runOn(t, good, plan, dataset.Options{}); err != nil {
		t.Fatal(err)
	}
	reader, err := dataset.Open(root, dataset.Options{FS: good})
	if err != nil {
		t.Fatal(err)
	}
	d, err := dataset.Create(root, plan, dataset.Options{FS: forged})
	if err != nil {
		t.Fatal(err)
	}
	for part := range reader.Plan().Parts() {
		w, err := d.NewPart(part)
		if err != nil {
			t.Fatal(err)
		}
		for rows, err := range reader.RowsOf(part) {
			if part.Seq == 0 {
				change(&rows[len(rows)-1])
			}
			if err := errors.Join(err, w.WriteRows(rows)); err != nil {
				t.Fatal(err)
			}
		}
		for fields, err := range reader.FieldsOf(part) {
			if err := errors.Join(err, w.WriteFields(fields)); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Publish(); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(d.Finish(), d.Close()); err != nil {
		t.Fatal(err)
	}
	return inside(forged, root)
}

// TestMergeHarmless does harm that no merge minds: what it does not copy is told of,
// and the target is made from the parts.
func TestMergeHarmless(t *testing.T) {
	dataset.SmallParts(t, 32)
	plan := faultPlan(t, faultSweep)
	want, _ := undisturbed(t, plan)
	whole, half := drawn(t, plan, share(0, 1)), drawn(t, plan, share(0, 2))
	nothing := func(*crashdisk.Disk) {}
	for _, tt := range []struct {
		name   string
		target map[string][]byte
		harm   func(*crashdisk.Disk)
		told   string
	}{
		{"nothing", nil, nothing, ""},
		{"the manifest", nil, editAt("/a/_nodal/manifest.json", cutLast), "/a/_nodal/manifest.json"},
		{"the mark", nil, editAt("/a/_SUCCESS", cutLast), "/a/_SUCCESS"},
		{"the mark of the target", whole, editAt(root+"/_SUCCESS", cutLast), root + "/_SUCCESS"},
		{"the sweep file", nil, removeAt("/a/_nodal/sweep.yaml"), "/a/_nodal/sweep.yaml"},
		{"no sweep file in the target", half, removeAt(root + "/_nodal/sweep.yaml"), ""},
		{"a temporary file", nil, func(d *crashdisk.Disk) { d.Put("/a/networks/.part-12345678-000001.0of1.abc.tmp", []byte("PAR1")) }, ""},
		{"a temporary file in the target", half, func(d *crashdisk.Disk) { d.Put(root+"/networks/.part-12345678-000001.0of1.abc.tmp", []byte("PAR1")) }, ""},
		{"something in quarantine", nil, func(d *crashdisk.Disk) { d.Put("/a/_nodal/quarantine/networks-x.1", nil) }, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			disk := crashdisk.New()
			lay(disk, "/a", whole)
			if tt.target != nil {
				lay(disk, root, tt.target)
			}
			tt.harm(disk)
			var notices []string
			_, err := mergeOn(disk, dataset.MergeOptions{Options: dataset.Options{Notice: func(s string) { notices = append(notices, s) }}}, "/a")
			if err != nil {
				t.Fatal(err)
			}
			wantMerged(t, disk, want)
			if told := strings.Join(notices, "\n"); !strings.Contains(told, tt.told) || (told == "") != (tt.told == "") {
				t.Errorf("told %q, want %q", told, tt.told)
			}
		})
	}
}

// TestMergeRows checks that depth Rows alone looks at rows and at what they decide.
func TestMergeRows(t *testing.T) {
	dataset.SmallParts(t, 32)
	plan := faultPlan(t, faultSweep)
	unlawful := forgedRows(t, plan, func(row *schema.Row) { row.Roughness++ })
	whole := drawn(t, plan, share(0, 1))
	undecided := &dataset.IntegrityError{Path: "/a/_nodal/checkpoint", Reason: "the rows decide otherwise"}
	for _, depth := range []dataset.Depth{dataset.Quick, dataset.Bytes, dataset.Rows} {
		disk := crashdisk.New()
		lay(disk, "/a", unlawful)
		_, err := mergeOn(disk, dataset.MergeOptions{Depth: depth}, "/a")
		if damaged(err) != (depth == dataset.Rows) || err != nil && !strings.Contains(err.Error(), "roughness") {
			t.Errorf("depth %v, an unlawful row: %v", depth, err)
		}
		disk = crashdisk.New()
		lay(disk, "/a", whole)
		_, err = mergeOn(disk, dataset.MergeOptions{Depth: depth, Decisions: func(*dataset.Reader) ([]*dataset.IntegrityError, error) {
			return []*dataset.IntegrityError{undecided}, nil
		}}, "/a")
		if damaged(err) != (depth == dataset.Rows) {
			t.Errorf("depth %v, a wrong checkpoint: %v", depth, err)
		}
	}
}

// TestMergeRefined merges refined networks made under two limits: what the target has
// stays, else the first source gives it; damaged ones are left out, and those of
// parts that the target lacks.
func TestMergeRefined(t *testing.T) {
	disk, plan := refinable(t)
	mustRefine(t, disk, smallLimit, 1)
	coarse, coarseFiles := inside(disk, root), refinedFiles(disk)
	mustRefine(t, disk, dataset.DefaultRefineLimit, 1)
	fine, fineFiles := inside(disk, root), refinedFiles(disk)
	half := drawn(t, plan, share(0, 2))
	halfFine := maps.Clone(half)
	for name, content := range fineFiles {
		halfFine["refined/"+name] = content
	}
	lone := maps.Clone(half)
	first := slices.Sorted(maps.Keys(fineFiles))[0]
	lone["refined/"+first] = fineFiles[first]
	for _, tt := range []struct {
		name   string
		target map[string][]byte
		from   []map[string][]byte
		harm   func(*crashdisk.Disk)
		want   string // coarse or fine or - for each of the two
		told   string
	}{
		{"the first source", nil, []map[string][]byte{fine, coarse}, nil, "fine fine", ""},
		{"the other way round", nil, []map[string][]byte{coarse, fine}, nil, "coarse coarse", ""},
		{"what the target has", coarse, []map[string][]byte{fine}, nil, "coarse coarse", ""},
		{"some in the target", lone, []map[string][]byte{coarse}, nil, "fine coarse", ""},
		{"of a part that nobody has", nil, []map[string][]byte{halfFine}, nil, "fine -", ""},
		{"of a part that another source has", nil, []map[string][]byte{halfFine, drawn(t, plan, share(1, 2))}, nil, "fine fine", ""},
		{"damaged in the first", nil, []map[string][]byte{fine, coarse}, editAt("/0/refined/"+first, flipAt(40)), "coarse fine", "/0/refined/" + first},
		{"other networks in the first", nil, []map[string][]byte{fine, coarse}, func(d *crashdisk.Disk) {
			refineWrongly(t, d, "/0", plan)
		}, "coarse fine", "/0/refined/" + first + ": it has network"},
		{"a stranger", nil, []map[string][]byte{fine}, func(d *crashdisk.Disk) { d.Put("/0/refined/part-12345678-000000.parquet", nil) }, "fine fine", "12345678"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			disk := crashdisk.New()
			var from, notices []string
			for i, files := range tt.from {
				from = append(from, fmt.Sprint("/", i))
				lay(disk, from[i], files)
			}
			if tt.target != nil {
				lay(disk, root, tt.target)
			}
			if tt.harm != nil {
				tt.harm(disk)
			}
			if _, err := mergeOn(disk, dataset.MergeOptions{Options: dataset.Options{Notice: func(s string) { notices = append(notices, s) }}}, from...); err != nil {
				t.Fatal(err)
			}
			want := make(map[string][]byte)
			for i, which := range strings.Fields(tt.want) {
				name := slices.Sorted(maps.Keys(fineFiles))[i]
				switch which {
				case "coarse":
					want[name] = coarseFiles[name]
				case "fine":
					want[name] = fineFiles[name]
				}
			}
			if got := refinedFiles(disk); !sameRefined(got, want) {
				t.Errorf("%v, want %v", slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
			}
			if told := strings.Join(notices, "\n"); !strings.Contains(told, tt.told) {
				t.Errorf("told %q, want %q", told, tt.told)
			}
			if f := mustVerify(t, disk, dataset.Rows); strings.Contains(f.String(), "refined") {
				t.Errorf("a verification finds %v", f)
			}
		})
	}
}

// refineWrongly publishes a sound file of refined networks that the first part has not.
func refineWrongly(t *testing.T, d *crashdisk.Disk, at string, plan *dataset.Plan) {
	t.Helper()
	o := dataset.Options{FS: d}
	reader, err := dataset.Open(at, o)
	if err != nil {
		t.Fatal(err)
	}
	into, err := dataset.OpenRefined(at, dataset.DefaultRefineLimit, o)
	if err != nil {
		t.Fatal(err)
	}
	for part := range plan.Parts() {
		rows, _, err := reader.Refined(part)
		for i := range rows {
			rows[i].Network += 1000
		}
		if err := errors.Join(err, into.Publish(part, rows), into.Close()); err != nil {
			t.Fatal(err)
		}
		break
	}
}
