package report

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"nodal/analysis"
	"nodal/dataset"
	"nodal/report/page"
	"nodal/report/palette"
	"nodal/sampler"
	"nodal/schema"
)

// smallSweep has what a page has to cope with: one input and two, several outputs,
// budgets to compare, theory, networks that overflow and grids that are too coarse.
const smallSweep = `
version: 1
name: small
seed: 3
networks: 120
grid: {from: -3, to: 3, points: 41}
cases:
  - {name: curves, depth: [1, 2], units: [8, 12], activation: [tanh, relu], output_activation: identity, weights: {distribution: normal, std: 2, scale: fan_in}, biases: {distribution: normal, std: 0.5}}
  - {name: classes, outputs: 3, hidden: [6]}
  - {name: plane, inputs: 2, outputs: [1, 3], hidden: [[], [6, 6]], grid: {from: -3, to: 3, points: 17}}
  - {name: overflow, networks: 40, hidden: [4, 4, 4, 4, 4], activation: relu, weights: {distribution: normal, std: 1.5e+7}}
  - {name: lost, networks: 30, hidden: [4, 4, 4, 4, 4, 4, 4, 4, 4], activation: relu, weights: {distribution: normal, std: 1e+12}}
`

// datasetOf draws a sweep into a new folder and opens it.
func datasetOf(t testing.TB, sweep string) (*dataset.Reader, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	plan := planOf(t, sweep)
	d, err := dataset.Create(dir, plan, dataset.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := sampler.Run(t.Context(), d, sampler.Options{Workers: 2}); err != nil {
		t.Fatal(err)
	}
	if err := d.Finish(); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	return opened(t, dir), dir
}

func opened(t testing.TB, dir string) *dataset.Reader {
	t.Helper()
	r, err := dataset.Open(dir, dataset.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func planOf(t testing.TB, text string) *dataset.Plan {
	t.Helper()
	sweep, err := schema.ParseSweep("sweep.yaml", []byte(text), schema.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return dataset.NewPlan(sweep.Name, sweep.Seed, sweep.Canonical(), sweep.Configurations(), sampler.Fused.Numerics())
}

func collected(t testing.TB, r *dataset.Reader) *page.Data {
	t.Helper()
	d, err := Collect(context.Background(), r, Options{Dir: "out/small", Version: "test", Palette: palette.Article, Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Every number of the page is the one that summarize has.
func TestNumbersAreThoseOfSummarize(t *testing.T) {
	r, _ := datasetOf(t, smallSweep)
	d := collected(t, r)
	table, err := analysis.Summarize(r.Rows(), []string{"config_id"})
	if err != nil {
		t.Fatal(err)
	}
	byID := map[string]analysis.Summary{}
	for _, g := range table.Groups {
		byID[g.Key[0].(string)] = g
	}
	if len(d.Configurations) != len(byID) || len(byID) != 15 {
		t.Fatalf("%d configurations on the page, %d in the summary, want 15", len(d.Configurations), len(byID))
	}
	for _, line := range d.Configurations {
		g := byID[line.ID]
		if line.Networks != g.Networks || line.Nonfinite != g.Nonfinite || line.Unresolved != g.Unresolved {
			t.Errorf("%s: %d networks, %d nonfinite, %d unresolved; want %d, %d, %d", line.ID, line.Networks, line.Nonfinite, line.Unresolved, g.Networks, g.Nonfinite, g.Unresolved)
		}
		for i, s := range g.Statistics {
			m := line.Statistics[i]
			if d.Statistics[i] != s.Name || m.Value != s.Mean || m.Error != s.StandardError || m.Q05 != s.Q05 || m.Q50 != s.Q50 || m.Q95 != s.Q95 {
				t.Errorf("%s %s: %+v, want %+v", line.ID, s.Name, m, s)
			}
			var counted int64
			for _, n := range m.Histogram.Counts {
				counted += n
			}
			if counted != s.Networks {
				t.Errorf("%s %s: %d networks in the histogram, want %d", line.ID, s.Name, counted, s.Networks)
			}
		}
		length := line.Columns[slices.Index(d.Columns, "boundary_length")].Value
		if length != line.BoundaryLength.Value || len(line.Columns) != len(d.Columns) {
			t.Errorf("%s: boundary length %g among %d columns, want %g among %d", line.ID, length, len(line.Columns), line.BoundaryLength.Value, len(d.Columns))
		}
		if math.Abs(line.BoundaryLength.Value-g.Boundary.Mean) > 0 {
			t.Errorf("%s: boundary length %g, want %g", line.ID, line.BoundaryLength.Value, g.Boundary.Mean)
		}
	}
}

// Networks that overflow are listed, not drawn, and a configuration of nothing else has
// no numbers.
func TestOverflowedAreListedNotDrawn(t *testing.T) {
	r, _ := datasetOf(t, smallSweep)
	d := collected(t, r)
	overflowed := map[string]map[int64]bool{}
	for batch, err := range r.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range batch {
			if row.Status != schema.StatusOK {
				if overflowed[row.ConfigID] == nil {
					overflowed[row.ConfigID] = map[int64]bool{}
				}
				overflowed[row.ConfigID][row.Network] = true
			}
		}
	}
	if len(overflowed) != 2 || len(d.Overflowed) != 2 {
		t.Fatalf("%d configurations overflow, %d are listed, want 2", len(overflowed), len(d.Overflowed))
	}
	for _, o := range d.Overflowed {
		all := overflowed[o.ID]
		if o.All != int64(len(all)) || len(o.Networks) != min(len(all), mostOverflowed) {
			t.Errorf("%s: %d of %d overflowed networks listed, want %d", o.Case, len(o.Networks), o.All, len(all))
		}
		for _, n := range o.Networks {
			if !all[n] {
				t.Errorf("%s: network %d is listed and did not overflow", o.Case, n)
			}
		}
	}
	drawn := 0
	for _, line := range d.Configurations {
		for _, p := range line.Gallery {
			drawn++
			if overflowed[line.ID][p.Network] {
				t.Errorf("network %d of %s overflowed and is drawn", p.Network, line.Case)
			}
		}
		if finite := line.Networks - line.Nonfinite; finite == 0 && (line.Statistics[0].Text != "-" || line.Statistics[0].Known) {
			t.Errorf("%s: numbers of no network: %+v", line.Case, line.Statistics[0])
		}
	}
	if drawn == 0 {
		t.Error("nothing is drawn")
	}
	if _, err := json.Marshal(d); err != nil {
		t.Errorf("a number that JSON has not: %v", err)
	}
}

// The pictures are those of the networks that they name, within the steps of their
// values.
func TestPicturesShowTheirNetworks(t *testing.T) {
	r, _ := datasetOf(t, smallSweep)
	d := collected(t, r)
	redrawer, err := sampler.NewRedrawer(r.Plan())
	if err != nil {
		t.Fatal(err)
	}
	byID := (&collector{plan: r.Plan()}).byID()
	checked := 0
	check := func(p page.Picture) {
		var grid schema.Grid
		for _, a := range p.Axes {
			grid = append(grid, schema.Axis{From: a.From, To: a.To, Points: a.Points})
		}
		out := redrawer.Draw(byID[p.ID], p.Network, grid).Out
		if len(out) != len(p.Values) {
			t.Fatalf("%d values of network %d of %s, want %d", len(p.Values), p.Network, p.ID, len(out))
		}
		for i, v := range p.Values {
			if got := p.Low + float64(v)*(p.High-p.Low)/65535; math.Abs(got-float64(out[i])) > (p.High-p.Low)/65535 {
				t.Fatalf("network %d of %s: value %d is %g, want %g", p.Network, p.ID, i, got, out[i])
			}
		}
		if (len(p.Axes) == 2) != (len(p.Thumbnail) > 0) || p.Alt == "" {
			t.Errorf("%d axes, a thumbnail of %d bytes, %q", len(p.Axes), len(p.Thumbnail), p.Alt)
		}
		want := fmt.Sprintf("nodal show out/small --config %s --network %d", p.ID, p.Network)
		if p.Command != want {
			t.Errorf("command %q, want %q", p.Command, want)
		}
		checked++
	}
	for _, line := range d.Configurations {
		for _, p := range line.Gallery {
			check(p)
		}
	}
	for _, e := range d.Zoo {
		for _, p := range e.Pictures {
			check(p)
		}
	}
	if checked < 100 || len(d.Zoo) == 0 {
		t.Errorf("%d pictures checked, %d exhibits", checked, len(d.Zoo))
	}
}

// The zoo has the networks with the least and the most of a column.
func TestZooHasTheExtremes(t *testing.T) {
	r, _ := datasetOf(t, smallSweep)
	most, least := map[string]int64{}, map[string]int64{}
	for batch, err := range r.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range batch {
			if row.Status == schema.StatusOK {
				if _, ok := least[row.ConfigID]; !ok {
					least[row.ConfigID] = math.MaxInt64
				}
				most[row.ConfigID] = max(most[row.ConfigID], row.Crossings)
				least[row.ConfigID] = min(least[row.ConfigID], row.Crossings)
			}
		}
	}
	checked := 0
	for _, e := range collected(t, r).Zoo {
		if e.Column != "crossings" {
			continue
		}
		checked++
		first, last := e.Pictures[0].Caption, e.Pictures[len(e.Pictures)-1].Caption
		if !strings.HasSuffix(first, fmt.Sprint(": ", least[e.ID])) || !strings.HasSuffix(last, fmt.Sprint(": ", most[e.ID])) {
			t.Errorf("%s: from %q to %q, want %d to %d", e.Layers, first, last, least[e.ID], most[e.ID])
		}
	}
	if checked != mostExhibits {
		t.Errorf("%d exhibits of crossings, want %d", checked, mostExhibits)
	}
}

// The same dataset gives the same page, byte for byte, whatever the number of workers.
func TestReportIsAFunctionOfTheDataset(t *testing.T) {
	r, dir := datasetOf(t, smallSweep)
	var pages [][]byte
	for _, workers := range []int{1, 3} {
		d, err := Collect(t.Context(), r, Options{Dir: "out/small", Version: "test", Palette: palette.Safe, Workers: workers})
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := page.Write(&b, d); err != nil {
			t.Fatal(err)
		}
		pages = append(pages, b.Bytes())
	}
	if !bytes.Equal(pages[0], pages[1]) {
		t.Error("one worker and three give different pages")
	}
	if bytes.Contains(pages[0], []byte(dir)) {
		t.Error("the page holds a path of this machine")
	}
}

// An unfinished dataset gives a page that says so, of the networks that are there; an
// empty one too.
func TestUnfinished(t *testing.T) {
	_, dir := datasetOf(t, strings.Replace(smallSweep, "networks: 120", "networks: 60000", 1))
	parts, err := filepath.Glob(filepath.Join(dir, "networks", "*.parquet"))
	if err != nil || len(parts) < 2 {
		t.Fatalf("%d parts, error %v; want several", len(parts), err)
	}
	for _, name := range []string{"_SUCCESS", "_nodal/manifest.json"} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	for i, tt := range []struct{ remove, want string }{{parts[0], "Not finished"}, {"", "No networks yet"}} {
		remove := []string{tt.remove}
		if tt.remove == "" {
			remove = parts[1:]
		}
		for _, p := range remove {
			if err := os.Remove(p); err != nil {
				t.Fatal(err)
			}
		}
		d := collected(t, opened(t, dir))
		if !slices.ContainsFunc(d.Notices, func(n page.Notice) bool { return n.Serious && strings.HasPrefix(n.Text, tt.want) }) {
			t.Errorf("notices %v, want one that begins with %q", d.Notices, tt.want)
		}
		if i == 1 && len(d.Answers)+len(d.Comparisons) > 0 {
			t.Errorf("answers of no networks: %v", d.Answers)
		}
		if (d.Published == 0) != (i == 1) || (len(d.Configurations) == 0) != (i == 1) {
			t.Errorf("%d networks of %d configurations after removing parts", d.Published, len(d.Configurations))
		}
		if err := page.Write(new(bytes.Buffer), d); err != nil {
			t.Error(err)
		}
	}
}

// Rows of numbers that this version does not compute are reported without pictures.
func TestRowsOfAnotherVersionHaveNoPictures(t *testing.T) {
	r, _ := datasetOf(t, smallSweep)
	plan := *r.Plan()
	plan.Numerics = "1"
	c := &collector{options: Options{Palette: palette.Article}, reader: r, plan: &plan}
	if err := c.read(t.Context()); err != nil {
		t.Fatal(err)
	}
	d := &page.Data{Configurations: c.configurations()}
	if err := c.draw(t.Context(), d); err == nil {
		t.Error("networks of numerics 1 were drawn")
	}
}
