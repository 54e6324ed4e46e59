package dataset

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math/bits"

	kzstd "github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go/format"
)

// pageHeader is how long the header of a page can be: it holds a few numbers and
// the least and the greatest value, at most a text that names a configuration.
const pageHeader = 4 << 10

// pageGuard walks the pages of column chunks and checks every count in them,
// headers and encoded values alike, since the library takes memory for whatever
// they claim. It keeps one page in memory.
type pageGuard struct {
	file    io.ReaderAt
	bounds  *bounds
	decoder *kzstd.Decoder // nil until needed

	head         [pageHeader]byte
	packed, page []byte // memory for a page, as it is in the file and decompressed
	dictionary   int    // values in the chunk's dictionary
	rows, values int64  // seen in the chunk
}

// close gives back what the decoder holds.
func (g *pageGuard) close() {
	if g.decoder != nil {
		g.decoder.Close()
	}
}

// checkChunk walks the pages of a chunk whose metadata was checked.
func (g *pageGuard) checkChunk(m *format.ColumnMetaData, l *leaf, rows int64) error {
	at := m.DataPageOffset
	if m.DictionaryPageOffset != 0 {
		at = m.DictionaryPageOffset
	}
	start, end := at, at+m.TotalCompressedSize
	g.dictionary, g.rows, g.values = -1, 0, 0
	var unpacked int64
	for at < end {
		header, n, err := g.header(at, end)
		if err == nil {
			at += int64(n)
			err = g.checkHeader(header, l, m, at, end)
		}
		if err == nil {
			err = g.read(at, header, l)
		}
		if err == nil {
			err = g.checkPage(header, l)
		}
		if err != nil {
			return fmt.Errorf("page at byte %d: %w", at-int64(n), err)
		}
		if header.Type == format.DictionaryPage && at+int64(header.CompressedPageSize) != m.DataPageOffset {
			return fmt.Errorf("its dictionary at byte %d ends elsewhere than its pages begin, byte %d", start, m.DataPageOffset)
		}
		at += int64(header.CompressedPageSize)
		unpacked += int64(n) + int64(header.UncompressedPageSize)
	}
	if g.values != m.NumValues || g.rows != rows {
		return fmt.Errorf("its pages hold %d values of %d rows, want %d of %d", g.values, g.rows, m.NumValues, rows)
	}
	if unpacked != m.TotalUncompressedSize {
		return fmt.Errorf("its pages take %d bytes before compression, it claims %d", unpacked, m.TotalUncompressedSize)
	}
	return nil
}

// header decodes the page header at byte at and returns its length.
func (g *pageGuard) header(at, end int64) (*format.PageHeader, int, error) {
	data := g.head[:min(pageHeader, end-at)]
	if _, err := g.file.ReadAt(data, at); err != nil {
		return nil, 0, err
	}
	n, err := skimThrift(data, 0) // no list belongs there
	if err != nil {
		return nil, 0, fmt.Errorf("its header: %w", err)
	}
	header := new(format.PageHeader) // its texts are in g.head
	if err := decodeStrictly(data[:n], header); err != nil {
		return nil, 0, fmt.Errorf("its header: %w", err)
	}
	return header, n, nil
}

// checkHeader checks the header of a page whose data begins at byte at.
func (g *pageGuard) checkHeader(h *format.PageHeader, l *leaf, m *format.ColumnMetaData, at, end int64) error {
	packed, unpacked := int64(h.CompressedPageSize), int64(h.UncompressedPageSize)
	kind := format.DataPage
	if l.encoding == format.RLEDictionary && g.dictionary < 0 {
		kind = format.DictionaryPage
	}
	switch {
	case packed < 0 || packed > end-at:
		return fmt.Errorf("it claims %d bytes, the column has %d more", packed, end-at)
	case unpacked < 0 || unpacked > g.bounds.page:
		return fmt.Errorf("it claims %d bytes before compression, at most %d are possible", unpacked, g.bounds.page)
	case packed > unpacked+unpacked/8+64 || l.codec == format.Uncompressed && packed != unpacked:
		return fmt.Errorf("it claims %d bytes, %d before compression", packed, unpacked)
	case h.Type != kind || h.DictionaryPageHeader.Valid != (kind == format.DictionaryPage) ||
		h.DataPageHeader.Valid != (kind == format.DataPage) || h.IndexPageHeader.Valid || h.DataPageHeaderV2.Valid:
		return fmt.Errorf("it is a %v or has the header of another, want a %v", h.Type, kind)
	}
	if kind == format.DictionaryPage {
		if d := h.DictionaryPageHeader.V; d.Encoding != format.Plain || d.NumValues < 1 || int64(d.NumValues) > m.NumValues {
			return fmt.Errorf("a dictionary of %d values in %v", d.NumValues, d.Encoding)
		}
		return nil
	}
	d := h.DataPageHeader.V
	if d.NumValues < 1 || int64(d.NumValues) > m.NumValues-g.values {
		return fmt.Errorf("it claims %d values, the column has %d more", d.NumValues, m.NumValues-g.values)
	}
	if d.Encoding != l.encoding || d.RepetitionLevelEncoding != format.RLE || d.DefinitionLevelEncoding != format.RLE {
		return fmt.Errorf("encodings %v, %v and %v, want %v and levels in %v",
			d.Encoding, d.RepetitionLevelEncoding, d.DefinitionLevelEncoding, l.encoding, format.RLE)
	}
	return nil
}

