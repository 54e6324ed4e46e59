package chart

import (
	"fmt"
	"math"
	"sync"

	"nodal/report/palette"
	"nodal/sampler"
	"nodal/schema"
)

// sample measures the first networks of a configuration of the article's kind.
func sample(inputs, outputs int, hidden []int, activation, last schema.Activation, axis schema.Axis, networks int) ([]schema.Row, [][][]float32) {
	law := schema.Law{Distribution: schema.Uniform, Low: -1, High: 1}
	grid := schema.Grid{axis}
	if inputs == 2 {
		grid = schema.Grid{axis, axis}
	}
	c := schema.Configuration{
		Case: "example", Inputs: inputs, Outputs: outputs, Hidden: hidden,
		Activation: activation, OutputActivation: last, Weights: law, Biases: law,
		Grid: grid, Connectivity: 6, Networks: int64(networks), KeepFields: int64(networks),
	}
	rows := make([]schema.Row, networks)
	fields := sampler.NewWorker(sampler.Fused, "example", 7).Measure(rows, nil, &c, 0)
	curves := make([][][]float32, networks)
	for _, f := range fields {
		curves[f.Network] = append(curves[f.Network], f.Values)
	}
	return rows, curves
}

// first returns the first output of each network.
func first(networks [][][]float32) [][]float32 {
	curves := make([][]float32, len(networks))
	for i, outputs := range networks {
		curves[i] = outputs[0]
	}
	return curves
}

var line = schema.Axis{From: -6, To: 6, Points: 1001}

// rough are networks of one input that wiggle, measured.
var rough = sync.OnceValues(func() ([]schema.Row, [][][]float32) {
	return sample(1, 1, []int{11, 9}, schema.Tanh, schema.Tanh, line, 1000)
})

// planes are networks of two inputs, measured, their values pre-activations.
var planes = sync.OnceValues(func() ([]schema.Row, [][][]float32) {
	return sample(2, 1, []int{16, 16}, schema.Tanh, schema.Identity, schema.Axis{From: -6, To: 6, Points: 81}, 60)
})

// example is a figure and its shape.
type example struct {
	figure Figure
	tall   float64 // height over width

	variant bool // of a kind that has another example
}

const article = "1-11-9-1, tanh, weights and biases uniform(low=-1, high=1)"

// examples holds one figure of each kind, with real networks where it can.
var examples = map[string]func() example{
	"family":        familyExample,
	"family-relu":   reluExample,
	"multiples":     multiplesExample,
	"maps":          mapsExample,
	"intervals":     intervalsExample,
	"argmax":        argmaxExample,
	"regions":       regionsExample,
	"regions-three": threeRegionsExample,
	"histogram":     histogramExample,
	"ridges":        ridgesExample,
	"bands":         bandsExample,
	"heatmap":       heatMapExample,
	"comparison":    comparisonExample,
	"agreement":     agreementExample,
	"scatter":       scatterExample,
	"convergence":   convergenceExample,
	"graph":         graphExample,
	"graph-wide":    wideGraphExample,
	"panels":        panelsExample,
}

func familyExample() example {
	_, networks := rough()
	return example{Family{
		Style: Style{Title: "Two hidden layers, 11 and 9 units", Subtitle: article, Note: "49 of 1,000 networks"},
		X:     line, Curves: first(networks[:49]), Highlight: 3,
	}, 9. / 16, false}
}

func reluExample() example {
	_, networks := sample(1, 1, []int{32, 32}, schema.ReLU, schema.Identity, line, 30)
	return example{Family{
		Style: Style{Title: "ReLU: broken lines without a floor or a ceiling", Subtitle: "1-32-32-1, relu, output identity", Note: "30 of 1,000 networks", Theme: palette.Light, Palette: palette.Safe},
		X:     line, Curves: first(networks), Highlight: -1,
	}, 9. / 16, true}
}

func multiplesExample() example {
	_, networks := rough()
	m := Multiples{
		Style: Style{Title: "Forty-nine random networks", Subtitle: article, Note: "49 of 1,000 networks"},
		X:     line, Columns: 7,
	}
	for i := range 49 {
		m.Cells = append(m.Cells, Cell{Curves: networks[i]})
	}
	return example{m, 0.75, false}
}

