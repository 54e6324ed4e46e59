package dataset

import (
	"math"
	"reflect"
	"slices"

	"nodal/schema"
)

// refinedDigest is the digest of refined networks. They are few beside the rows, so
// that it may take its time. Make it with newRefinedDigest.
type refinedDigest struct {
	sums digest
	id   lastText
}

var _ digester[schema.Refined] = (*refinedDigest)(nil)

var refinedNames = columnNames(reflect.TypeFor[schema.Refined]())

func newRefinedDigest() *refinedDigest {
	d := new(refinedDigest)
	d.reset()
	return d
}

// reset begins again.
func (d *refinedDigest) reset() { d.sums, d.id = newDigest(refinedNames), newLastText() }

// add appends rows.
func (d *refinedDigest) add(rows []schema.Refined) {
	for i := range rows {
		row := reflect.ValueOf(&rows[i]).Elem()
		for c := range d.sums {
			d.sums[c].words.add(d.word(row.Field(c)))
		}
	}
}

// word returns the word of a value, as it is in memory.
func (d *refinedDigest) word(v reflect.Value) uint64 {
	switch v.Kind() {
	case reflect.String:
		return d.id.word(v.String())
	case reflect.Bool:
		return truth(v.Bool())
	case reflect.Int32:
		return uint64(uint32(v.Int()))
	case reflect.Int64:
		return uint64(v.Int())
	case reflect.Float64:
		return math.Float64bits(v.Float())
	}
	panic("dataset: refinedDigest: no word for " + v.Kind().String())
}

// sum returns the digest of the rows so far.
func (d *refinedDigest) sum() digest { return slices.Clone(d.sums) }
