package page

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"encoding/binary"
	"io"
	"slices"
	"testing"
)

// decodeValues reads what encodeValues writes, as the page's script does.
func decodeValues(t *testing.T, text string, width int) []uint16 {
	t.Helper()
	packed, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	words, err := io.ReadAll(flate.NewReader(bytes.NewReader(packed)))
	if err != nil {
		t.Fatal(err)
	}
	var values []uint16
	for i := range len(words) / 2 {
		v := binary.LittleEndian.Uint16(words[2*i:])
		switch {
		case i%width > 0:
			v += values[i-1]
		case i > 0:
			v += values[i-width]
		}
		values = append(values, v)
	}
	return values
}

func TestValuesComeBack(t *testing.T) {
	for _, tt := range []struct {
		name   string
		values []uint16
		width  int
	}{
		{"one", []uint16{65535}, 1},
		{"a line", []uint16{0, 65535, 1, 2, 40000}, 5},
		{"rows", []uint16{9, 8, 7, 65535, 0, 65535, 3, 3, 3}, 3},
		{"a column", []uint16{5, 1, 60000}, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := decodeValues(t, encodeValues(tt.values, tt.width), tt.width); !slices.Equal(got, tt.values) {
				t.Errorf("got %v, want %v", got, tt.values)
			}
		})
	}
}

func TestSignedValuesComeBack(t *testing.T) {
	want := []int16{-1, 0, 32767, -32767, 5, -32768}
	for i, word := range decodeValues(t, encodeValues(want, 3), 3) {
		if int16(word) != want[i] {
			t.Errorf("value %d is %d, want %d", i, int16(word), want[i])
		}
	}
}

// As text, values of a smooth field are shorter than their sixteen bits; words as they
// are would take 21.
func TestSmoothValuesAreShort(t *testing.T) {
	s := synthetic(3)
	for _, p := range s.Configurations[1].Gallery {
		if bits := 8 * float64(len(encodeValues(p.Values, 64))) / float64(len(p.Values)); bits > 16 {
			t.Errorf("%.1f bits a value", bits)
		}
	}
}
