package dataset

import (
	"bytes"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"

	"nodal/dataset/disk"
	"nodal/schema"
)

// widePlan returns a plan of which one configuration has every optional column,
// one has one and one has none.
func widePlan(networks int64) *Plan {
	configurations := []schema.Configuration{configuration(3, networks, 0), configuration(4, networks, 0), configuration(5, networks, 2)}
	configurations[0].Columns = schema.OptionalColumns()
	configurations[1].Columns = []schema.OptionalColumn{schema.ColumnCrossingsExpected}
	return NewPlan("wide", 7, []byte("version: 1\nname: wide\n"), configurations, "1")
}

// TestOptionalColumns checks that what is written is what a Reader gives back,
// NULLs included, and that the file has the columns in their places.
func TestOptionalColumns(t *testing.T) {
	plan := widePlan(500)
	root := published(t, plan)
	r, err := Open(root, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var want, got []schema.Row
	for part := range plan.Parts() {
		want = append(want, rowsOf(plan, part)...)
	}
	for rows, err := range r.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			row.ClassFraction, row.ClassRegions, row.ClassIslands = append([]float64(nil), row.ClassFraction...),
				append([]int64(nil), row.ClassRegions...), append([]int64(nil), row.ClassIslands...)
			row.Extra = row.Extra.Clone()
			got = append(got, row)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rows (-written +read):\n%.2000s", diff)
	}
	data, err := os.ReadFile(pathOf(root, Networks, plan, 0))
	if err != nil {
		t.Fatal(err)
	}
	file, err := parquet.OpenFile(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	wantNames := append(schema.Columns(), "pieces", "breakpoints", "breakpoints_first", "crossings_exact", "crossings_expected")
	var names []string
	for _, field := range file.Schema().Fields() {
		names = append(names, field.Name())
		if field.Optional() != (len(names) > 48) {
			t.Errorf("column %s: optional is %v", field.Name(), field.Optional())
		}
	}
	if diff := cmp.Diff(wantNames, names); diff != "" {
		t.Errorf("columns (-want +got):\n%s", diff)
	}
}

// TestOptionalColumnsBytes checks that the bytes of a file with optional columns
// do not depend on how its rows are handed over.
func TestOptionalColumnsBytes(t *testing.T) {
	plan := widePlan(300)
	want, _ := readPart(t, published(t, plan), plan, 0)
	for _, size := range []int{1, 7, 64, 1000} {
		root := t.TempDir()
		d := create(t, root, plan)
		part := partOf(plan, 0)
		w, err := d.NewPart(part)
		if err != nil {
			t.Fatal(err)
		}
		for rows := rowsOf(plan, part); len(rows) > 0; {
			n := min(size, len(rows))
			if err := w.WriteRows(rows[:n]); err != nil {
				t.Fatal(err)
			}
			for i := range rows[:n] { // as a worker reuses them
				*rows[i].Extra = schema.Extra{}
			}
			rows = rows[n:]
		}
		if err := w.WriteFields(fieldsOf(plan, part)); err != nil {
			t.Fatal(err)
		}
		if err := w.Publish(); err != nil {
			t.Fatal(err)
		}
		if got, _ := readPart(t, root, plan, 0); !bytes.Equal(got, want) {
			t.Errorf("%d rows at a time give other bytes", size)
		}
	}
}

// TestOptionalColumnsAreReadBack checks that a digest sees a changed value, a
// value for a NULL and a NULL for a value.
func TestOptionalColumnsAreReadBack(t *testing.T) {
	plan := widePlan(100)
	part := partOf(plan, 0)
	digestFor := func(change func(rows []wideRow)) digest {
		rows := widened(nil, rowsOf(plan, part))
		change(rows)
		d := newWideDigest()
		d.add(rows)
		return d.sum()
	}
	data, _ := readPart(t, published(t, plan), plan, 0)
	written, err := digestOf(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	number, real := int64(0), 0.0
	for _, tt := range []struct {
		name   string
		change func(rows []wideRow)
		want   string
	}{
		{"nothing", func([]wideRow) {}, ""},
		{"a count", func(r []wideRow) { *r[7].Pieces++ }, "column pieces differs"},
		{"a real number", func(r []wideRow) { r[0].CrossingsExpected = &real }, "column crossings_expected differs"},
		{"a value for a NULL", func(r []wideRow) { r[150].CrossingsExact = &number }, "column crossings_exact differs"},
		{"a NULL for a value", func(r []wideRow) { r[7].BreakpointsFirst = nil }, "column breakpoints_first differs"},
		{"a required column", func(r []wideRow) { r[7].Crossings++ }, "column crossings differs"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := written.differs(digestFor(tt.change))
			if text := fmt.Sprint(err); err == nil && tt.want != "" || err != nil && (tt.want == "" || !strings.Contains(text, tt.want)) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
}

// TestVetOptionalColumns flips bits all over a file with optional columns: no
// file but the very one that was written passes.
func TestVetOptionalColumns(t *testing.T) {
	plan := widePlan(40)
	root := published(t, plan)
	part := partOf(plan, 0)
	path := pathOf(root, Networks, plan, 0)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for bit := 3; bit < 8*len(data); bit += 173 {
		spoilt := bytes.Clone(data)
		spoilt[bit/8] ^= 1 << (bit % 8)
		if err := os.WriteFile(path, spoilt, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := Vet(disk.OS{}, root, part, Networks); err == nil {
			t.Errorf("bit %d flipped: no error", bit)
		}
	}
}

// TestExtendKeepsColumns checks that a dataset is not extended by optional
// columns that its files do not have.
func TestExtendKeepsColumns(t *testing.T) {
	plain := NewPlan("s", 1, nil, []schema.Configuration{configuration(3, 10, 0)}, "1")
	added := configuration(4, 10, 0)
	added.Columns = schema.OptionalColumns()
	for _, tt := range []struct {
		name    string
		changed []schema.Configuration
		want    string
	}{
		{"a new configuration", []schema.Configuration{configuration(3, 10, 0), added}, "optional columns: none there, in the files wanted"},
		{"the same configuration", func() []schema.Configuration {
			c := configuration(3, 20, 0)
			c.Columns = schema.OptionalColumns()[:1]
			return []schema.Configuration{c}
		}(), "columns none there, pieces wanted"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			extended, lines := extend(plain, NewPlan("s", 1, nil, tt.changed, "1"))
			if text := strings.Join(lines, "\n"); extended != nil || !strings.Contains(text, tt.want) {
				t.Errorf("plan %v, lines %q, want %q", extended, text, tt.want)
			}
		})
	}
}

// The optional columns have one order and one name each, wherever they are listed.
func TestOptionalColumnsAgree(t *testing.T) {
	var want []string
	for _, c := range schema.OptionalColumns() {
		want = append(want, string(c)+",optional")
	}
	tags := func(of reflect.Type) []string {
		var names []string
		for i := range of.NumField() {
			if f := of.Field(i); !f.Anonymous {
				names = append(names, f.Tag.Get("parquet"))
			}
		}
		return names
	}
	if diff := cmp.Diff(want, tags(reflect.TypeFor[schema.Extra]())); diff != "" {
		t.Errorf("schema.Extra (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, tags(reflect.TypeFor[wideRow]())); diff != "" {
		t.Errorf("wideRow (-want +got):\n%s", diff)
	}
	// Value, widen and narrow know each of them.
	numbers := []int64{2, 3, 5, 7}
	x := 11.5
	e := &schema.Extra{Pieces: &numbers[0], Breakpoints: &numbers[1], BreakpointsFirst: &numbers[2], CrossingsExact: &numbers[3], CrossingsExpected: &x}
	wide := widen(&schema.Row{Extra: e})
	back := wide.narrow().Extra
	for i, c := range schema.OptionalColumns() {
		want := x
		if i < len(numbers) {
			want = float64(numbers[i])
		}
		if got, ok := back.Value(c); !ok || got != want {
			t.Errorf("%s is %v, %v, want %v", c, got, ok, want)
		}
		if _, ok := (&schema.Extra{}).Value(c); ok {
			t.Errorf("%s of nothing has a value", c)
		}
	}
}
