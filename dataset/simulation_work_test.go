package dataset

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"nodal/dataset/disk"
	"nodal/dataset/disk/crashdisk"
	"nodal/dataset/ledger"
	"nodal/schema"
)

// labour is the work of a simulation: a plan of very small parts, made-up rows, and
// what the files have to be in the end.
//
// Encoding a Parquet file of two rows and reading it back takes most of a millisecond,
// which a hundred thousand parts do not have. So one part of every so many is real, and
// those that keep fields. The others are stand-ins, which differ in what is inside the
// file alone: its rows are lines of text, and nobody decodes them. The frame of a part
// file with its checksums, the temporary file, its final name, the record, and all that
// looks at a part without decoding it are the same.
type labour struct {
	plan  *Plan
	every int // of so many parts one is real; 1: all
	ids   []string
	want  map[string][sha256.Size]byte // by path: what an undisturbed run leaves
}

// rowsOfPart is how many rows the parts have.
const rowsOfPart = 2

// newLabour returns the work of that many parts, of which the first eight keep fields.
func newLabour(parts, every int) *labour {
	const configurations = 5
	var list []schema.Configuration
	for i := range configurations {
		networks := rowsOfPart * int64((i+1)*parts/configurations-i*parts/configurations)
		keep := int64(0)
		if i == 0 {
			keep = 8 * rowsOfPart
		}
		list = append(list, configuration(4+i, networks, keep))
	}
	w := &labour{every: every, plan: NewPlan("simulation", 7, []byte("version: 1\nname: simulation\n"), list, "1")}
	for _, c := range w.plan.Configurations {
		w.ids = append(w.ids, c.ID())
	}
	return w
}

// real reports whether a part is one.
func (w *labour) real(part Part) bool { return part.Seq%w.every == 0 || part.keepsFields() }

// begin begins a part in d.
func (w *labour) begin(d *Directory, part Part) (*PartWriter, error) {
	if w.real(part) {
		return d.NewPart(part)
	}
	temp, err := createTemp(d.fs, filepath.Join(d.path, networksFolder), part.Name(), d.tag)
	if err != nil {
		return nil, err
	}
	table := &partTable[schema.Row]{directory: d, part: part, kind: Networks, temp: temp, output: &summed{Writer: temp}, written: true}
	return &PartWriter{directory: d, part: part, networks: &standIn{partTable: table},
		pending: make([]schema.Row, 0, part.Networks()), expect: cursor{plan: part.Plan, units: part.Units}}, nil
}

// fill writes what is in a part and publishes it.
func (w *labour) fill(writer *PartWriter, part Part) error {
	err := writer.WriteRows(w.rows(part))
	if err == nil && part.keepsFields() {
		err = writer.WriteFields(fieldsOf(w.plan, part))
	}
	if err == nil {
		err = writer.Publish()
	}
	return err
}

// rows returns the rows of a part; those of a stand-in say only whose they are.
func (w *labour) rows(part Part) []schema.Row {
	if w.real(part) {
		return rowsOf(w.plan, part)
	}
	var rows []schema.Row
	for _, u := range part.Units {
		for n := range u.Count {
			rows = append(rows, schema.Row{ConfigID: w.ids[u.Configuration], Network: u.First + n})
		}
	}
	return rows
}

// standIn is the networks file of a part that is not real, on its way.
type standIn struct {
	*partTable[schema.Row]
	text bytes.Buffer
}

func (s *standIn) write(rows []schema.Row) error {
	for i := range rows {
		s.text.WriteString(rowName(rows[i].ConfigID, rows[i].Network) + "\n")
		s.rows++
	}
	return nil
}

// seal does what partTable.seal does, but for Parquet.
func (s *standIn) seal() error {
	if s.err = s.fill(); s.err == nil {
		s.closed = true
		s.err = seal(s.temp)
	}
	return s.failure()
}

// fill writes the file in two pieces and stamps it.
func (s *standIn) fill() error {
	footer := string(stampMark) + unstamped
	body := append([]byte(magic), s.text.Bytes()...)
	tail := append([]byte(footer), byte(len(footer)), 0, 0, 0)
	for _, piece := range [][]byte{body, append(tail, magic...)} {
		if _, err := s.output.Write(piece); err != nil {
			return err
		}
	}
	size, err := s.temp.Size()
	if err != nil {
		return err
	}
	if err := stamp(s.temp, size, s.output.sum); err != nil {
		return err
	}
	content := make([]byte, size)
	if _, err := s.temp.ReadAt(content, 0); err != nil {
		return err
	}
	s.sum = ledger.Sum{Bytes: size, Rows: s.rows, SHA256: sha256.Sum256(content)}
	return nil
}

// vet stands in for [Vet] where a part is not real: its bytes have to be those of the
// undisturbed run.
func (w *labour) vet(fsys disk.FS, root string, part Part, kind Kind) (Vetted, error) {
	if w.real(part) {
		return Vet(fsys, root, part, kind)
	}
	path := partPath(root, kind, part)
	content, err := readSmall(fsys, path, 1<<20)
	if err != nil {
		return Vetted{}, err
	}
	sum := sha256.Sum256(content)
	if sum != w.want[path] {
		return Vetted{}, &IntegrityError{Path: path, Err: errors.New("it is not what an undisturbed run writes")}
	}
	return Vetted{Sum: ledger.Sum{Bytes: int64(len(content)), Rows: part.Networks(), SHA256: sum}}, nil
}

// rowName says which network a row is of, as stand-ins have it.
func rowName(configuration string, network int64) string {
	return fmt.Sprintf("%s %d", configuration, network)
}

// networks returns the networks that a published part has rows of.
func (w *labour) networks(t *testing.T, fsys *crashdisk.Disk, r *Reader, part Part) (networks []string) {
	if w.real(part) {
		for rows, err := range r.RowsOf(part) {
			if err != nil {
				t.Error(err)
			}
			for i := range rows {
				networks = append(networks, rowName(rows[i].ConfigID, rows[i].Network))
			}
		}
		return networks
	}
	content, err := fsys.ReadFile(partPath(simulated, Networks, part))
	if err != nil {
		t.Error(err)
	}
	text, _, _ := strings.Cut(strings.TrimPrefix(string(content), magic), string(stampMark))
	return strings.Split(strings.TrimSuffix(text, "\n"), "\n")
}
