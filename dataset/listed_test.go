package dataset

import (
	"strings"
	"testing"

	"nodal/dataset/disk/crashdisk"
	"nodal/schema"
)

// TestSequenceOfName reads the names of parts, and nothing that only looks like one.
func TestSequenceOfName(t *testing.T) {
	plan := smallPlan()
	for _, seq := range []int{0, 7, 999_999, 1_000_000, 12_345_678} {
		name := Part{Plan: plan, Seq: seq}.Name()
		if got, ok := plan.sequence(name); !ok || got != seq {
			t.Errorf("%s: %d, %v", name, got, ok)
		}
	}
	name := Part{Plan: plan, Seq: 7}.Name()
	head := strings.TrimSuffix(name, "000007")
	for _, name := range []string{"", head, head + "07", head + "00007", head + "0000007", head + "+00007", head + "00000x", head + "-00007",
		head + "99999999999999999999", name + partSuffix, " " + name, "part-00000000-000007", "parts-" + name[5:], strings.ToUpper(name)} {
		if seq, ok := plan.sequence(name); ok {
			t.Errorf("%q is taken for part %d", name, seq)
		}
	}
}

// TestListed enters every other part of a plan and of one that it extends.
func TestListed(t *testing.T) {
	SmallParts(t, 8)
	base := NewPlan("grown", 7, nil, []schema.Configuration{configuration(8, 60, 0)}, "1")
	plan, _ := extend(base, NewPlan("grown", 7, nil, []schema.Configuration{configuration(8, 60, 0), configuration(16, 50, 0)}, "1"))
	l := newListed(plan)
	n := 0
	for part := range plan.Parts() {
		place := l.find(part.Name())
		if place == nil {
			t.Fatalf("%s is not found", part.Name())
		}
		if n++; n%2 == 0 {
			l.add(place)
			l.add(place)
		}
	}
	if n != 8+7 || l.count != n/2 {
		t.Errorf("%d of %d parts, want 7 of 15", l.count, n)
	}
	n = 0
	for part := range plan.Parts() {
		if n++; l.has(part) != (n%2 == 0) {
			t.Errorf("%s: %v", part.Name(), l.has(part))
		}
	}
	for _, beyond := range []Part{{Plan: base, Seq: 8}, {Plan: plan, Seq: 7}, {Plan: smallPlan(), Seq: 0}} {
		if l.find(beyond.Name()) != nil || l.has(beyond) {
			t.Errorf("%s is found", beyond.Name())
		}
	}
}

// TestRecordOfOwnParts checks that a shard keeps on record what it has to look at: a
// thousand of them need not know each what a hundred thousand parts are.
func TestRecordOfOwnParts(t *testing.T) {
	SmallParts(t, 8)
	plan := NewPlan("small", 7, nil, []schema.Configuration{configuration(8, 80, 0)}, "1")
	fsys := crashdisk.New()
	open := func(shard Shard) *Directory {
		d, err := Create("/out", plan, Options{FS: fsys, Shard: shard})
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	d := open(Shard{})
	for part := range d.Parts() {
		writePart(t, d, part)
	}
	d.Close()
	for _, tt := range []struct {
		shard Shard
		known int
	}{{Shard{0, 3}, 4}, {Shard{2, 3}, 3}, {Shard{}, 10}} {
		d := open(tt.shard)
		if d.ledger.Len() != tt.known {
			t.Errorf("shard %v: %d parts are on record, want %d", tt.shard, d.ledger.Len(), tt.known)
		}
		d.Close()
	}
}
