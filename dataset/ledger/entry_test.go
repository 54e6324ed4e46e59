package ledger

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// planA, planB are made-up hashes of plans.
var (
	planA = strings.Repeat("1a2b3c4d", 8)
	planB = strings.Repeat("5e6f7081", 8)
)

// madeUpEntry returns an entry of part i of a plan; every third has fields.
func madeUpEntry(plan string, i int) Entry {
	id, _ := parseName("part-" + plan[:8] + "-000000")
	id.seq = uint32(i)
	e := Entry{Part: id.String(), Networks: madeUpSum(2 * i)}
	if i%3 == 0 {
		fields := madeUpSum(2*i + 1)
		e.Fields = &fields
	}
	return e
}

func madeUpSum(i int) Sum {
	return Sum{Bytes: 10_000 + int64(i), SHA256: sha256.Sum256(binary.AppendVarint(nil, int64(i))), Rows: int64(i) % 122_881}
}

// drawEntry draws any entry that can be written.
func drawEntry(t *rapid.T) Entry {
	e := Entry{
		Part:     partID{rapid.Uint32().Draw(t, "plan"), rapid.Uint32().Draw(t, "seq")}.String(),
		Networks: drawSum(t, "networks"),
	}
	if rapid.Bool().Draw(t, "has fields") {
		fields := drawSum(t, "fields")
		e.Fields = &fields
	}
	return e
}

func drawSum(t *rapid.T, name string) Sum {
	s := Sum{Bytes: rapid.Int64Range(1, math.MaxInt64).Draw(t, name+" bytes"), Rows: rapid.Int64Range(0, math.MaxInt64).Draw(t, name+" rows")}
	copy(s.SHA256[:], rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, name+" sha256"))
	return s
}

// TestEntryRoundTrip holds what is written against what is read, by this
// program and by a JSON reader.
func TestEntryRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := drawEntry(t)
		text := want.appendJSON(nil)
		if len(text) > maxLine/8 {
			t.Errorf("%d bytes: %s", len(text), text)
		}
		x := exact{rest: text}
		got := x.entry()
		if !x.done() {
			t.Fatalf("cannot read %s", text)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("read back (-want +got):\n%s", d)
		}
		var plain Entry
		if err := json.Unmarshal(text, &plain); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, plain); d != "" {
			t.Errorf("read as JSON (-want +got):\n%s", d)
		}
	})
}

// TestEntryHasOneText changes the text of an entry without changing what it
// would mean as JSON, and in ways that make it worse.
func TestEntryHasOneText(t *testing.T) {
	text := string(madeUpEntry(planA, 3).appendJSON(nil))
	sum := strings.Repeat("ab", 32)
	for _, tt := range []struct{ name, old, new string }{
		{"space", `,"networks"`, `, "networks"`},
		{"other order", `"bytes":10006,"sha256"`, `"sha256"`},
		{"leading zero", `:10006`, `:010006`},
		{"sign", `:10006`, `:+10006`},
		{"below zero", `:10006`, `:-10006`},
		{"fraction", `:10006`, `:10006.0`},
		{"exponent", `:10006`, `:1e4`},
		{"no digits", `:10006`, `:`},
		{"no bytes", `:10006`, `:0`},
		{"too large", `:10006`, `:9223372036854775808`},
		{"far too large", `:10006`, `:` + strings.Repeat("9", 100)},
		{"upper case", `"sha256":"`, `"sha256":"` + strings.ToUpper(sum) + `","sha256":"`},
		{"long digest", `"sha256":"`, `"sha256":"00`},
		{"key twice", `"networks":`, `"networks":{"bytes":1,"sha256":"` + sum + `","rows":1},"networks":`},
		{"no fields", `,"fields":{`, `,"fields":null,"x":{`},
		{"escape", `part-1a`, `part-\u0031a`},
		{"end of string", `part-1a`, `part"-1a`},
		{"name of another kind", `part-1a2b3c4d-000003`, `../1a2b3c4d-000003`},
		{"short number", `-000003`, `-00003`},
		{"long number", `-000003`, `-0000003`},
		{"number out of range", `-000003`, `-4294967296`},
		{"upper case plan", `1a2b3c4d`, `1A2B3C4D`},
		{"something behind", `}}`, `}} `},
		{"torn", `}}`, `}`},
		{"nothing", text, ``},
	} {
		t.Run(tt.name, func(t *testing.T) {
			changed := strings.Replace(text, tt.old, tt.new, 1)
			if changed == text {
				t.Fatalf("%q is not in %s", tt.old, text)
			}
			x := exact{rest: []byte(changed)}
			if e := x.entry(); x.done() {
				t.Errorf("read %s as %+v", changed, e)
			}
		})
	}
}

