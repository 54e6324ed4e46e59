package dataset

import (
	"os"
	"path/filepath"
	"testing"

	"nodal/schema"
)

// What is missing is counted part by part and adds up to the whole, which is
// counted by configuration.
func TestMissing(t *testing.T) {
	line := schema.Configuration{Case: "line", Inputs: 1, Outputs: 1, Hidden: []int{3}, Networks: 300_000,
		Grid: schema.Grid{{From: 0, To: 1, Points: 11}}}
	square := schema.Configuration{Case: "square", Inputs: 2, Outputs: 3, Networks: 1_000, KeepFields: 500,
		Grid: schema.Grid{{From: 0, To: 1, Points: 500}, {From: 0, To: 1, Points: 500}}}
	plan := NewPlan("t", 1, []byte("version: 1"), []schema.Configuration{line, square}, "1")
	root := t.TempDir()
	whole := plan.Size()
	if got := plan.Missing(root, Shard{}); got != whole {
		t.Errorf("an empty folder misses %+v, want %+v", got, whole)
	}
	parts := plan.sizeOf(plan.Parts())
	if parts.Files > whole.Files || parts.Bytes < whole.Bytes*19/20 || parts.Bytes > whole.Bytes*21/20 {
		t.Errorf("all parts one by one take %+v, want about %+v", parts, whole)
	}
	if err := os.Mkdir(filepath.Join(root, networksFolder), 0o777); err != nil {
		t.Fatal(err)
	}
	before := whole
	for part := range plan.Parts() {
		if err := os.WriteFile(partPath(root, Networks, part), nil, 0o666); err != nil {
			t.Fatal(err)
		}
		now := plan.Missing(root, Shard{})
		if now.Bytes >= before.Bytes || now.Files >= before.Files {
			t.Fatalf("after part %d %+v are missing, before %+v", part.Seq, now, before)
		}
		// The first part has cheap rows only, and the fields lie in the last ones.
		if part.Seq == 0 {
			if cheap := part.Networks() * RowBytes(line); before.Bytes-now.Bytes > 2*cheap {
				t.Errorf("part 0 counts as %d bytes, want about %d", before.Bytes-now.Bytes, cheap)
			}
		}
		before = now
	}
	if before != (Size{}) {
		t.Errorf("with all parts there %+v are missing, want nothing", before)
	}
}
