package dataset

import (
	"errors"
	"math"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"nodal/schema"
)

// allRows collects the rows of a dataset, which the reader reuses.
func allRows(t testing.TB, r *Reader) []schema.Row {
	t.Helper()
	var rows []schema.Row
	for batch, err := range r.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		if len(batch) == 0 || len(batch) > readRows {
			t.Errorf("a batch of %d rows", len(batch))
		}
		for _, row := range batch {
			row.ClassFraction = slices.Clone(row.ClassFraction)
			row.ClassRegions = slices.Clone(row.ClassRegions)
			row.ClassIslands = slices.Clone(row.ClassIslands)
			rows = append(rows, row)
		}
	}
	return rows
}

// allFields collects the fields of a dataset, which the reader reuses.
func allFields(t testing.TB, r *Reader) []schema.Field {
	t.Helper()
	var fields []schema.Field
	for batch, err := range r.Fields() {
		if err != nil {
			t.Fatal(err)
		}
		for _, field := range batch {
			field.Values = slices.Clone(field.Values)
			fields = append(fields, field)
		}
	}
	return fields
}

// write makes a complete dataset of made-up rows and fields.
func write(t testing.TB, plan *Plan) *Directory {
	t.Helper()
	d := create(t, t.TempDir(), plan)
	for part := range plan.Parts() {
		writePart(t, d, part)
	}
	if err := d.Finish(); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestRoundTrip(t *testing.T) {
	for _, tt := range []struct {
		name string
		plan *Plan
	}{
		{"one part", smallPlan()},
		{"several parts", severalParts()},
		{"several row groups", NewPlan("many", 7, nil, []schema.Configuration{configuration(8, 140_000, 1)}, "1")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := open(t, write(t, tt.plan).path)
			if !r.Complete() || r.Plan().Hash() != tt.plan.Hash() {
				t.Errorf("complete %v, plan %s", r.Complete(), r.Plan().Hash())
			}
			var rows []schema.Row
			var fields []schema.Field
			for part := range tt.plan.Parts() {
				rows = append(rows, rowsOf(tt.plan, part)...)
				fields = append(fields, fieldsOf(tt.plan, part)...)
			}
			got := allRows(t, r)
			if !reflect.DeepEqual(rows, got) { // much faster than cmp
				t.Errorf("rows differ (-want +got):\n%.2000s", cmp.Diff(rows, got))
			}
			if diff := cmp.Diff(fields, allFields(t, r)); diff != "" {
				t.Errorf("fields differ (-want +got):\n%.2000s", diff)
			}
			parts, networks, err := r.Published()
			if parts != tt.plan.PartCount() || networks != tt.plan.Networks() || err != nil {
				t.Errorf("Published() = %d, %d, %v", parts, networks, err)
			}
		})
	}
}

// TestRoundTripExtremes checks values that encodings get wrong: zeros, the ends
// of every type, lists of all lengths next to each other, nothing.
func TestRoundTripExtremes(t *testing.T) {
	plan, part := onePart(8)
	rows := rowsOf(plan, part)
	for i := range rows {
		id, network := rows[i].ConfigID, rows[i].Network
		rows[i] = schema.Row{ConfigID: id, Network: network}
	}
	rows[1].Seed, rows[1].Crossings, rows[1].Inputs = math.MaxInt64, math.MinInt64, math.MinInt32
	rows[2].ValueMin, rows[2].ValueMax, rows[2].MarginMin = -math.MaxFloat64, math.MaxFloat64, math.SmallestNonzeroFloat64
	rows[3].ClassFraction, rows[3].ClassRegions = []float64{0.1}, []int64{1, 2, 3}
	rows[4].ClassFraction = make([]float64, 256)
	rows[5].Hidden, rows[5].Resolved = strings.Repeat("16-", 1000)+"16", true
	rows[6].ValueMin = math.Copysign(0, -1)
	fields := []schema.Field{
		{ConfigID: rows[0].ConfigID, Values: []float32{math.MaxFloat32, -math.SmallestNonzeroFloat32, 0}},
		{ConfigID: rows[0].ConfigID, Network: 1, Output: 255, Values: []float32{1}},
		{ConfigID: rows[0].ConfigID, Network: 2},
	}
	d := create(t, t.TempDir(), plan)
	w, err := d.NewPart(part)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.WriteRows(rows); err != nil {
		t.Fatal(err)
	}
	if err := w.WriteFields(fields); err != nil {
		t.Fatal(err)
	}
	if err := w.Publish(); err != nil {
		t.Fatal(err)
	}
	r := open(t, d.path)
	got := allRows(t, r)
	if diff := cmp.Diff(rows, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("rows differ (-want +got):\n%.2000s", diff)
	}
	if len(got) == len(rows) && !math.Signbit(got[6].ValueMin) {
		t.Error("-0 lost its sign")
	}
	if diff := cmp.Diff(fields, allFields(t, r), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("fields differ (-want +got):\n%.2000s", diff)
	}
}

