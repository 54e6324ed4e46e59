package dataset

import (
	"fmt"
	"reflect"
	"strings"
)

// A part is read back before it is published, and its rows are compared with
// those that memory held: what an encoder, a library or a memory cell got wrong
// must not become a published file. Rows in memory are gone by then, so what is
// compared are digests, one a column, which the rows leave behind as they are
// written (digest_rows.go) and the pages as they are read (digest_read.go).
// They are no part of the dataset and need not be the same in another process.

// digest holds one sum a column, in the order of the columns.
type digest []columnSum

// columnSum is what is known of the values of one column. A number's word is
// its bits, a text's is its hash, and a list's is its length.
type columnSum struct {
	name     string
	words    sequence // one a row
	elements sequence // of the lists; empty if the column has none
}

// differs returns an error that names the first column whose values are not
// those of want, or nil.
func (got digest) differs(want digest) error {
	for i := range min(len(got), len(want)) {
		switch g, w := &got[i], &want[i]; {
		case g.name != w.name:
			return fmt.Errorf("column %d is %s, want %s", i+1, g.name, w.name)
		case g.words.count != w.words.count:
			return fmt.Errorf("column %s has %d rows, want %d", g.name, g.words.count, w.words.count)
		case *g != *w:
			return fmt.Errorf("column %s differs from what was measured", g.name)
		}
	}
	if len(got) != len(want) {
		return fmt.Errorf("it has %d columns, want %d", len(got), len(want))
	}
	return nil
}

// newDigest returns the digest of no rows.
func newDigest(columns []string) digest {
	sums := make(digest, len(columns))
	for i, name := range columns {
		sums[i] = columnSum{name: name, words: newSequence(), elements: newSequence()}
	}
	return sums
}

// columnNames returns the columns of a row type, in the order of its fields.
func columnNames(row reflect.Type) []string {
	names := make([]string, row.NumField())
	for i := range names {
		names[i], _, _ = strings.Cut(row.Field(i).Tag.Get("parquet"), ",")
	}
	return names
}
