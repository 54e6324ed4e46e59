package dataset

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"nodal/dataset/disk"
	"nodal/schema"
)

// vetPlan returns a plan whose networks file has about ten thousand bytes
// beside its footer, and whose fields have two outputs.
func vetPlan(networks int64) *Plan {
	c := configuration(8, networks, 3)
	c.Outputs = 2
	return NewPlan("vet", 7, []byte("version: 1\nname: vet\n"),
		[]schema.Configuration{c, configuration(16, 10, 1)}, "1")
}

// published writes every part of plan, with its fields, and returns the folder.
func published(t testing.TB, plan *Plan) string {
	t.Helper()
	root := filepath.Join(t.TempDir(), "data")
	d, err := Create(root, plan, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for part := range plan.Parts() {
		w, err := d.NewPart(part)
		if err == nil {
			err = w.WriteRows(rowsOf(plan, part))
		}
		if err == nil {
			err = w.WriteFields(fieldsOf(plan, part))
		}
		if err == nil {
			err = w.Publish()
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func TestVetAcceptsWhatWasWritten(t *testing.T) {
	wide := configuration(4, 13, 13) // several pages, and more fields than a row group takes
	wide.Inputs, wide.Grid = 2, schema.Grid{{From: -1, To: 1, Points: 600}, {From: -1, To: 1, Points: 600}}
	large := configuration(8, groupRows+100, 0) // two row groups
	for _, tt := range []struct {
		name string
		plan *Plan
	}{
		{"small", vetPlan(40)},
		{"several parts", severalParts()},
		{"no fields", NewPlan("none", 1, nil, []schema.Configuration{configuration(3, 5, 0)}, "1")},
		{"row groups", NewPlan("large", 1, nil, []schema.Configuration{large}, "1")},
		{"large fields", NewPlan("wide", 1, nil, []schema.Configuration{wide}, "1")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			root := published(t, tt.plan)
			for part := range tt.plan.Parts() {
				for _, kind := range []Kind{Networks, Fields} {
					path := pathOf(root, kind, tt.plan, part.Seq)
					data, err := os.ReadFile(path)
					if kind == Fields && errors.Is(err, fs.ErrNotExist) {
						continue
					}
					got, err := Vet(disk.OS{}, root, part, kind)
					want := Vetted{Sum: Sum{Bytes: int64(len(data)), SHA256: sha256.Sum256(data), Rows: part.Networks()}}
					if kind == Fields {
						want.Sum.Rows = int64(len(fieldsOf(tt.plan, part)))
					} else {
						want.Fields = int64(len(fieldsOf(tt.plan, part)))
					}
					if err != nil || got != want {
						t.Errorf("part %d, %s: Vet = %+v, %v, want %+v", part.Seq, kind, got, err, want)
					}
				}
			}
		})
	}
}

// memory is a file system of one file, which has any name.
type memory struct {
	disk.FS
	data []byte
}

func (m memory) Open(path string) (disk.File, error) {
	return bytesFile{Reader: bytes.NewReader(m.data), name: path}, nil
}

type bytesFile struct {
	*bytes.Reader
	disk.File
	name string
}

func (f bytesFile) Name() string                           { return f.name }
func (f bytesFile) Size() (int64, error)                   { return f.Reader.Size(), nil }
func (f bytesFile) Close() error                           { return nil }
func (f bytesFile) Read(p []byte) (int, error)             { return f.Reader.Read(p) }
func (f bytesFile) ReadAt(p []byte, at int64) (int, error) { return f.Reader.ReadAt(p, at) }

// vetBytes vets data as if it were the file of the plan's first part.
func vetBytes(data []byte, plan *Plan, kind Kind) (Vetted, error) {
	for part := range plan.Parts() {
		return Vet(memory{data: data}, "data", part, kind)
	}
	panic("no part")
}

func TestEveryFlippedBitIsReported(t *testing.T) {
	plan := vetPlan(5)
	root := published(t, plan)
	for _, kind := range []Kind{Networks, Fields} {
		data, err := os.ReadFile(pathOf(root, kind, plan, 0))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := intact(bytes.NewReader(data), int64(len(data))); err != nil {
			t.Fatalf("%s, undisturbed: %v", kind, err)
		}
		t.Logf("%s: %d bytes", kind, len(data))
		for i := range data {
			for bit := range 8 {
				data[i] ^= 1 << bit
				if _, err := intact(bytes.NewReader(data), int64(len(data))); err == nil {
					t.Errorf("%s: bit %d of byte %d: no error", kind, bit, i)
				}
				data[i] ^= 1 << bit
			}
		}
	}
}

// A file that is whole, but not the part's, or not a file at all.
func TestVetRefusesOtherFiles(t *testing.T) {
	plan := severalParts()
	root, other := published(t, plan), vetPlan(20)
	otherRoot := published(t, other)
	first, second := pathOf(root, networksFolder, plan, 0), pathOf(root, networksFolder, plan, 1)
	read := func(path string) []byte {
		t.Helper()
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	whole, next := read(first), read(second)
	write := func(data []byte) func(string) error {
		return func(path string) error { return os.WriteFile(path, data, 0o666) }
	}
	for _, tt := range []struct {
		name, want string
		place      func(path string) error // puts something where the first part was
	}{
		{"empty", "0 bytes, too few", write(nil)},
		{"one byte", "1 bytes, too few", write(whole[:1])},
		{"eight bytes", "8 bytes, too few", write(whole[:8])},
		{"last byte missing", "it ends with", write(whole[:len(whole)-1])},
		{"byte more", "it ends with", write(append(bytes.Clone(whole), 0))},
		{"zeros", "it begins with", write(make([]byte, len(whole)))},
		{"swapped with another part", "nodal.part is \"1\", want \"0\"", write(next)},
		{"part of another sweep", "nodal.plan is", write(read(pathOf(otherRoot, networksFolder, other, 0)))},
		{"fields", "lacks nodal.fields", write(read(pathOf(root, fieldsFolder, plan, 0)))},
		{"other checksum", "the checksum of its footer", write(bytes.Replace(whole, []byte(keyPart), []byte("nodal.port"), 1))},
		{"link to it", "not a regular file", func(path string) error { return os.Symlink(second, path) }},
		{"folder", "not a regular file", func(path string) error { return os.Mkdir(path, 0o777) }},
		{"pipe", "not a regular file", makePipe},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if err := os.RemoveAll(first); err != nil {
				t.Fatal(err)
			}
			if err := tt.place(first); errors.Is(err, errors.ErrUnsupported) {
				t.Skip(err)
			} else if err != nil {
				t.Fatal(err)
			}
			part, _ := plan.Part(partOf(plan, 0).Name())
			_, err := Vet(disk.OS{}, root, part, Networks)
			damage := (*IntegrityError)(nil)
			if !errors.As(err, &damage) || damage.Path != first || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Vet = %v, want an IntegrityError of %s with %q", err, first, tt.want)
			}
		})
	}
}

func TestVetOfNothing(t *testing.T) {
	plan := vetPlan(5)
	part, found := plan.Part(partOf(plan, 0).Name())
	if _, err := Vet(disk.OS{}, t.TempDir(), part, Networks); !found || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Vet = %v, want %v", err, fs.ErrNotExist)
	}
	if _, found := plan.Part("part-00000000-000001"); found {
		t.Error("Part finds a part beyond the last")
	}
}

