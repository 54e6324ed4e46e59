package piecewise

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"nodal/schema"
)

// ratLine is a line in exact arithmetic.
type ratLine struct{ slope, intercept *big.Rat }

func (f ratLine) at(x *big.Rat) *big.Rat {
	y := new(big.Rat).Mul(f.slope, x)
	return y.Add(y, f.intercept)
}

func (f ratLine) equal(g ratLine) bool {
	return f.slope.Cmp(g.slope) == 0 && f.intercept.Cmp(g.intercept) == 0
}

// times returns factor·f + plus.
func (f ratLine) times(factor *big.Rat, plus ratLine) ratLine {
	s, c := new(big.Rat).Mul(f.slope, factor), new(big.Rat).Mul(f.intercept, factor)
	return ratLine{s.Add(s, plus.slope), c.Add(c, plus.intercept)}
}

// interval is an open interval on which the values of a layer are lines.
type interval struct {
	a, b   *big.Rat
	values []ratLine
}

func (v interval) middle() *big.Rat {
	m := new(big.Rat).Add(v.a, v.b)
	return m.Mul(m, big.NewRat(1, 2))
}

// cut returns the interval cut at the zeros of the lines.
func (v interval) cut(lines []ratLine) []interval {
	ends := []*big.Rat{v.a, v.b}
	for _, f := range lines {
		if f.slope.Sign() == 0 {
			continue
		}
		zero := new(big.Rat).Quo(f.intercept, f.slope)
		if zero.Neg(zero); zero.Cmp(v.a) > 0 && zero.Cmp(v.b) < 0 {
			ends = append(ends, zero)
		}
	}
	slices.SortFunc(ends, (*big.Rat).Cmp)
	ends = slices.CompactFunc(ends, func(x, y *big.Rat) bool { return x.Cmp(y) == 0 })
	var parts []interval
	for i, b := range ends[1:] {
		parts = append(parts, interval{ends[i], b, v.values})
	}
	return parts
}

func rat(x float64) *big.Rat { return new(big.Rat).SetFloat64(x) }

var ratZero = ratLine{new(big.Rat), new(big.Rat)}

// exactCounts counts in exact rational arithmetic, layer by layer along the whole
// line, and decides every sign in the middle of an interval without zeros.
func exactCounts(n *network, from, to float64) Counts {
	line := []interval{{rat(from), rat(to), []ratLine{{big.NewRat(1, 1), new(big.Rat)}}}}
	counts := Counts{Breakpoints: []int64{}}
	last := len(n.weights) - 1
	for l := range last {
		var next []interval
		var before []bool
		var breakpoints int64
		for _, v := range line {
			pre := exactLayer(n, l, v.values)
			for _, part := range v.cut(pre) {
				above, post := make([]bool, len(pre)), make([]ratLine, len(pre))
				for i, f := range pre {
					above[i] = f.at(part.middle()).Sign() >= 0
					post[i] = exactActivation(n.activation, f, above[i])
					if before != nil && above[i] != before[i] && n.activation != schema.Identity {
						breakpoints++
					}
				}
				next, before = append(next, interval{part.a, part.b, post}), above
			}
		}
		line, counts.Breakpoints = next, append(counts.Breakpoints, breakpoints)
	}
	before := -1
	var outputs []ratLine
	for _, v := range line {
		lines := exactLayer(n, last, v.values)
		if outputs == nil || !slices.EqualFunc(lines, outputs, ratLine.equal) {
			counts.Pieces++
		}
		outputs = lines
		for _, part := range v.cut(slices.Concat(lines, differences(lines))) {
			class := exactClass(lines, part.middle())
			if before >= 0 && class != before {
				counts.Crossings++
			}
			before = class
		}
	}
	return counts
}

func exactLayer(n *network, l int, values []ratLine) []ratLine {
	var pre []ratLine
	for i, b := range n.biases[l] {
		f := ratLine{new(big.Rat), rat(float64(b))}
		for k, v := range values {
			f = v.times(rat(float64(n.weights[l][i*len(values)+k])), f)
		}
		pre = append(pre, f)
	}
	return pre
}

func exactActivation(a schema.Activation, f ratLine, above bool) ratLine {
	switch {
	case a == schema.Identity, a != schema.Step && above:
		return f
	case a == schema.Step && above:
		return ratLine{new(big.Rat), big.NewRat(1, 1)}
	case a == schema.LeakyReLU:
		return f.times(rat(float64(float32(0.01))), ratZero)
	}
	return ratZero
}

// differences returns those of all pairs.
func differences(lines []ratLine) (all []ratLine) {
	for i, f := range lines {
		for _, g := range lines[:i] {
			all = append(all, g.times(big.NewRat(-1, 1), f))
		}
	}
	return all
}

func exactClass(lines []ratLine, x *big.Rat) int {
	if len(lines) == 1 {
		return (1 - lines[0].at(x).Sign()) / 2 // 1, 0 → 0 and -1 → 1
	}
	class := 0
	for i, f := range lines {
		if f.at(x).Cmp(lines[class].at(x)) > 0 {
			class = i
		}
	}
	return class
}

var activations = []schema.Activation{schema.Identity, schema.ReLU, schema.LeakyReLU, schema.Step}

// Random networks, whose lines are rounded.
func TestWalkIsExactOnRandomNetworks(t *testing.T) {
	for _, tt := range []struct {
		name       string
		layers     []int
		gain, bias float64
		networks   int
	}{
		{"no hidden layer", []int{1, 3}, 1, 1, 50},
		{"one", []int{1, 20, 1}, 1.4, 1, 20},
		{"two", []int{1, 8, 8, 1}, 1.4, 0.3, 20},
		{"no biases", []int{1, 6, 6, 2}, 1.4, 0, 20},
		{"three", []int{1, 6, 6, 6, 1}, 1.4, 0.1, 20},
		{"deep", []int{1, 4, 4, 4, 4, 4, 4, 1}, 2, 0.1, 10},
		{"bottleneck", []int{1, 10, 1, 5, 1}, 2, 0.2, 20},
		{"two outputs", []int{1, 8, 8, 2}, 1.4, 0.3, 20},
		{"many outputs", []int{1, 8, 8, 9}, 1.4, 0.3, 20},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(1, 2))
			for _, a := range activations {
				for range tt.networks {
					n := random(r, a, tt.gain, tt.bias, tt.layers...)
					checkCounts(t, string(a), n.walk(t, -1, 1.5), exactCounts(n, -1, 1.5))
				}
			}
		})
	}
}
