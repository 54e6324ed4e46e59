package dataset

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"

	"nodal/schema"
)

// A checksum inside a file finds accidents only. Before the library decodes a
// file that somebody else may have written, guards hold what the file claims
// against what the plan allows: here the footer, in guard_page.go the pages.
// Whatever passes asks the library for no more memory than the plan's largest
// page and row need.

// bounds are what a part file may hold, all of it known from the plan before the
// file is looked at.
type bounds struct {
	leaves []leaf
	model  *format.FileMetaData // the footer of a file without rows

	rows   int64 // at most; networks: exactly
	groups int64 // row groups, at most
	list   int64 // items of a list in one row, at most
	page   int64 // bytes of a page before compression, at most
}

// leaf is a column and how we write it.
type leaf struct {
	path     []string
	name     string // the path with dots
	kind     format.Type
	codec    format.CompressionCodec
	encoding format.Encoding // of data pages
	list     bool            // a list of required values, else one value a row
	optional bool            // which may be NULL
}

// pageSlack is what a page of networks can take, with room to spare: they end
// after 256 KiB, and a dictionary has one text of some hundred bytes for each of
// a row group's networks at most.
const pageSlack = 8 << 20

// networkBounds returns the bounds of a part's networks.
func networkBounds(part Part) (*bounds, error) {
	b := &bounds{rows: part.Networks(), list: 2, page: pageSlack}
	for _, u := range part.Units {
		b.list = max(b.list, int64(part.Plan.Configurations[u.Configuration].Outputs))
	}
	b.groups = (b.rows + groupRows - 1) / groupRows
	return b, b.describe(part.Plan.rowSchema(), part.Plan)
}

// fieldBounds returns the bounds of a part's fields: those of a part whose
// networks are all finite.
func fieldBounds(part Part) (*bounds, error) {
	b := &bounds{list: 1}
	var values int64
	for _, u := range part.Units {
		c := &part.Plan.Configurations[u.Configuration]
		rows := keptNetworks(c, u) * int64(c.Outputs)
		b.rows += rows
		values += rows * int64(c.Grid.Points())
		b.list = max(b.list, int64(c.Grid.Points()))
	}
	b.groups = 1 + b.rows/groupRows + 4*values/groupValues
	b.page = pageSlack + 5*b.list // a page ends after the field that fills it
	return b, b.describe(parquet.SchemaOf(new(schema.Field)), part.Plan)
}

// keptNetworks returns of how many networks of a unit the fields are kept, if
// all are finite.
func keptNetworks(c *schema.Configuration, u Unit) int64 {
	return max(0, min(u.Count, c.KeepFields-u.First))
}

// describe adds the columns, and the parts of the footer that are the same in
// every file of the plan: it writes a file without rows to learn them.
func (b *bounds) describe(columns *parquet.Schema, plan *Plan) error {
	var empty bytes.Buffer
	writer := parquet.NewGenericWriter[any](&empty, append(writerOptions(plan), columns)...)
	if err := writer.Close(); err != nil {
		return err
	}
	file, err := parquet.OpenFile(bytes.NewReader(empty.Bytes()), int64(empty.Len()))
	if err != nil {
		return err
	}
	b.model = file.Metadata()
	for _, path := range columns.Columns() {
		column, _ := columns.Lookup(path...)
		b.leaves = append(b.leaves, describeLeaf(path, column))
	}
	return nil
}

// describeLeaf returns how a column is written, see writerOptions.
func describeLeaf(path []string, column parquet.LeafColumn) leaf {
	l := leaf{path: path, name: strings.Join(path, "."), kind: format.Type(column.Node.Type().Kind()),
		codec: format.Zstd, list: column.MaxRepetitionLevel > 0,
		optional: column.MaxRepetitionLevel == 0 && column.MaxDefinitionLevel > 0}
	if codec := column.Node.Compression(); codec != nil {
		l.codec = codec.CompressionCodec()
	}
	switch encoding := column.Node.Encoding(); {
	case encoding != nil:
		l.encoding = encoding.Encoding()
	case l.kind == format.Float:
		l.encoding = format.ByteStreamSplit
	case l.kind == format.Int32 || l.kind == format.Int64:
		l.encoding = format.DeltaBinaryPacked
	}
	return l
}