// Whoever writes files with rows of their own cannot make them pass.
func TestVetHoldsRowsAgainstThePlan(t *testing.T) {
	plan := vetPlan(5)
	part, _ := plan.Part(partOf(plan, 0).Name())
	for _, tt := range []struct {
		name, want string
		rows       func([]schema.Row)
		fields     func([]schema.Field)
	}{
		{"undisturbed", "", nil, nil},
		{"network twice", "want network 2", func(r []schema.Row) { r[2].Network = 1 }, nil},
		{"networks swapped", "want network 0", func(r []schema.Row) { r[0], r[1] = r[1], r[0] }, nil},
		{"other configuration", "want network 4 of", func(r []schema.Row) { r[4].ConfigID = "abcdefabcdef" }, nil},
		{"other sweep", "is of sweep", func(r []schema.Row) { r[4].Sweep = "other" }, nil},
		{"other seed", "with seed 8", func(r []schema.Row) { r[4].Seed = 8 }, nil},
		{"a law broken", "a law", func(r []schema.Row) { r[4].Zeros = -1 }, nil},
		{"field announced and not there", "its rows keep 5", func(r []schema.Row) { r[0].Status = schema.StatusNonfinite }, nil},
		{"field of another network", "which is not kept", nil, func(f []schema.Field) { f[4].Network, f[5].Network = 4, 4 }},
		{"field twice", "comes elsewhere", nil, func(f []schema.Field) { f[2], f[3] = f[0], f[1] }},
		{"output missing", "want output 1", nil, func(f []schema.Field) { f[1] = f[3] }},
		{"last output missing", "it ends after output 0", nil, func(f []schema.Field) { f[6].Network, f[6].ConfigID = 2, f[0].ConfigID }},
		{"value missing", "has 100 values, want 101", nil, func(f []schema.Field) { f[3].Values = f[3].Values[1:] }},
		{"not a number", "value 7 is NaN", nil, func(f []schema.Field) { f[3].Values[7] = float32(math.NaN()) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			law := checkLaws
			defer func() { checkLaws = law }()
			checkLaws = func(_ *schema.Laws, row *schema.Row) error {
				if row.Zeros < 0 {
					return errors.New("a law")
				}
				return nil
			}
			rows, fields, kind := rowsOf(plan, part), fieldsOf(plan, part), Networks
			if tt.rows != nil {
				tt.rows(rows)
			}
			if tt.fields != nil {
				kind = Fields
				if tt.fields(fields); tt.name == "last output missing" {
					fields = append(fields[:4], fields[6])
				}
			}
			_, err := vetBytes(written(t, plan, part, rows, fields, kind), plan, kind)
			if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Vet = %v, want an error with %q", err, tt.want)
			}
		})
	}
}

