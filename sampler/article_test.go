package sampler

import (
	"math"
	"testing"

	"nodal/schema"
)

// articleNetworks is the sample that the article's claims are checked with.
const articleNetworks = 20000

// uniformLaw is the article's law for weights and biases.
var uniformLaw = schema.Law{Distribution: schema.Uniform, Low: -1, High: 1}

// articleConfiguration is a family of the article: uniform weights in [-1, 1],
// the activation on every layer, inputs from -6 to 6.
func articleConfiguration(activation schema.Activation, points int, layers ...int) *schema.Configuration {
	last := len(layers) - 1
	c := &schema.Configuration{
		Case: "article", Inputs: layers[0], Hidden: layers[1:last], Outputs: layers[last],
		Activation: activation, OutputActivation: activation, Weights: uniformLaw, Biases: uniformLaw,
		Connectivity: 6, Networks: articleNetworks,
	}
	for range c.Inputs {
		c.Grid = append(c.Grid, schema.Axis{From: -6, To: 6, Points: points})
	}
	return c
}

// measure returns the rows of the first networks of c at seed 7.
func measure(c *schema.Configuration, networks int) []schema.Row {
	rows := make([]schema.Row, networks)
	NewWorker(Fused, "test", 7).Measure(rows, nil, c, 0)
	return rows
}

// estimate is a mean with its standard error.
type estimate struct{ mean, se float64 }

func average(rows []schema.Row, value func(*schema.Row) float64) estimate {
	n, sum, squares := float64(len(rows)), 0.0, 0.0
	for i := range rows {
		v := value(&rows[i])
		sum += v
		squares += v * v
	}
	mean := sum / n
	return estimate{mean, math.Sqrt(max(squares/n-mean*mean, 0) / (n - 1))}
}

// within fails unless the estimate is within four standard errors of want,
// itself known to ± tolerance (one standard error of the source).
func (e estimate) within(t *testing.T, name string, want, tolerance float64) {
	t.Helper()
	if limit := 4 * math.Hypot(e.se, tolerance); math.Abs(e.mean-want) > limit {
		t.Errorf("%s = %.5f ± %.5f, want %.5f within %.5f", name, e.mean, e.se, want, limit)
	}
}

func indicator(condition bool) float64 {
	if condition {
		return 1
	}
	return 0
}

// A line a·x + b with a, b uniform in [-1, 1] has its root in [-6, 6] when
// |b| ≤ 6|a|: 1 - P(|b| > 6|a|) = 1 - 1/12. The ends of the interval are grid
// points, so the grid sees every root: no correction.
func TestLineHasARoot(t *testing.T) {
	rows := measure(articleConfiguration(schema.Identity, 100, 1, 1), articleNetworks)
	average(rows, func(r *schema.Row) float64 { return float64(r.Crossings) }).within(t, "P(root)", 11.0/12, 0)
}

// A linear network of any depth is a straight line: no turn, at most one
// crossing, and second differences that are rounding alone. A value is wrong by
// at most the bound of the float64 reference, largest at the end of the grid,
// and a grid point by half an ulp of 6, so a second difference by four of each.
func TestLinearNetworksAreStraight(t *testing.T) {
	for _, c := range []*schema.Configuration{
		articleConfiguration(schema.Identity, 1001, 1, 1),
		articleConfiguration(schema.Identity, 1001, 1, 100, 1),
		articleConfiguration(schema.Identity, 1001, 1, 64, 1),
		articleConfiguration(schema.Identity, 1001, 1, 16, 16, 1),
		articleConfiguration(schema.Identity, 101, 1, 5, 5, 5, 5, 5, 5, 1),
	} {
		t.Run(caseName(c), func(t *testing.T) {
			t.Parallel()
			n := c.Grid[0].Points
			stride := c.Grid[0].Step() * max(1, math.Floor(float64(n-1)/128+0.5))
			e := NewEnsemble(c, 7, 1)
			for _, r := range measure(c, articleNetworks) {
				if r.Crossings > 1 || r.TurningPoints != 0 {
					t.Fatalf("network %d: %d crossings and %d turning points, want at most one and none", r.Network, r.Crossings, r.TurningPoints)
				}
				e.Draw(r.Network, 1)
				_, bound := reference(e, 0, c.Activation, []float64{6})
				slope := (r.ValueMax - r.ValueMin) / 12
				if want := 4 * (bound[0] + slope*0x1p-22) / (stride * stride); r.Roughness > want {
					t.Fatalf("network %d: roughness %v, want at most %v", r.Network, r.Roughness, want)
				}
			}
		})
	}
}

