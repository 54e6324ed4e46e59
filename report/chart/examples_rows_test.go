package chart

import (
	"fmt"
	"math"

	"nodal/report/palette"
	"nodal/schema"
)

// distribution is the histogram of crossings of networks with such hidden layers.
func distribution(hidden []int, networks int) Distribution {
	axis := line
	axis.Points = 201
	rows, _ := sample(1, 1, hidden, schema.Tanh, schema.Tanh, axis, networks)
	values := make([]float64, len(rows))
	d := Distribution{Name: fmt.Sprint("hidden ", hidden), N: int64(len(rows))}
	for i, row := range rows {
		values[i] = float64(row.Crossings)
		d.Mean += values[i] / float64(len(rows))
	}
	for _, v := range values {
		d.Error += (v - d.Mean) * (v - d.Mean)
	}
	d.Error = math.Sqrt(d.Error) / float64(len(rows))
	d.Edges, d.Counts = Bins(values, 40)
	return d
}

func histogramExample() example {
	return example{Histogram{
		Style:         Style{Title: "How often does a random network cross zero?", Subtitle: article, Note: "n = 1,000"},
		Column:        "zero crossings",
		Distributions: []Distribution{distribution([]int{11, 9}, 1000)},
	}, 9. / 16, false}
}

func ridgesExample() example {
	h := Histogram{Style: Style{Title: "Twenty units in one to four layers", Subtitle: "one input, tanh, 500 networks each", Note: "5 configurations"}, Column: "zero crossings"}
	for _, hidden := range [][]int{{}, {20}, {10, 10}, {7, 7, 6}, {5, 5, 5, 5}} {
		h.Distributions = append(h.Distributions, distribution(hidden, 500))
	}
	return example{h, 0.7, false}
}

func bandsExample() example {
	h := Histogram{Style: Style{Title: "Three hundred configurations at once", Subtitle: "made up", Note: "300 configurations"}, Column: "value"}
	for i := range 300 {
		d := Distribution{Name: fmt.Sprintf("configuration %d", i), Mean: 3 + 2*math.Sin(float64(i)/30), Error: 0.05, N: 1000}
		for k := range 31 {
			d.Edges = append(d.Edges, float64(k)/3)
		}
		for k := range 30 {
			z := (float64(k)/3 - d.Mean) / (0.8 + float64(i)/300)
			d.Counts = append(d.Counts, int64(100*math.Exp(-z*z/2)))
		}
		h.Distributions = append(h.Distributions, d)
	}
	return example{h, 0.7, true}
}

func heatMapExample() example {
	h := HeatMap{
		Style:  Style{Title: "Crossings by depth and width", Subtitle: "one input, tanh, uniform(low=-1, high=1)", Note: "n = 20,000 in each cell"},
		Column: "mean zero crossings", RowLabel: "hidden layers", ColumnLabel: "units in each layer",
		Rows: []string{"1", "2", "3", "4"}, Columns: []string{"4", "8", "16", "32", "64", "128"},
	}
	for i := range h.Rows {
		var row []Value
		for j := range h.Columns {
			row = append(row, Value{0.9 + 0.31*float64(i*i) + 0.23*float64(i*j), 0.004 * float64(1+i), i*j < 14})
		}
		h.Values = append(h.Values, row)
	}
	return example{h, 0.62, false}
}

func comparisonExample() example {
	c := Comparison{
		Style: Style{Title: "What depth buys", Subtitle: "equal parameters, tanh, one input; 95 % intervals", Note: "20,000 networks a side"},
		Label: "ratio to the mean of one layer of 100",
	}
	for i, measure := range []string{"two or more crossings", "turning points", "total variation", "roughness"} {
		for j, side := range []string{"2 layers (11-9)", "3 layers (8-8-8)", "4 layers (7-7-7-6)"} {
			v := math.Exp(0.25*float64(i-1)*float64(j+1)) + 0.02
			low, high := v*(1-0.07), v*(1+0.07)
			c.Ratios = append(c.Ratios, Ratio{measure, side, v, low, high, true, fmt.Sprintf("%.2f (%.2f to %.2f)", v, low, high)})
		}
	}
	return example{c, 0.75, false}
}

