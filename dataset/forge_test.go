package dataset

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"testing"

	kzstd "github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

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
	copy(f.sums, digits(sum))
	copy(f.sums[8:], f.footerSum())
	copy(data[f.body:], f.footer)
	return data
}

// marshal encodes metadata of Parquet.
func marshal(t testing.TB, v any) []byte {
	t.Helper()
	data, err := thrift.Marshal(new(thrift.CompactProtocol), v)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// footerOf decodes the footer of a file.
func footerOf(t testing.TB, data []byte) (*frame, *format.FileMetaData) {
	t.Helper()
	f, err := readFrame(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	meta := new(format.FileMetaData)
	if err := decodeStrictly(bytes.Clone(f.footer), meta); err != nil {
		t.Fatal(err)
	}
	return f, meta
}

// assemble returns a file of that body and footer, with checksums that fit.
func assemble(t testing.TB, body, footer []byte) []byte {
	t.Helper()
	data := append(bytes.Clone(body), footer...)
	data = binary.LittleEndian.AppendUint32(data, uint32(len(footer)))
	data = restamp(append(data, magic...))
	if data == nil {
		t.Fatal("the forged file has no place for checksums")
	}
	return data
}

// forgeFooter returns the file with another footer.
func forgeFooter(t testing.TB, data []byte, edit func(*format.FileMetaData)) []byte {
	t.Helper()
	f, meta := footerOf(t, data)
	edit(meta)
	return assemble(t, data[:f.body], marshal(t, meta))
}

// forgePage returns the file with another first page in a column of its first
// row group, everything else made to fit: edit gets the page as it is before
// compression and returns what shall stand there; it may change the header too,
// after its sizes and checksum are set, by returning a function.
func forgePage(t testing.TB, data []byte, column int, edit func(page []byte) []byte, last func(*format.PageHeader)) []byte {
	t.Helper()
	f, meta := footerOf(t, data)
	chunk := &meta.RowGroups[0].Columns[column].MetaData
	start := chunk.DataPageOffset
	if chunk.DictionaryPageOffset != 0 {
		start = chunk.DictionaryPageOffset
	}
	n, err := skimThrift(data[start:], 0)
	if err != nil {
		t.Fatal(err)
	}
	header := new(format.PageHeader)
	if err := decodeStrictly(bytes.Clone(data[start:start+int64(n)]), header); err != nil {
		t.Fatal(err)
	}
	old := int64(n) + int64(header.CompressedPageSize)
	unpackedBefore := int64(n) + int64(header.UncompressedPageSize)
	page := data[start+int64(n) : start+old]
	if chunk.Codec == format.Zstd {
		decoder, _ := kzstd.NewReader(nil)
		defer decoder.Close()
		if page, err = decoder.DecodeAll(page, nil); err != nil {
			t.Fatal(err)
		}
	}
	page = edit(bytes.Clone(page))
	header.UncompressedPageSize = int32(len(page))
	if chunk.Codec == format.Zstd {
		page, _ = codec.Encode(nil, page)
	}
	header.CompressedPageSize = int32(len(page))
	header.CRC = int32(crc32.ChecksumIEEE(page))
	if last != nil {
		last(header)
	}
	head := marshal(t, header)
	body := append(bytes.Clone(data[:start]), head...)
	body = append(append(body, page...), data[start+old:f.body]...)
	shift := int64(len(head)+len(page)) - old
	chunk.TotalCompressedSize += shift
	chunk.TotalUncompressedSize += int64(len(head)) + int64(header.UncompressedPageSize) - unpackedBefore
	if chunk.DictionaryPageOffset != 0 {
		chunk.DataPageOffset += shift
	}
	for i := range meta.RowGroups {
		for j := range meta.RowGroups[i].Columns {
			c := &meta.RowGroups[i].Columns[j]
			c.ColumnIndexOffset += shift
			c.OffsetIndexOffset += shift
			if i > 0 || j > column {
				c.MetaData.DataPageOffset += shift
				if c.MetaData.DictionaryPageOffset != 0 {
					c.MetaData.DictionaryPageOffset += shift
				}
			}
		}
	}
	return assemble(t, body, marshal(t, meta))
}

// forgeIndex returns the file with another value in the page index of its first
// column, which readers use to skip pages.
func forgeIndex(t testing.TB, data []byte) []byte {
	t.Helper()
	_, meta := footerOf(t, data)
	c := &meta.RowGroups[0].Columns[0]
	data = bytes.Clone(data)
	data[c.ColumnIndexOffset+int64(c.ColumnIndexLength)/2] ^= 1
	return restamp(data)
}
