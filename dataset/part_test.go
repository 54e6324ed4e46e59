package dataset

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"

	"nodal/schema"
)

// onePart returns a plan of a single part of the given numbers of networks per
// configuration, each keeping all its fields if keep says so.
func onePart(networks ...int64) (*Plan, Part) {
	var configurations []schema.Configuration
	for i, n := range networks {
		configurations = append(configurations, configuration(i+1, n, 2))
	}
	plan := NewPlan("one-part", 7, []byte("version: 1\n"), configurations, "1")
	for part := range plan.Parts() {
		return plan, part
	}
	panic("no part")
}

// readPart returns the bytes of a part's networks and fields files.
func readPart(t testing.TB, root string, plan *Plan, seq int) (networks, fields []byte) {
	t.Helper()
	networks, err := os.ReadFile(pathOf(root, networksFolder, plan, seq))
	if err != nil {
		t.Fatal(err)
	}
	fields, err = os.ReadFile(pathOf(root, fieldsFolder, plan, seq))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return networks, fields
}

// TestBytesArePure checks that the bytes of a part do not depend on how its rows
// and fields were batched, on the folder, nor on what was written before.
func TestBytesArePure(t *testing.T) {
	plan, part := onePart(20_000, 130) // two row groups, and a canonical batch across configurations
	rows, fields := rowsOf(plan, part), fieldsOf(plan, part)
	reference := t.TempDir()
	writePart(t, create(t, reference, plan), part)
	wantNetworks, wantFields := readPart(t, reference, plan, 0)

	for _, sizes := range [][]int{{1}, {63}, {64}, {65}, {1000, 1, 4096}, {128, 7}, {len(rows)}} {
		t.Run(fmt.Sprint(sizes), func(t *testing.T) {
			d := create(t, t.TempDir(), plan)
			w, err := d.NewPart(part)
			if err != nil {
				t.Fatal(err)
			}
			for i, first := 0, 0; first < len(rows); i++ {
				last := min(first+sizes[i%len(sizes)], len(rows))
				batch := slices.Clone(rows[first:last])
				if err := w.WriteRows(batch); err != nil {
					t.Fatal(err)
				}
				scribble(batch)
				first = last
			}
			for batch := range slices.Chunk(fields, min(sizes[0], 5)) {
				if err := w.WriteFields(batch); err != nil {
					t.Fatal(err)
				}
			}
			if err := w.Publish(); err != nil {
				t.Fatal(err)
			}
			networks, fields := readPart(t, d.path, plan, 0)
			if !bytes.Equal(networks, wantNetworks) || !bytes.Equal(fields, wantFields) {
				t.Errorf("the bytes differ: %d and %d bytes, want %d and %d",
					len(networks), len(fields), len(wantNetworks), len(wantFields))
			}
		})
	}
}

// TestBytesOfLaterParts checks that a part which a directory wrote after others,
// with the writer of theirs, is byte for byte what it is when written alone.
func TestBytesOfLaterParts(t *testing.T) {
	var configurations []schema.Configuration
	for _, n := range []int64{150_000, 1, 110_000, 40_000} {
		configurations = append(configurations, configuration(len(configurations)+1, n, 400))
	}
	plan := NewPlan("later", 7, []byte("version: 1\n"), configurations, "1")
	together := create(t, t.TempDir(), plan)
	for part := range plan.Parts() {
		if part.Seq == 1 { // one that is given up halfway
			w, err := together.NewPart(part)
			if err != nil {
				t.Fatal(err)
			}
			if err := w.WriteRows(rowsOf(plan, part)[:10_000]); err != nil {
				t.Fatal(err)
			}
			w.Discard()
		}
		writePart(t, together, part)
		alone := create(t, t.TempDir(), plan)
		writePart(t, alone, part)
		networks, fields := readPart(t, together.path, plan, part.Seq)
		wantNetworks, wantFields := readPart(t, alone.path, plan, part.Seq)
		if !bytes.Equal(networks, wantNetworks) || !bytes.Equal(fields, wantFields) {
			t.Errorf("part %d: the bytes differ", part.Seq)
		}
	}
	if rows, fields := len(together.rowWriters.idle), len(together.fieldWriters.idle); rows != 1 || fields != 1 {
		t.Errorf("%d and %d writers for %d parts, want 1 of each", rows, fields, plan.PartCount())
	}
}

