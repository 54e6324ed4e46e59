package theory

import (
	"errors"
	"math"
	"testing"

	"nodal/schema"
)

// agreementConfiguration returns networks of one width, all sizes of which have one
// law.
func agreementConfiguration(name string, hidden ...int) schema.Configuration {
	return schema.Configuration{Case: name, Inputs: 1, Outputs: 1, Hidden: hidden, Activation: schema.Erf, OutputActivation: schema.Identity,
		Weights: schema.Law{Distribution: schema.Normal, Std: 2, Scale: schema.FanIn}, Biases: schema.Law{Distribution: schema.Normal, Std: math.Sqrt(.05)},
		Grid: schema.Grid{{From: -5, To: 5, Points: 101}}, Connectivity: 6}
}

// rowsWith returns rows of a configuration with these crossings.
func rowsWith(c schema.Configuration, crossings ...int64) []schema.Row {
	rows := make([]schema.Row, len(crossings))
	for i, n := range crossings {
		rows[i] = c.Describe("s", 1)
		rows[i].Network, rows[i].Status, rows[i].Crossings = int64(i), schema.StatusOK, n
	}
	return rows
}

func batchesOf(batches ...[]schema.Row) func(func([]schema.Row, error) bool) {
	return func(yield func([]schema.Row, error) bool) {
		for _, b := range batches {
			if !yield(b, nil) {
				return
			}
		}
	}
}

// Means, standard errors and deviations are those of the rows, whatever their
// order; rows that are not finite or of something else are passed over.
func TestAgreement(t *testing.T) {
	c, shifted := agreementConfiguration("a", 64), agreementConfiguration("b", 64)
	shifted.Weights = schema.Law{Distribution: schema.Uniform, Low: 0, High: 1}
	rows := rowsWith(c, 1, 3, 1, 3)
	bad := rowsWith(c, 1000)
	bad[0].Status = schema.StatusNonfinite
	stranger := rowsWith(agreementConfiguration("c", 65), 1000)
	lines, err := Agreement([]schema.Configuration{c, shifted}, batchesOf(rows[2:], bad, stranger, rows[:2], rowsWith(shifted, 5)))
	if err != nil {
		t.Fatal(err)
	}
	if len(lines) != 3 || lines[0].Column != "crossings" || lines[1].Column != "border_changes" || lines[2].Column != "" {
		t.Fatalf("lines %+v", lines)
	}
	l := lines[0]
	if want := math.Sqrt(4. / 3 / 4); l.Networks != 4 || l.Mean != 2 || math.Abs(l.StandardError-want) > 1e-15 {
		t.Errorf("%d networks, mean %v ± %v, want 4, 2 ± %v", l.Networks, l.Mean, l.StandardError, want)
	}
	z, ok := l.Deviation()
	if want := (2 - l.Grid.Value) / l.StandardError; !ok || z != want {
		t.Errorf("deviation %v %v, want %v", z, ok, want)
	}
	if math.Abs(l.Limit.Value-1.2399) > 5e-5 || l.Grid.Value >= l.Limit.Value {
		t.Errorf("limit %v, on the grid %v", l.Limit, l.Grid)
	}
	if lines[2].Note == "" || lines[2].Configuration.Case != "b" {
		t.Errorf("no word on weights of mean one half: %+v", lines[2])
	}
}

func TestAgreementFails(t *testing.T) {
	want := errors.New("a bad row")
	_, err := Agreement(nil, func(yield func([]schema.Row, error) bool) { yield(nil, want) })
	if err != want {
		t.Errorf("error %v, want %v", err, want)
	}
}

// Nothing can be said of a single network, of no network, or of networks that are
// all alike.
func TestNoDeviation(t *testing.T) {
	for _, crossings := range [][]int64{nil, {1}, {2, 2, 2}} {
		c := agreementConfiguration("a", 64)
		lines, err := Agreement([]schema.Configuration{c}, batchesOf(rowsWith(c, crossings...)))
		if err != nil {
			t.Fatal(err)
		}
		if z, ok := lines[0].Deviation(); ok {
			t.Errorf("crossings %v: deviation %v", crossings, z)
		}
	}
}

// Classes of several outputs change by their own rate.
func TestAgreementOfClasses(t *testing.T) {
	c := agreementConfiguration("a", 64)
	c.Outputs = 3
	lines, err := Agreement([]schema.Configuration{c}, batchesOf())
	if err != nil {
		t.Fatal(err)
	}
	if l := lines[0]; math.Abs(l.Limit.Value/1.2399-1.5) > 1e-4 || l.Grid.Value >= l.Limit.Value || l.Grid.Value < .97*l.Limit.Value {
		t.Errorf("limit %v, on the grid %v, want 1.5 times 1.2399", l.Limit, l.Grid)
	}
}

