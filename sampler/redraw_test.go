package sampler

import (
	"math"
	"slices"
	"testing"

	"nodal/schema"
)

// On its own grid a network that is drawn again has the row and the fields of the
// dataset, whatever was drawn before, and its values are the field's.
func TestRedrawOnItsOwnGrid(t *testing.T) {
	plan := planOf(t, drawnSweep, Fused)
	rows, fields := rowsOf(plan, Fused)
	r, err := NewRedrawer(plan)
	if err != nil {
		t.Fatal(err)
	}
	compared := 0
	for k := range rows {
		row := &rows[k*37%len(rows)] // every row, in another order
		at := slices.IndexFunc(plan.Configurations, func(c schema.Configuration) bool { return c.ID() == row.ConfigID })
		c := &plan.Configurations[at]
		d := r.Draw(c, row.Network, c.Grid)
		if differences := Differences(&d.Row, row); len(differences) > 0 {
			t.Fatalf("network %d of %s: %v", row.Network, c.LayersText(), differences)
		}
		if finite := row.Status == schema.StatusOK; d.Finite() != finite {
			t.Errorf("Finite() = %t for status %s", d.Finite(), row.Status)
		}
		for _, f := range fields {
			if f.ConfigID == row.ConfigID && f.Network == row.Network {
				points := c.Grid.Points()
				if !slices.Equal(f.Values, d.Out[int(f.Output)*points:][:points]) {
					t.Errorf("network %d of %s: values of output %d differ from the kept field", row.Network, c.LayersText(), f.Output)
				}
				compared++
			}
		}
	}
	if compared != len(fields) || compared == 0 {
		t.Errorf("%d of %d fields compared", compared, len(fields))
	}
}

// On a finer grid the old points keep their values.
func TestRedrawOnAnotherGrid(t *testing.T) {
	plan := planOf(t, drawnSweep, Fused)
	r, err := NewRedrawer(plan)
	if err != nil {
		t.Fatal(err)
	}
	for i := range plan.Configurations {
		c := &plan.Configurations[i]
		fine, ok := c.Grid.Doubled()
		if !ok {
			t.Fatal("no finer grid")
		}
		coarse, finer := r.Draw(c, 3, c.Grid), r.Draw(c, 3, fine)
		if !coarse.Finite() || !finer.Finite() {
			continue
		}
		columns, fineColumns := c.Grid[len(c.Grid)-1].Points, fine[len(fine)-1].Points
		for p, want := range coarse.Pre[:c.Grid.Points()] {
			if got := finer.Pre[p/columns*2*fineColumns*(len(c.Grid)-1)+p%columns*2]; got != want {
				t.Fatalf("%s: point %d is %g on the finer grid, %g on its own", c.LayersText(), p, got, want)
			}
		}
	}
}

// A walk goes from one network to another through networks of the same law, and closes.
func TestDrawBetween(t *testing.T) {
	plan := planOf(t, `
version: 1
name: walk
seed: 5
networks: 10
grid: {from: -1, to: 1, points: 5}
cases:
  - {name: uniform, hidden: [100, 100], weights: {distribution: uniform, low: 1, high: 4}, biases: none}
  - {name: normal, hidden: [100, 100], weights: {distribution: normal, std: 2, scale: fan_in}}
`, Fused)
	r, err := NewRedrawer(plan)
	if err != nil {
		t.Fatal(err)
	}
	for i := range plan.Configurations {
		c := &plan.Configurations[i]
		for _, tt := range []struct {
			angle   float64
			network int64
		}{{0, 3}, {math.Pi / 2, 8}, {2 * math.Pi, 3}} {
			got, want := r.DrawBetween(c, 3, 8, tt.angle, c.Grid), r.Draw(c, tt.network, c.Grid)
			for l := range want.Weights {
				for k, w := range want.Weights[l] {
					if math.Abs(float64(got.Weights[l][k]-w)) > 1e-5 {
						t.Fatalf("%s at angle %g: weight %g, want %g", c.Case, tt.angle, got.Weights[l][k], w)
					}
				}
				for k, b := range want.Biases[l] {
					if math.Abs(float64(got.Biases[l][k]-b)) > 1e-5 {
						t.Fatalf("%s at angle %g: bias %g, want %g", c.Case, tt.angle, got.Biases[l][k], b)
					}
				}
			}
		}
		law := c.Weights.At(100, 100)
		d := r.DrawBetween(c, 3, 8, 2, c.Grid)
		mean, variance := moments(d.Weights[1])
		wantMean, std := (law.Low+law.High)/2, law.StdDev()
		if math.Abs(mean-wantMean) > 4*std/100 || math.Abs(variance/(std*std)-1) > .06 { // 4 standard errors of 10,000 weights
			t.Errorf("%s: weights at angle 2 have mean %g and variance %g, want %g and %g", c.Case, mean, variance, wantMean, std*std)
		}
		if law.Distribution == schema.Uniform {
			slices.Sort(d.Weights[1])
			for q := 1; q < 10; q++ {
				got, want := float64(d.Weights[1][q*1000]), law.Low+(law.High-law.Low)*float64(q)/10
				if math.Abs(got-want) > 4*.5/100*(law.High-law.Low) {
					t.Errorf("%s: quantile %d/10 at angle 2 is %g, want %g", c.Case, q, got, want)
				}
			}
		}
		if slices.ContainsFunc(d.Biases[0], func(b float32) bool { return b != 0 }) == (c.Biases.Distribution == schema.None) {
			t.Errorf("%s: biases %v under law %s", c.Case, d.Biases[0][:3], c.Biases)
		}
	}
}

// A weight on an end of its interval, where rounding may put it, walks like any other.
func TestWalkFromTheEnds(t *testing.T) {
	law := schema.Law{Distribution: schema.Uniform, Low: -1, High: 3}
	for _, end := range []float32{-1, 3} {
		x := []float32{end, end}
		walk(x, []float32{0, end}, law, math.Sqrt(.5), math.Sqrt(.5))
		for i, w := range x {
			if !(w >= -1 && w <= 3) {
				t.Errorf("from %g: weight %d is %g", end, i, w)
			}
		}
		if math.Abs(float64(x[0])-float64(end)) < 1e-6 {
			t.Errorf("from %g towards the middle: still %g", end, x[0])
		}
	}
}

func moments(x []float32) (mean, variance float64) {
	for _, v := range x {
		mean += float64(v) / float64(len(x))
	}
	for _, v := range x {
		variance += (float64(v) - mean) * (float64(v) - mean) / float64(len(x)-1)
	}
	return mean, variance
}
