package sampler

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"nodal/schema"
)

func normalCDF(x float64) float64 { return 0.5 * math.Erfc(-x/math.Sqrt2) }

// lawCase is a law in a layer of fan-in 50 and fan-out 20, and the standard
// deviation it must have there, worked out by hand.
type lawCase struct {
	law    schema.Law
	std    float64
	normal bool
}

func lawCases() []lawCase {
	return []lawCase{
		{schema.Law{Distribution: schema.Uniform, Low: -1, High: 1}, 1 / math.Sqrt(3), false},
		{schema.Law{Distribution: schema.Uniform, Low: -2, High: 2, Scale: schema.FanIn}, 2 / math.Sqrt(150), false},
		{schema.Law{Distribution: schema.Normal, Std: 0.5}, 0.5, true},
		{schema.Law{Distribution: schema.Normal, Std: 2, Scale: schema.FanIn}, 2 / math.Sqrt(50), true},
		{schema.Law{Distribution: schema.XavierUniform, Gain: 1}, math.Sqrt(2.0 / 70), false},
		{schema.Law{Distribution: schema.XavierNormal, Gain: 2}, 2 * math.Sqrt(2.0/70), true},
		{schema.Law{Distribution: schema.HeUniform, Gain: 1}, math.Sqrt(2.0 / 50), false},
		{schema.Law{Distribution: schema.HeNormal, Gain: 0.5}, 0.5 * math.Sqrt(2.0/50), true},
		{schema.Law{Distribution: schema.LecunNormal, Gain: 1}, math.Sqrt(1.0 / 50), true},
	}
}

// drawLaw returns the weights between layers of 50 and 20 units of 200 networks.
func drawLaw(law schema.Law) []float64 {
	c := lineConfiguration(schema.Tanh, []int{50, 20}, 1, 3)
	c.Weights = law
	e := NewEnsemble(c, 11, 200)
	e.Draw(0, 200)
	values := make([]float64, len(e.Weights[1]))
	for i, w := range e.Weights[1] {
		values[i] = float64(w)
	}
	return values
}

// Moments within five standard errors of those of the law.
func TestLawMoments(t *testing.T) {
	for _, tt := range lawCases() {
		t.Run(tt.law.String(), func(t *testing.T) {
			values := drawLaw(tt.law)
			n := float64(len(values))
			var m [5]float64
			for _, v := range values {
				x := v / tt.std
				m[1] += x / n
				m[2] += x * x / n
				m[3] += x * x * x / n
				m[4] += x * x * x * x / n
			}
			// Moments of order 2, 4, 6 and 8 of the standardised law.
			even := [5]float64{1, 1, 1.8, 27.0 / 7, 9}
			if tt.normal {
				even = [5]float64{1, 1, 3, 15, 105}
			}
			for k := 1; k <= 4; k++ {
				want := 0.0
				if k%2 == 0 {
					want = even[k/2]
				}
				se := math.Sqrt((even[k] - want*want) / n)
				if math.Abs(m[k]-want) > 5*se {
					t.Errorf("moment %d of the standardised weights = %.5f, want %.5f ± %.5f", k, m[k], want, 5*se)
				}
			}
		})
	}
}

// Kolmogorov–Smirnov: √n·sup|F̂ - F| exceeds 2.23 with probability 1e-4
// (Kolmogorov 1933).
func TestLawDistribution(t *testing.T) {
	for _, tt := range lawCases() {
		t.Run(tt.law.String(), func(t *testing.T) {
			values := drawLaw(tt.law)
			slices.Sort(values)
			n, d := float64(len(values)), 0.0
			for i, v := range values {
				f := normalCDF(v / tt.std)
				if !tt.normal {
					f = min(max(0.5+v/(tt.std*math.Sqrt(12)), 0), 1)
				}
				d = max(d, math.Abs(float64(i)/n-f), math.Abs(float64(i+1)/n-f))
			}
			if s := d * math.Sqrt(n); s > 2.23 {
				t.Errorf("√n·D = %.3f, want at most 2.23", s)
			}
		})
	}
}

