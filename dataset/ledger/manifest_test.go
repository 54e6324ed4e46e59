package ledger

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"nodal/dataset/disk"
)

// manifestOf returns the text of a manifest.
func manifestOf(t fataler, plan string, parts ...Entry) []byte {
	var text bytes.Buffer
	if _, err := WriteManifest(&text, plan, slices.Values(parts)); err != nil {
		t.Fatal(err)
	}
	return text.Bytes()
}

// fataler is what testing and rapid have in common.
type fataler interface{ Fatal(args ...any) }

// TestManifestText fixes the bytes.
func TestManifestText(t *testing.T) {
	zeros := strings.Repeat("0", 64)
	two := []Entry{
		{Part: "part-1a2b3c4d-000000", Networks: Sum{Bytes: 100, Rows: 45}, Fields: &Sum{Bytes: 6, Rows: 7}},
		{Part: "part-1a2b3c4d-000001", Networks: Sum{Bytes: 20, Rows: 5}},
	}
	for _, tt := range []struct {
		name  string
		parts []Entry
		want  string
	}{
		{"no parts", nil, `{"version":1,"plan":"` + planA + `","parts":[
],"count":0,"rows":0,"bytes":0}
`},
		{"two parts", two, `{"version":1,"plan":"` + planA + `","parts":[
{"part":"part-1a2b3c4d-000000","networks":{"bytes":100,"sha256":"` + zeros + `","rows":45},"fields":{"bytes":6,"sha256":"` + zeros + `","rows":7}},
{"part":"part-1a2b3c4d-000001","networks":{"bytes":20,"sha256":"` + zeros + `","rows":5}}
],"count":2,"rows":50,"bytes":126}
`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := manifestOf(t, planA, tt.parts...)
			if d := cmp.Diff(tt.want, string(got)); d != "" {
				t.Errorf("text (-want +got):\n%s", d)
			}
			if !json.Valid(got) {
				t.Error("not JSON")
			}
		})
	}
}

// TestManifestRoundTrip writes any manifest and reads it, byte by byte.
func TestManifestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfNDistinct(rapid.Custom(drawEntry), 0, 20, func(e Entry) string { return e.Part }).Draw(t, "parts")
		var rows int64
		for i := range parts {
			parts[i].Networks.Rows %= 1 << 40
			parts[i].Networks.Bytes %= 1 << 40
			parts[i].Networks.Bytes++
			if parts[i].Fields != nil {
				parts[i].Fields.Bytes = 1
			}
			rows += parts[i].Networks.Rows
		}
		var text bytes.Buffer
		sum, err := WriteManifest(&text, planB, slices.Values(parts))
		if err != nil {
			t.Fatal(err)
		}
		if want := (Sum{int64(text.Len()), sha256.Sum256(text.Bytes()), rows}); sum != want {
			t.Errorf("writeManifest = %+v, want %+v", sum, want)
		}
		m, err := ReadManifest(iotest.OneByteReader(bytes.NewReader(text.Bytes())))
		if err != nil {
			t.Fatal(err)
		}
		if m.Plan != planB || m.Parts != int64(len(parts)) || m.Sum != sum {
			t.Errorf("read plan %s, %d parts, %+v, want %s, %d, %+v", m.Plan, m.Parts, m.Sum, planB, len(parts), sum)
		}
		for _, want := range parts {
			if got, ok := m.Known.Lookup(want.Part); !ok || !cmp.Equal(got, want) {
				t.Errorf("lookup(%s) = %+v, %v, want %+v", want.Part, got, ok, want)
			}
		}
	})
}

