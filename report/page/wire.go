package page

import (
	"encoding/json"
	"math"
	"strconv"

	"nodal/report/palette"
)

// wire is what the page's script reads: Data without the texts that stand in the page.
type wire struct {
	Statistics     []string            `json:"statistics"`
	Columns        []string            `json:"columns"`
	Configurations []wireConfiguration `json:"configurations"`
	Comparisons    []wireComparison    `json:"comparisons"`
	Theory         []wirePrediction    `json:"theory"`
	Convergence    []wireConvergence   `json:"convergence"`
	Combinations   []combination       `json:"combinations"`
	Light          theme               `json:"light"`
	Dark           theme               `json:"dark"`
	Scale          []string            `json:"scale"`
	Classes        []string            `json:"classes"`
	Curves         []string            `json:"curves"`
}

type wireConfiguration struct {
	ID             string         `json:"id"`
	Case           string         `json:"case"`
	Layers         string         `json:"layers"`
	Telling        string         `json:"telling"` // see tellings
	Activation     string         `json:"activation"`
	Output         string         `json:"output"`
	Weights        string         `json:"weights"`
	Biases         string         `json:"biases"`
	Grid           string         `json:"grid"`
	Inputs         int            `json:"inputs"`
	Outputs        int            `json:"outputs"`
	Depth          int            `json:"depth"`
	Width          int            `json:"width"`
	Units          int            `json:"units"`
	Parameters     int64          `json:"parameters"`
	Networks       int64          `json:"networks"`
	Nonfinite      int64          `json:"nonfinite"`
	Unresolved     int64          `json:"unresolved"`
	UnresolvedText string         `json:"unresolvedText"`
	Coarse         bool           `json:"coarse"`
	Statistics     []wireMeasured `json:"statistics"`
	Columns        []wireColumn   `json:"columns"`
	BoundaryLength *wireMean      `json:"boundaryLength"`
	Roughness      *wireMean      `json:"roughness"`
	Pictures       []int          `json:"pictures"` // indices of the page's pictures
}

type wireMean struct {
	Value decimal `json:"value"`
	Error decimal `json:"error"`
}

type wireColumn struct {
	Mean *wireMean `json:"mean"`
	Text string    `json:"text"`
}

type wireMeasured struct {
	Mean      *wireMean  `json:"mean"`
	Text      string     `json:"text"`
	Quantiles [3]decimal `json:"quantiles"`       // at 5, 50 and 95 %
	Edges     []decimal  `json:"edges,omitempty"` // the two ends where the bins are equally wide
	Counts    []int64    `json:"counts,omitempty"`
	Whole     bool       `json:"whole,omitempty"`
}

type wireComparison struct {
	Kind     string      `json:"kind"`
	Setting  string      `json:"setting"`
	Side     string      `json:"side"`
	Baseline string      `json:"baseline"`
	Measure  string      `json:"measure"`
	Networks int64       `json:"networks"`
	Depth    int         `json:"depth"`
	Ratio    *[3]decimal `json:"ratio"` // value, low, high
	Text     string      `json:"text"`
	Sentence string      `json:"sentence"`
}

type wirePrediction struct {
	ID         string    `json:"id"`
	Case       string    `json:"case"`
	Layers     string    `json:"layers"`
	Activation string    `json:"activation"`
	Column     string    `json:"column"`
	Networks   int64     `json:"networks"`
	Measured   *wireMean `json:"measured"`
	Predicted  *decimal  `json:"predicted"`
	OnGrid     bool      `json:"onGrid"`
	Z          *decimal  `json:"z"`
	Note       string    `json:"note"`
}

type wireConvergence struct {
	ID         string      `json:"id"`
	Case       string      `json:"case"`
	Layers     string      `json:"layers"`
	Activation string      `json:"activation"`
	Column     string      `json:"column"`
	Networks   int         `json:"networks"`
	Resolution []int       `json:"resolution"`
	Means      []*wireMean `json:"means"`
}

// decimal is written with seven digits, and as null where it is not finite.
type decimal float64

// MarshalJSON writes the number, or null.
func (x decimal) MarshalJSON() ([]byte, error) {
	if math.IsNaN(float64(x)) || math.IsInf(float64(x), 0) {
		return []byte("null"), nil
	}
	return json.Marshal(json.Number(strconv.FormatFloat(float64(x), 'g', 7, 64)))
}

