package page

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"nodal/internal/python"
)

// browsedPage is a page that testdata/browser.py opens, and what it has to find there.
type browsedPage struct {
	Name     string           `json:"name"`
	File     string           `json:"file"`
	Title    string           `json:"title"`
	Windows  []browsedWindow  `json:"windows"`
	Brief    bool             `json:"brief"` // check only what many configurations may break
	Print    bool             `json:"print"`
	Charts   []string         `json:"charts"`
	Pictures []string         `json:"pictures"` // kinds of picture to open
	Columns  []browsedColumn  `json:"columns"`
	Filters  map[string][]int `json:"filters"` // rows that a text leaves
	Bands    []browsedBands   `json:"bands"`
}

// browsedWindow is a window that a page is opened in.
type browsedWindow struct {
	Width  int    `json:"width"` // in CSS pixels
	Scheme string `json:"scheme"`
	Use    bool   `json:"use"` // try what can be done too
}

// browsedColumn is a column of the table. Its keys, in the order of the configurations,
// are numbers, texts or lists of them, and null where there is no value.
type browsedColumn struct {
	Name string `json:"name"`
	Keys []any  `json:"keys"`
}

// browsedBands is how many times the class changes along a curve, and one.
type browsedBands struct {
	Picture int `json:"picture"`
	Bands   int `json:"bands"`
}

// browserLine is a check that testdata/browser.py has made.
type browserLine struct {
	Name    string `json:"name"`
	Problem string `json:"problem"`
	Note    string `json:"note"`
}

// Pages in a real browser: nothing is missing, everything works by mouse and keyboard, at
// the width of a phone and of a screen, in both colour schemes, and nobody is called.
func TestBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes most of a minute")
	}
	const what = "the report's page in a browser"
	interpreter, chromium := python.Interpreter(t, what), python.Chromium(t, what)
	folder := t.TempDir()
	text, err := json.Marshal(browsedPages(t, folder))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "pages.json"), text, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 8*time.Minute)
	defer cancel()
	var errors bytes.Buffer
	command := exec.CommandContext(ctx, interpreter, "testdata/browser.py", chromium, folder)
	command.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1")
	command.Stderr = &errors
	output, err := command.Output()
	last := ""
	for line := range strings.Lines(string(output)) {
		var l browserLine
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		last = l.Name
		t.Run(l.Name, func(t *testing.T) {
			if l.Note != "" {
				t.Log(l.Note)
			}
			if l.Problem != "" {
				t.Error(l.Problem)
			}
		})
	}
	if err != nil || last != "done" {
		t.Fatalf("testdata/browser.py ended after %q, error %v\n%s", last, err, &errors)
	}
}

// browsedPages writes pages: a usual one, one of many configurations and an empty one.
func browsedPages(t *testing.T, folder string) []browsedPage {
	all := []string{"comparison", "convergence", "distribution", "heatmap", "scatter", "theory"}
	none := []string{}
	pages := []browsedPage{
		{
			Name: "30 configurations", Charts: all, Pictures: []string{"surface", "curve"}, Print: true,
			Windows: []browsedWindow{{400, "light", false}, {400, "dark", true}, {1600, "light", true}, {1600, "dark", false}},
		},
		{Name: "300 configurations", Brief: true, Charts: all, Pictures: none, Windows: []browsedWindow{{400, "dark", false}, {1600, "light", true}}},
		{Name: "empty", Charts: none, Pictures: none, Windows: []browsedWindow{{400, "light", true}, {1600, "dark", true}}, Print: true},
	}
	for i, d := range []*Data{uneven(synthetic(30)), synthetic(300), {Sweep: "nothing <yet> & more", Palette: "safe"}} {
		p := &pages[i]
		p.File = fmt.Sprintf("page-%d.html", i)
		p.Title = d.Sweep
		p.Bands = bandsOf(t, d)
		if err := os.WriteFile(filepath.Join(folder, p.File), written(t, d), 0o600); err != nil {
			t.Fatal(err)
		}
		if len(d.Configurations) > 0 {
			p.Columns = columnsOf(d)
			p.Filters = filtersOf(d, "relu", "TANH 2d", d.Configurations[7].Layers, d.Configurations[9].ID, "no such thing")
		}
	}
	return pages
}

// bandsOf returns the bands of the curves of galleries whose classes scores decide on.
func bandsOf(t *testing.T, d *Data) []browsedBands {
	all := []browsedBands{}
	picture := 0
	for _, c := range d.Configurations {
		for i := range c.Gallery {
			if p := &c.Gallery[i]; len(p.Axes) == 1 && p.Scores != nil {
				classes := slices.Compact(shownClasses(t, p, c.OutputActivation))
				all = append(all, browsedBands{picture, len(classes)})
			}
			picture++
		}
	}
	return all
}

// uneven gives some configurations values that sort otherwise as text than as numbers,
// and some none.
func uneven(d *Data) *Data {
	d.Sweep = `</script><script>document.title = "broken"</script>&amp; <b>depth`
	for i, n := range []int64{9, 1000, 80, 0, 300_000} {
		d.Configurations[3*i].Networks = n
		d.Configurations[3*i].Nonfinite, d.Configurations[3*i].Unresolved = 0, n/3
	}
	for i, v := range []float64{9, -10, 100, 1e-7, -2} {
		m := &d.Configurations[5*i].Statistics[1]
		m.Value, m.Text = v, fmt.Sprint(v)
	}
	d.Configurations[2].Statistics[1] = Measured{Text: "-"}
	d.Configurations[17].Statistics[1] = Measured{Text: "-"}
	return d
}

// columnsOf returns the columns of the table with what their rows are sorted by.
func columnsOf(d *Data) []browsedColumn {
	columns := []browsedColumn{{Name: "Layers"}, {Name: "Case"}, {Name: "Activation"}, {Name: "Networks"}, {Name: "Unresolved"}}
	for _, name := range d.Statistics {
		columns = append(columns, browsedColumn{Name: name})
	}
	for i := range d.Configurations {
		c := &d.Configurations[i]
		var sizes []int
		for size := range strings.SplitSeq(c.Layers, "-") {
			n, err := strconv.Atoi(size)
			if err != nil {
				panic(err)
			}
			sizes = append(sizes, n)
		}
		row := []any{sizes, c.Case, c.Activation, c.Networks, nil}
		if finite := c.Networks - c.Nonfinite; finite > 0 {
			row[4] = float64(c.Unresolved) / float64(finite)
		}
		for _, m := range c.Statistics {
			if m.Known {
				row = append(row, m.Value)
			} else {
				row = append(row, nil)
			}
		}
		for k, key := range row {
			columns[k].Keys = append(columns[k].Keys, key)
		}
	}
	return columns
}

// filtersOf returns the rows that hold every word of a text, in whichever case.
func filtersOf(d *Data, texts ...string) map[string][]int {
	filters := map[string][]int{}
	for _, text := range texts {
		filters[text] = []int{}
	rows:
		for i, c := range d.Configurations {
			row := strings.ToLower(strings.Join([]string{c.ID, c.Case, c.Layers, c.Activation, c.OutputActivation}, " "))
			for word := range strings.FieldsSeq(strings.ToLower(text)) {
				if !strings.Contains(row, word) {
					continue rows
				}
			}
			filters[text] = append(filters[text], i)
		}
	}
	return filters
}
