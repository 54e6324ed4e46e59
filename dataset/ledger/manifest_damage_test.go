package ledger

import (
	"bytes"
	"crypto/sha256"
	"runtime"
	"strings"
	"testing"
)

// TestManifestFlippedBits flips every bit: what can still be read has another
// SHA-256.
func TestManifestFlippedBits(t *testing.T) {
	text := manifestOf(t, planA, madeUpEntries(4)...)
	want := sha256.Sum256(text)
	readable := 0
	for i := range text {
		for bit := range 8 {
			text[i] ^= 1 << bit
			if m, err := ReadManifest(bytes.NewReader(text)); err == nil {
				readable++
				if m.Sum.SHA256 == want {
					t.Errorf("byte %d, bit %d: the same SHA-256", i, bit)
				}
			}
			text[i] ^= 1 << bit
		}
	}
	// Most digits of digests and of the plan's hash can become others.
	if readable < 1000 || readable > 4*len(text) {
		t.Errorf("%d of %d flips can be read", readable, 8*len(text))
	}
}

// TestManifestTruncated cuts a manifest at every byte.
func TestManifestTruncated(t *testing.T) {
	text := manifestOf(t, planA, madeUpEntries(4)...)
	for i := range text {
		if m, err := ReadManifest(bytes.NewReader(text[:i])); err == nil {
			t.Errorf("%d bytes: %+v", i, m)
		}
	}
}

// TestManifestAllocates bounds what hostile text can ask for: megabytes without
// a part take no more than a buffer.
func TestManifestAllocates(t *testing.T) {
	head := `{"version":1,"plan":"` + planA + `","parts":[` + "\n"
	for name, text := range map[string]string{
		"one line":   strings.Repeat("[", 8<<20),
		"one string": head + `{"part":"` + strings.Repeat("a", 8<<20),
		"one number": head + strings.Replace(string(madeUpEntry(planA, 0).appendJSON(nil)), ":10000", ":"+strings.Repeat("1", 8<<20), 1),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := ReadManifest(strings.NewReader(text))
		runtime.ReadMemStats(&after)
		if got := after.TotalAlloc - before.TotalAlloc; got > 64<<10 || err == nil {
			t.Errorf("%s: %d bytes, %v", name, got, err)
		}
	}
}

func FuzzManifest(f *testing.F) {
	f.Add(manifestOf(f, planA))
	f.Add(manifestOf(f, planA, madeUpEntries(1)...))
	f.Add(manifestOf(f, planA, madeUpEntries(4)...))
	f.Fuzz(func(t *testing.T, text []byte) {
		m, err := ReadManifest(bytes.NewReader(text))
		if err != nil {
			return
		}
		// Whatever can be read is what would be written, in the order that was read.
		var parts []Entry
		for line := range bytes.Lines(text) {
			if x := (exact{rest: line}); bytes.HasPrefix(line, []byte(`{"part":`)) {
				e, ok := m.Known.Lookup(x.entry().Part)
				if !ok {
					t.Fatalf("lost %s", line)
				}
				parts = append(parts, e)
			}
		}
		if again := manifestOf(t, m.Plan, parts...); !bytes.Equal(again, text) {
			t.Errorf("written again:\n%s\nwas\n%s", again, text)
		}
		if m.Sum.SHA256 != sha256.Sum256(text) || m.Sum.Bytes != int64(len(text)) {
			t.Errorf("sum %+v of %d bytes", m.Sum, len(text))
		}
	})
}
