package schema

import (
	"fmt"
	"io"
	"os"
)

// ReadSweep reads and checks a sweep file. It never reads more than the 1 MiB
// that a sweep file may have. Mistakes in the file come back as [Errors], all
// of them together; other errors are the file system's.
func ReadSweep(path string, limits Limits) (*Sweep, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err // says "open", the path and the reason
	}
	defer f.Close() // nothing was written, so a late error says nothing
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() && info.Size() > maxText {
		return nil, Errors{{File: path, Line: 1, Column: 1, Field: "file", Got: tooLong(info.Size()), Want: wantText}}
	}
	data, err := io.ReadAll(io.LimitReader(f, maxText+1))
	if err != nil {
		return nil, fmt.Errorf("read sweep file: %w", err)
	}
	return ParseSweep(path, data, limits)
}

// ParseSweep checks the text of a sweep file and expands it. The name stands
// for the file in errors. All mistakes come back together as [Errors], except
// that mistakes between values are looked for only where the values themselves
// are right. Nothing of the size that the text describes is allocated before
// that size is checked.
func ParseSweep(name string, data []byte, limits Limits) (*Sweep, error) {
	d := newDecoder(name)
	tree := parseTree(&d.report, data)
	if tree == nil {
		return nil, d.err()
	}
	s := new(Sweep)
	d.value(s, tree, "", rule{})
	d.check(s)
	d.expand(s, limits)
	if err := d.err(); err != nil {
		return nil, err
	}
	s.normalise()
	if size := len(s.Canonical()); size > maxText {
		return nil, Errors{{File: name, Line: 1, Column: 1, Field: "file", Got: fmt.Sprintf("a sweep that takes %d bytes in canonical form", size), Want: wantText}}
	}
	return s, nil
}
