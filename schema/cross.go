package schema

import (
	"fmt"
	"math"
)

// Bounds on what one sweep file may expand to. A configuration takes about
// half a kilobyte, a hidden layer eight bytes.
const (
	maxConfigurations = 100_000
	maxLayers         = 10_000_000 // hidden layers of all configurations together
)

// crossing is a case as a product of lists: choice i of every dimension comes
// with the fields of the file it was made from.
type crossing struct {
	c      *Case
	path   string
	first  int64   // configurations of the sweep before this case
	shapes [][]int // hidden layers by inputs, outputs, depth and size
	laws   [2][]lawChoice
	radix  [dimensions]int64 // number of choices in every dimension
}

// The dimensions of a crossing. A case with hidden has one size; a case without
// output_activation has one choice there, which follows the activation.
const (
	byInputs = iota
	byOutputs
	byDepth // or by the architectures of hidden
	bySize
	byActivation
	byOutputActivation
	byWeights
	byBiases
	dimensions
)

// lawChoice is one law out of the lists of a case.
type lawChoice struct {
	law   Law
	paths []string
}

// newCrossing counts the choices of a case without making them.
func newCrossing(c *Case, path string) *crossing {
	x := &crossing{c: c, path: path}
	_, sizes := c.sizes()
	x.radix = [dimensions]int64{
		byInputs:           int64(len(c.Inputs)),
		byOutputs:          int64(len(c.Outputs)),
		byDepth:            int64(max(len(c.Hidden), len(c.Depth))),
		bySize:             int64(max(1, len(sizes))),
		byActivation:       int64(len(c.Activation)),
		byOutputActivation: int64(max(1, len(c.OutputActivation))),
		byWeights:          countLaws(c.Weights),
		byBiases:           countLaws(c.Biases),
	}
	return x
}

// sizes returns the list that goes with depth, and its key.
func (c *Case) sizes() (key string, sizes OneOrMany[int64]) {
	switch {
	case c.Width != nil:
		return "width", c.Width
	case c.Units != nil:
		return "units", c.Units
	case c.Parameters != nil:
		return "parameters", c.Parameters
	}
	return "hidden", nil
}

// count returns the number of configurations of the case, at most
// math.MaxInt64.
func (x *crossing) count() int64 {
	n := int64(1)
	for _, choices := range x.radix {
		n = saturatingProduct(n, choices)
	}
	return n
}

// layers returns the number of hidden layers of all configurations of the case
// together, which may exceed maxConfigurations only by what lists allow.
func (x *crossing) layers() int64 {
	var depths int64
	for _, widths := range x.c.Hidden {
		depths += int64(len(widths))
	}
	for _, depth := range x.c.Depth {
		depths += depth
	}
	return saturatingProduct(x.count()/x.radix[byDepth], depths)
}

// saturatingProduct returns a·b for a, b ≥ 0, or math.MaxInt64 if it is larger.
func saturatingProduct(a, b int64) int64 {
	if b > 0 && a > math.MaxInt64/b {
		return math.MaxInt64
	}
	return a * b
}

// countLaws returns the number of laws that the lists of a case make.
func countLaws(sets OneOrMany[LawSet]) int64 {
	var n int64
	for _, s := range sets {
		product := int64(1)
		for _, choices := range []int{len(s.Distribution), len(s.Low), len(s.High), len(s.Std), len(s.Gain), len(s.Scale)} {
			product = saturatingProduct(product, int64(max(1, choices)))
		}
		n = min(n, math.MaxInt64-product) + product
	}
	return n
}

// digits returns the choice of every dimension for configuration k of the case.
func (x *crossing) digits(k int64) [dimensions]int64 {
	var digits [dimensions]int64
	for i := dimensions - 1; i >= 0; i-- {
		digits[i] = k % x.radix[i]
		k /= x.radix[i]
	}
	return digits
}

// at returns configuration k of the case.
func (x *crossing) at(k int64) Configuration {
	c, digit := x.c, x.digits(k)
	configuration := Configuration{
		Case:             c.Name,
		Inputs:           int(c.Inputs[digit[byInputs]]),
		Outputs:          int(c.Outputs[digit[byOutputs]]),
		Hidden:           x.shapes[x.shape(digit)],
		Activation:       c.Activation[digit[byActivation]],
		OutputActivation: c.Activation[digit[byActivation]],
		Weights:          x.laws[0][digit[byWeights]].law,
		Biases:           x.laws[1][digit[byBiases]].law,
		Connectivity:     int(*c.Connectivity),
		Networks:         c.Networks.Max,
		KeepFields:       min(*c.KeepFields, c.Networks.Max),
		Until:            c.Networks.Until,
	}
	if c.OutputActivation != nil {
		configuration.OutputActivation = c.OutputActivation[digit[byOutputActivation]]
	}
	for i := range configuration.Inputs {
		configuration.Grid = append(configuration.Grid, c.Grid.axis(i))
	}
	configuration.Columns = configuration.allowed(c.Columns)
	return configuration
}

