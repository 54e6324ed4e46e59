package npz

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"strings"
	"testing"
)

// A file as numpy.save writes it, byte for byte.
func TestBytesOfAnArray(t *testing.T) {
	var file bytes.Buffer
	if err := Write(&file, Of("x", []float32{1, -2}, 2)); err != nil {
		t.Fatal(err)
	}
	archive, err := zip.NewReader(bytes.NewReader(file.Bytes()), int64(file.Len()))
	if err != nil || len(archive.File) != 1 || archive.File[0].Name != "x.npy" {
		t.Fatalf("archive of %d files, error %v; want x.npy alone", len(archive.File), err)
	}
	content, err := archive.File[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(content)
	if err != nil {
		t.Fatal(err)
	}
	dictionary := "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }"
	want := "\x93NUMPY\x01\x00\x76\x00" + dictionary + strings.Repeat(" ", 128-10-1-len(dictionary)) + "\n" +
		"\x00\x00\x80\x3f\x00\x00\x00\xc0"
	if string(got) != want {
		t.Errorf("got\n%q, want\n%q", got, want)
	}
}

func TestHeaders(t *testing.T) {
	for _, tt := range []struct {
		name, descr string
		shape       []int
		want        string
	}{
		{"a number", "<f8", nil, "'shape': (), }"},
		{"one axis", "<i8", []int{7}, "'shape': (7,), }"},
		{"two axes", "|u1", []int{3, 0}, "'shape': (3, 0), }"},
		{"three axes", "<f4", []int{49, 480, 640}, "'shape': (49, 480, 640), }"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := string(header(tt.descr, tt.shape))
			if !strings.Contains(got, tt.want) || !strings.Contains(got, "'"+tt.descr+"'") {
				t.Errorf("got %q, want it with %s of %s", got, tt.want, tt.descr)
			}
		})
	}
	// Every length of the dictionary, those that fill the header exactly too.
	for digits := 1; digits <= 100; digits++ {
		got := header(strings.Repeat("d", digits), nil)
		if n := int(got[8]) | int(got[9])<<8; len(got)%64 != 0 || n+10 != len(got) || got[len(got)-1] != '\n' {
			t.Errorf("%d digits: %d bytes of header which says %d, ends in %q", digits, len(got), n, got[len(got)-1])
		}
		if spaces := len(got) - 1 - len(strings.TrimRight(string(got), " \n")); spaces >= 64 {
			t.Errorf("%d digits: %d spaces of padding", digits, spaces)
		}
	}
}

func TestPanics(t *testing.T) {
	for _, tt := range []struct {
		name string
		call func()
	}{
		{"no name", func() { Of("", []float32{1}) }},
		{"a letter beyond ASCII", func() { Of("ä", []float32{1}) }},
		{"a slash", func() { Of("../a", []float32{1}) }},
		{"fewer values", func() { Of("a", []float32{1, 2}, 3) }},
		{"more values", func() { Of("a", []float32{1, 2}, 1) }},
		{"a remainder", func() { Of("a", []float32{1, 2, 3}, 2) }},
		{"no shape", func() { Of("a", []float32{1, 2}) }},
		{"values on an empty axis", func() { Of("a", []float32{1, 2}, 2, 0) }},
		{"no value of a number", func() { Of("a", []int64{}) }},
		{"no values", func() { Of("a", []int64{}, 2, 2) }},
		{"negative lengths", func() { Of("a", []float32{1, 2}, -1, -2) }},
		{"a product that overflows to what is there", func() { Of("a", []uint8{}, 1<<32, 1<<32) }},
		{"two of one name", func() { _ = Write(io.Discard, Of("a", []float32{1}), Of("a", []int64{1})) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			defer func() {
				if message, _ := recover().(string); !strings.HasPrefix(message, "npz: ") {
					t.Errorf("got panic %q, want one of npz", message)
				}
			}()
			tt.call()
		})
	}
}

func TestSameBytes(t *testing.T) {
	write := func() []byte {
		var b bytes.Buffer
		if err := Write(&b, Of("a", []float32{1, 2, 3}, 3), Of("b", []int64{math.MinInt64}, 1, 1)); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	if !bytes.Equal(write(), write()) {
		t.Error("two files of the same arrays differ")
	}
}

// limited takes so many bytes and then fails.
type limited struct{ left int }

var errFull = errors.New("disk full")

func (l *limited) Write(b []byte) (int, error) {
	if len(b) > l.left {
		n := l.left
		l.left = 0
		return n, errFull
	}
	l.left -= len(b)
	return len(b), nil
}

func TestWriteErrors(t *testing.T) {
	arrays := []Array{Of("a", make([]float64, 20_000), 20_000), Of("b", []uint8{1})}
	var whole bytes.Buffer
	if err := Write(&whole, arrays...); err != nil {
		t.Fatal(err)
	}
	for _, left := range []int{0, 5000, 100_000, whole.Len() - 1} {
		if err := Write(&limited{left}, arrays...); !errors.Is(err, errFull) {
			t.Errorf("%d bytes fit: got error %v, want that of the writer", left, err)
		}
	}
	if err := Write(&limited{whole.Len()}, arrays...); err != nil {
		t.Errorf("all bytes fit: got error %v", err)
	}
}

// Values are all there, in order, whatever the pieces that they are written in.
func TestPieces(t *testing.T) {
	for _, n := range []int{0, 1, 8191, 8192, 8193, 20000} {
		values := make([]int64, n)
		for i := range values {
			values[i] = int64(i) * 3
		}
		var b bytes.Buffer
		if err := writeValues(&b, values); err != nil {
			t.Fatal(err)
		}
		if b.Len() != 8*n {
			t.Fatalf("%d values take %d bytes, want %d", n, b.Len(), 8*n)
		}
		for i, want := range values {
			if got := int64(binary.LittleEndian.Uint64(b.Bytes()[8*i:])); got != want {
				t.Fatalf("%d values: value %d is %d, want %d", n, i, got, want)
			}
		}
	}
}