func TestReadManifestRefuses(t *testing.T) {
	all := madeUpEntries(3)
	text := string(manifestOf(t, planA, all...))
	tail := text[strings.LastIndexByte(text[:len(text)-1], '\n')+1:]
	line0 := string(all[0].appendJSON(nil))
	for _, tt := range []struct{ name, old, new, want string }{
		{"empty", text, "", "the manifest ends too early"},
		{"one line", text, "{}", "line 1: the manifest ends too early"},
		{"other JSON", text, "{}\n", "line 1: not the head of a manifest"},
		{"empty line first", text, "\n" + text, "line 1: an empty line"},
		{"later version", `"version":1`, `"version":2`, "line 1: a manifest of version 2, want 1"},
		{"no plan", planA, "", "line 1: not the head of a manifest"},
		{"upper case plan", planA, strings.ToUpper(planA), "line 1: not the head of a manifest"},
		{"huge plan", planA, strings.Repeat("a", 1<<20), "line 1: not the head of a manifest"},
		{"parts are another thing", `"parts":[`, `"parts":{`, "line 1: not the head of a manifest"},
		{"deep", `"parts":[`, strings.Repeat("[", 1<<20), "line 1: not the head of a manifest"},
		{"no comma", line0 + ",", line0, "line 3: not the line of a part"},
		{"two commas", line0 + ",", line0 + ",,", "line 2: not the line of a part"},
		{"comma at the end", "}}\n]", "}},\n]", "line 5: not the line of a part"},
		{"an empty line", line0 + ",\n", line0 + ",\n\n", "line 3: an empty line"},
		{"spaces", line0, "  " + line0, "line 2: not the line of a part"},
		{"part twice", line0 + ",", line0 + ",\n" + line0 + ",", "line 3: part-1a2b3c4d-000000 is there twice"},
		{"part contradicted", line0 + ",", line0 + ",\n" + strings.Replace(line0, `:10000,`, `:10001,`, 1) + ",", "line 3: part-1a2b3c4d-000000 is there twice"},
		{"a long line", line0, line0 + strings.Repeat(" ", 1<<20), "line 2: not the line of a part"},
		{"part lost", line0 + ",\n", "", `line 4: the totals are not those of the parts, ],"count":2,"rows":6,"bytes":20006}`},
		{"no parts, comma", text, `{"version":1,"plan":"` + planA + `","parts":[` + "\n,\n", "line 2: not the line of a part"},
		{"other rows", `"rows":6,"bytes":40`, `"rows":7,"bytes":40`, `line 5: the totals are not those of the parts, ],"count":3,"rows":6,"bytes":40007}`},
		{"no totals", tail, "]}\n", `line 5: the totals are not those of the parts, ],"count":3,"rows":6,"bytes":40007}`},
		{"torn", tail, "", "line 4: the manifest ends too early"},
		{"no newline", tail, tail[:len(tail)-1], "line 5: the manifest ends too early"},
		{"something behind", tail, tail + "\n", "line 6: something follows the manifest"},
		{"zero bytes behind", tail, tail + "\x00", "line 6: something follows the manifest"},
		{"nothing but zero bytes", text, strings.Repeat("\x00", 1<<20), "line 1: the manifest ends too early"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			changed := strings.Replace(text, tt.old, tt.new, 1)
			if changed == text {
				t.Fatalf("%q is not in %s", tt.old, text)
			}
			m, err := ReadManifest(strings.NewReader(changed))
			if err == nil || err.Error() != tt.want {
				t.Errorf("readManifest = %+v, %v, want %s", m, err, tt.want)
			}
		})
	}
}

// TestManifestErrors passes on what reader and writer fail with.
func TestManifestErrors(t *testing.T) {
	text := manifestOf(t, planA, madeUpEntries(100)...)
	for _, n := range []int{0, 10, 200, len(text) - 1, len(text)} {
		r := io.MultiReader(bytes.NewReader(text[:n]), &brokenReader{})
		if m, err := ReadManifest(r); !errors.Is(err, errBroken) {
			t.Errorf("broken after %d bytes: %+v, %v", n, m, err)
		}
		w := &brokenWriter{left: n}
		if sum, err := WriteManifest(w, planA, slices.Values(madeUpEntries(100))); n < len(text) && (!errors.Is(err, errBroken) || sum != Sum{}) {
			t.Errorf("room for %d bytes: %+v, %v", n, sum, err)
		}
	}
}

// TestManifestFile reads from a file, and tells the system's errors from what
// is wrong with the text.
func TestManifestFile(t *testing.T) {
	root := t.TempDir()
	all := madeUpEntries(10)
	if err := os.Mkdir(filepath.Dir(filepath.Join(root, "_nodal", "manifest.json")), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, "_nodal", "manifest.json"), manifestOf(t, planA, all...), 0o666); err != nil {
		t.Fatal(err)
	}
	file, err := disk.OS{}.Open(filepath.Join(root, "_nodal", "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	m, err := ReadManifest(file)
	if err != nil {
		t.Fatal(err)
	}
	wantKnown(t, &m.Known, all, all)
	file.Close()
	var system *fs.PathError
	if _, err := ReadManifest(file); !errors.As(err, &system) {
		t.Errorf("a closed file: %v", err)
	}
	if _, err := ReadManifest(strings.NewReader("x\n")); errors.As(err, &system) {
		t.Errorf("other text: %v", err)
	}
}

// brokenWriter takes so many bytes.
type brokenWriter struct{ left int }

func (w *brokenWriter) Write(p []byte) (int, error) {
	n := min(len(p), w.left)
	w.left -= n
	if n < len(p) {
		return n, errBroken
	}
	return n, nil
}

func BenchmarkManifest(b *testing.B) {
	var all []Entry
	for i := range manyParts {
		all = append(all, madeUpEntry(planA, i))
	}
	text := manifestOf(b, planA, all...)
	perPart := func(b *testing.B) {
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/manyParts, "ns/part")
	}
	b.Run("op=write", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			WriteManifest(io.Discard, planA, slices.Values(all))
		}
		perPart(b)
	})
	b.Run("op=read", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := ReadManifest(bytes.NewReader(text)); err != nil {
				b.Fatal(err)
			}
		}
		perPart(b)
	})
}