func TestPartID(t *testing.T) {
	for _, tt := range []struct {
		stem string
		want partID
	}{
		{"part-1f2e3d4c-000017", partID{0x1f2e3d4c, 17}},
		{"part-00000000-000000", partID{}},
		{"part-ffffffff-1234567", partID{0xffffffff, 1234567}},
		{"part-ffffffff-4294967295", partID{0xffffffff, math.MaxUint32}},
	} {
		if got, ok := parseName(tt.stem); !ok || got != tt.want {
			t.Errorf("parsePart(%q) = %v, %v", tt.stem, got, ok)
		}
	}
	for _, stem := range []string{"", "part-", "part-1f2e3d4c", "1f2e3d4c-000017", "part-1f2e3d4c-", "part-1f2e3d4c-00017",
		"part-1f2e3d4c-+00017", "part-+f2e3d4c-000017", "part-1f2e3d4c-000017.parquet", "part-1f2e3d4c-00_017"} {
		if got, ok := parseName(stem); ok {
			t.Errorf("parsePart(%q) = %v", stem, got)
		}
	}
}

func TestSumJSON(t *testing.T) {
	want := Sum{Bytes: 123, Rows: 45}
	hex.Decode(want.SHA256[:], []byte(planA))
	text, err := json.Marshal(map[string]*Sum{"sum": &want, "none": nil})
	if err != nil {
		t.Fatal(err)
	}
	if golden := `{"none":null,"sum":{"bytes":123,"sha256":"` + planA + `","rows":45}}`; string(text) != golden {
		t.Errorf("%s, want %s", text, golden)
	}
	var got map[string]*Sum
	if err := json.Unmarshal(text, &got); err != nil || *got["sum"] != want {
		t.Errorf("%s read back: %+v, %v", text, got["sum"], err)
	}
	for _, bad := range []string{
		`{"bytes":-1,"sha256":"` + planA + `","rows":7}`,
		`{"bytes":1,"sha256":"` + planA + `","rows":-7}`,
		`{"bytes":1,"sha256":"` + planA[1:] + `","rows":7}`,
		`{"bytes":1,"sha256":"` + strings.ToUpper(planA) + `","rows":7}`,
		`{"bytes":1,"sha256":"` + planA + `","rows":7,"more":1}`,
		`{"bytes":1,"rows":7}`, `{}`, `[]`, `"x"`,
	} {
		before := want
		if err := json.Unmarshal([]byte(bad), &want); err == nil || want != before {
			t.Errorf("%s: %v, %+v", bad, err, want)
		}
	}
}

// TestEntryRefusesNonsense: what could not be read back must not be written.
func TestEntryRefusesNonsense(t *testing.T) {
	for name, e := range map[string]Entry{
		"no name":         {Networks: Sum{Bytes: 1}},
		"quote in name":   {Part: `part-1a2b3c4d-00000"`, Networks: Sum{Bytes: 1}},
		"no bytes":        {Part: "part-1a2b3c4d-000000"},
		"rows below zero": {Part: "part-1a2b3c4d-000000", Networks: Sum{Bytes: 1, Rows: -1}},
		"empty fields":    {Part: "part-1a2b3c4d-000000", Networks: Sum{Bytes: 1}, Fields: &Sum{}},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			t.Errorf("%s", e.appendJSON(nil))
		})
	}
}
