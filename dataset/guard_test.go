package dataset

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go/format"
)

// allocated returns how many bytes f takes from the heap.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// columnOf returns the number of a column of networks files, or of fields files.
func columnOf(t testing.TB, plan *Plan, kind Kind, name string) int {
	t.Helper()
	for part := range plan.Parts() {
		describe := networkBounds
		if kind == Fields {
			describe = fieldBounds
		}
		b, err := describe(part)
		i := slices.IndexFunc(b.leaves, func(l leaf) bool { return l.name == name })
		if err != nil || i < 0 {
			t.Fatalf("no column %q: %v", name, err)
		}
		return i
	}
	panic("no part")
}

// Files that claim too much, with checksums that fit. Each is refused by a check
// of ours, named here, before memory is taken for the claim.
func TestGuardsRefuseClaims(t *testing.T) {
	plan := vetPlan(20)
	root := published(t, plan)
	networks, err := os.ReadFile(pathOf(root, networksFolder, plan, 0))
	if err != nil {
		t.Fatal(err)
	}
	frame, _ := footerOf(t, networks)
	column := func(name string) int { return columnOf(t, plan, Networks, name) }
	chunk := func(name string, edit func(*format.ColumnChunk)) []byte {
		return forgeFooter(t, networks, func(m *format.FileMetaData) { edit(&m.RowGroups[0].Columns[column(name)]) })
	}
	page := func(name string, edit func([]byte) []byte) []byte {
		return forgePage(t, networks, column(name), edit, nil)
	}
	header := func(name string, edit func(*format.PageHeader)) []byte {
		return forgePage(t, networks, column(name), func(p []byte) []byte { return p }, edit)
	}
	thriftBytes := func(footer ...byte) []byte {
		return assemble(t, networks[:frame.body], append(footer, append(stampMark, unstamped...)...))
	}
	nested := bytes.Repeat([]byte{0x1c}, 1000) // struct in struct
	for _, tt := range []struct {
		name, want string
		data       []byte
	}{
		{"two magics", "too few", []byte("PAR1PAR1")},
		{"footer longer than the file", "claims 4294967295 of its", append(bytes.Clone(networks[:len(networks)-8]), "\xff\xff\xff\xffPAR1"...)},
		{"other magic at the head", "begins with", append([]byte("PARE"), networks[4:]...)},
		{"list of two thousand million", "a list claims 2147483647 items", thriftBytes(0x15, 0x04, 0x19, 0xfc, 0xff, 0xff, 0xff, 0xff, 0x07)},
		{"list of 2^63", "a list claims", thriftBytes(0x19, 0xfc, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f)},
		{"string of two thousand million", "ends within a value", thriftBytes(0x68, 0xff, 0xff, 0xff, 0xff, 0x07)},
		{"nested structs", "nested more than", thriftBytes(nested...)},
		{"map", "type 11", thriftBytes(0x1b, 0xff, 0xff, 0xff, 0xff, 0x07, 0x88)},
		{"field twice", "comes after", thriftBytes(0x15, 0x04, 0x05, 0x02, 0x04)},
		{"bytes after the footer", "follow what it holds", assemble(t, networks[:frame.body], append(bytes.Clone(frame.footer), 0))},
		{"no rows", "row groups", forgeFooter(t, networks, func(m *format.FileMetaData) { m.RowGroups = nil })},
		{"row group twice", "row groups, at most 1", forgeFooter(t, networks, func(m *format.FileMetaData) { m.RowGroups = append(m.RowGroups, m.RowGroups[0]) })},
		{"rows", `nodal.rows is "30", want "9223372036854775807"`, forgeFooter(t, networks, func(m *format.FileMetaData) { m.NumRows = math.MaxInt64 })},
		{"rows of a group", "row group 0 claims", forgeFooter(t, networks, func(m *format.FileMetaData) { m.RowGroups[0].NumRows = math.MaxInt64 })},
		{"creator", "written by", forgeFooter(t, networks, func(m *format.FileMetaData) { m.CreatedBy = "parquet-mr" })},
		{"schema", "columns are others", forgeFooter(t, networks, func(m *format.FileMetaData) { m.Schema[0].NumChildren.V = math.MaxInt32 })},
		{"encryption", "encryption", forgeFooter(t, networks, func(m *format.FileMetaData) { m.EncryptionAlgorithm.Value = new(format.AesGcmV1) })},
		{"values", "values, want", chunk("network", func(c *format.ColumnChunk) { c.MetaData.NumValues = math.MaxInt64 })},
		{"size", "bytes from byte", chunk("network", func(c *format.ColumnChunk) { c.MetaData.TotalCompressedSize = math.MaxInt64 })},
		{"negative size", "bytes from byte", chunk("network", func(c *format.ColumnChunk) { c.MetaData.TotalCompressedSize = math.MinInt64 })},
		{"overlapping", "want it to begin", chunk("network", func(c *format.ColumnChunk) { c.MetaData.DataPageOffset -= 10 })},
		{"beyond the end", "want it to begin", chunk("network", func(c *format.ColumnChunk) { c.MetaData.DataPageOffset = math.MaxInt64 })},
		{"dictionary elsewhere", "want it to begin", chunk("sweep", func(c *format.ColumnChunk) { c.MetaData.DictionaryPageOffset = 1 << 40 })},
		{"encoding", "encodings", chunk("network", func(c *format.ColumnChunk) { c.MetaData.Encoding[0] = format.DeltaByteArray })},
		{"other file", "not here", chunk("network", func(c *format.ColumnChunk) { c.FilePath = "/etc/passwd" })},
		{"bloom filter", "filter", chunk("network", func(c *format.ColumnChunk) { c.MetaData.BloomFilterOffset = 4 })},
		{"page index", "page index", chunk("network", func(c *format.ColumnChunk) { c.ColumnIndexLength = math.MaxInt32 })},
		{"statistics", "written otherwise", chunk("network", func(c *format.ColumnChunk) { c.MetaData.Statistics.MaxValue[0]++ })},
		{"page index that lies", "written otherwise", forgeIndex(t, networks)},
		{"page size", "the column has", header("network", func(h *format.PageHeader) { h.CompressedPageSize = math.MaxInt32 })},
		{"page size before compression", "2147483647 bytes before compression", header("network", func(h *format.PageHeader) { h.UncompressedPageSize = math.MaxInt32 })},
		{"negative page size", "bytes before compression", header("network", func(h *format.PageHeader) { h.UncompressedPageSize = math.MinInt32 })},
		{"page of one byte less", "decompressing", header("network", func(h *format.PageHeader) { h.UncompressedPageSize-- })},
		{"page values", "it claims 2147483647 values", header("network", func(h *format.PageHeader) { h.DataPageHeader.V.NumValues = math.MaxInt32 })},
		{"dictionary values", "a dictionary of 2147483647", header("sweep", func(h *format.PageHeader) { h.DictionaryPageHeader.V.NumValues = math.MaxInt32 })},
		{"page encoding", "encodings", header("network", func(h *format.PageHeader) { h.DataPageHeader.V.Encoding = format.RLEDictionary })},
		{"page kind", "it is a DATA_PAGE_V2", header("network", func(h *format.PageHeader) { h.Type = format.DataPageV2 })},
		{"page checksum", "its checksum is", header("network", func(h *format.PageHeader) { h.CRC++ })},
		{"differences", "differences claim 2147483647 values", page("network", func(p []byte) []byte {
			return append([]byte{0x80, 0x01, 4, 0xff, 0xff, 0xff, 0xff, 0x07}, p...)
		})},
		{"block of differences", "values a block", page("network", func(p []byte) []byte { return append([]byte{0xff, 0xff, 0x03}, p[2:]...) })},
		{"levels", "a run claims 2147483647", page("class_regions.list.element", func(p []byte) []byte {
			return append(binary.LittleEndian.AppendUint32(nil, 6), 0xfe, 0xff, 0xff, 0xff, 0x0f, 1)
		})},
		{"length of levels", "longer than the page", page("class_regions.list.element", func(p []byte) []byte { return []byte{0xff, 0xff, 0xff, 0xff} })},
		{"empty list", "lists are empty", page("class_regions.list.element", func(p []byte) []byte {
			n := 4 + binary.LittleEndian.Uint32(p)
			p[n+5] ^= 1 // one of the definition levels, 1 for every value, in packed bits or a run
			return p
		})},
		{"text in a dictionary", "text claims", page("sweep", func(p []byte) []byte { p[3] = 0x7f; return p })},
		{"dictionary of fewer", "want", page("sweep", func(p []byte) []byte { return append(p, 0) })},
		{"plain values", "30 values in", page("value_min", func(p []byte) []byte { return p[1:] })},
		{"booleans", "30 values in", page("resolved", func(p []byte) []byte { return append(p, 0) })},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var err error
			size := allocated(func() { _, err = vetBytes(tt.data, plan, Networks) })
			if damage := (*IntegrityError)(nil); !errors.As(err, &damage) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Vet = %v, want an IntegrityError with %q", err, tt.want)
			}
			if size > 64<<20 {
				t.Errorf("it took %d bytes of memory", size)
			}
		})
	}
}

