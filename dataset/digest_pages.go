package dataset

import (
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"math"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding"
)

// digestOf returns the digest of the rows of a part file.
func digestOf(file io.ReaderAt, size int64) (digest, error) {
	table, err := parquet.OpenFile(file, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, err
	}
	var names []string
	for _, path := range table.Schema().Columns() {
		names = append(names, path[0])
	}
	r := pageReader{sums: newDigest(names)}
	for _, group := range table.RowGroups() {
		for column, chunk := range group.ColumnChunks() {
			if err := r.chunk(&r.sums[column], chunk); err != nil {
				return nil, fmt.Errorf("column %s: %w", names[column], err)
			}
		}
	}
	return r.sums, nil
}

// pageReader takes the digest of columns as their pages are read.
type pageReader struct {
	sums       digest
	dictionary parquet.Dictionary // the one entries was made of
	entries    []uint64           // words of its values
}

// chunk appends the values of a column chunk.
func (r *pageReader) chunk(sum *columnSum, chunk parquet.ColumnChunk) (err error) {
	pages := chunk.Pages()
	defer func() { err = errors.Join(err, pages.Close()) }()
	length := int64(-1) // of the list that is open
	for {
		page, err := pages.ReadPage()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		switch repetitions, definitions := page.RepetitionLevels(), page.DefinitionLevels(); {
		case len(repetitions) > 0:
			length = sum.words.lengths(length, repetitions, definitions)
			err = r.values(&sum.elements, page)
		case len(definitions) > 0:
			sum.words.levels(definitions)
			err = r.values(&sum.elements, page)
		default:
			err = r.values(&sum.words, page)
		}
		parquet.Release(page)
		if err != nil {
			return err
		}
	}
	if length >= 0 {
		sum.words.add(uint64(length))
	}
	return nil
}

// values appends the values of a page.
func (r *pageReader) values(s *sequence, page parquet.Page) error {
	values := page.Data()
	dictionary := page.Dictionary()
	if dictionary == nil {
		return s.values(values, int(page.NumValues()))
	}
	if dictionary != r.dictionary {
		r.dictionary = dictionary
		var err error
		if r.entries, err = appendWords(r.entries[:0], dictionary.Page().Data()); err != nil {
			return err
		}
	}
	return s.indexed(values.Int32(), r.entries)
}

// appendWords appends the words of a dictionary's values, which are texts or
// doubles.
func appendWords(words []uint64, values encoding.Values) ([]uint64, error) {
	switch values.Kind() {
	case encoding.ByteArray:
		data, offsets := values.ByteArray()
		for i := range len(offsets) - 1 {
			words = append(words, maphash.Bytes(textSeed, data[offsets[i]:offsets[i+1]]))
		}
	case encoding.Double:
		for _, v := range values.Double() {
			words = append(words, math.Float64bits(v))
		}
	default:
		return nil, fmt.Errorf("a dictionary of %s", values.Kind())
	}
	return words, nil
}

// values appends the n values of a page without a dictionary. Texts always have
// one.
func (s *sequence) values(values encoding.Values, n int) error {
	data, _ := values.Data()
	switch values.Kind() {
	case encoding.Boolean:
		for i := range n {
			s.add(uint64(data[i/8] >> (i % 8) & 1))
		}
	case encoding.Int32, encoding.Float:
		s.words32(data)
	case encoding.Int64, encoding.Double:
		s.words64(data)
	default:
		return fmt.Errorf("values of %s", values.Kind())
	}
	return nil
}