// shape returns the index into shapes.
func (x *crossing) shape(digit [dimensions]int64) int64 {
	var index int64
	for i := byInputs; i <= bySize; i++ {
		index = index*x.radix[i] + digit[i]
	}
	return index
}

// makeShapes fills the table of hidden layers and reports sizes that no
// network within bounds has.
func (d *decoder) makeShapes(x *crossing) {
	total := x.radix[byInputs] * x.radix[byOutputs] * x.radix[byDepth] * x.radix[bySize]
	perInput := x.radix[byDepth] * x.radix[bySize]
	x.shapes = make([][]int, total)
	reported := map[string]bool{}
	for k := range total {
		if k >= perInput && x.c.Parameters == nil {
			x.shapes[k] = x.shapes[k-perInput] // does not depend on inputs and outputs
			continue
		}
		size := k % x.radix[bySize]
		depth := k / x.radix[bySize] % x.radix[byDepth]
		outputs := k / perInput % x.radix[byOutputs]
		inputs := k / perInput / x.radix[byOutputs]
		hidden, want := x.hidden(inputs, outputs, depth, size)
		if key, sizes := x.c.sizes(); want != "" {
			if field := d.choicePath(keyPath(x.path, key), int(size)); !reported[field] {
				reported[field] = true
				d.failAt(d.places[field], field, fmt.Sprint(sizes[size]), want)
			}
		}
		x.shapes[k] = hidden
	}
}

// hidden returns the hidden layers for one choice of inputs, outputs, depth and
// size, or what a possible size would be.
func (x *crossing) hidden(inputs, outputs, depth, size int64) (hidden []int, want string) {
	c := x.c
	if c.Hidden != nil {
		hidden = make([]int, len(c.Hidden[depth]))
		for l, width := range c.Hidden[depth] {
			hidden[l] = int(width)
		}
		return hidden, ""
	}
	layers := c.Depth[depth]
	switch {
	case c.Width != nil:
		return equalWidths(layers, c.Width[size]), ""
	case c.Units != nil:
		units := c.Units[size]
		if units < layers || units > layers*MaxWidth {
			return nil, fmt.Sprintf("from %d to %d units at depth %d", layers, layers*MaxWidth, layers)
		}
		return splitUnits(layers, units), ""
	}
	width := nearestWidth(c.Inputs[inputs], c.Outputs[outputs], layers, c.Parameters[size])
	if width > MaxWidth {
		most := equalParameters(c.Inputs[inputs], c.Outputs[outputs], layers, MaxWidth)
		return nil, fmt.Sprintf("at most %d parameters at depth %d, where the layers are %d wide", most, layers, MaxWidth)
	}
	return equalWidths(layers, width), ""
}

// crossLaws returns every law that the lists of a case make.
func (d *decoder) crossLaws(path string, sets OneOrMany[LawSet]) []lawChoice {
	var all []lawChoice
	for i, set := range sets {
		path := d.choicePath(path, i)
		laws := []lawChoice{{paths: []string{path}}}
		laws = crossLaw(d, laws, keyPath(path, "distribution"), set.Distribution, func(l *Law, v Distribution) { l.Distribution = v })
		laws = crossLaw(d, laws, keyPath(path, "low"), set.Low, func(l *Law, v float64) { l.Low = v })
		laws = crossLaw(d, laws, keyPath(path, "high"), set.High, func(l *Law, v float64) { l.High = v })
		laws = crossLaw(d, laws, keyPath(path, "std"), set.Std, func(l *Law, v float64) { l.Std = v })
		laws = crossLaw(d, laws, keyPath(path, "gain"), set.Gain, func(l *Law, v float64) { l.Gain = v })
		laws = crossLaw(d, laws, keyPath(path, "scale"), set.Scale, func(l *Law, v Scale) { l.Scale = v })
		all = append(all, laws...)
	}
	for i := range all {
		law := &all[i].law
		if _, optional := law.Distribution.Keys(); len(optional) > 0 && optional[0] == "gain" && law.Gain == 0 {
			law.Gain = 1
		}
	}
	return all
}

// crossLaw crosses laws with one more list, if it is given.
func crossLaw[T any](d *decoder, laws []lawChoice, path string, list OneOrMany[T], set func(*Law, T)) []lawChoice {
	if len(list) == 0 {
		return laws
	}
	crossed := make([]lawChoice, 0, len(laws)*len(list))
	for _, choice := range laws {
		for i, value := range list {
			paths := append(choice.paths[:len(choice.paths):len(choice.paths)], d.choicePath(path, i))
			next := lawChoice{choice.law, paths}
			set(&next.law, value)
			crossed = append(crossed, next)
		}
	}
	return crossed
}
