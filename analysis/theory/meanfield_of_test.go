package theory

import (
	"math"
	"testing"

	"nodal/schema"
)

func TestMeanFieldOf(t *testing.T) {
	uniform := schema.Law{Distribution: schema.Uniform, Low: -1, High: 1}
	for _, tt := range []struct {
		name         string
		hidden       []int
		weights      schema.Law
		biases       schema.Law
		weight, bias float64
		none         bool
	}{
		{name: "scaled", hidden: []int{3, 50, 7}, weights: schema.Law{Distribution: schema.Normal, Std: 2, Scale: schema.FanIn},
			biases: schema.Law{Distribution: schema.Normal, Std: .5}, weight: 4, bias: .25},
		{name: "He", hidden: []int{10}, weights: schema.Law{Distribution: schema.HeUniform, Gain: 1}, biases: schema.Law{Distribution: schema.None}, weight: 2},
		{name: "uniform, equal widths", hidden: []int{30, 30}, weights: uniform, biases: uniform, weight: 10, bias: 1. / 3},
		{name: "uniform, other widths", hidden: []int{30, 20}, weights: uniform, biases: uniform, none: true},
		{name: "no hidden layer", weights: schema.Law{Distribution: schema.Normal, Std: 2}, biases: schema.Law{Distribution: schema.None}, none: true},
		{name: "shifted", hidden: []int{3}, weights: schema.Law{Distribution: schema.Uniform, Low: 0, High: 1}, biases: schema.Law{Distribution: schema.None}, none: true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m, ok := MeanFieldOf(schema.Configuration{Inputs: 1, Outputs: 1, Hidden: tt.hidden, Activation: schema.Tanh, Weights: tt.weights, Biases: tt.biases})
			if ok == tt.none {
				t.Fatalf("mean field %+v, %v", m, ok)
			}
			if ok && (math.Abs(m.WeightVariance-tt.weight) > 1e-12 || math.Abs(m.BiasVariance-tt.bias) > 1e-12 || m.Activation != schema.Tanh) {
				t.Errorf("mean field %+v, want variances %v and %v", m, tt.weight, tt.bias)
			}
		})
	}
}

// Odd activations without biases forget correlations on the chaotic side: c* is 0 and
// the depth -1/log σw²(E φ')²; for erf E φ' = 2/√π/√(1+2q), for sin e^(-q/2).
func TestCorrelationDepthWithoutBiases(t *testing.T) {
	for _, tt := range []struct {
		activation schema.Activation
		weights    float64
		slope      func(q float64) float64
	}{
		{schema.Erf, 1, func(q float64) float64 { return 2 / math.Sqrt(math.Pi*(1+2*q)) }},
		{schema.Erf, 3, func(q float64) float64 { return 2 / math.Sqrt(math.Pi*(1+2*q)) }},
		{schema.Sin, 2, func(q float64) float64 { return math.Exp(-q / 2) }},
		{schema.Sin, 3, func(q float64) float64 { return math.Exp(-q / 2) }},
	} {
		m := MeanField{tt.activation, tt.weights, 0}
		q, _ := m.Variance()
		depth, ok := m.CorrelationDepth()
		slope := tt.slope(q.Value)
		if want := -1 / math.Log(tt.weights*slope*slope); !ok || math.Abs(depth.Value/want-1) > 1e-6 {
			t.Errorf("%s at %v: depth %v %v, want %v", tt.activation, tt.weights, depth.Value, ok, want)
		}
	}
}
