package report

import (
	"slices"

	"nodal/report/surface"
	"nodal/sampler"
	"nodal/schema"
)

// landscape returns the field of a drawing of two inputs. Of several outputs it is that
// of the winning one, coloured by class.
func landscape(d *sampler.Drawing) *surface.Field {
	c := &d.Configuration
	g := c.Grid
	f := &surface.Field{
		Rows: g[0].Points, Columns: g[1].Points,
		From: [2]float64{g[0].From, g[1].From}, To: [2]float64{g[0].To, g[1].To},
		Values: d.Out,
	}
	if c.Outputs > 1 {
		points := g.Points()
		class, _ := d.Classes()
		f.Values = make([]float32, points)
		for p, k := range class {
			f.Values[p] = d.Out[int(k)*points+p]
		}
		for k := range c.Outputs {
			f.Outputs = append(f.Outputs, d.Pre[k*points:(k+1)*points])
		}
	}
	f.Low, f.High = valueRange(c.OutputActivation, f.Values)
	if level, told := c.OutputActivation.Level(); told {
		f.Middle = level // where the class changes
	}
	return f
}

// ranges are the values that bounded activations come near.
var ranges = map[schema.Activation][2]float64{
	schema.Logistic: {0, 1},
	schema.Tanh:     {-1, 1},
	schema.Erf:      {-1, 1},
	schema.Sin:      {-1, 1},
	schema.Gaussian: {0, 1},
	schema.Step:     {0, 1},
}

// valueRange returns the range to draw values in: that of a bounded output activation,
// else the values' own, with zero inside.
func valueRange(output schema.Activation, values []float32) (low, high float64) {
	if r, ok := ranges[output]; ok {
		return r[0], r[1]
	}
	low, high = float64(min(slices.Min(values), 0)), float64(max(slices.Max(values), 0))
	if low == high {
		return -1, 1
	}
	return low, high
}