// TestPartial checks that a dataset on its way reads as its whole parts.
func TestPartial(t *testing.T) {
	plan := severalParts()
	d := create(t, t.TempDir(), plan)
	var want []schema.Row
	for part := range plan.Parts() {
		if part.Seq == 1 { // begun, but not published
			w, err := d.NewPart(part)
			if err != nil {
				t.Fatal(err)
			}
			defer w.Discard()
			if err := w.WriteRows(rowsOf(plan, part)); err != nil {
				t.Fatal(err)
			}
			continue
		}
		writePart(t, d, part)
		want = append(want, rowsOf(plan, part)...)
	}
	r := open(t, d.path)
	if r.Complete() {
		t.Error("it is complete")
	}
	if diff := cmp.Diff(want, allRows(t, r)); diff != "" {
		t.Errorf("rows differ (-want +got):\n%.2000s", diff)
	}
	if parts, networks, err := r.Published(); parts != 2 || networks != int64(len(want)) || err != nil {
		t.Errorf("Published() = %d, %d, %v, want 2, %d", parts, networks, err, len(want))
	}
}

func TestReaderStopsEarly(t *testing.T) {
	r := open(t, write(t, severalParts()).path)
	for range r.Rows() {
		break
	}
	for range r.Fields() {
		break
	}
}

func TestOpenNotDataset(t *testing.T) {
	root := t.TempDir()
	populate(t, root, []string{"file", "folder/networks/a.parquet"})
	for _, name := range []string{"file", "folder", "missing"} {
		path := root + "/" + name
		if _, err := Open(path, Options{}); !errors.Is(err, ErrNotDataset) || !strings.Contains(err.Error(), path) {
			t.Errorf("Open(%s): %v, want ErrNotDataset with the path", name, err)
		}
	}
}

// damages are ways to spoil a part file. The error has to say want.
var damages = []struct {
	name  string
	spoil func(file []byte) []byte
	want  string
}{
	{"empty", func([]byte) []byte { return nil }, "0 bytes"},
	{"truncated", func(f []byte) []byte { return f[:len(f)/2] }, "ends with"},
	{"last byte missing", func(f []byte) []byte { return f[:len(f)-1] }, "ends with"},
	{"huge footer length", func(f []byte) []byte { copy(f[len(f)-8:], "\xff\xff\xff\x7f"); return f }, "footer claims"},
	{"footer longer than the file", func(f []byte) []byte {
		copy(f[len(f)-8:], []byte{byte(len(f)), byte(len(f) >> 8), byte(len(f) >> 16), 0})
		return f
	}, "footer claims"},
	{"zeros for a footer", func(f []byte) []byte { clear(f[len(f)-2000 : len(f)-8]); return f }, "footer"},
	{"another footer", func(f []byte) []byte { return []byte(strings.Replace(string(f), "config_id", "config_ID", 1)) },
		"checksum of its footer"},
	{"checksum missing", func(f []byte) []byte { return []byte(strings.Replace(string(f), keyChecksum, "nodal.CHECKSUM", 1)) },
		"no nodal.checksum"},
}

// forget removes what is on record of the parts, so that they are vetted.
func forget(t *testing.T, root string) {
	t.Helper()
	remove(t, successPath(root))
	remove(t, journalsPath(root))
}

