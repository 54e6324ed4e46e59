// Package npz writes NumPy's .npz files: a zip archive with one .npy file for each
// array, in format 1.0 (NumPy's documentation, "numpy.lib.format"). numpy.load reads
// them.
//
// The Go libraries for .npy take the shape of an array from its Go type, and ours are
// known at run time alone; a file is little more than its header.
package npz

import (
	"archive/zip"
	"encoding/binary"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// Value is what arrays are made of: NumPy's float32, float64, int64 and uint8.
type Value interface {
	float32 | float64 | int64 | uint8
}

// Array is an array of some shape with a name; Of makes it.
type Array struct {
	name   string
	header []byte
	write  func(io.Writer) error // its values
}

// Of returns an array.
//
//	name    letters, digits, underscores and dots of ASCII, one or more
//	values  the last axis fastest; kept, so do not change them before Write
//	shape   the length of each axis; none is a single number
//
// An axis of length 0 leaves no values. It panics on any other name, on a negative
// length, and if there are not as many values as the shape says.
func Of[T Value](name string, values []T, shape ...int) Array {
	checkName(name)
	checkShape(name, len(values), shape)
	return Array{
		name:   name,
		header: header(descr[T](), shape),
		write:  func(w io.Writer) error { return writeValues(w, values) },
	}
}

func checkName(name string) {
	other := func(r rune) bool {
		return r != '_' && r != '.' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	}
	if name == "" || strings.ContainsFunc(name, other) {
		panic(fmt.Sprintf("npz: Of: name %q, want letters, digits, _ and .", name))
	}
}

func checkShape(name string, values int, shape []int) {
	fits := true
	rest, empty := values, false // rest is divided by each axis, so that nothing overflows
	for _, n := range shape {
		switch {
		case n < 0:
			fits = false
		case n == 0:
			empty = true
		default:
			fits = fits && rest%n == 0
			rest /= n
		}
	}
	if empty {
		fits = fits && values == 0
	} else {
		fits = fits && rest == 1
	}
	if !fits {
		panic(fmt.Sprintf("npz: Of: array %s has %d values, which is not shape %v", name, values, shape))
	}
}

// descr returns what NumPy calls a type, its bytes in little-endian order.
func descr[T Value]() string {
	switch any(T(0)).(type) {
	case float32:
		return "<f4"
	case float64:
		return "<f8"
	case int64:
		return "<i8"
	}
	return "|u1"
}

// alignment is what the length of a header is a multiple of.
const alignment = 64

// header returns all of a .npy file before its values: magic bytes, version 1.0, the
// length of what follows, a Python dictionary, and spaces up to a final newline.
func header(descr string, shape []int) []byte {
	const fixed = 10 // bytes of magic, version and length
	var axes strings.Builder
	for i, n := range shape {
		if i > 0 {
			axes.WriteByte(' ')
		}
		axes.WriteString(strconv.Itoa(n) + ",")
	}
	tuple := axes.String()
	if len(shape) > 1 {
		tuple = strings.TrimSuffix(tuple, ",") // one axis needs it to be a tuple
	}
	text := fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': (%s), }", descr, tuple)
	padding := alignment - 1 - (fixed+len(text))%alignment
	text += strings.Repeat(" ", padding) + "\n"
	b := append([]byte("\x93NUMPY"), 1, 0)
	b = binary.LittleEndian.AppendUint16(b, uint16(len(text)))
	return append(b, text...)
}

// writeValues writes values in little-endian order, a piece at a time.
func writeValues[T Value](w io.Writer, values []T) error {
	const piece = 8192
	for len(values) > 0 {
		n := min(len(values), piece)
		if err := binary.Write(w, binary.LittleEndian, values[:n]); err != nil {
			return err
		}
		values = values[n:]
	}
	return nil
}

// Write writes an .npz file. Its bytes depend on nothing but the arrays: they are stored
// as they are, for the values of networks hardly compress, under NumPy's own date of
// 1980. It panics if two arrays have the same name.
func Write(w io.Writer, arrays ...Array) error {
	archive := zip.NewWriter(w)
	seen := map[string]bool{}
	for _, a := range arrays {
		if seen[a.name] {
			panic(fmt.Sprintf("npz: Write: two arrays are named %s", a.name))
		}
		seen[a.name] = true
		if err := add(archive, a); err != nil {
			return fmt.Errorf("npz: array %s: %w", a.name, err)
		}
	}
	if err := archive.Close(); err != nil {
		return fmt.Errorf("npz: %w", err)
	}
	return nil
}

func add(archive *zip.Writer, a Array) error {
	file, err := archive.CreateHeader(&zip.FileHeader{
		Name:     a.name + ".npy",
		Method:   zip.Store,
		Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC),
	})
	if err != nil {
		return err
	}
	if _, err := file.Write(a.header); err != nil {
		return err
	}
	return a.write(file)
}