// A deviation that is in proportion to 1/width is found, from networks of two
// widths that are large enough.
func TestWidthEffects(t *testing.T) {
	var lines []Line
	for _, width := range []int{8, 16, 64} {
		c := agreementConfiguration("a", width, width)
		coefficient := -1.5
		if width == 8 {
			coefficient = 100 // too narrow to count
		}
		lines = append(lines, Line{Configuration: &c, Column: "crossings", Networks: 10, Grid: &Value{Value: 2},
			Mean: 2 * (1 + coefficient/float64(width)), StandardError: .01})
	}
	uneven := agreementConfiguration("a", 16, 64)
	lines = append(lines, Line{Configuration: &uneven, Column: "crossings", Grid: &Value{Value: 2}, Mean: 3, StandardError: .01})
	effects := WidthEffects(lines)
	if len(effects) != 1 {
		t.Fatalf("effects %+v, want one", effects)
	}
	e := effects[0]
	// σ = .005 of the prediction at 1/16 and 1/64.
	want := .005 / math.Sqrt(1./256+1./4096)
	if math.Abs(e.Coefficient+1.5) > 1e-12 || math.Abs(e.StandardError-want) > 1e-12 || e.Configuration.Width() != 64 {
		t.Errorf("coefficient %v ± %v of width %d, want -1.5 ± %v of 64", e.Coefficient, e.StandardError, e.Configuration.Width(), want)
	}
	if few := WidthEffects(lines[:2]); len(few) != 0 {
		t.Errorf("effects of one width: %+v", few)
	}
}

// Configurations at the edges of what theory speaks of have numbers or a word.
func TestAgreementAtTheEdges(t *testing.T) {
	with := func(change func(c *schema.Configuration)) schema.Configuration {
		c := agreementConfiguration("a", 30)
		c.Activation, c.Columns = schema.ReLU, schema.OptionalColumns()
		change(&c)
		return c
	}
	for _, tt := range []struct {
		name   string
		c      schema.Configuration
		column string  // to look at
		want   float64 // its prediction
		note   string  // or why there is none
	}{
		{"identity does not break", with(func(c *schema.Configuration) { c.Activation = schema.Identity }), "breakpoints", 0, ""},
		{"no hidden layer", with(func(c *schema.Configuration) { c.Hidden = nil }), "crossings_exact", 2 * math.Atan(2*5/math.Sqrt(.05)) / math.Pi, ""},
		{"steep", with(func(c *schema.Configuration) { c.Activation, c.Weights.Std = schema.Tanh, 1e5 }), "", 0,
			"pre-activations of layer 1 have a standard deviation of 5e+05, too large to be computed with safely"},
		{"overflow", with(func(c *schema.Configuration) { c.Weights.Std = 1e200 }), "", 0, "variance overflows at layer 1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			lines, err := Agreement([]schema.Configuration{tt.c}, batchesOf())
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range lines {
				switch {
				case l.Column != tt.column:
				case tt.note != "" && l.Note != tt.note:
					t.Errorf("note %q, want %q", l.Note, tt.note)
				case tt.note == "" && (l.Limit == nil || math.Abs(l.Limit.Value-tt.want) > 1e-9):
					t.Errorf("limit %v, want %v", l.Limit, tt.want)
				default:
					return
				}
			}
			t.Errorf("no line as wanted for %q: %+v", tt.column, lines)
		})
	}
}

// Where networks differ by rounding alone there is no deviation to speak of.
func TestConstantColumn(t *testing.T) {
	l := Line{Networks: 100, Mean: 1, StandardError: 1e-17, Limit: &Value{Value: 2}}
	if z, ok := l.Deviation(); ok {
		t.Errorf("deviation %v", z)
	}
}

// Networks without biases are all 0 at the input 0. On its two sides ReLU outputs are
// independent, so C classes differ there with probability 1 - 1/C, and nowhere else in
// the limit of one hidden layer, on a line.
func TestClassesAcrossZero(t *testing.T) {
	for _, outputs := range []int{1, 2, 3, 10, 256} {
		c := agreementConfiguration("a", 64)
		c.Activation, c.Biases, c.Outputs = schema.ReLU, schema.Law{Distribution: schema.None}, outputs
		lines, err := Agreement([]schema.Configuration{c}, batchesOf())
		if err != nil {
			t.Fatal(err)
		}
		if want := 1 - 1/float64(max(outputs, 2)); math.Abs(lines[0].Limit.Value-want) > 1e-8 {
			t.Errorf("%d outputs: %v class changes, want %v", outputs, lines[0].Limit, want)
		}
	}
}

// A rectangle with the input 0 on its border, or in its corner: what was 0.8915212 and
// 2.3155721 by a quadrature independent of this one.
func TestBoundaryLengthWithZeroOnTheBorder(t *testing.T) {
	for _, tt := range []struct {
		activation schema.Activation
		grid       schema.Grid
		want       float64
	}{
		{schema.ReLU, schema.Grid{{From: 0, To: 3, Points: 21}, {From: -1, To: 0, Points: 17}}, 0.8915212},
		{schema.Tanh, schema.Grid{{From: -1, To: 2, Points: 21}, {From: 0, To: 2, Points: 17}}, 2.3155721},
	} {
		c := agreementConfiguration("a", 128)
		c.Inputs, c.Activation, c.Biases, c.Grid = 2, tt.activation, schema.Law{Distribution: schema.None}, tt.grid
		p, err := New(c)
		if err != nil {
			t.Fatal(err)
		}
		if v, err := p.BoundaryLength(); err != nil || math.Abs(v.Value-tt.want) > 1e-6 {
			t.Errorf("%s: %v %v, want %v", tt.activation, v, err, tt.want)
		}
	}
}