// read reads a page into g.page, checks its checksum and decompresses it.
func (g *pageGuard) read(at int64, h *format.PageHeader, l *leaf) error {
	g.packed = resized(g.packed, int(h.CompressedPageSize))
	if _, err := g.file.ReadAt(g.packed, at); err != nil {
		return err
	}
	if got, want := crc32.ChecksumIEEE(g.packed), uint32(h.CRC); got != want {
		return fmt.Errorf("its checksum is %08x, want %08x", got, want)
	}
	if l.codec == format.Uncompressed {
		g.page, g.packed = g.packed, g.page
		return nil
	}
	if g.decoder == nil {
		var err error
		// The limit is the room that is there, whatever the frame claims.
		g.decoder, err = kzstd.NewReader(nil, kzstd.WithDecoderConcurrency(1), kzstd.WithDecodeAllCapLimit(true))
		if err != nil {
			return err
		}
	}
	g.page = resized(g.page, int(h.UncompressedPageSize))
	page, err := g.decoder.DecodeAll(g.packed, g.page[:0:len(g.page)])
	if err != nil {
		return fmt.Errorf("decompressing: %w", err)
	}
	if len(page) != len(g.page) {
		return fmt.Errorf("it has %d bytes, claims %d", len(page), len(g.page))
	}
	g.page = page
	return nil
}

// resized returns memory of n bytes, that of b if it is large enough.
func resized(b []byte, n int) []byte {
	if cap(b) < n {
		return make([]byte, n)
	}
	return b[:n]
}

// checkPage checks that the page in g.page holds as many values as its header
// says, and counts them.
func (g *pageGuard) checkPage(h *format.PageHeader, l *leaf) error {
	if h.Type == format.DictionaryPage {
		g.dictionary = int(h.DictionaryPageHeader.V.NumValues)
		return checkPlain(g.page, l.kind, g.dictionary)
	}
	data, n := g.page, int(h.DataPageHeader.V.NumValues)
	rows := n
	if l.list {
		var ones int
		var err error
		if data, ones, err = checkLevels(data, n); err != nil {
			return fmt.Errorf("repetition levels: %w", err)
		}
		rows = n - ones
		if data, ones, err = checkLevels(data, n); err != nil {
			return fmt.Errorf("definition levels: %w", err)
		}
		if ones != n {
			return fmt.Errorf("%d of its lists are empty", n-ones)
		}
	}
	g.rows += int64(rows)
	g.values += int64(n)
	if l.optional {
		var err error
		if data, n, err = checkLevels(data, n); err != nil { // n: those that are not NULL
			return fmt.Errorf("definition levels: %w", err)
		}
	}
	switch l.encoding {
	case format.RLEDictionary:
		return checkIndexes(data, n, g.dictionary)
	case format.DeltaBinaryPacked:
		return checkDelta(data, n)
	}
	return checkPlain(data, l.kind, n) // bytes split or not: as many of them
}

// checkPlain checks that data is n values of a kind, one after the other.
func checkPlain(data []byte, kind format.Type, n int) error {
	size := 0
	switch kind {
	case format.Boolean:
		size = (n + 7) / 8
	case format.Float:
		size = 4 * n
	case format.Double:
		size = 8 * n
	case format.ByteArray:
		for range n {
			if len(data)-size < 4 {
				return errors.New("its texts end early")
			}
			length := binary.LittleEndian.Uint32(data[size:])
			if size += 4; uint64(length) > uint64(len(data)-size) {
				return fmt.Errorf("a text claims %d bytes", length)
			}
			size += int(length)
		}
	default:
		return fmt.Errorf("%v is not written like this", kind)
	}
	if len(data) != size {
		return fmt.Errorf("%d values in %d bytes, want %d", n, len(data), size)
	}
	return nil
}

// checkDelta checks the head of n whole numbers stored as differences. The
// library finds the blocks after it to be too short by itself.
func checkDelta(data []byte, n int) error {
	for _, field := range []struct {
		name string
		want uint64
	}{{"values a block", 128}, {"miniblocks a block", 4}, {"values", uint64(n)}} {
		got, size := binary.Uvarint(data)
		if size <= 0 || got != field.want {
			return fmt.Errorf("its differences claim %d %s, want %d", got, field.name, field.want)
		}
		data = data[size:]
	}
	return nil
}

// checkLevels checks the n levels of 0 or 1 that data begins with, after their
// length. It returns what follows them and how many are 1.
func checkLevels(data []byte, n int) (rest []byte, ones int, err error) {
	if len(data) < 4 || uint64(binary.LittleEndian.Uint32(data)) > uint64(len(data)-4) {
		return nil, 0, errors.New("they are longer than the page")
	}
	end := 4 + int(binary.LittleEndian.Uint32(data))
	err = eachRun(data[4:end], n, 1, func(value uint32, count int) error {
		ones += int(value) * count
		return nil
	})
	return data[end:], ones, err
}

// checkIndexes checks n indexes into a dictionary of the given size.
func checkIndexes(data []byte, n, size int) error {
	if len(data) < 1 || int(data[0]) > bits.Len(uint(size)) {
		return fmt.Errorf("bad width of indexes into a dictionary of %d values", size)
	}
	return eachRun(data[1:], n, uint(data[0]), func(value uint32, _ int) error {
		if int64(value) >= int64(size) {
			return fmt.Errorf("index %d into a dictionary of %d values", value, size)
		}
		return nil
	})
}