// decodeFooter decodes a footer. Nothing is allocated beyond a small multiple of
// what the bounds allow. What it says is not yet checked.
func decodeFooter(footer []byte, b *bounds) (*format.FileMetaData, error) {
	// A column chunk has up to 25 list items: itself, encodings, path, statistics.
	items := int64(len(b.leaves))*(25*b.groups+6) + b.groups + 64
	n, err := skimThrift(footer, items)
	if err == nil && n != len(footer) {
		err = fmt.Errorf("%d bytes follow what it holds", len(footer)-n)
	}
	meta := new(format.FileMetaData)
	if err == nil {
		err = decodeStrictly(footer, meta)
	}
	if err != nil {
		return nil, fmt.Errorf("its footer: %w", err)
	}
	return meta, nil
}

// decodeStrictly decodes a struct that was skimmed. Unlike the library it
// takes nothing for something else.
func decodeStrictly(data []byte, into any) error {
	protocol := thrift.CompactProtocol{}
	decoder := thrift.NewDecoder(protocol.NewReaderFromBytes(data))
	decoder.SetStrict(true)
	return decoder.Decode(into)
}

// checkFooter holds everything in a footer that the library would believe
// against the bounds. body is the number of bytes before the footer.
func (b *bounds) checkFooter(meta *format.FileMetaData, body int64) error {
	switch {
	case meta.EncryptionAlgorithm.Value != nil || meta.FooterSigningKeyMetadata != nil:
		return errors.New("it announces encryption")
	case meta.Version != b.model.Version:
		return fmt.Errorf("format version %d, want %d", meta.Version, b.model.Version)
	case meta.CreatedBy != b.model.CreatedBy:
		return fmt.Errorf("written by %.80q, want %q", meta.CreatedBy, b.model.CreatedBy)
	case !reflect.DeepEqual(meta.Schema, b.model.Schema) || !reflect.DeepEqual(meta.ColumnOrders, b.model.ColumnOrders):
		return errors.New("its columns are others")
	case int64(len(meta.RowGroups)) > b.groups:
		return fmt.Errorf("%d row groups, at most %d are possible", len(meta.RowGroups), b.groups)
	}
	end, rows := int64(len(magic)), int64(0)
	for i := range meta.RowGroups {
		group := &meta.RowGroups[i]
		if group.NumRows < 1 || group.NumRows > min(groupRows, b.rows) || int(group.Ordinal) != i ||
			len(group.Columns) != len(b.leaves) || len(group.SortingColumns) > 0 {
			return fmt.Errorf("row group %d claims %d rows, %d columns and number %d", i, group.NumRows, len(group.Columns), group.Ordinal)
		}
		rows += group.NumRows
		for j := range group.Columns {
			var err error
			if end, err = b.checkChunk(&group.Columns[j], &b.leaves[j], group.NumRows, end, body); err != nil {
				return fmt.Errorf("row group %d: column %s: %w", i, b.leaves[j].name, err)
			}
		}
	}
	if rows != meta.NumRows || rows > b.rows {
		return fmt.Errorf("%d rows in its row groups, %d in all, at most %d are possible", rows, meta.NumRows, b.rows)
	}
	return b.checkIndexes(meta, end, body)
}

