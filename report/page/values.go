package page

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"encoding/binary"
)

// encodeValues returns values as text for the page's script: base64 of raw deflate of
// little-endian words, each the difference to its left neighbour modulo 2¹⁶. The
// first of a row stands against the first of the row above, the very first as it is.
// Signed values are words in two's complement.
//
//	values [R,W]  rows of some width; their number is a multiple of it
func encodeValues[T int16 | uint16](values []T, width int) string {
	if width <= 0 || len(values)%width != 0 {
		panic("page: encodeValues: values are not whole rows")
	}
	words := make([]byte, 0, 2*len(values))
	for i, v := range values {
		words = binary.LittleEndian.AppendUint16(words, uint16(v-predicted(values, i, width)))
	}
	return base64.StdEncoding.EncodeToString(deflate(words))
}

// predicted returns the value that value i is coded against.
func predicted[T int16 | uint16](values []T, i, width int) T {
	switch {
	case i%width > 0:
		return values[i-1]
	case i > 0:
		return values[i-width]
	}
	return 0
}

// deflate returns data as a raw deflate stream (RFC 1951).
func deflate(data []byte) []byte {
	var stream bytes.Buffer
	w, err := flate.NewWriter(&stream, flate.BestCompression)
	if err != nil {
		panic("page: deflate: " + err.Error())
	}
	w.Write(data) // a Buffer takes everything
	w.Close()
	return stream.Bytes()
}
