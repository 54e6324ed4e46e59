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