// checkChunk checks what the footer says of one column of a row group that
// begins at byte start, and returns where it ends. Chunks follow each other
// without gaps.
func (b *bounds) checkChunk(chunk *format.ColumnChunk, l *leaf, rows, start, body int64) (int64, error) {
	m := &chunk.MetaData
	dictionary := int64(0)
	encodings := []format.Encoding{l.encoding}
	if l.encoding == format.RLEDictionary {
		dictionary = start
		encodings = append(encodings, format.Plain)
	}
	if l.list || l.optional {
		encodings = append(encodings, format.RLE)
	}
	most := rows
	if l.list {
		most *= b.list
	}
	switch {
	case chunk.FilePath != "" || chunk.FileOffset != 0:
		return 0, fmt.Errorf("its data is at byte %d of %.80q, not here", chunk.FileOffset, chunk.FilePath)
	case chunk.CryptoMetadata.Value != nil || chunk.EncryptedColumnMetadata != nil:
		return 0, errors.New("it announces encryption")
	case m.BloomFilterOffset != 0 || m.BloomFilterLength != 0 || m.IndexPageOffset != 0 || len(m.KeyValueMetadata) > 0:
		return 0, errors.New("it announces a filter, an index page or metadata")
	case m.Type != l.kind || !slices.Equal(m.PathInSchema, l.path):
		return 0, fmt.Errorf("it is %v %.80q", m.Type, strings.Join(m.PathInSchema, "."))
	case m.Codec != l.codec:
		return 0, fmt.Errorf("compression %v, want %v", m.Codec, l.codec)
	case slices.ContainsFunc(m.Encoding, func(e format.Encoding) bool { return !slices.Contains(encodings, e) }):
		return 0, fmt.Errorf("encodings %v, want some of %v", m.Encoding, encodings)
	case m.NumValues < rows || m.NumValues > most:
		return 0, fmt.Errorf("%d values, want %d to %d", m.NumValues, rows, most)
	case m.DictionaryPageOffset != dictionary, dictionary == 0 && m.DataPageOffset != start, m.DataPageOffset < start:
		return 0, fmt.Errorf("pages at byte %d and dictionary at byte %d, want it to begin at byte %d", m.DataPageOffset, m.DictionaryPageOffset, start)
	case m.TotalCompressedSize < 1 || m.TotalCompressedSize > body-start || m.DataPageOffset-start >= m.TotalCompressedSize:
		return 0, fmt.Errorf("%d bytes from byte %d of %d", m.TotalCompressedSize, start, body)
	case m.TotalUncompressedSize < 1:
		return 0, fmt.Errorf("%d bytes before compression", m.TotalUncompressedSize)
	}
	return start + m.TotalCompressedSize, nil
}

// checkIndexes checks that the page indexes lie between the last page and the
// footer. We do not read them.
func (b *bounds) checkIndexes(meta *format.FileMetaData, start, body int64) error {
	for i := range meta.RowGroups {
		for j := range meta.RowGroups[i].Columns {
			c := &meta.RowGroups[i].Columns[j]
			for _, at := range [][2]int64{{c.ColumnIndexOffset, int64(c.ColumnIndexLength)}, {c.OffsetIndexOffset, int64(c.OffsetIndexLength)}} {
				if at[0] < start || at[1] < 1 || at[0] > body-at[1] {
					return fmt.Errorf("row group %d: column %s: page index of %d bytes at byte %d, want it within bytes %d to %d",
						i, b.leaves[j].name, at[1], at[0], start, body)
				}
			}
		}
	}
	return nil
}

// guardPages walks the pages of every column chunk, see pageGuard. The library
// can decode a file that passes.
func guardPages(file io.ReaderAt, meta *format.FileMetaData, b *bounds) error {
	pages := &pageGuard{file: file, bounds: b}
	defer pages.close()
	for i := range meta.RowGroups {
		group := &meta.RowGroups[i]
		for j := range group.Columns {
			if err := pages.checkChunk(&group.Columns[j].MetaData, &b.leaves[j], group.NumRows); err != nil {
				return fmt.Errorf("row group %d: column %s: %w", i, b.leaves[j].name, err)
			}
		}
	}
	return nil
}