// TestReadersSeeWholeParts checks that whoever opens all part files there are, at
// any instant while parts are being published, can read every one to its end.
func TestReadersSeeWholeParts(t *testing.T) {
	c := configuration(0, 400, 400) // 37 parts
	c.Hidden = []int{7000, 7000}
	c.Grid[0].Points = 2500
	d := create(t, t.TempDir(), NewPlan("watched", 7, nil, []schema.Configuration{c}, "1"))
	networks := make(map[int]int64)
	for part := range d.plan.Parts() {
		networks[part.Seq] = part.Networks()
	}
	written := make(chan error, 1)
	go func() {
		defer close(written)
		for part := range d.plan.Parts() {
			if err := tryPart(d, part); err != nil {
				written <- err
				return
			}
		}
	}()
	looks, seen := 0, 0
	for more := true; more; looks++ {
		select {
		case err := <-written:
			if more = false; err != nil {
				t.Fatal(err)
			}
		default:
		}
		for _, folder := range []string{networksFolder, fieldsFolder} {
			paths, err := filepath.Glob(filepath.Join(d.path, folder, "*.parquet"))
			if err != nil {
				t.Fatal(err)
			}
			for _, path := range paths[max(0, len(paths)-2):] { // the others were seen before
				seen++
				if seq, rows := countRows(t, path); rows != networks[seq] { // every network keeps its field
					t.Fatalf("%s has %d rows, want %d", path, rows, networks[seq])
				}
			}
		}
	}
	if seen < 50 {
		t.Errorf("%d files in %d looks: too few to show anything", seen, looks)
	}
}

// countRows reads a part file with nothing but the Parquet library.
func countRows(t *testing.T, path string) (seq int, rows int64) {
	t.Helper()
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	table, err := parquet.OpenFile(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	text, _ := table.Lookup(keyPart)
	if seq, err = strconv.Atoi(text); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	for _, group := range table.RowGroups() {
		reader := group.Rows()
		buffer := make([]parquet.Row, 64)
		for err == nil {
			var n int
			n, err = reader.ReadRows(buffer)
			rows += int64(n)
		}
		if err != io.EOF {
			t.Fatalf("%s: %v", path, err)
		}
		err = reader.Close()
	}
	return seq, rows
}

// scribble overwrites rows, as a caller does that reuses its batch. The lists
// get new memory, for the rows they came from are still to be compared.
func scribble(rows []schema.Row) {
	for i := range rows {
		rows[i] = schema.Row{ConfigID: "overwritten", ClassFraction: []float64{-1}}
	}
}

// TestListsAreCopied checks that a batch too short to be written yet does not
// share its lists with the caller.
func TestListsAreCopied(t *testing.T) {
	plan, part := onePart(10)
	d := create(t, t.TempDir(), plan)
	w, err := d.NewPart(part)
	if err != nil {
		t.Fatal(err)
	}
	rows, want := rowsOf(plan, part), rowsOf(plan, part)
	if err := w.WriteRows(rows); err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		row.ClassFraction[0], row.ClassRegions[0], row.ClassIslands[0] = -1, -1, -1
	}
	if err := w.Publish(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, allRows(t, open(t, d.path))); diff != "" {
		t.Errorf("rows differ (-want +got):\n%s", diff)
	}
}

func TestRowGroups(t *testing.T) {
	plan, part := onePart(40_000)
	d := create(t, t.TempDir(), plan)
	writePart(t, d, part)
	if got, want := groupSizes(t, d, networksFolder), []int64{8192, 8192, 8192, 8192, 7232}; !slices.Equal(got, want) {
		t.Errorf("row groups of networks %v, want %v", got, want)
	}
}

// TestFieldRowGroups checks that fields are cut by their values: 100 fields of
// 64 KiB each fill a row group of 16 MiB after 256.
func TestFieldRowGroups(t *testing.T) {
	plan, part := onePart(600)
	d := create(t, t.TempDir(), plan)
	w, err := d.NewPart(part)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.WriteRows(rowsOf(plan, part)); err != nil {
		t.Fatal(err)
	}
	field := schema.Field{ConfigID: plan.Configurations[0].ID(), Values: make([]float32, 16<<10)}
	for range 600 {
		if err := w.WriteFields([]schema.Field{field}); err != nil {
			t.Fatal(err)
		}
		field.Network++
	}
	if err := w.Publish(); err != nil {
		t.Fatal(err)
	}
	if got, want := groupSizes(t, d, fieldsFolder), []int64{256, 256, 88}; !slices.Equal(got, want) {
		t.Errorf("row groups of fields %v, want %v", got, want)
	}
}

