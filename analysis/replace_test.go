package analysis

import (
	"math"
	"testing"

	"nodal/schema"
)

// Replacing counts gives the summary of rows that had the refined counts from the
// start.
func TestReplace(t *testing.T) {
	rows := make([]schema.Row, 50)
	var p Replacement
	for i := range rows {
		n := int64(i*i%7 + 1)
		rows[i] = schema.Row{Status: schema.StatusOK, Resolved: i%3 > 0, Crossings: n, Regions: n + 1, Islands: n - 1, BoundaryLength: float64(n) / 3}
	}
	summary := func() Summary {
		table, err := Summarize(func(yield func([]schema.Row, error) bool) { yield(rows, nil) }, nil)
		if err != nil {
			t.Fatal(err)
		}
		return table.Groups[0]
	}
	got := summary()
	for i := range rows {
		r := &rows[i]
		if r.Resolved {
			continue
		}
		refined := schema.Refined{Resolved: i%2 == 0, Resolution: 101, Crossings: r.Crossings, Regions: r.Regions, Islands: r.Islands, BoundaryLength: r.BoundaryLength}
		if got.Replace(&p, false); got.Refined != nil {
			t.Fatalf("replaced by %d of %d networks", p.networks, got.Unresolved)
		}
		r.Crossings, r.Regions, r.Islands, r.BoundaryLength = r.Crossings+int64(i), r.Regions+int64(i)/2, r.Islands+1, r.BoundaryLength*1.5
		refined.CrossingsRefined, refined.RegionsRefined, refined.IslandsRefined, refined.BoundaryLengthRefined = r.Crossings, r.Regions, r.Islands, r.BoundaryLength
		p.Add(&refined)
	}
	got.Replace(&p, false)
	want := summary()
	for i, e := range want.means() {
		g := got.Refined.Counts[i]
		if math.Abs(g.Mean-e.Mean) > 1e-12*e.Mean || math.Abs(g.StandardError-e.StandardError) > 1e-12*e.Mean {
			t.Errorf("%s: %v, want %v", FineNames()[i], g, e)
		}
	}
	if got.Refined.Networks != 17 || got.Refined.Unresolved != 8./17 || got.Refined.Points != 101 {
		t.Errorf("%+v, want 17 networks on up to 101 points, 8 of them unresolved", got.Refined)
	}
}
