package page

import (
	"slices"
	"strings"
	"testing"
)

func TestEmpty(t *testing.T) {
	page := documentOf(read(t, nothing()))
	if !strings.Contains(page, "the dataset has no networks") {
		t.Error("the page does not say that there is nothing")
	}
	for _, absent := range []string{"<section", "data-chart", "<nav", `id="plotly"`, `id="configurations"`} {
		if strings.Contains(page, absent) {
			t.Errorf("the page holds %s", absent)
		}
	}
}

// Without networks nothing but notices and provenance is shown, whatever else is known.
func TestNothingPublished(t *testing.T) {
	d := synthetic(3)
	d.Published, d.Provenance = 0, []Fact{{"Sweep file", "version: 1\nname: x"}}
	d.Notices = []Notice{{true, "No networks yet: run the sweep."}}
	page := documentOf(read(t, d))
	for _, present := range []string{"No networks yet of the", "run the sweep", `<section id="provenance"`, "version: 1\nname: x</pre>"} {
		if !strings.Contains(page, present) {
			t.Errorf("the page lacks %q", present)
		}
	}
	if n := strings.Count(page, "<section"); n != 1 {
		t.Errorf("%d sections, want provenance alone", n)
	}
	if n := strings.Count(page, `class="notice`); n != 2 { // the list and its one notice
		t.Errorf("%d boxes of messages, want 2", n)
	}
}

// Where all networks of a configuration overflowed the page says so, in few words.
func TestAllOverflowed(t *testing.T) {
	d := synthetic(3)
	c := &d.Configurations[1]
	c.Networks, c.Nonfinite, c.Unresolved, c.UnresolvedText = 300, 300, 0, "0 %"
	d.Overflowed = []Overflowed{{c.ID, c.Case, c.Layers, []int64{0, 1, 2}, 300}, {d.Configurations[0].ID, "", "", []int64{7}, 1}}
	v, err := viewed(d)
	if err != nil {
		t.Fatal(err)
	}
	if got := []string{v.Overflows[0].Listed, v.Overflows[1].Listed}; !slices.Equal(got, []string{"all 300", "7"}) {
		t.Errorf("got %q", got)
	}
	if got := v.Rows[1].Unresolved; got != "-" {
		t.Errorf("unresolved of no finite network: %q, want -", got)
	}
}

// The zoo has a heading for each column, in words, and its configurations below it.
func TestZooByColumn(t *testing.T) {
	d := synthetic(3)
	for i := range d.Zoo {
		d.Zoo[i].Column = []string{"turning_points", "range", "turning_points"}[i]
	}
	v, err := viewed(d)
	if err != nil {
		t.Fatal(err)
	}
	if len(v.Exhibits) != 2 || v.Exhibits[0].Name != "turning points" || len(v.Exhibits[0].Members) != 2 {
		t.Errorf("got %+v", v.Exhibits)
	}
}

// A section without data goes, and its link with it.
func TestSections(t *testing.T) {
	all := []string{"answers", "table", "distributions", "heat-map", "theory", "boundaries", "convergence", "gallery", "zoo", "grids", "overflowed", "load", "provenance"}
	for _, tt := range []struct {
		gone []string
		drop func(d *Data)
	}{
		{nil, func(*Data) {}},
		{[]string{"answers"}, func(d *Data) { d.Answers, d.Comparisons = nil, nil }},
		{[]string{"theory"}, func(d *Data) { d.Theory = nil }},
		{[]string{"convergence"}, func(d *Data) { d.Convergence = nil }},
		{[]string{"zoo"}, func(d *Data) { d.Zoo = nil }},
		{[]string{"overflowed"}, func(d *Data) { d.Overflowed = nil }},
		{[]string{"load", "provenance"}, func(d *Data) { d.Queries, d.Provenance = nil, nil }},
		{[]string{"heat-map", "boundaries"}, func(d *Data) { d.Configurations = d.Configurations[5:6] }},
		{[]string{"gallery", "grids"}, func(d *Data) {
			for i := range d.Configurations {
				d.Configurations[i].Gallery, d.Configurations[i].Coarse = nil, false
			}
		}},
		{[]string{"distributions", "heat-map"}, func(d *Data) {
			d.Statistics = nil
			for i := range d.Configurations {
				d.Configurations[i].Statistics = nil
			}
		}},
	} {
		d := synthetic(12)
		tt.drop(d)
		page := documentOf(read(t, d))
		for _, id := range all {
			section := strings.Contains(page, `<section id="`+id+`"`)
			link := strings.Contains(page, `<a href="#`+id+`"`)
			if want := !slices.Contains(tt.gone, id); section != want || link != want {
				t.Errorf("without %v: section %s %v, its link %v", tt.gone, id, section, link)
			}
		}
	}
}