func agreementExample() example {
	a := Agreement{
		Style:  Style{Title: "Wide networks cross zero as theory says", Subtitle: "erf and relu, one input, 256 to 4,096 units", Note: "n = 10,000 each"},
		Column: "zero crossings",
	}
	for i := range 24 {
		p := 0.4 + 0.11*float64(i)
		noise := 1.3 * math.Sin(float64(i*i)*1.7)
		a.Predictions = append(a.Predictions, Prediction{[]string{"erf", "relu", "erf, narrow input range"}[i%3], p + 0.02*noise, 0.02, p})
	}
	a.Predictions[5].Measured += 0.7 // 35 standard errors and more
	a.Predictions[12].Measured -= 0.5
	a.Predictions[20].Error = 0
	return example{a, 0.85, false}
}

func scatterExample() example {
	s := Scatter{
		Style:  Style{Title: "Rough functions go up and down more", Subtitle: "total variation for one input", Note: "3 × 600 networks"},
		XLabel: "roughness", YLabel: "total variation", LogX: true, LogY: true,
	}
	axis := line
	axis.Points = 201
	for _, hidden := range [][]int{{20}, {10, 10}, {5, 5, 5, 5}} {
		rows, _ := sample(1, 1, hidden, schema.Tanh, schema.Tanh, axis, 600)
		cloud := Cloud{Name: fmt.Sprint("hidden ", hidden)}
		for _, row := range rows {
			cloud.X, cloud.Y = append(cloud.X, row.Roughness), append(cloud.Y, row.TotalVariation)
		}
		s.Clouds = append(s.Clouds, cloud)
	}
	return example{s, 0.7, false}
}

func convergenceExample() example {
	c := Convergence{
		Style:  Style{Title: "When is a grid fine enough?", Subtitle: "two inputs, the first 64 networks of each configuration", Note: "n = 64 each"},
		Column: "regions",
	}
	for i, name := range []string{"2-16-16-1 tanh", "2-16-16-3 tanh", "2-64-64-1 sin, normal(std=2)"} {
		g := Growth{Name: name, Own: 101}
		for k := range 5 {
			n := 50<<k + 1
			g.Points = append(g.Points, n)
			g.Means = append(g.Means, float64(3+4*i)*(1-float64(5+15*i)/float64(n)))
			g.Errors = append(g.Errors, 0.2+0.15*float64(i))
		}
		c.Growth = append(c.Growth, g)
	}
	return example{c, 0.7, false}
}

// weights fills layers with numbers between -1 and 1 that look random.
func weights(layers []int) (weights, biases [][]float32) {
	state := uint32(7)
	next := func(n int) []float32 {
		list := make([]float32, n)
		for i := range list {
			state = state*1664525 + 1013904223 // Numerical Recipes' generator
			list[i] = float32(state)/(1<<31) - 1
		}
		return list
	}
	for l, n := range layers[1:] {
		weights = append(weights, next(n*layers[l]))
		biases = append(biases, next(n))
	}
	return weights, biases
}

func graphExample() example {
	layers := []int{2, 5, 4, 1}
	w, b := weights(layers)
	return example{Graph{
		Style:  Style{Title: "A network of 2-5-4-1", Subtitle: "weights and biases uniform(low=-1, high=1)", Note: "network 7"},
		Layers: layers, Weights: w, Biases: b, Activation: "tanh",
	}, 0.62, false}
}

func wideGraphExample() example {
	layers := []int{1, 100, 12, 3}
	w, b := weights(layers)
	return example{Graph{
		Style:  Style{Title: "A network of 1-100-12-3", Theme: palette.Light, Palette: palette.Safe},
		Layers: layers, Weights: w, Biases: b, Activation: "tanh", OutputActivation: "identity",
	}, 0.7, true}
}

func panelsExample() example {
	p := Panels{Style: Style{Title: "The same networks, closer and closer", Subtitle: article, Note: "20 of 1,000 networks"}, Columns: 3}
	for _, end := range []float64{1, 6, 60} {
		axis := schema.Axis{From: -end, To: end, Points: 401}
		_, networks := sample(1, 1, []int{11, 9}, schema.Tanh, schema.Tanh, axis, 20)
		p.Figures = append(p.Figures, Family{Style: Style{Title: fmt.Sprintf("from −%g to %g", end, end)}, X: axis, Curves: first(networks), Highlight: 3})
	}
	return example{p, 0.42, false}
}
