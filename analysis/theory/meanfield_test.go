package theory

import (
	"math"
	"testing"

	"nodal/schema"
)

func TestMeanFieldOnPaper(t *testing.T) {
	relu := MeanField{schema.ReLU, 1.5, .2}
	q, ok := relu.Variance()
	if !ok {
		t.Fatal("ReLU at 1.5 has no variance")
	}
	near(t, "ReLU's q*, σb²/(1-σw²/2)", q.Value, .8, 1e-10)
	chi, _ := relu.Chi()
	near(t, "ReLU's χ, σw²/2", chi.Value, .75, 1e-12)
	depth, _ := relu.CorrelationDepth()
	near(t, "ReLU's depth", depth.Value, -1/math.Log(.75), 1e-9)
	depth, _ = relu.VarianceDepth()
	near(t, "ReLU's depth of variances", depth.Value, -1/math.Log(.75), 1e-9)

	linear := MeanField{schema.Identity, .5, 1}
	q, _ = linear.Variance()
	near(t, "identity's q*, σb²/(1-σw²)", q.Value, 2, 1e-10)

	// Where E φ² is e^(-q) sinh q: at σw² = 2q/(1-e^(-2q)), χ = σw²(1+e^(-2q))/2 = q coth q.
	sin := MeanField{schema.Sin, 1.4 / (1 - math.Exp(-1.4)), 0}
	q, _ = sin.Variance()
	near(t, "sin's q*", q.Value, .7, 1e-9)
	chi, _ = sin.Chi()
	near(t, "sin's χ", chi.Value, .7/math.Tanh(.7), 1e-9)
}

// Each is a fact of one of the cited papers.
func TestMeanFieldPhases(t *testing.T) {
	for _, tt := range []struct {
		name     string
		m        MeanField
		variance bool
		chaotic  bool
	}{
		{"tanh, order", MeanField{schema.Tanh, 1.5, .05}, true, false},
		{"tanh, chaos", MeanField{schema.Tanh, 2.5, .05}, true, true},
		{"ReLU grows", MeanField{schema.ReLU, 2.1, 0}, false, false},
		{"ReLU grows by biases", MeanField{schema.ReLU, 2, .1}, false, false},
		{"ReLU stays", MeanField{schema.ReLU, 2, 0}, false, false},
		{"ReLU dies", MeanField{schema.ReLU, 1.9, 0}, true, false},
		{"tanh dies", MeanField{schema.Tanh, .9, 0}, true, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			q, ok := tt.m.Variance()
			if ok != tt.variance {
				t.Fatalf("Variance %v, %v", q, ok)
			}
			if chi, ok := tt.m.Chi(); ok && (chi.Value > 1) != tt.chaotic {
				t.Errorf("χ = %v", chi)
			}
			c, ok := tt.m.Correlation()
			if ok && (c.Value < 1) != tt.chaotic {
				t.Errorf("c* = %v", c)
			}
		})
	}
}

// The fixed points and rates against what a deep process of the same laws does.
func TestMeanFieldAgainstDeepProcess(t *testing.T) {
	for _, m := range []MeanField{
		{schema.Tanh, 2.5, .05}, {schema.Tanh, 1.3, .1}, {schema.Erf, 3, .1}, {schema.GELU, 1.5, .2}, {schema.Softplus, .5, .1}, {schema.Sin, 1.2, .1},
	} {
		t.Run(string(m.Activation), func(t *testing.T) {
			axis := schema.Axis{From: -1, To: 1, Points: 2}
			p := process(t, configuration(m.Activation, 250, fanIn(m.WeightVariance), normal(m.BiasVariance), axis))
			x, y := []float64{-1}, []float64{.3}
			q, ok := m.Variance()
			if !ok {
				t.Fatal("no variance")
			}
			near(t, "q*", q.Value, p.Kernel(x, x), 1e-8)
			c, _ := m.Correlation()
			near(t, "c*", c.Value, p.Correlation(x, y), 1e-5)

			off := func(l int) float64 { return math.Abs(p.Hidden(l).Kernel(x, x) - q.Value) }
			variance, _ := m.VarianceDepth()
			l := int(4*variance.Value) + 2
			near(t, "variance depth", variance.Value, 1/math.Log(off(l)/off(l+1)), .05)

			apart := func(l int) float64 { return math.Abs(p.Hidden(l).Correlation(x, y) - c.Value) }
			depth, _ := m.CorrelationDepth()
			l = int(8*depth.Value) + 4
			near(t, "correlation depth", depth.Value, 1/math.Log(apart(l)/apart(l+1)), .05)
		})
	}
}

func TestEdgeOfChaos(t *testing.T) {
	for _, tt := range []struct {
		a            schema.Activation
		bias, weight float64
		source       string
	}{
		{schema.Tanh, .05, 1.76095, "double quadrature and root finding in SciPy"},
		{schema.Tanh, 0, 1, "1/tanh'(0)²"},
		{schema.ReLU, 0, 2, "He initialisation (Hayou et al. 2019)"},
		{schema.LeakyReLU, 0, 2 / 1.0001, "2/(1+a²)"},
		{schema.Erf, 0, math.Pi / 4, "1/erf'(0)²"},
	} {
		got, ok := EdgeOfChaos(tt.a, tt.bias)
		if !ok {
			t.Fatalf("%s has no edge", tt.a)
		}
		near(t, string(tt.a)+": "+tt.source, got.Value, tt.weight, 3e-6)
		if chi, ok := (MeanField{tt.a, got.Value, tt.bias}).Chi(); ok {
			near(t, "χ at the edge", chi.Value, 1, 1e-9)
		}
	}
	for _, tt := range []struct {
		a    schema.Activation
		bias float64
	}{{schema.ReLU, .1}, {schema.Identity, .1}, {schema.Step, 0}, {schema.Step, .1}} {
		if got, ok := EdgeOfChaos(tt.a, tt.bias); ok {
			t.Errorf("%s with biases of variance %g has an edge at %v", tt.a, tt.bias, got)
		}
	}
}
