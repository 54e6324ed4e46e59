package ledger

import (
	"bufio"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"iter"
)

// The manifest of a complete dataset says what every file is. It is JSON with
// one line for each part, for grep and diff:
//
//	{"version":1,"plan":"64 digits","parts":[
//	{"part":"part-1f2e3d4c-000000","networks":{…},"fields":{…}},
//	{"part":"part-1f2e3d4c-000001","networks":{…}}
//	],"count":2,"rows":245760,"bytes":17482311}
//
// rows counts networks; bytes, the files of both kinds. Its bytes follow from
// the plan and the parts alone, so any two runs that finish write the same.

const (
	manifestVersion = 1
)

// totals is what the last line of a manifest says.
type totals struct{ count, rows, bytes int64 }

// add counts a part.
func (t *totals) add(e Entry) {
	t.count++
	t.rows += e.Networks.Rows
	t.bytes += e.Networks.Bytes
	if e.Fields != nil {
		t.bytes += e.Fields.Bytes
	}
}

// WriteManifest writes the manifest of a dataset: the hash of its plan and its
// parts in the order of the plan, each once. It returns the manifest's own
// length and SHA-256, and the rows of all parts. An error is one of w. It
// panics if plan or an entry is malformed.
func WriteManifest(w io.Writer, plan string, parts iter.Seq[Entry]) (Sum, error) {
	if !isHash(plan) {
		panic(fmt.Sprintf("ledger: WriteManifest: %q is not the hash of a plan", plan))
	}
	hash := sha256.New()
	counted := &counter{w: io.MultiWriter(w, hash)}
	out := bufio.NewWriter(counted) // keeps the first error for Flush
	fmt.Fprintf(out, `{"version":%d,"plan":"%s","parts":[`+"\n", manifestVersion, plan)
	var all totals
	var text []byte
	for e := range parts {
		text = text[:0]
		if all.count > 0 {
			text = append(text, ",\n"...)
		}
		if _, err := out.Write(e.appendJSON(text)); err != nil {
			return Sum{}, err
		}
		all.add(e)
	}
	if all.count > 0 {
		out.WriteString("\n")
	}
	out.Write(all.line())
	if err := out.Flush(); err != nil {
		return Sum{}, err
	}
	sum := Sum{Bytes: counted.bytes, Rows: all.rows}
	hash.Sum(sum.SHA256[:0])
	return sum, nil
}

// line returns the last line of a manifest.
func (t totals) line() []byte {
	return fmt.Appendf(nil, `],"count":%d,"rows":%d,"bytes":%d}`+"\n", t.count, t.rows, t.bytes)
}

// counter counts what is written to w.
type counter struct {
	w     io.Writer
	bytes int64
}

// Write writes p and counts what was written.
func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.bytes += int64(n)
	return n, err
}

// Manifest is what a manifest says.
type Manifest struct {
	Plan  string // hash
	Sum   Sum    // of the manifest itself, as WriteManifest returns it
	Parts int64
	Known Ledger // every part
}

// ReadManifest reads a manifest. It may be anything: memory grows only with the
// parts that it really lists, so the caller bounds the length of r. An error
// that wraps [*fs.PathError] is one of r; any other says what is wrong with the
// text. Whether it is the manifest that was written only the SHA-256 can tell.
func ReadManifest(r io.Reader) (*Manifest, error) {
	hash := sha256.New()
	counted := &counter{w: hash}
	m := &Manifest{}
	text := newLines(io.TeeReader(r, counted))
	if err := m.read(text); err != nil {
		if text.number == 0 {
			return nil, err
		}
		return nil, fmt.Errorf("line %d: %w", text.number, err)
	}
	m.Sum.Bytes = counted.bytes
	hash.Sum(m.Sum.SHA256[:0])
	return m, nil
}

// read reads head, parts and totals.
func (m *Manifest) read(text *lines) error {
	head, err := wholeLine(text)
	if err != nil {
		return err
	}
	x := exact{rest: head}
	x.literal(`{"version":`)
	if version := x.number(); !x.failed && version != manifestVersion {
		return fmt.Errorf("a manifest of version %d, want %d", version, manifestVersion)
	}
	x.literal(`,"plan":"`)
	m.Plan = x.quoted()
	x.literal(`,"parts":[`)
	if !x.done() || !isHash(m.Plan) {
		return errors.New("not the head of a manifest")
	}
	last, all, err := m.readParts(text)
	if err != nil {
		return err
	}
	if want := all.line(); string(last)+"\n" != string(want) {
		return fmt.Errorf("the totals are not those of the parts, %s", want[:len(want)-1])
	}
	switch _, _, err := text.next(); {
	case err == nil:
		return errors.New("something follows the manifest")
	case err != io.EOF:
		return err
	}
	m.Parts, m.Sum.Rows = all.count, all.rows
	return nil
}

// readParts reads the parts and the line after them.
func (m *Manifest) readParts(text *lines) (last []byte, all totals, err error) {
	for more := true; ; {
		line, err := wholeLine(text)
		if err != nil {
			return nil, all, err
		}
		if line[0] == ']' && (!more || all.count == 0) {
			return line, all, nil
		}
		x := exact{rest: line}
		e := x.entry()
		commaed := x.optional(",")
		if !x.done() || !more {
			return nil, all, errors.New("not the line of a part")
		}
		more = commaed
		if m.Known.Add(e) != FirstWord {
			return nil, all, fmt.Errorf("%s is there twice", e.Part)
		}
		all.add(e)
	}
}

// wholeLine returns the next line, which has to be there, with at least one
// byte, and to have a newline.
func wholeLine(text *lines) ([]byte, error) {
	line, ended, err := text.next()
	switch {
	case err != nil && err != io.EOF:
		return nil, err
	case err == io.EOF || !ended:
		return nil, errors.New("the manifest ends too early")
	case len(line) == 0:
		return nil, errors.New("an empty line")
	}
	return line, nil
}