func mapsExample() example {
	_, networks := planes()
	m := Multiples{Style: Style{Title: "Class maps", Subtitle: "2-16-16-1, tanh", Note: "12 of 60 networks"}}
	for i := range 12 {
		map1 := regionsOf(networks[i])
		map1.Bare = true
		m.Cells = append(m.Cells, Cell{Label: fmt.Sprintf("network %d", i), Figure: map1})
	}
	return example{m, 0.72, true}
}

func intervalsExample() example {
	rows, networks := sample(1, 1, []int{11, 9}, schema.Tanh, schema.Identity, line, 200)
	most := 0
	for i, row := range rows {
		if row.Crossings > rows[most].Crossings {
			most = i
		}
	}
	out := make([]float32, line.Points)
	for i, v := range networks[most][0] {
		out[i] = float32(math.Tanh(float64(v)))
	}
	return example{Intervals{
		Style: Style{Title: fmt.Sprintf("The zero line cuts the input into %d intervals", rows[most].Crossings+1), Subtitle: article, Note: fmt.Sprintf("network %d", most)},
		X:     line, Pre: networks[most], Outputs: [][]float32{out},
	}, 9. / 16, false}
}

func argmaxExample() example {
	rows, networks := sample(1, 3, []int{11, 9}, schema.Tanh, schema.Identity, line, 100)
	most := 0
	for i, row := range rows {
		if row.Crossings > rows[most].Crossings {
			most = i
		}
	}
	return example{Intervals{
		Style: Style{Title: "The largest of three outputs wins", Subtitle: "1-11-9-3, tanh, pre-activations", Note: fmt.Sprintf("network %d", most)},
		X:     line, Pre: networks[most],
	}, 9. / 16, true}
}

func regionsOf(outputs [][]float32) Regions {
	axis := schema.Axis{From: -6, To: 6, Points: int(math.Sqrt(float64(len(outputs[0]))))}
	return Regions{Grid: schema.Grid{axis, axis}, Pre: outputs, Islands: islandsOf(outputs, axis.Points)}
}

// islandsOf labels the islands of a class map on n×n points by floods at connectivity 6.
func islandsOf(pre [][]float32, n int) []int32 {
	marks := make([]int32, n*n)
	seen := make([]bool, n*n)
	islands := int32(0)
	for p := range marks {
		if seen[p] {
			continue
		}
		region, border := []int{p}, false
		seen[p] = true
		for k := 0; k < len(region); k++ {
			i, j := region[k]/n, region[k]%n
			border = border || i == 0 || j == 0 || i == n-1 || j == n-1
			for _, d := range [][2]int{{-1, 0}, {1, 0}, {0, -1}, {0, 1}, {1, 1}, {-1, -1}} {
				u, v := i+d[0], j+d[1]
				if u < 0 || v < 0 || u >= n || v >= n {
					continue
				}
				q := u*n + v
				if !seen[q] && classAt(pre, q) == classAt(pre, p) {
					seen[q] = true
					region = append(region, q)
				}
			}
		}
		if !border {
			islands++
			for _, q := range region {
				marks[q] = islands
			}
		}
	}
	return marks
}

func regionsExample() example {
	rows, networks := planes()
	most := 0
	for i, row := range rows {
		if row.Islands > rows[most].Islands || row.Islands == rows[most].Islands && row.Regions > rows[most].Regions {
			most = i
		}
	}
	r := regionsOf(networks[most])
	r.Style = Style{Title: "An island of green in red", Subtitle: "2-16-16-1, tanh, weights uniform(low=-1, high=1)", Note: fmt.Sprintf("network %d", most)}
	return example{r, 0.8, false}
}

func threeRegionsExample() example {
	_, networks := sample(2, 3, []int{16, 16}, schema.Tanh, schema.Identity, schema.Axis{From: -6, To: 6, Points: 61}, 12)
	r := regionsOf(networks[5])
	r.Style = Style{Title: "Three outputs: the largest wins", Subtitle: "2-16-16-3, tanh", Note: "network 5", Theme: palette.Light, Palette: palette.Safe}
	return example{r, 0.8, true}
}