// groupSizes returns the rows of each row group of part 0.
func groupSizes(t *testing.T, d *Directory, folder string) []int64 {
	t.Helper()
	file, err := os.Open(pathOf(d.path, Kind(folder), d.plan, 0))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		t.Fatal(err)
	}
	table, err := parquet.OpenFile(file, info.Size())
	if err != nil {
		t.Fatal(err)
	}
	var sizes []int64
	for _, group := range table.RowGroups() {
		sizes = append(sizes, group.NumRows())
	}
	return sizes
}

func TestMetadata(t *testing.T) {
	plan, part := onePart(5)
	d := create(t, t.TempDir(), plan)
	writePart(t, d, part)
	for _, tt := range []struct {
		folder string
		want   map[string]string
	}{
		{networksFolder, map[string]string{"nodal.row_version": "1", "nodal.stream_version": "1", "nodal.numerics": "1",
			"nodal.plan": plan.Hash(), "nodal.part": "0", "nodal.rows": "5", "nodal.fields": "2", "nodal.sweep_file": plan.Source}},
		{fieldsFolder, map[string]string{"nodal.row_version": "1", "nodal.stream_version": "1", "nodal.numerics": "1",
			"nodal.plan": plan.Hash(), "nodal.part": "0", "nodal.rows": "2", "nodal.sweep_file": plan.Source}},
	} {
		t.Run(tt.folder, func(t *testing.T) {
			file, err := os.ReadFile(pathOf(d.path, Kind(tt.folder), plan, 0))
			if err != nil {
				t.Fatal(err)
			}
			table, err := parquet.OpenFile(bytes.NewReader(file), int64(len(file)))
			if err != nil {
				t.Fatal(err)
			}
			got := make(map[string]string)
			for _, pair := range table.Metadata().KeyValueMetadata {
				got[pair.Key] = pair.Value
			}
			if sums := got[keyChecksum]; len(sums) != 16 || sums == unstamped {
				t.Errorf("nodal.checksum is %q, want 16 digits", sums)
			}
			delete(got, keyChecksum)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("metadata differs (-want +got):\n%s", diff)
			}
			if got, want := table.Metadata().CreatedBy, "nodal version 1.1.2(build numerics 1)"; got != want {
				t.Errorf("created by %q, want %q", got, want)
			}
		})
	}
}

// TestRivals checks what happens to a file that has the name of a part already
// when the part is published.
func TestRivals(t *testing.T) {
	plan, part := onePart(100)
	for _, tt := range []struct {
		name   string
		folder string
		rival  func(path string) error
		want   string // the error's, "" for none
		moved  bool   // the rival goes to the quarantine
	}{
		{"same bytes", networksFolder, func(string) error { return nil }, "", false},
		{"damaged networks", networksFolder, func(p string) error { return flipByte(p, 1000) }, "", true},
		{"damaged fields", fieldsFolder, func(p string) error { return flipByte(p, 1000) }, "", true},
		{"truncated networks", networksFolder, func(p string) error { return os.Truncate(p, 8) }, "", true},
		{"other rows", networksFolder, func(p string) error { return rewriteRow(t, p, plan, part) }, "holds other rows", false},
		{"a folder", networksFolder, func(p string) error { return errors.Join(os.Remove(p), os.Mkdir(p, 0o777)) }, "not a regular file", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := create(t, t.TempDir(), plan)
			writePart(t, d, part)
			want := contents(t, d.path)
			if err := tt.rival(pathOf(d.path, Kind(tt.folder), plan, 0)); err != nil {
				t.Fatal(err)
			}
			spoilt := contents(t, d.path)
			err := tryPart(d, part)
			var damage *IntegrityError
			if (err != nil) != (tt.want != "") || err != nil && (!errors.As(err, &damage) || !strings.Contains(err.Error(), tt.want)) {
				t.Errorf("second Publish: %v, want an IntegrityError with %q", err, tt.want)
			}
			if tt.want != "" {
				want = spoilt
			}
			wantSame(t, contents(t, d.path), want)
			if moved, _ := names(d.fs, filepath.Join(d.path, nodalFolder, quarantine)); (len(moved) == 1) != tt.moved {
				t.Errorf("in quarantine: %v", moved)
			}
		})
	}
}

// rewriteRow puts a sound file with another row in the place of a part's networks.
func rewriteRow(t *testing.T, path string, plan *Plan, part Part) error {
	d := create(t, t.TempDir(), plan)
	rows := rowsOf(plan, part)
	rows[7].ValueMax++
	w, err := d.NewPart(part)
	if err != nil {
		return err
	}
	defer w.Discard()
	if err := errors.Join(w.WriteRows(rows), w.WriteFields(fieldsOf(plan, part)), w.Publish()); err != nil {
		return err
	}
	return errors.Join(os.Remove(path), os.Link(pathOf(d.path, networksFolder, plan, 0), path))
}

