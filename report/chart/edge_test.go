package chart

import (
	"fmt"
	"math"
	"strings"

	"nodal/schema"
)

var longName = strings.Repeat("a configuration with a name of sixty letters ", 2)[:60]

// odd holds figures of data at the edge: none, one point, constants, huge values, long
// names, many configurations.
func odd() map[string]Figure {
	style := Style{Title: strings.Repeat("A title that is far too long for one line ", 3), Subtitle: strings.Repeat("configuration ", 20), Note: longName}
	axis := schema.Axis{From: -6, To: 6, Points: 3}
	square := schema.Grid{axis, axis}
	one := []float32{0, 0, 0}
	many := make([]Ratio, 300)
	lines := make([]Growth, 300)
	clouds := make([]Cloud, 300)
	names := make([]string, 40)
	table := make([][]Value, 40)
	predictions := make([]Prediction, 300)
	for i := range many {
		name := fmt.Sprint(longName, i)
		many[i] = Ratio{fmt.Sprint(longName, i/3), name, 1 + float64(i), 1, 1e6, i%4 != 0, "1 (1 to 1000000)"}
		lines[i] = Growth{name, []int{10, 100}, []float64{1, float64(i)}, []float64{0, 1}, 10}
		clouds[i] = Cloud{name, []float64{float64(i)}, []float64{1e9 * float64(i)}}
		predictions[i] = Prediction{name, float64(i), 0, float64(i + i%2)}
	}
	for i := range table {
		names[i] = fmt.Sprint(longName, i)
		table[i] = make([]Value, 40)
		table[i][i] = Value{1e9 * float64(i), 1e-3, true}
	}
	constant := Distribution{Name: longName, Edges: []float64{4.5, 5.5}, Counts: []int64{7}, N: 7, Mean: 5}
	huge := Distribution{Name: longName, Edges: []float64{-1e30, 0, 1e30}, Counts: []int64{7, 1}, N: 8, Mean: 1e29, Error: 1e28}
	return map[string]Figure{
		"family none":          Family{Style: style},
		"family constant":      Family{Style: style, X: axis, Curves: [][]float32{one}},
		"family huge":          Family{Style: style, X: axis, Curves: [][]float32{{-math.MaxFloat32, 0, math.MaxFloat32}, {1, 2, 3}}, Highlight: 5},
		"family one point":     Family{Style: style, X: schema.Axis{From: 1, To: 1, Points: 1}, Curves: [][]float32{{3}}},
		"multiples none":       Multiples{Style: style},
		"multiples one":        Multiples{Style: style, X: axis, Cells: []Cell{{Label: longName, Curves: [][]float32{one}}}},
		"multiples many":       Multiples{Style: style, X: axis, Cells: make([]Cell, 300)},
		"intervals none":       Intervals{Style: style},
		"intervals constant":   Intervals{Style: style, X: axis, Pre: [][]float32{one}},
		"intervals ties":       Intervals{Style: style, X: axis, Pre: [][]float32{one, one, one}},
		"regions none":         Regions{Style: style},
		"regions constant":     Regions{Style: style, Grid: square, Pre: [][]float32{make([]float32, 9)}, Islands: make([]int32, 9)},
		"regions thin":         Regions{Style: style, Grid: schema.Grid{axis, {From: 0, To: 1, Points: 1}}, Pre: [][]float32{{-1, 0, 1}}},
		"histogram none":       Histogram{Style: style},
		"histogram empty":      Histogram{Style: style, Distributions: []Distribution{{Name: longName}}},
		"histogram constant":   Histogram{Style: style, Column: longName, Distributions: []Distribution{constant}},
		"histogram huge":       Histogram{Style: style, Column: longName, Distributions: []Distribution{huge, constant}},
		"heatmap none":         HeatMap{Style: style, Rows: []string{"1"}, Columns: []string{"1"}, Values: [][]Value{{{}}}},
		"heatmap one":          HeatMap{Style: style, Column: longName, RowLabel: longName, ColumnLabel: longName, Rows: []string{longName}, Columns: []string{longName}, Values: [][]Value{{{1, 0, true}}}},
		"heatmap many":         HeatMap{Style: style, Column: longName, RowLabel: longName, ColumnLabel: longName, Rows: names, Columns: names, Values: table},
		"comparison none":      Comparison{Style: style},
		"comparison one":       Comparison{Style: style, Label: longName, Ratios: many[:1]},
		"comparison many":      Comparison{Style: style, Label: longName, Ratios: many},
		"comparison infinite":  Comparison{Style: style, Label: longName, Ratios: []Ratio{{"a", "b", math.Inf(1), 0, 0, false, "no ratio"}, {"a", "c", 0, 0, 0.5, true, ""}}},
		"agreement none":       Agreement{Style: style},
		"agreement one":        Agreement{Style: style, Column: longName, Predictions: predictions[:1]},
		"agreement many":       Agreement{Style: style, Column: longName, Predictions: predictions},
		"scatter none":         Scatter{Style: style, Clouds: []Cloud{{Name: longName}}},
		"scatter one":          Scatter{Style: style, XLabel: longName, YLabel: longName, Clouds: clouds[:1]},
		"scatter many":         Scatter{Style: style, XLabel: longName, YLabel: longName, Clouds: clouds},
		"scatter nothing fits": Scatter{Style: style, LogX: true, LogY: true, Clouds: []Cloud{{"all zero", []float64{0}, []float64{-1}}}},
		"convergence none":     Convergence{Style: style},
		"convergence many":     Convergence{Style: style, Column: longName, Growth: lines},
		"graph none":           Graph{Style: style},
		"graph large":          Graph{Style: style, Layers: []int{3, 4096, 9, 9, 9, 9, 9, 9, 9, 26}, Activation: longName},
		"panels none":          Panels{Style: style},
		"panels of panels":     Panels{Style: style, Figures: []Figure{Panels{Style: style}, Family{}, Graph{Layers: []int{1, 1}}}},
	}
}
