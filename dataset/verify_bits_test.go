package dataset_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"testing"

	"nodal/dataset"
	"nodal/dataset/disk"
	"nodal/dataset/disk/crashdisk"
)

// bitsSweep makes one part whose files have about ten thousand bytes each.
const bitsSweep = `version: 1
name: bits
seed: 5
networks: 40
keep_fields: 15
grid: {from: -1, to: 1, points: 100}
cases:
  - name: a
    hidden: [[2]]
`

// oneFile is a file system in which one file has bytes of its own.
type oneFile struct {
	disk.FS
	path string
	data []byte
}

func (o oneFile) Open(path string) (disk.File, error) {
	if path != o.path {
		return o.FS.Open(path)
	}
	return inMemory{Reader: bytes.NewReader(o.data), path: path}, nil
}

// inMemory is an open file of bytes in memory, for reading.
type inMemory struct {
	*bytes.Reader
	disk.File
	path string
}

func (f inMemory) Name() string                           { return f.path }
func (f inMemory) Size() (int64, error)                   { return f.Reader.Size(), nil }
func (f inMemory) Read(p []byte) (int, error)             { return f.Reader.Read(p) }
func (f inMemory) ReadAt(p []byte, at int64) (int, error) { return f.Reader.ReadAt(p, at) }
func (f inMemory) Close() error                           { return nil }

// TestEveryBit flips every bit of the files of a part. Each flip is found, by a
// quick look those in the footer and the magic, with sums on record and without.
func TestEveryBit(t *testing.T) {
	made := crashdisk.New()
	plan := faultPlan(t, bitsSweep)
	if err := runOn(t, made, plan, dataset.Options{}); err != nil {
		t.Fatal(err)
	}
	bare := made.Restart(1, 0)
	forgetRecords(t, bare)
	for _, kind := range []dataset.Kind{dataset.Networks, dataset.Fields} {
		path := fmt.Sprintf("%s/%s/%s.parquet", root, kind, partNames(plan)[0])
		whole, err := made.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if len(whole) < 4000 || len(whole) > 20_000 {
			t.Errorf("%s has %d bytes, want about 10,000", kind, len(whole))
		}
		for name, under := range map[string]*crashdisk.Disk{"recorded": made.Quiet(), "nothing on record": bare.Quiet()} {
			for _, depth := range depths {
				t.Run(fmt.Sprintf("%s/%s/%v", kind, name, depth), func(t *testing.T) {
					t.Parallel()
					data := bytes.Clone(whole)
					flipEveryBit(t, depth, kind, oneFile{under, path, data}, func(flipped int) bool { return depth > dataset.Quick || seenQuickly(whole, flipped) })
				})
			}
		}
	}
}

// seenQuickly reports whether a byte of a part file is looked at by a quick look.
func seenQuickly(file []byte, at int) bool {
	footer := len(file) - 8 - int(binary.LittleEndian.Uint32(file[len(file)-8:]))
	return at < 4 || at >= footer
}

// flipEveryBit looks at a file of a dataset of one part with every bit of it
// flipped in turn, and every now and then at the dataset. found says of which
// bytes it has to find the flips; of the others it must not.
func flipEveryBit(t *testing.T, depth dataset.Depth, kind dataset.Kind, fsys oneFile, found func(at int) bool) {
	v, err := dataset.Verify(root, depth, dataset.Options{FS: fsys})
	if err != nil {
		t.Fatal(err)
	}
	part := slices.Collect(v.Plan().Parts())[0]
	for bit := range 8 * len(fsys.data) {
		want := found(bit / 8)
		fsys.data[bit/8] ^= 1 << (bit % 8)
		var damage *dataset.IntegrityError
		if err := v.LookAt(part, kind); err != nil && !errors.As(err, &damage) || (damage != nil && damage.Path == fsys.path) != want {
			t.Fatalf("bit %d of byte %d: %v, want found: %v", bit%8, bit/8, err, want)
		}
		if bit%509 == 0 {
			for report, err := range v.Parts() {
				if err != nil || (len(report.Problems) == 1 && report.Problems[0].Path == fsys.path) != want {
					t.Fatalf("bit %d of byte %d: found %v, %v, want found: %v", bit%8, bit/8, report.Problems, err, want)
				}
			}
		}
		fsys.data[bit/8] ^= 1 << (bit % 8)
	}
	if err := v.LookAt(part, kind); err != nil {
		t.Errorf("with no bit flipped: %v", err)
	}
}
