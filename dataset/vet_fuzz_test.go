package dataset

import (
	"bytes"
	"crypto/sha256"
	"os"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go/format"
)

// fuzzMemory is what vetting a file of the small plan may take: the writer of
// all columns, which is a few megabytes, and one page of the largest size.
const fuzzMemory = 64 << 20

// FuzzVet looks for files on which vetting panics, takes more memory than the
// plan allows, or accepts what nodal did not write. Checksums are made to fit,
// so that the guards see what the fuzzer made.
func FuzzVet(f *testing.F) {
	plan := vetPlan(5)
	root := published(f, plan)
	for _, kind := range []Kind{Networks, Fields} {
		data, err := os.ReadFile(pathOf(root, kind, plan, 0))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, kind == Fields)
	}
	f.Add([]byte("PAR1PAR1"), true)
	f.Fuzz(func(t *testing.T, data []byte, fields bool) {
		if stamped := restamp(data); stamped != nil {
			data = stamped
		}
		kind := Networks
		if fields {
			kind = Fields
		}
		checkVet(t, data, plan, kind)
	})
}

// FuzzPage does the same with pages, in a file where everything else is right.
func FuzzPage(f *testing.F) {
	plan := vetPlan(5)
	root := published(f, plan)
	var files [2][]byte
	for i, kind := range []Kind{Networks, Fields} {
		data, err := os.ReadFile(pathOf(root, kind, plan, 0))
		if err != nil {
			f.Fatal(err)
		}
		files[i] = data
		_, meta := footerOf(f, data)
		for column := range meta.RowGroups[0].Columns {
			forgePage(f, data, column, func(page []byte) []byte {
				f.Add(kind == Fields, uint8(column), page, int32(0))
				return page
			}, nil)
		}
	}
	f.Fuzz(func(t *testing.T, fields bool, column uint8, page []byte, more int32) {
		data, kind := files[0], Networks
		if fields {
			data, kind = files[1], Fields
		}
		_, meta := footerOf(t, data)
		forged := forgePage(t, data, int(column)%len(meta.RowGroups[0].Columns), func([]byte) []byte { return page },
			func(h *format.PageHeader) {
				if h.DataPageHeader.Valid {
					h.DataPageHeader.V.NumValues += more
				} else {
					h.DictionaryPageHeader.V.NumValues += more
				}
			})
		checkVet(t, forged, plan, kind)
	})
}

// checkVet vets data. What passes must be the bytes that the sum says.
func checkVet(t *testing.T, data []byte, plan *Plan, kind Kind) {
	before := bytes.Clone(data)
	var vetted Vetted
	var err error
	size := allocated(func() { vetted, err = vetBytes(data, plan, kind) })
	if size > fuzzMemory {
		t.Errorf("it took %d bytes of memory: %v", size, err)
	}
	if !bytes.Equal(data, before) {
		t.Error("it changed the file")
	}
	if err == nil && (vetted.Sum.Bytes != int64(len(data)) || vetted.Sum.SHA256 != sha256.Sum256(data)) {
		t.Errorf("it passes as %+v", vetted)
	}
	if err != nil && strings.Contains(err.Error(), "reader fail") {
		t.Error(err)
	}
}
