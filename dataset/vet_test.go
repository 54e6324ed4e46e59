package dataset

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nodal/dataset/disk"
	"nodal/dataset/ledger"
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
		{"optional columns", widePlan(40)},
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
					want := Vetted{Sum: ledger.Sum{Bytes: int64(len(data)), SHA256: sha256.Sum256(data), Rows: part.Networks()}}
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

// A damaged file is not worth a process; any other is handed on.
func TestVetFile(t *testing.T) {
	plan := vetPlan(5)
	s := &store{fs: disk.OS{}, path: published(t, plan), plan: plan}
	part, asked := partOf(plan, 0), 0
	here, err := s.vetFile(part, Networks)
	if err != nil || here.Sum.Rows != part.Networks() {
		t.Fatalf("here: %+v, %v", here, err)
	}
	s.vet = func(root string, part Part, kind Kind) (Vetted, error) {
		asked++
		return Vet(disk.OS{}, root, part, kind)
	}
	if there, err := s.vetFile(part, Networks); err != nil || there != here || asked != 1 {
		t.Errorf("elsewhere: %+v, %v after %d calls, want %+v after 1", there, err, asked, here)
	}
	if err := os.WriteFile(partPath(s.path, Networks, part), []byte("PAR1PAR1"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := s.vetFile(part, Networks); err == nil || asked != 1 {
		t.Errorf("damaged: %v after %d calls, want an error after 1", err, asked)
	}
}
