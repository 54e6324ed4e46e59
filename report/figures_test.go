package report

import (
	"bytes"
	"image"
	"image/gif"
	_ "image/png"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"nodal/report/palette"
	"nodal/schema"
)

// everyKind has the oddest networks that can be drawn: no hidden layer, constants, steps,
// huge values, many outputs, networks that overflow, one network alone.
const everyKind = `
version: 1
name: kinds
seed: 5
networks: 6
grid: {from: -3, to: 3, points: 21}
cases:
  - {name: line, hidden: [[], [3]], activation: [logistic, step]}
  - {name: classes, outputs: [2, 12], hidden: [3]}
  - {name: plane, inputs: 2, outputs: [1, 3], hidden: [3], activation: relu}
  - {name: steps, inputs: 2, hidden: [3], activation: step}
  - {name: rectangle, inputs: 2, hidden: [3], grid: {from: [-6, -1], to: [6, 1], points: [21, 5]}}
  - {name: huge, inputs: 2, hidden: [3], activation: identity, weights: {distribution: normal, std: 1e+12}}
  - {name: flat, hidden: [3], activation: relu, biases: none, grid: {from: -1e-20, to: 1e-20, points: 5}}
  - {name: some-overflow, hidden: [4, 4, 4, 4, 4], activation: relu, weights: {distribution: normal, std: 1.5e+7}}
  - {name: lost, inputs: 2, hidden: [4, 4, 4, 4, 4, 4, 4, 4, 4], activation: relu, weights: {distribution: normal, std: 1e+12}}
  - {name: single, networks: 1, hidden: [2]}
`

var dark = FigureOptions{Palette: palette.Article, Theme: palette.Dark, Formats: Formats()}

// Every kind of network has its figures, under names of their own, and each can be
// written and read.
func TestNetworkFigures(t *testing.T) {
	files, err := NetworkFigures(planOf(t, everyKind), dark)
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, f := range files {
		if names[f.Name] {
			t.Errorf("two figures are called %s", f.Name)
		}
		names[f.Name] = true
		if strings.HasSuffix(f.Name, ".svg") && !slow.MatchString(f.Name) || chosen.MatchString(f.Name) && !testing.Short() {
			checkFile(t, f)
		}
	}
	for _, want := range []string{"line-1-1-logistic-curves.png", "line-1-3-1-step-multiples.svg", "classes-1-3-12-classes.png", "plane-2-3-3-regions.png",
		"rectangle-2-3-1-landscape.svg", "plane-2-3-1-walk.gif", "single-1-2-1-examples.gif", "line-1-1-step-graph.png"} {
		if !names[want] {
			t.Errorf("no %s", want)
		}
	}
	for name := range names {
		if strings.HasPrefix(name, "lost") {
			t.Errorf("%s shows networks that all overflow", name)
		}
	}
}

// chosen are the figures that are checked in formats that take longer: every kind once.
var chosen = regexp.MustCompile(`^(plane-2-3-3|classes-1-3-2)-.*png$|^(single|some-overflow|plane-2-3-3)-.*gif$`)

// slow are figures of many landscapes, of which those of chosen are enough.
var slow = regexp.MustCompile(`^(plane-2-3-1|steps|rectangle)-.*(landscapes|region-maps|ranges)`)

// embedded is image data in an SVG.
var embedded = regexp.MustCompile(`base64,[^"]*`)

// checkFile writes a figure and checks that it is what its name says.
func checkFile(t *testing.T, f File) {
	t.Helper()
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Errorf("%s: %v", f.Name, err)
		return
	}
	switch format := f.Name[strings.LastIndexByte(f.Name, '.')+1:]; format {
	case "svg":
		text := embedded.ReplaceAllString(b.String(), "") // which may spell anything
		if !strings.Contains(text, "</svg>") || strings.Contains(text, "NaN") {
			t.Errorf("%s: no whole SVG, or a NaN in it", f.Name)
		}
	case "png":
		if config, got, err := image.DecodeConfig(&b); err != nil || got != format || config.Width < 2*700 {
			t.Errorf("%s: %s of %d pixels, error %v", f.Name, got, config.Width, err)
		}
	case "gif":
		if g, err := gif.DecodeAll(&b); err != nil || g.Config.Width != animationWidth || len(g.Image) > walkFrames {
			t.Errorf("%s: error %v", f.Name, err)
		}
	}
}

// Configurations that look alike are drawn once.
func TestKinds(t *testing.T) {
	plan := planOf(t, `
version: 1
name: alike
seed: 1
networks: 5
grid: {from: -1, to: 1, points: 11}
cases:
  - {name: coarse, hidden: [2]}
  - {name: fine, hidden: [2], grid: {from: -1, to: 1, points: 101}}
  - {name: wide, hidden: [2], grid: {from: -2, to: 2, points: 11}}
  - {name: eight, hidden: [2], connectivity: 8}
`)
	var kept []string
	for _, c := range kinds(plan.Configurations) {
		kept = append(kept, c.Case)
	}
	if want := []string{"coarse", "wide"}; !slices.Equal(kept, want) {
		t.Errorf("kinds %v, want %v", kept, want)
	}
}

// The rows have their figures, for every sort of comparison, with the numbers of the
// dataset in them.
func TestRowFigures(t *testing.T) {
	r, _ := datasetOf(t, smallSweep)
	o := FigureOptions{Palette: palette.Safe, Theme: palette.Light, Formats: []Format{SVG}}
	files, err := RowFigures(t.Context(), r, 2, []schema.MeasuredColumn{"roughness", "crossings"}, o)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, f := range files {
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		if _, again := found[f.Name]; again {
			t.Errorf("two figures are called %s", f.Name)
		}
		found[f.Name] = b.String()
	}
	for _, name := range []string{"curves-crossings.svg", "plane-regions.svg", "curves-tanh-heat-crossings.svg", "compare-equal-units-curves-1-8-1-tanh.svg",
		"theory-crossings.svg", "curves-tanh-heat-roughness.svg", "plane-boundary-length-roughness.svg", "convergence-regions.svg"} {
		if found[name] == "" {
			t.Errorf("no %s", name)
		}
	}
	if !slices.ContainsFunc(files, func(f File) bool { return strings.Contains(f.Name, "-zoo-islands") }) {
		t.Error("no zoo of islands")
	}
	for _, line := range collected(t, r).Configurations {
		if line.Case != "curves" || line.Activation != "tanh" {
			continue
		}
		if text := line.Statistics[0].Text; !strings.Contains(found["curves-crossings.svg"], text) {
			t.Errorf("the histogram of crossings does not say %q of %s", text, line.Layers)
		}
	}
	if n := regexp.MustCompile(`\b120\b`).FindString(found["curves-crossings.svg"]); n == "" {
		t.Error("the histogram does not say how many networks there are")
	}
}

// An error of a writer is returned by every format.
func TestFigureWriteErrors(t *testing.T) {
	files, err := NetworkFigures(planOf(t, strings.ReplaceAll(everyKind, "networks: 6", "networks: 2")), dark)
	if err != nil {
		t.Fatal(err)
	}
	tried := map[string]bool{}
	for _, f := range files {
		format := f.Name[strings.LastIndexByte(f.Name, '.'):]
		if tried[format] {
			continue
		}
		tried[format] = true
		if err := f.Write(full{}); err == nil {
			t.Errorf("%s: written to a full disk without an error", f.Name)
		}
	}
	if len(tried) != 3 {
		t.Errorf("formats tried: %v", tried)
	}
}

// full is a writer without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, io.ErrShortWrite }
