package ledger

import (
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestLedger(t *testing.T) {
	one, two := madeUpEntry(planA, 1), madeUpEntry(planA, 3)
	other := one
	other.Networks.Rows++
	fieldless, other2 := two, two
	fieldless.Fields = nil
	other2.Fields = &Sum{Bytes: 1}
	elsewhere := madeUpEntry(planB, 1)

	// Each step adds an entry, or goes on to another file.
	type step struct {
		entry *Entry
		want  Standing
	}
	next := step{}
	for _, tt := range []struct {
		name  string
		steps []step
		known []Entry
	}{
		{"empty", nil, nil},
		{"two parts", []step{{&one, FirstWord}, {&two, FirstWord}}, []Entry{one, two}},
		{"same number, two plans", []step{{&one, FirstWord}, {&elsewhere, FirstWord}}, []Entry{one, elsewhere}},
		{"twice in a file", []step{{&one, FirstWord}, {&one, Repeated}}, []Entry{one}},
		{"in two files", []step{{&one, FirstWord}, next, {&one, Agreed}, {&one, Repeated}}, []Entry{one}},
		{"contradiction", []step{{&one, FirstWord}, {&two, FirstWord}, {&other, Contradicted}}, []Entry{two}},
		{"contradiction between files", []step{{&one, FirstWord}, next, {&other, Contradicted}}, nil},
		{"agreement after contradiction", []step{{&one, FirstWord}, {&other, Contradicted}, next, {&one, Contradicted}, {&one, Contradicted}}, nil},
		{"fields or none", []step{{&two, FirstWord}, {&fieldless, Contradicted}}, nil},
		{"none or fields", []step{{&fieldless, FirstWord}, {&two, Contradicted}}, nil},
		{"other fields", []step{{&two, FirstWord}, {&other2, Contradicted}}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var l Ledger
			for i, s := range tt.steps {
				if s == next {
					l.nextSource()
				} else if got := l.Add(*s.entry); got != s.want {
					t.Errorf("step %d: %v, want %v", i, got, s.want)
				}
			}
			wantKnown(t, &l, []Entry{one, two, elsewhere}, tt.known)
		})
	}
}

// wantKnown checks of which of the parts of all the ledger knows something, and
// what.
func wantKnown(t testing.TB, l *Ledger, all, known []Entry) {
	t.Helper()
	var got []Entry
	for _, e := range all {
		if found, ok := l.Lookup(e.Part); ok {
			got = append(got, found)
		}
	}
	if d := cmp.Diff(known, got); d != "" {
		t.Errorf("known (-want +got):\n%s", d)
	}
}

func TestLedgerKnowsNoOtherNames(t *testing.T) {
	var l Ledger
	l.Add(madeUpEntry(planA, 1))
	for _, stem := range []string{"", "part-1a2b3c4d-000002", "part-1a2b3c4d-1", "part-1a2b3c4d-000001.parquet"} {
		if e, ok := l.Lookup(stem); ok {
			t.Errorf("lookup(%q) = %+v", stem, e)
		}
	}
}

// TestLedgerLaws holds the ledger against its definition: what is known of a
// part is the one thing that was said of it.
func TestLedgerLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var l Ledger
		said := map[string]map[int64]bool{}
		for range rapid.IntRange(0, 30).Draw(t, "entries") {
			e := madeUpEntry(planA, rapid.IntRange(0, 5).Draw(t, "part"))
			e.Networks.Bytes = rapid.Int64Range(1, 2).Draw(t, "bytes")
			if said[e.Part] == nil {
				said[e.Part] = map[int64]bool{}
			}
			said[e.Part][e.Networks.Bytes] = true
			if got := l.Add(e) == Contradicted; got != (len(said[e.Part]) > 1) {
				t.Fatalf("add(%s) contradicts: %v, said %v", e.Part, got, said[e.Part])
			}
			if rapid.Bool().Draw(t, "next") {
				l.nextSource()
			}
		}
		for i := range 6 {
			stem := madeUpEntry(planA, i).Part
			e, ok := l.Lookup(stem)
			if ok != (len(said[stem]) == 1) || ok && !said[stem][e.Networks.Bytes] {
				t.Errorf("lookup(%s) = %+v, %v; said %v", stem, e, ok, said[stem])
			}
		}
	})
}

// manyParts is what a large sweep has.
const manyParts = 100_000

// TestLedgerMemory bounds what the journal and the manifest of a large sweep
// take, with what is garbage by then left out.
func TestLedgerMemory(t *testing.T) {
	text := manyLines()
	before := heap()
	var l Ledger
	if complaints, err := readJournal(strings.NewReader(text), "x", []string{planA}, nil, &l); err != nil || len(complaints) > 0 {
		t.Fatal(complaints, err)
	}
	if got := heap() - before; got > 20e6 {
		t.Errorf("%d parts take %d bytes, want at most 20 MB", manyParts, got)
	} else {
		t.Logf("%d bytes a part", got/manyParts)
	}
	if e, ok := l.Lookup(madeUpEntry(planA, manyParts-1).Part); !ok || e.Networks != madeUpEntry(planA, manyParts-1).Networks {
		t.Errorf("the last part: %+v, %v", e, ok)
	}
	runtime.KeepAlive(text)
}

// heap returns the bytes in use.
func heap() int64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapAlloc)
}

// manyLines returns a journal of many parts.
func manyLines() string {
	text := appendLine(nil, appendHeader(nil, planA))
	for i := range manyParts {
		text = appendLine(text, madeUpEntry(planA, i).appendJSON(nil))
	}
	return string(text)
}