// TestDamage checks that a spoilt part is an error that names its file, whether
// anything is on record of it or not.
func TestDamage(t *testing.T) {
	for _, folder := range []string{networksFolder, fieldsFolder} {
		for _, tt := range damages {
			t.Run(folder+"/"+tt.name, func(t *testing.T) {
				plan := severalParts()
				d := write(t, plan)
				path := pathOf(d.path, Kind(folder), plan, 0)
				spoilFile(t, path, tt.spoil)
				wantDamage(t, d.path, path, "it")
				forget(t, d.path)
				wantDamage(t, d.path, path, tt.want)
			})
		}
	}
}

// wantDamage checks that reading a dataset ends with an [*IntegrityError] about
// the file at path.
func wantDamage(t *testing.T, root, path, want string) {
	t.Helper()
	var damage *IntegrityError
	if err := readAll(open(t, root)); !errors.As(err, &damage) || damage.Path != path || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want an IntegrityError with %s and %q", err, path, want)
	}
}

func TestMissingFiles(t *testing.T) {
	for _, folder := range []string{networksFolder, fieldsFolder} {
		t.Run(folder, func(t *testing.T) {
			d := write(t, severalParts())
			path := pathOf(d.path, Kind(folder), d.plan, 0)
			remove(t, path)
			wantDamage(t, d.path, path, "is missing")
			forget(t, d.path)
			if folder == fieldsFolder {
				wantDamage(t, d.path, path, "is missing")
			} else if err := readAll(open(t, d.path)); err != nil {
				t.Errorf("an unfinished dataset that lacks a part: %v", err)
			}
		})
	}
}

// TestFlippedBytes flips bytes all over the files of a part, one at a time. Each
// is an error that names the file, and none reaches the Parquet library, which
// may crash over it.
func TestFlippedBytes(t *testing.T) {
	plan, part := onePart(20)
	d := create(t, t.TempDir(), plan)
	writePart(t, d, part)
	for _, folder := range []string{networksFolder, fieldsFolder} {
		path := pathOf(d.path, Kind(folder), plan, 0)
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(whole); i += 23 {
			file := slices.Clone(whole)
			file[i] ^= 0x40
			if err := os.WriteFile(path, file, 0o666); err != nil {
				t.Fatal(err)
			}
			var damage *IntegrityError
			if err := readAll(open(t, d.path)); !errors.As(err, &damage) || damage.Path != path {
				t.Errorf("byte %d of %s: %v, want an IntegrityError that names the file", i, folder, err)
			}
		}
		if err := os.WriteFile(path, whole, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := readAll(open(t, d.path)); err != nil {
		t.Errorf("with every byte in its place: %v", err)
	}
}

// TestForeignParts checks that a sound file in the place of another is told
// from it.
func TestForeignParts(t *testing.T) {
	plan := severalParts()
	other := severalParts()
	other = NewPlan(other.Sweep, other.Seed+1, []byte(other.Source), other.Configurations, other.Numerics)
	ours, theirs := write(t, plan).path, write(t, other).path
	want := pathOf(ours, networksFolder, plan, 0)
	for _, tt := range []struct{ name, file, want string }{
		{"another plan", pathOf(theirs, networksFolder, other, 0), "nodal.plan is"},
		{"another part", pathOf(ours, networksFolder, plan, 1), "nodal.part is"},
		{"another number of rows", pathOf(ours, networksFolder, plan, 2), "nodal.part is"},
		{"other columns", pathOf(ours, fieldsFolder, plan, 0), "its metadata lacks nodal.fields"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			file, err := os.ReadFile(tt.file)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(want, file, 0o666); err != nil {
				t.Fatal(err)
			}
			wantDamage(t, ours, want, "it")
			kept := t.TempDir()
			if err := os.CopyFS(kept, os.DirFS(ours)); err != nil {
				t.Fatal(err)
			}
			forget(t, kept)
			wantDamage(t, kept, pathOf(kept, networksFolder, plan, 0), tt.want)
		})
	}
}

func spoilFile(t *testing.T, path string, spoil func([]byte) []byte) {
	t.Helper()
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, spoil(file), 0o666); err != nil {
		t.Fatal(err)
	}
}

func firstPart(plan *Plan) Part {
	for part := range plan.Parts() {
		return part
	}
	panic("no part")
}

// readAll reads a dataset and returns the error that ended it.
func readAll(r *Reader) error {
	for _, err := range r.Rows() {
		if err != nil {
			return err
		}
	}
	for _, err := range r.Fields() {
		if err != nil {
			return err
		}
	}
	return nil
}