// One flipped bit in the codec makes the library take memory without end.
func TestGuardRefusesCodecs(t *testing.T) {
	plan := vetPlan(20)
	root := published(t, plan)
	for _, kind := range []Kind{Networks, Fields} {
		data, err := os.ReadFile(pathOf(root, kind, plan, 0))
		if err != nil {
			t.Fatal(err)
		}
		_, meta := footerOf(t, data)
		for column := range meta.RowGroups[0].Columns {
			own := meta.RowGroups[0].Columns[column].MetaData.Codec
			for c := format.Uncompressed; c <= format.Lz4Raw+1; c++ {
				forged := forgeFooter(t, data, func(m *format.FileMetaData) { m.RowGroups[0].Columns[column].MetaData.Codec = c })
				_, err := vetBytes(forged, plan, kind)
				if c == own && err != nil || c != own && (err == nil || !strings.Contains(err.Error(), "compression "+c.String())) {
					t.Errorf("%s, column %d, codec %v: %v", kind, column, c, err)
				}
			}
		}
	}
}

func TestEachRun(t *testing.T) {
	for _, tt := range []struct {
		name  string
		data  []byte
		n     int
		width uint
		want  []uint32 // nil: an error
	}{
		{"nothing", nil, 0, 1, []uint32{}},
		{"run", []byte{3 << 1, 1}, 3, 1, []uint32{1, 1, 1}},
		{"packed", []byte{1<<1 | 1, 0b10110001}, 8, 1, []uint32{1, 0, 0, 0, 1, 1, 0, 1}},
		{"packed, fewer than eight", []byte{1<<1 | 1, 0b10110001}, 5, 1, []uint32{1, 0, 0, 0, 1}},
		{"three bits", []byte{1<<1 | 1, 0x88, 0xc6, 0xfa}, 8, 3, []uint32{0, 1, 2, 3, 4, 5, 6, 7}},
		{"run, then packed", []byte{2 << 1, 0, 1<<1 | 1, 0xff}, 10, 1, []uint32{0, 0, 1, 1, 1, 1, 1, 1, 1, 1}},
		{"no bits", []byte{9 << 1}, 9, 0, make([]uint32, 9)},
		{"wide", []byte{1 << 1, 0x34, 0x12}, 1, 13, []uint32{0x1234}},
		{"too wide a value", []byte{1 << 1, 2}, 1, 1, nil},
		{"too few", []byte{3 << 1, 1}, 4, 1, nil},
		{"too many", []byte{5 << 1, 1}, 4, 1, nil},
		{"too many packed", []byte{2<<1 | 1, 0, 0}, 8, 1, nil},
		{"packed bits missing", []byte{2<<1 | 1, 0}, 16, 1, nil},
		{"value missing", []byte{4 << 1}, 4, 1, nil},
		{"empty run", []byte{0, 0, 4 << 1, 1}, 4, 1, nil},
		{"not counted", []byte{0xff}, 4, 1, nil},
		{"2^63", []byte{0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01, 1}, 4, 1, nil},
		{"2^63 packed", []byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01, 1}, 4, 1, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := []uint32{}
			err := eachRun(tt.data, tt.n, tt.width, func(value uint32, count int) error {
				got = append(got, slices.Repeat([]uint32{value}, count)...)
				return nil
			})
			if (err != nil) != (tt.want == nil) || err == nil && !slices.Equal(got, tt.want) {
				t.Errorf("eachRun = %v, %v, want %v", got, err, tt.want)
			}
		})
	}
}
