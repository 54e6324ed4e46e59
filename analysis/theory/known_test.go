package theory

import (
	"errors"
	"math"
	"testing"

	"nodal/schema"
)

// near fails unless got is want to the given relative error.
func near(t *testing.T, what string, got, want, relative float64) {
	t.Helper()
	if !(math.Abs(got-want) <= relative*math.Abs(want)) {
		t.Errorf("%s = %.12g, want %.12g to %g", what, got, want, relative)
	}
}

func normal(variance float64) schema.Law {
	return schema.Law{Distribution: schema.Normal, Std: math.Sqrt(variance)}
}

func fanIn(variance float64) schema.Law {
	l := normal(variance)
	l.Scale = schema.FanIn
	return l
}

var (
	he   = schema.Law{Distribution: schema.HeNormal, Gain: 1}
	none = schema.Law{Distribution: schema.None}
)

// configuration returns one of depth layers of 100 hidden units, a grid axis for each
// input.
func configuration(a schema.Activation, depth int, weights, biases schema.Law, axes ...schema.Axis) schema.Configuration {
	hidden := make([]int, depth)
	for l := range hidden {
		hidden[l] = 100
	}
	return schema.Configuration{Inputs: len(axes), Outputs: 1, Hidden: hidden, Activation: a, OutputActivation: a,
		Weights: weights, Biases: biases, Grid: axes, Connectivity: 6}
}

func process(t *testing.T, c schema.Configuration) *Process {
	t.Helper()
	p, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func value(t *testing.T) func(Value, error) float64 {
	return func(v Value, err error) float64 {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v.Value
	}
}

// The digits of these were found by others' programs: double adaptive quadrature of
// the kernel and its derivatives in SciPy.
func TestKnownNumbers(t *testing.T) {
	wide, unit := schema.Axis{From: -5, To: 5, Points: 1001}, schema.Axis{From: -1, To: 1, Points: 1001}
	v := value(t)
	for _, tt := range []struct {
		name   string
		c      schema.Configuration
		number func(*Process) (Value, error)
		want   float64
		within float64 // half a unit of the last digit
	}{
		{"erf, one layer", configuration(schema.Erf, 1, fanIn(4), normal(.05), wide), (*Process).Crossings, 1.2399, 5e-5},
		{"erf, three layers", configuration(schema.Erf, 3, fanIn(4), normal(.05), wide), (*Process).Crossings, 1.6369, 5e-5},
		{"ReLU, one layer", configuration(schema.ReLU, 1, fanIn(2), normal(1), unit), (*Process).Crossings, .5, 5e-5},
		{"ReLU, three layers", configuration(schema.ReLU, 3, fanIn(2), normal(1), unit), (*Process).Crossings, .3918, 5e-5},
		{"breakpoints", configuration(schema.ReLU, 3, he, normal(1), unit),
			func(p *Process) (Value, error) { return p.Breakpoints(1) }, 200 / math.Pi * math.Atan(math.Sqrt2), 1e-12},
		{"tanh, length", configuration(schema.Tanh, 1, fanIn(4), normal(.05), unit, unit), (*Process).BoundaryLength, 2.371, 5e-4},
		{"tanh, border", configuration(schema.Tanh, 1, fanIn(4), normal(.05), unit, unit), (*Process).BorderChanges, 2.359, 5e-4},
	} {
		t.Run(tt.name, func(t *testing.T) {
			near(t, tt.name, v(tt.number(process(t, tt.c))), tt.want, tt.within/tt.want)
		})
	}
}

func TestInapplicable(t *testing.T) {
	axis := schema.Axis{From: -1, To: 1, Points: 11}
	shifted := schema.Law{Distribution: schema.Uniform, Low: 0, High: 1}
	even := schema.Law{Distribution: schema.Uniform, Low: -1, High: 1}
	for _, tt := range []struct {
		c    schema.Configuration
		want string
	}{
		{configuration(schema.Tanh, 1, shifted, none, axis), "weights have mean 0.5, not 0"},
		{configuration(schema.Tanh, 1, he, shifted, axis), "biases have mean 0.5, not 0"},
		{configuration(schema.Tanh, 1, he, even, axis), "biases are uniform, so no layer's pre-activations become Gaussian"},
		{configuration(schema.Tanh, 0, even, none, axis), "no hidden layer and uniform weights: not a Gaussian process"},
		{configuration(schema.ReLU, 250, normal(1), none, axis), // 50^182 > 2^1024 > 50^181
			"variance overflows at layer 183"},
		{configuration(schema.Tanh, 9, normal(1e-40), none, axis), // 10^(-40-38l) in layer l+1
			"variance vanishes at layer 9"},
	} {
		_, err := New(tt.c)
		var is *Inapplicable
		if !errors.As(err, &is) || is.Reason != tt.want {
			t.Errorf("New(%s) gives %v, want %q", tt.c.Canonical(), err, tt.want)
		}
	}
	p := process(t, configuration(schema.Step, 1, he, none, axis))
	if _, err := p.Crossings(); err == nil {
		t.Error("zeros behind step units were counted")
	}
	if _, err := p.BoundaryLength(); err == nil {
		t.Error("a boundary with one input was measured")
	}
}
