package dataset_test

import (
	"slices"
	"strings"
	"testing"

	"nodal/dataset"
	"nodal/dataset/disk/crashdisk"
	"nodal/schema"
)

// forged returns a finished dataset that somebody has written with rows and
// fields of their own: every checksum, the manifest and the mark fit. edit changes
// a row or a field where it is not nil.
func forged(t *testing.T, plan *dataset.Plan, edit func(*schema.Row, *schema.Field)) *crashdisk.Disk {
	t.Helper()
	sound, made := crashdisk.New(), crashdisk.New()
	if err := runOn(t, sound, plan, dataset.Options{}); err != nil {
		t.Fatal(err)
	}
	reader, err := dataset.Open(root, dataset.Options{FS: sound})
	if err != nil {
		t.Fatal(err)
	}
	d, err := dataset.Create(root, plan, dataset.Options{FS: made})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for part := range plan.Parts() {
		w, err := d.NewPart(part)
		if err != nil {
			t.Fatal(err)
		}
		copyPart(t, reader, part, w, edit)
	}
	if err := d.Finish(); err != nil {
		t.Fatal(err)
	}
	return made
}

// copyPart writes and publishes a part as edit changes it.
func copyPart(t *testing.T, reader *dataset.Reader, part dataset.Part, w *dataset.PartWriter, edit func(*schema.Row, *schema.Field)) {
	t.Helper()
	for fields, err := range reader.FieldsOf(part) {
		for i := range fields {
			edit(nil, &fields[i])
		}
		if err == nil {
			err = w.WriteFields(fields)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for rows, err := range reader.RowsOf(part) {
		for i := range rows {
			edit(&rows[i], nil)
		}
		if err == nil {
			err = w.WriteRows(rows)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Publish(); err != nil {
		t.Fatal(err)
	}
}

// TestVerifyForged checks what only a look at the rows finds, and that a repair
// draws them as they were.
func TestVerifyForged(t *testing.T) {
	dataset.SmallParts(t, 32)
	plan := faultPlan(t, faultSweep)
	whole, _ := undisturbed(t, plan)
	chosen := func(r *schema.Row) bool { return r != nil && r.Network == 1 }
	for _, tt := range []struct {
		name string
		edit func(*schema.Row, *schema.Field)
		want string // "": only drawing it again can tell
	}{
		{"nothing", func(*schema.Row, *schema.Field) {}, ""},
		{"crossings", func(r *schema.Row, _ *schema.Field) {
			if chosen(r) {
				r.Crossings++
			}
		}, "network 1 of "},
		{"share", func(r *schema.Row, _ *schema.Field) {
			if chosen(r) {
				r.ClassFraction = slices.Clone(r.ClassFraction)
				r.ClassFraction[0] += 0.1
			}
		}, "class_fraction"},
		{"activation", func(r *schema.Row, _ *schema.Field) {
			if chosen(r) {
				r.Activation = "relu"
			}
		}, "activation"},
		{"largest value", func(r *schema.Row, _ *schema.Field) {
			if chosen(r) {
				r.ValueMax += 1e-7
			}
		}, "network 1 of "},
		{"field", func(_ *schema.Row, f *schema.Field) {
			if f != nil && f.Network == 1 {
				f.Values[4] += 2 // the largest value, or beyond
			}
		}, "its row says"},
		{"roughness", func(r *schema.Row, _ *schema.Field) {
			if chosen(r) {
				r.Roughness *= 1 + 1e-12
			}
		}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			disk := forged(t, plan, tt.edit)
			for _, depth := range depths {
				f := mustVerify(t, disk, depth)
				if found := len(f.lines) > 0; !f.finished || found != (depth == dataset.Rows && tt.want != "") || found && !strings.Contains(f.lines[0], tt.want) {
					t.Errorf("%v: finished %v, found %v, want %q", depth, f.finished, f, tt.want)
				}
			}
			forgetRecords(t, disk)
			f := mustVerify(t, disk, dataset.Rows)
			if found := len(f.lines) > 0; found != (tt.want != "") {
				t.Errorf("nothing on record: found %v, want %q", f, tt.want)
			}
			if err := repairOn(t, disk); err != nil {
				t.Fatal(err)
			}
			if tt.want != "" {
				wantFiles(t, disk, whole)
			}
		})
	}
}

// TestVerifyExtended checks that the parts of a base are looked at, and repaired.
func TestVerifyExtended(t *testing.T) {
	dataset.SmallParts(t, 32)
	h := harmed{Disk: crashdisk.New()}
	if err := runOn(t, h.Disk, faultPlan(t, smallerSweep), dataset.Options{}); err != nil {
		t.Fatal(err)
	}
	if err := runOn(t, h.Disk, faultPlan(t, extendedSweep), dataset.Options{Extend: true}); err != nil {
		t.Fatal(err)
	}
	v, err := dataset.Verify(root, dataset.Quick, dataset.Options{FS: h.Disk})
	if err != nil {
		t.Fatal(err)
	}
	h.plan, h.parts, h.whole = v.Plan(), partNames(v.Plan()), lasting(h.Disk)
	for _, i := range []int{0, len(h.parts) - 1} { // of the base, and of what was added
		for _, recorded := range []bool{true, false} {
			disk := h.disk(t, func(t *testing.T, h harmed) { h.edit(t, h.networks(i), flipAt(1000)) })
			if !recorded {
				forgetRecords(t, disk)
			}
			if f := mustVerify(t, disk, dataset.Bytes); len(f.lines) != 1 || f.damage[0].Path != h.networks(i) {
				t.Errorf("part %d, recorded %v: found %v", i, recorded, f)
			}
			if err := repairOn(t, disk); err != nil {
				t.Fatal(err)
			}
			wantRepaired(t, disk, h)
		}
	}
}