// The line w·x + b = 0 misses the square [-6, 6]² when |b| > 6(|w0| + |w1|):
// probability ∫ (b/6)²/2 db = 1/216. A linear function is extreme at corners,
// which are grid points, so the grid misses no line. The boundary length of the
// linear interpolant of a linear function is exact up to rounding: it is the
// straight chord through the square.
func TestLogisticBoundaryIsOneStraightLine(t *testing.T) {
	c := articleConfiguration(schema.Logistic, 101, 2, 1)
	rows := measure(c, articleNetworks)
	average(rows, func(r *schema.Row) float64 { return indicator(r.Regions == 2) }).within(t, "P(line meets the square)", 215.0/216, 0)
	e := NewEnsemble(c, 7, 1)
	for i := range rows {
		r := &rows[i]
		if r.Regions > 2 || r.Islands != 0 {
			t.Fatalf("network %d: %d regions and %d islands, want at most two regions and no island", r.Network, r.Regions, r.Islands)
		}
		if r.ValueMin < 0 || r.ValueMax > 1 {
			t.Fatalf("network %d: values from %v to %v, want within [0, 1]", r.Network, r.ValueMin, r.ValueMax)
		}
		e.Draw(r.Network, 1)
		w0, w1, b := float64(e.Weights[0][0]), float64(e.Weights[0][1]), float64(e.Biases[0][0])
		// Rounding of f near its zero shifts the ends of the chord by about
		// 2⁻²³·|f scale|/|w|, which matters for lines that graze a corner.
		tolerance := 1e-4 / math.Hypot(w0, w1)
		if want := chord(w0, w1, b, 6); math.Abs(r.BoundaryLength-want) > tolerance {
			t.Fatalf("network %d: boundary length %v, want the chord %v", r.Network, r.BoundaryLength, want)
		}
	}
}

// chord returns the length of the line w0·x + w1·y + b = 0 within [-s, s]².
func chord(w0, w1, b, s float64) float64 {
	// Clip the parameter t of (x, y) = foot + t·direction against |x|, |y| ≤ s.
	n := math.Hypot(w0, w1)
	foot := [2]float64{-b * w0 / n / n, -b * w1 / n / n}
	direction := [2]float64{-w1 / n, w0 / n}
	lo, hi := math.Inf(-1), math.Inf(1)
	for k := range 2 {
		t0, t1 := (-s-foot[k])/direction[k], (s-foot[k])/direction[k]
		lo, hi = max(lo, min(t0, t1)), min(hi, max(t0, t1))
	}
	return max(hi-lo, 0)
}

// Published by an independent program for the article's [1, 64, 1] tanh
// networks on 100 points: mean 1.026 ± .004 and P(0, 1, 2, 3 crossings).
func TestTanhCrossings(t *testing.T) {
	rows := measure(articleConfiguration(schema.Tanh, 100, 1, 64, 1), articleNetworks)
	average(rows, func(r *schema.Row) float64 { return float64(r.Crossings) }).within(t, "mean crossings", 1.026, 0.001)
	for k, want := range []float64{0.093, 0.820, 0.056, 0.030} {
		average(rows, func(r *schema.Row) float64 { return indicator(r.Crossings == int64(k)) }).
			within(t, "P(crossings)", want, 0.0005)
	}
}

func TestSingleUnitsAreMonotone(t *testing.T) {
	for _, activation := range []schema.Activation{schema.Logistic, schema.Tanh} {
		for _, r := range measure(articleConfiguration(activation, 1001, 1, 1), articleNetworks) {
			if r.TurningPoints != 0 || r.Crossings > 1 {
				t.Fatalf("%s, network %d: %d turns and %d crossings, want a monotone curve", activation, r.Network, r.TurningPoints, r.Crossings)
			}
		}
	}
}

// ReLU has corners, tanh none: second differences over h² at corners grow like
// 1/h when the stride shrinks, so a finer stride would tell them apart; at one
// stride ReLU networks are rougher.
func TestReLUIsRougherThanTanh(t *testing.T) {
	rough := func(a schema.Activation) estimate {
		return average(measure(articleConfiguration(a, 1001, 1, 16, 16, 1), 2000), func(r *schema.Row) float64 {
			return r.Roughness / max(r.ValueMax-r.ValueMin, 1e-9)
		})
	}
	relu, tanh := rough(schema.ReLU), rough(schema.Tanh)
	if relu.mean < tanh.mean+4*math.Hypot(relu.se, tanh.se) {
		t.Errorf("roughness per range: relu %.3f ± %.3f, tanh %.3f ± %.3f; want relu rougher", relu.mean, relu.se, tanh.mean, tanh.se)
	}
}