func TestDiscard(t *testing.T) {
	plan, part := onePart(100)
	d := create(t, t.TempDir(), plan)
	before := tree(t, d.path)
	w, err := d.NewPart(part)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.WriteRows(rowsOf(plan, part)); err != nil {
		t.Fatal(err)
	}
	if err := w.WriteFields(fieldsOf(plan, part)); err != nil {
		t.Fatal(err)
	}
	w.Discard()
	w.Discard()
	wantTree(t, d.path, before...)
	if err := w.Publish(); err == nil {
		t.Error("a discarded part was published")
	}
	wantTree(t, d.path, before...)

	writePart(t, d, part) // discards after Publish
	if has, err := d.Has(part); !has || err != nil {
		t.Errorf("Has = %v, %v", has, err)
	}
}

// TestAfterPublish checks that a published part takes nothing any more: its
// writers may be those of the next part already.
func TestAfterPublish(t *testing.T) {
	plan, part := onePart(100)
	d := create(t, t.TempDir(), plan)
	w, err := d.NewPart(part)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.WriteRows(rowsOf(plan, part)), w.WriteFields(fieldsOf(plan, part)), w.Publish()); err != nil {
		t.Fatal(err)
	}
	if err := w.WriteFields(fieldsOf(plan, part)); err == nil {
		t.Error("it took fields")
	}
	if err := w.Publish(); err == nil {
		t.Error("it was published twice")
	}
}

// TestWriteErrorStays checks that a write error is reported and stays: rows are
// lost, so the part may not appear even if the disk has room again.
func TestWriteErrorStays(t *testing.T) {
	plan, part := onePart(40_000)
	d := create(t, t.TempDir(), plan)
	before := tree(t, d.path)
	w, err := d.NewPart(part)
	if err != nil {
		t.Fatal(err)
	}
	rows := rowsOf(plan, part)
	table := w.networks.(*partTable[schema.Row])
	table.temp.Close() // what a full disk looks like from here
	if err := w.WriteRows(rows[:20_000]); err == nil || !strings.Contains(err.Error(), pathOf(d.path, networksFolder, plan, 0)) {
		t.Errorf("WriteRows: %v, want an error with the path", err)
	}
	table.writer.Reset(io.Discard) // room again
	if err := w.WriteRows(rows[20_000:]); err == nil {
		t.Error("WriteRows forgot the error")
	}
	if err := w.Publish(); err == nil {
		t.Error("a part with lost rows was published")
	}
	w.Discard()
	wantTree(t, d.path, before...)
}

func TestWriteRowsRefusesDisorder(t *testing.T) {
	plan, part := onePart(3, 2)
	for _, tt := range []struct {
		name  string
		order []int
		want  string
	}{
		{"a gap", []int{0, 2}, "network 2 of"},
		{"twice the same", []int{0, 0}, "network 0 of"},
		{"another configuration", []int{3}, "want network 0 of"},
		{"too few", []int{0, 1, 2, 3}, "has 4 rows, want 5"},
		{"too many", []int{0, 1, 2, 3, 4, 4}, "after the last of the part"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := create(t, t.TempDir(), plan)
			w, err := d.NewPart(part)
			if err != nil {
				t.Fatal(err)
			}
			defer w.Discard()
			defer func() {
				if message := fmt.Sprint(recover()); !strings.Contains(message, "dataset: ") || !strings.Contains(message, tt.want) {
					t.Errorf("panic %q, want one with %q", message, tt.want)
				}
			}()
			all := rowsOf(plan, part)
			var rows []schema.Row
			for _, i := range tt.order {
				rows = append(rows, all[i])
			}
			_ = w.WriteRows(rows)
			_ = w.Publish()
		})
	}
}

// TestTempsAreHidden checks that no reader's glob finds a part on its way.
func TestTempsAreHidden(t *testing.T) {
	plan, part := onePart(10)
	d := create(t, t.TempDir(), plan)
	w, err := d.NewPart(part)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Discard()
	if err := w.WriteFields(fieldsOf(plan, part)); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{networksFolder, fieldsFolder} {
		temps, err := os.ReadDir(filepath.Join(d.path, folder))
		if err != nil || len(temps) != 1 || !tempPattern.MatchString(temps[0].Name()) {
			t.Errorf("%s holds %v, %v, want one temporary file", folder, temps, err)
		}
	}
}
