package dataset

import (
	"hash/maphash"
	"math"
	"reflect"
	"slices"

	"nodal/schema"
)

// digester takes the digest of rows on their way to a file.
type digester[T any] interface {
	// add appends rows. How rows are split over calls does not matter.
	add(rows []T)
	// sum returns the digest of the rows since the start or the last reset.
	sum() digest
	// reset begins again.
	reset()
}

// The columns of schema.Row, and how many of them are texts or lists.
const (
	rowColumns = 48
	rowTexts   = 9
	rowLists   = 3
)

var rowNames = schema.Columns()

// rowHashes holds one hash of every column of networks.
type rowHashes [rowColumns]uint64

// take gives the hash of a column a word.
func (h *rowHashes) take(column int, word uint64) { h[column] = mix(h[column], word) }

// rowDigest is the digest of rows of networks. Make it with newRowDigest.
type rowDigest struct {
	// turns are the hashes of all columns, four of each as in sequence. Row n
	// goes to turns[n%4]: the words of a row then meet neighbours in memory.
	turns    [4]rowHashes
	rows     int64
	texts    [rowTexts]lastText
	elements [rowLists]sequence
}

var _ digester[schema.Row] = (*rowDigest)(nil)

func newRowDigest() *rowDigest {
	d := new(rowDigest)
	d.reset()
	return d
}

// reset begins again.
func (d *rowDigest) reset() {
	d.rows = 0
	for i := range d.turns {
		for c := range d.turns[i] {
			d.turns[i][c] = firstHash
		}
	}
	for i := range d.texts {
		d.texts[i] = newLastText()
	}
	for i := range d.elements {
		d.elements[i] = newSequence()
	}
}

// add appends rows. It allocates nothing and keeps of the rows no more than the
// texts of the last one.
func (d *rowDigest) add(rows []schema.Row) {
	for i := range rows {
		d.row(&rows[i])
	}
}

// row appends a row, its columns in the order of its fields.
func (d *rowDigest) row(r *schema.Row) {
	h := &d.turns[d.rows&3]
	h.take(0, d.texts[0].word(r.Sweep))
	h.take(1, d.texts[1].word(r.CaseName))
	h.take(2, d.texts[2].word(r.ConfigID))
	h.take(3, uint64(r.Seed))
	h.take(4, uint64(r.Network))
	h.take(5, uint64(uint32(r.Inputs)))
	h.take(6, uint64(uint32(r.Outputs)))
	h.take(7, uint64(uint32(r.Depth)))
	h.take(8, uint64(uint32(r.Width)))
	h.take(9, uint64(uint32(r.Units)))
	h.take(10, d.texts[3].word(r.Hidden))
	h.take(11, uint64(r.Parameters))
	h.take(12, d.texts[4].word(r.Activation))
	h.take(13, d.texts[5].word(r.OutputActivation))
	h.take(14, d.texts[6].word(r.Weights))
	h.take(15, d.texts[7].word(r.Biases))
	h.take(16, math.Float64bits(r.WeightStd))
	h.take(17, math.Float64bits(r.BiasStd))
	h.take(18, math.Float64bits(r.GridFrom))
	h.take(19, math.Float64bits(r.GridTo))
	h.take(20, uint64(uint32(r.Resolution)))
	h.take(21, uint64(uint32(r.GridPoints)))
	h.take(22, uint64(uint32(r.Connectivity)))
	h.take(23, d.texts[8].word(r.Status))
	h.take(24, uint64(uint32(r.Classes)))
	h.take(25, d.elements[0].doubles(r.ClassFraction))
	h.take(26, uint64(r.Crossings))
	h.take(27, uint64(r.CrossingsHalf))
	h.take(28, uint64(r.RegionsHalf))
	h.take(29, truth(r.Resolved))
	h.take(30, uint64(r.BorderChanges))
	h.take(31, uint64(r.Regions))
	h.take(32, uint64(r.Islands))
	h.take(33, d.elements[1].integers(r.ClassRegions))
	h.take(34, d.elements[2].integers(r.ClassIslands))
	h.take(35, math.Float64bits(r.LargestRegion))
	h.take(36, math.Float64bits(r.BoundaryLength))
	h.take(37, uint64(r.Zeros))
	h.take(38, uint64(r.TurningPoints))
	h.take(39, math.Float64bits(r.ValueMin))
	h.take(40, math.Float64bits(r.ValueMax))
	h.take(41, math.Float64bits(r.ValueMean))
	h.take(42, math.Float64bits(r.ValueStd))
	h.take(43, math.Float64bits(r.TotalVariation))
	h.take(44, math.Float64bits(r.MaxSlope))
	h.take(45, math.Float64bits(r.Roughness))
	h.take(46, math.Float64bits(r.MarginMean))
	h.take(47, math.Float64bits(r.MarginMin))
	d.rows++
}

// sum returns the digest of the rows so far.
func (d *rowDigest) sum() digest {
	sums := newDigest(rowNames)
	lists := d.elements[:]
	row := reflect.TypeFor[schema.Row]()
	for c := range sums {
		next := func(i int64) uint64 { return d.turns[(d.rows+i)%4][c] }
		sums[c].words = sequence{turns: quad{next(0), next(1), next(2), next(3)}, count: d.rows}
		if row.Field(c).Type.Kind() == reflect.Slice {
			sums[c].elements, lists = lists[0], lists[1:]
		}
	}
	return sums
}

// fieldDigest is the digest of rows of fields. Make it with newFieldDigest.
type fieldDigest struct {
	sums digest
	id   lastText
}

var _ digester[schema.Field] = (*fieldDigest)(nil)

var fieldNames = columnNames(reflect.TypeFor[schema.Field]())

func newFieldDigest() *fieldDigest {
	d := new(fieldDigest)
	d.reset()
	return d
}

// reset begins again.
func (d *fieldDigest) reset() {
	d.sums, d.id = newDigest(fieldNames), newLastText()
}

// add appends fields. It allocates nothing and keeps no values.
func (d *fieldDigest) add(fields []schema.Field) {
	for i := range fields {
		f := &fields[i]
		d.sums[0].words.add(d.id.word(f.ConfigID))
		d.sums[1].words.add(uint64(f.Network))
		d.sums[2].words.add(uint64(uint32(f.Output)))
		d.sums[3].words.add(uint64(len(f.Values)))
		d.sums[3].elements.floats(f.Values)
	}
}

// sum returns the digest of the fields so far.
func (d *fieldDigest) sum() digest { return slices.Clone(d.sums) }

// textSeed makes the words of texts. It is the process's own: no digest leaves it.
var textSeed = maphash.MakeSeed()

// lastText remembers the hash of the last text: most columns of texts are
// constant for long.
type lastText struct {
	text string
	hash uint64
}

func newLastText() lastText { return lastText{hash: maphash.String(textSeed, "")} }

// word returns the word of a text.
func (l *lastText) word(text string) uint64 {
	if text != l.text {
		l.text, l.hash = text, maphash.String(textSeed, text)
	}
	return l.hash
}

func truth(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}
