package sampler

import (
	"testing"

	"nodal/schema"
)

// Laws that hold exactly, or up to sampling error, whatever the draw.

func TestBiasFreeTanhIsOdd(t *testing.T) {
	c := lineConfiguration(schema.Tanh, []int{16, 16}, 1, 1000)
	c.Biases = schema.Law{Distribution: schema.None}
	pre, _ := evaluateWith(Fused, c, 200)
	for b := range 200 {
		field := pre[b*1000 : (b+1)*1000]
		for i := range 500 {
			if field[i] != -field[999-i] {
				t.Fatalf("network %d: f(%d) = %v but f(-) = %v", b, i, field[i], field[999-i])
			}
		}
	}
}

// Scaling the input of a bias-free ReLU network by a power of two scales every
// float32 operation exactly.
func TestBiasFreeReLUIsHomogeneous(t *testing.T) {
	c := lineConfiguration(schema.ReLU, []int{16, 16}, 1, 1001)
	c.Biases = schema.Law{Distribution: schema.None}
	wide := *c
	wide.Grid = schema.Grid{{From: 8 * c.Grid[0].From, To: 8 * c.Grid[0].To, Points: 1001}}
	f, _ := evaluateWith(Fused, c, 200)
	g, _ := evaluateWith(Fused, &wide, 200)
	for i := range f {
		if x := c.Grid[0].At(i % 1001); 8*x == wide.Grid[0].At(i%1001) && 8*f[i] != g[i] {
			t.Fatalf("point %d: f(8x) = %v, 8·f(x) = %v", i, g[i], 8*f[i])
		}
	}
}

func TestOutputActivationChangesNoCrossing(t *testing.T) {
	for _, c := range []*schema.Configuration{
		articleConfiguration(schema.Tanh, 1001, 1, 64, 1),
		articleConfiguration(schema.Tanh, 41, 2, 16, 16, 3),
	} {
		bare := *c
		bare.OutputActivation = schema.Identity
		with, without := measure(c, 500), measure(&bare, 500)
		for i := range with {
			a, b := &with[i], &without[i]
			if a.Crossings != b.Crossings || a.Regions != b.Regions || a.TurningPoints != b.TurningPoints || a.BoundaryLength != b.BoundaryLength {
				t.Fatalf("%s, network %d: (%d, %d, %d, %v) with output tanh, (%d, %d, %d, %v) without", caseName(c), i,
					a.Crossings, a.Regions, a.TurningPoints, a.BoundaryLength, b.Crossings, b.Regions, b.TurningPoints, b.BoundaryLength)
			}
		}
	}
}

func TestWidthOneNeverCrossesTwice(t *testing.T) {
	for _, activation := range []schema.Activation{schema.Tanh, schema.Logistic, schema.Erf, schema.ReLU,
		schema.LeakyReLU, schema.Softplus, schema.ELU, schema.Step, schema.Identity} {
		for _, depth := range []int{1, 3, 8} {
			c := lineConfiguration(activation, repeat(1, depth), 1, 501)
			c.Weights.Std = 4
			for _, r := range measure(c, 2000) {
				if r.Crossings > 1 || r.TurningPoints > 0 {
					t.Fatalf("%s, depth %d, network %d: %d crossings, %d turns", activation, depth, r.Network, r.Crossings, r.TurningPoints)
				}
			}
		}
	}
}

// Symmetric laws make f and -f equally likely, so each class has half the
// points on average; C exchangeable outputs have 1/C each.
func TestMeanClassShare(t *testing.T) {
	for _, c := range []*schema.Configuration{
		articleConfiguration(schema.Tanh, 101, 1, 16, 16, 1),
		articleConfiguration(schema.ReLU, 31, 2, 16, 16, 1),
		articleConfiguration(schema.Tanh, 101, 1, 16, 16, 2),
		articleConfiguration(schema.Tanh, 31, 2, 16, 16, 3),
		articleConfiguration(schema.Sin, 101, 1, 8, 10),
	} {
		t.Run(caseName(c), func(t *testing.T) {
			t.Parallel()
			rows := measure(c, 5000)
			classes := max(c.Outputs, 2)
			for k := range classes {
				average(rows, func(r *schema.Row) float64 { return r.ClassFraction[k] }).
					within(t, "mean share", 1/float64(classes), 0)
			}
		})
	}
}

// The Euler identity of two classes on a triangulated square.
func TestRegionsIdentity(t *testing.T) {
	for _, activation := range schema.Activations() {
		t.Run(string(activation), func(t *testing.T) {
			t.Parallel()
			c := squareConfiguration(activation, []int{12, 12}, 1, 33, 29)
			c.Weights.Std = 4
			for _, r := range measure(c, 1000) {
				if r.Status == schema.StatusOK && 2*r.Regions != 2+r.BorderChanges+2*r.Islands {
					t.Fatalf("network %d: %d regions, %d border changes, %d islands", r.Network, r.Regions, r.BorderChanges, r.Islands)
				}
			}
		})
	}
}

func TestNonfiniteNetworksAreMarked(t *testing.T) {
	c := lineConfiguration(schema.ReLU, []int{4, 4, 4, 4, 4}, 1, 11)
	c.Weights = schema.Law{Distribution: schema.Normal, Std: 1e12}
	nonfinite := 0
	for _, r := range measure(c, 200) {
		if r.Status == schema.StatusNonfinite {
			nonfinite++
			if r.Crossings != 0 || r.ValueMax != 0 || len(r.ClassFraction) != 2 || r.Resolved {
				t.Fatalf("network %d: nonfinite row with numbers: %+v", r.Network, r)
			}
		}
	}
	if nonfinite == 0 {
		t.Error("no network overflowed, want some")
	}
}