func TestUniformStaysInside(t *testing.T) {
	c := lineConfiguration(schema.Tanh, []int{500}, 1, 3)
	low, high := float32(0.1), float32(0.7) // neither is a float32
	c.Weights = schema.Law{Distribution: schema.Uniform, Low: 0.1, High: 0.7}
	c.Biases = schema.Law{Distribution: schema.None}
	e := NewEnsemble(c, 3, 100)
	e.Draw(0, 100)
	for _, w := range e.Weights[0] {
		if w < low || w > high {
			t.Fatalf("weight %v outside [%v, %v]", w, low, high)
		}
	}
	for _, b := range e.Biases[0] {
		if b != 0 {
			t.Fatalf("bias %v, want 0 under none", b)
		}
	}
}

// drawn returns all weights and biases of one network.
func drawn(c *schema.Configuration, seed, network int64) []float32 {
	e := NewEnsemble(c, seed, 1)
	e.Draw(network, 1)
	return slices.Concat(slices.Concat(e.Weights...), slices.Concat(e.Biases...))
}

func TestDrawsArePaired(t *testing.T) {
	base := func() *schema.Configuration { return lineConfiguration(schema.Tanh, []int{11, 9}, 2, 101) }
	want := drawn(base(), 5, 42)
	for _, tt := range []struct {
		name   string
		change func(*schema.Configuration)
		ratio  float32 // of the new weights to the old; 0 if they must differ
		seed   int64
		net    int64
	}{
		{"another activation", func(c *schema.Configuration) { c.Activation = schema.ReLU; c.OutputActivation = schema.Identity }, 1, 5, 42},
		{"another grid", func(c *schema.Configuration) { c.Grid[0] = schema.Axis{From: -60, To: 60, Points: 9} }, 1, 5, 42},
		{"another connectivity", func(c *schema.Configuration) { c.Connectivity = 4 }, 1, 5, 42},
		{"twice the gain", func(c *schema.Configuration) { c.Weights.Std *= 2; c.Biases.Std *= 2 }, 2, 5, 42},
		{"another seed", func(*schema.Configuration) {}, 0, 6, 42},
		{"another network", func(*schema.Configuration) {}, 0, 5, 43},
		{"other layer sizes", func(c *schema.Configuration) { c.Hidden = []int{9, 11} }, 0, 5, 42},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := base()
			tt.change(c)
			got := drawn(c, tt.seed, tt.net)
			same := 0
			for i := range min(len(got), len(want)) {
				if got[i] == want[i]*max(tt.ratio, 1) {
					same++
				}
			}
			if tt.ratio != 0 && same != len(want) {
				t.Errorf("%d of %d weights are those of the paired network, want all", same, len(want))
			}
			if tt.ratio == 0 && same > 0 {
				t.Errorf("%d weights equal those of another network, want none", same)
			}
		})
	}
}

// Networks drawn in a block are those drawn alone.
func TestDrawInBlocks(t *testing.T) {
	c := lineConfiguration(schema.Tanh, []int{6}, 2, 3)
	e := NewEnsemble(c, 1, 7)
	e.Draw(100, 7)
	for b := range 7 {
		alone := NewEnsemble(c, 1, 1)
		alone.Draw(100+int64(b), 1)
		for l := range e.Weights {
			w, bias := e.layer(b, l)
			if !slices.Equal(w, alone.Weights[l]) || !slices.Equal(bias, alone.Biases[l]) {
				t.Fatalf("layer %d of network %d of a block differs from the network drawn alone", l, 100+b)
			}
		}
	}
}

func ExampleEnsemble_Draw() {
	c := &schema.Configuration{
		Inputs: 1, Outputs: 1, Hidden: []int{2},
		Weights: schema.Law{Distribution: schema.Uniform, Low: -1, High: 1},
		Biases:  schema.Law{Distribution: schema.None},
	}
	e := NewEnsemble(c, 7, 1)
	e.Draw(0, 1)
	fmt.Println(len(e.Weights[0]), len(e.Weights[1]), e.Biases[0])
	// Output: 2 2 [0 0]
}