// wired returns what the script reads of d. Pictures of configurations come first, in
// order, then those of exhibits.
func wired(d *Data, p *palette.Palette) *wire {
	w := &wire{
		Statistics: wordsOf(d.Statistics), Columns: wordsOf(d.Columns), Combinations: combinations(d.Configurations),
		Scale: scale(p), Classes: hexAll(p.Classes), Curves: hexAll(p.Curves),
	}
	w.Light, w.Dark = themes(p)
	picture := 0
	telling := tellings(d.Configurations)
	for i := range d.Configurations {
		w.Configurations = append(w.Configurations, wiredConfiguration(&d.Configurations[i], picture))
		w.Configurations[i].Telling = telling[i]
		picture += len(d.Configurations[i].Gallery)
	}
	for i := range d.Comparisons {
		w.Comparisons = append(w.Comparisons, wiredComparison(&d.Comparisons[i]))
	}
	for i := range d.Theory {
		w.Theory = append(w.Theory, wiredPrediction(&d.Theory[i]))
	}
	for i := range d.Convergence {
		w.Convergence = append(w.Convergence, wiredConvergence(&d.Convergence[i]))
	}
	return w
}

func wiredConfiguration(c *Configuration, firstPicture int) wireConfiguration {
	w := wireConfiguration{
		ID: c.ID, Case: c.Case, Layers: c.Layers, Activation: c.Activation, Output: c.OutputActivation,
		Weights: c.Weights, Biases: c.Biases, Grid: c.Grid,
		Inputs: c.Inputs, Outputs: c.Outputs, Depth: c.Depth, Width: c.Width, Units: c.Units, Parameters: c.Parameters,
		Networks: c.Networks, Nonfinite: c.Nonfinite, Unresolved: c.Unresolved, UnresolvedText: c.unresolved(), Coarse: c.Coarse,
		BoundaryLength: wiredMean(c.BoundaryLength), Roughness: wiredMean(c.Roughness),
	}
	for _, m := range c.Statistics {
		w.Statistics = append(w.Statistics, wireMeasured{
			Mean: wiredMean(m.Mean), Text: m.Text, Quantiles: [3]decimal{decimal(m.Q05), decimal(m.Q50), decimal(m.Q95)},
			Edges: wiredEdges(m.Histogram.Edges), Counts: m.Histogram.Counts, Whole: m.Histogram.Whole,
		})
	}
	for _, m := range c.Columns {
		w.Columns = append(w.Columns, wireColumn{wiredMean(m.Mean), m.Text})
	}
	for i := range c.Gallery {
		w.Pictures = append(w.Pictures, firstPicture+i)
	}
	return w
}

// wiredEdges returns the edges of bins, only the first and the last if the others are
// where equally wide bins have them, but for a thousandth of a bin. A single bin without
// width becomes one of width 1 around its value.
func wiredEdges(edges []float64) []decimal {
	last := len(edges) - 1
	if last < 1 {
		return nil
	}
	if last == 1 && edges[0] == edges[1] {
		return []decimal{decimal(edges[0] - 0.5), decimal(edges[1] + 0.5)}
	}
	step := (edges[last] - edges[0]) / float64(last)
	equal := true
	var all []decimal
	for i, e := range edges {
		all = append(all, decimal(e))
		equal = equal && math.Abs(e-(edges[0]+float64(i)*step)) <= step/1000
	}
	if equal {
		return []decimal{all[0], all[last]}
	}
	return all
}

func wiredMean(m Mean) *wireMean {
	if !m.Known || math.IsNaN(m.Value) || math.IsInf(m.Value, 0) {
		return nil
	}
	return &wireMean{decimal(m.Value), decimal(m.Error)}
}

func wiredComparison(c *Comparison) wireComparison {
	w := wireComparison{
		Kind: c.Kind, Setting: c.Setting, Side: c.Side, Baseline: c.Baseline, Measure: words(c.Measure),
		Networks: c.Networks, Depth: c.Depth, Text: c.Text, Sentence: c.Sentence,
	}
	if c.Ratio.Known {
		w.Ratio = &[3]decimal{decimal(c.Ratio.Value), decimal(c.Ratio.Low), decimal(c.Ratio.High)}
	}
	return w
}

func wiredPrediction(p *Prediction) wirePrediction {
	w := wirePrediction{
		ID: p.ID, Case: p.Case, Layers: p.Layers, Activation: p.Activation, Column: words(p.Column),
		Networks: p.Networks, Measured: wiredMean(p.Measured), OnGrid: p.OnGrid, Note: p.Note,
	}
	if p.HasPrediction {
		predicted := decimal(p.Predicted)
		w.Predicted = &predicted
	}
	if p.HasZ {
		z := decimal(p.Z)
		w.Z = &z
	}
	return w
}

func wiredConvergence(c *Convergence) wireConvergence {
	w := wireConvergence{
		ID: c.ID, Case: c.Case, Layers: c.Layers, Activation: c.Activation, Column: words(c.Column),
		Networks: c.Networks, Resolution: c.Resolution,
	}
	for _, m := range c.Means {
		w.Means = append(w.Means, wiredMean(m))
	}
	return w
}
