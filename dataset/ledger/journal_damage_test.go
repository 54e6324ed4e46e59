package ledger

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// fiveLines returns a journal of a header and four parts, which has two plans
// and both kinds of parts, and what it says.
func fiveLines() ([]byte, []Entry) {
	all := []Entry{madeUpEntry(planA, 0), madeUpEntry(planA, 1), madeUpEntry(planB, 2), madeUpEntry(planA, 9)}
	text := appendLine(nil, appendHeader(nil, planA))
	for _, e := range all {
		text = appendLine(text, e.appendJSON(nil))
	}
	return text, all
}

// wantNothingElse reads a harmed journal: what it says may be less than what was
// written, but never anything else.
func wantNothingElse(t testing.TB, what string, text []byte, all []Entry) (known int) {
	t.Helper()
	var l Ledger
	if _, err := readJournal(bytes.NewReader(text), "x", []string{planA, planB}, nil, &l); err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	for _, e := range all {
		if got, ok := l.Lookup(e.Part); ok && cmp.Equal(got, e) {
			known++
		}
	}
	if len(l.notes) != known {
		t.Errorf("%s: something wrong was believed: %+v", what, l.notes)
	}
	return known
}

// TestJournalFlippedBits flips every bit.
func TestJournalFlippedBits(t *testing.T) {
	text, all := fiveLines()
	if got := wantNothingElse(t, "undamaged", text, all); got != len(all) {
		t.Fatalf("%d entries of the journal itself", got)
	}
	header := len(appendLine(nil, appendHeader(nil, planA)))
	for i := range text {
		for bit := range 8 {
			text[i] ^= 1 << bit
			known := wantNothingElse(t, fmt.Sprintf("byte %d, bit %d", i, bit), text, all)
			// A flip costs one line, a newline may glue two.
			if i >= header && known < len(all)-2 {
				t.Errorf("byte %d, bit %d: %d entries left", i, bit, known)
			}
			text[i] ^= 1 << bit
		}
	}
}

// TestJournalTruncated cuts a journal at every byte.
func TestJournalTruncated(t *testing.T) {
	text, all := fiveLines()
	for i := range text {
		known := wantNothingElse(t, fmt.Sprintf("%d bytes", i), text[:i], all)
		if want := bytes.Count(append(text[:i:i], text[i:min(i+1, len(text))]...), []byte("\n")) - 1; known != max(0, want) {
			t.Errorf("%d bytes: %d entries, want %d", i, known, want)
		}
	}
}

func FuzzJournal(f *testing.F) {
	text, all := fiveLines()
	f.Add(text)
	f.Add(text[:len(text)-100])
	f.Add(append([]byte("\n\x00\x00\n"), text...))
	f.Add(bytes.Replace(text, []byte("\n"), []byte("\n{}\n"), 2))
	f.Fuzz(func(t *testing.T, text []byte) {
		wantNothingElse(t, "fuzzed", text, all)
		// The same entries with checksums of their own: whatever is read is what
		// the line says, in the one form in which it is written.
		var framed []byte
		for line := range bytes.Lines(text) {
			framed = appendLine(framed, bytes.TrimSuffix(line, []byte("\n")))
		}
		var l Ledger
		if _, err := readJournal(bytes.NewReader(framed), "x", []string{planA, planB}, nil, &l); err != nil {
			t.Fatal(err)
		}
		for id := range l.notes {
			if e, ok := l.Lookup(id.String()); ok && !bytes.Contains(framed, e.appendJSON(nil)) {
				t.Errorf("%+v was never said", e)
			}
		}
	})
}

func BenchmarkReadJournal(b *testing.B) {
	text := manyLines()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		var l Ledger
		if complaints, err := readJournal(strings.NewReader(text), "x", []string{planA}, nil, &l); err != nil || len(complaints) > 0 {
			b.Fatal(complaints, err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/manyParts, "ns/part")
}
