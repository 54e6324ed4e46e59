package dataset

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

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
	d, err := Create(root, plan)
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
	wide := configuration(4, 20, 20) // several pages, and more fields than a row group takes
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
					path := partPath(root, string(kind), tt.plan, part.Seq)
					data, err := os.ReadFile(path)
					if kind == Fields && errors.Is(err, fs.ErrNotExist) {
						continue
					}
					got, err := Vet(disk.OS{}, root, tt.plan, part, kind)
					sum := sha256.Sum256(data)
					want := Vetted{Bytes: int64(len(data)), SHA256: hex.EncodeToString(sum[:]), Rows: part.Networks()}
					if kind == Fields {
						want.Rows = int64(len(fieldsOf(tt.plan, part)))
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
	return memoryFile{Reader: bytes.NewReader(m.data), name: path}, nil
}

type memoryFile struct {
	*bytes.Reader
	disk.File
	name string
}

func (f memoryFile) Name() string                           { return f.name }
func (f memoryFile) Size() (int64, error)                   { return f.Reader.Size(), nil }
func (f memoryFile) Close() error                           { return nil }
func (f memoryFile) Read(p []byte) (int, error)             { return f.Reader.Read(p) }
func (f memoryFile) ReadAt(p []byte, at int64) (int, error) { return f.Reader.ReadAt(p, at) }

// vetBytes vets data as if it were the file of the plan's first part.
func vetBytes(data []byte, plan *Plan, kind Kind) (Vetted, error) {
	for part := range plan.Parts() {
		return Vet(memory{data: data}, "data", plan, part, kind)
	}
	panic("no part")
}

// restamp writes checksums that fit into a copy of data, as somebody would who
// wants the file to look whole. It returns nil if there is no place for them.
func restamp(data []byte) []byte {
	data = bytes.Clone(data)
	f, err := readFrame(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil
	}
	sum, err := f.bodySum(bytes.NewReader(data))
	if err != nil {
		return nil
	}
	copy(f.sums, sum)
	copy(f.sums[8:], f.footerSum())
	copy(data[f.body:], f.footer)
	return data
}

func TestEveryFlippedBitIsReported(t *testing.T) {
	plan := vetPlan(30)
	root := published(t, plan)
	for _, kind := range []Kind{Networks, Fields} {
		data, err := os.ReadFile(partPath(root, string(kind), plan, 0))
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