// written returns the file of a part as our writer makes it of these rows, which
// need not be the part's.
func written(t *testing.T, plan *Plan, part Part, rows []schema.Row, fields []schema.Field, kind Kind) []byte {
	t.Helper()
	var buffer bytes.Buffer
	var err error
	pairs := [][2]string{{keyRowVersion, strconv.Itoa(plan.RowVersion)}, {keyStreamVersion, strconv.Itoa(plan.StreamVersion)},
		{keyNumerics, plan.Numerics}, {keyPlan, plan.Hash()}, {keyPart, strconv.Itoa(part.Seq)}, {keyChecksum, unstamped}, {keySweepFile, plan.Source}}
	if kind == Fields {
		pairs = append(pairs, [2]string{keyRows, strconv.Itoa(len(fields))})
		w := parquet.NewGenericWriter[schema.Field](&buffer, writerOptions(plan)...)
		for _, pair := range pairs {
			w.SetKeyValueMetadata(pair[0], pair[1])
		}
		for i := range fields {
			_, err = w.Write(fields[i : i+1])
		}
		err = errors.Join(err, w.Close())
	} else {
		pairs = append(pairs, [2]string{keyFields, strconv.Itoa(len(fields))}, [2]string{keyRows, strconv.Itoa(len(rows))})
		w := parquet.NewGenericWriter[schema.Row](&buffer, writerOptions(plan)...)
		for _, pair := range pairs {
			w.SetKeyValueMetadata(pair[0], pair[1])
		}
		_, err = w.Write(rows)
		err = errors.Join(err, w.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	return restamp(buffer.Bytes())
}
