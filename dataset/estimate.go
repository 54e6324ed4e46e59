package dataset

import (
	"iter"
	"path/filepath"

	"nodal/dataset/disk"
	"nodal/schema"
)

// Size is room on a file system.
type Size struct {
	Bytes int64
	Files int64 // and folders: each takes an inode
}

// What a dataset takes beside its rows and values, rounded up from what was
// measured on the shipped sweeps: a row group has the headers and dictionaries of
// its columns and their entries in the footer, a file the end of its last block.
const (
	rowGroupBytes = 11 << 10
	fieldGroup    = 2 << 10
	fileBytes     = 8 << 10
	journalBytes  = 1 << 10 // of a part, in the journal and in the manifest
	nodalFiles    = 20      // folders, locks, plan, sweep, journals, manifest, mark
	nodalBytes    = 56 << 10
)

// RowBytes returns an upper estimate of the bytes that a row of configuration c
// takes in its file: six doubles that are not compressed, three that are float32
// values and shrink to five bytes at most, and counts and shares, of which the
// plane has larger ones and each class four bytes. One input gives 67 to 76 bytes,
// two give 80 to 90.
func RowBytes(c schema.Configuration) int64 {
	bytes := int64(80)
	if c.Inputs > 1 {
		bytes = 92
	}
	return bytes + 4*int64(max(c.Outputs-2, 0)) + 8*int64(len(c.Columns))
}

// FieldBytes returns an upper estimate of the bytes that the kept values of one
// network of configuration c take: 3.6 of the 4 bytes of a value, since signs and
// exponents of a field are alike even where its other 23 bits are noise (3.4 bytes
// were measured), and a little for the row of each output.
func FieldBytes(c schema.Configuration) int64 {
	return (18*int64(c.Grid.Points())/5 + 8) * int64(c.Outputs)
}

// Size returns an upper estimate of what the whole dataset takes as far as it is
// decided.
func (p *Plan) Size() Size {
	total := p.frame()
	for i, networks := range p.targets() {
		c := &p.Configurations[i]
		total.Bytes += networks*RowBytes(*c) + min(c.KeepFields, networks)*FieldBytes(*c)
		total.Bytes += networks / groupRows * rowGroupBytes
		total.Bytes += min(c.KeepFields, networks) * FieldBytes(*c) / groupValues * fieldGroup
	}
	parts := int64(p.PartCount())
	files := parts
	if p.keeps() {
		files = 2 * parts
	}
	total.Bytes += parts*(rowGroupBytes+journalBytes) + files*(fileBytes+int64(len(p.Source)))
	total.Files += files
	return total
}

// Missing returns an upper estimate of what the parts of a shard take that are not
// in the dataset at root, by the names in its folder and nothing else: nothing is
// opened but the plan, and what is no dataset yet, or cannot be read, has no parts.
// If all are there it is nothing at all.
func (p *Plan) Missing(root string, shard Shard) Size {
	s := &store{fs: disk.OS{}, path: root}
	if there, err := s.readPlan(); err == nil {
		if sameSweep(there, p) {
			p = there
		} else if extended, _ := extend(there, p); extended != nil {
			p = extended
		}
	}
	found, _ := names(s.fs, filepath.Join(root, networksFolder))
	there := make(map[string]bool, len(found))
	for _, name := range found {
		there[name] = true
	}
	if len(there) == 0 && shard.all() && p.Base == nil {
		return p.Size()
	}
	return p.sizeOf(func(yield func(Part) bool) {
		for part := range p.Parts() {
			if shard.has(part) && !there[part.Name()+partSuffix] && !yield(part) {
				return
			}
		}
	})
}

// sizeOf returns an upper estimate of what some parts take together with the
// other files of the dataset; of no parts it is nothing.
func (p *Plan) sizeOf(parts iter.Seq[Part]) Size {
	var total Size
	for part := range parts {
		rows, values := int64(0), int64(0)
		for _, u := range part.Units {
			c := part.Plan.Configurations[u.Configuration]
			rows += u.Count * RowBytes(c)
			values += max(0, min(u.First+u.Count, c.KeepFields)-u.First) * FieldBytes(c)
		}
		total.Bytes += rows + (part.Networks()/groupRows+1)*rowGroupBytes + fileBytes + int64(len(p.Source)) + journalBytes
		total.Files++
		if values > 0 {
			total.Bytes += values + (values/groupValues+1)*fieldGroup + fileBytes + int64(len(p.Source))
			total.Files++
		}
	}
	if total.Files == 0 {
		return total
	}
	frame := p.frame()
	return Size{total.Bytes + frame.Bytes, total.Files + frame.Files}
}

// keeps reports whether any configuration keeps fields.
func (p *Plan) keeps() bool {
	for i := range p.Configurations {
		if p.Configurations[i].KeepFields > 0 {
			return true
		}
	}
	return false
}

// frame returns what the files take that are not parts: plan.json, where each
// configuration is an indented object, and sweep.yaml above all, and a checkpoint
// for every stage.
func (p *Plan) frame() Size {
	total := Size{Bytes: nodalBytes + 3*int64(len(p.Source)), Files: nodalFiles}
	if waiting := int64(len(p.Undecided())); waiting > 0 {
		stages := int64(len(p.Checkpoints) + 1)
		total.Files += stages
		total.Bytes += stages * (fileBytes + 8*waiting)
	}
	for i := range p.Configurations {
		c := &p.Configurations[i]
		total.Bytes += int64(800 + len(c.Case) + 16*c.Depth() + 100*len(c.Grid))
	}
	return total
}
