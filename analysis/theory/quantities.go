package theory

import (
	"math"

	"nodal/schema"
)

// quantity is something that is measured of networks and predicted.
type quantity struct {
	column  string
	applies func(*schema.Configuration) bool
	of      func(*schema.Row) (x float64, ok bool) // ok: there is a value
	limit   func(*oracle) (Value, error)           // nil if no limit is known
	grid    func(*oracle) (Value, error)           // nil if it does not depend on a grid, or nobody knows how
}

var quantities = []quantity{
	{"crossings", always, func(r *schema.Row) (float64, bool) { return float64(r.Crossings), true },
		(*oracle).crossings, (*oracle).crossingsOnGrid},
	{string(schema.ColumnCrossingsExpected), measures(schema.ColumnCrossingsExpected), optional(schema.ColumnCrossingsExpected), (*oracle).crossings, (*oracle).crossingsOnGrid},
	{string(schema.ColumnCrossingsExact), measures(schema.ColumnCrossingsExact), optional(schema.ColumnCrossingsExact),
		(*oracle).crossings, nil},
	{"border_changes", always, func(r *schema.Row) (float64, bool) { return float64(r.BorderChanges), true },
		(*oracle).borderChanges, (*oracle).borderChangesOnGrid},
	{"boundary_length", inPlane, func(r *schema.Row) (float64, bool) { return r.BoundaryLength, true }, (*oracle).boundaryLength, (*oracle).boundaryLengthOnGrid},
	{"euler_characteristic", hasEuler, func(r *schema.Row) (float64, bool) {
		return float64(r.ClassRegions[0] - r.ClassIslands[1]), true
	}, (*oracle).euler, (*oracle).eulerOnGrid},
	{string(schema.ColumnBreakpointsFirst), measuresBreakpoints(schema.ColumnBreakpointsFirst), optional(schema.ColumnBreakpointsFirst),
		(*oracle).breakpointsFirst, nil},
	{string(schema.ColumnBreakpoints), measuresBreakpoints(schema.ColumnBreakpoints), optional(schema.ColumnBreakpoints),
		(*oracle).breakpoints, nil},
}

// Quantities returns the names of what [Agreement] predicts: columns of rows, and
// euler_characteristic, the regions of class A less the islands of class B, which are
// its holes (one or two outputs over a plane, connectivity 6).
func Quantities() []string {
	names := make([]string, len(quantities))
	for i, q := range quantities {
		names[i] = q.column
	}
	return names
}

func always(*schema.Configuration) bool    { return true }
func inPlane(c *schema.Configuration) bool { return c.Inputs == 2 }
func hasEuler(c *schema.Configuration) bool {
	return c.Inputs == 2 && c.Outputs <= 2 && c.Connectivity == 6
}

func measures(column schema.OptionalColumn) func(*schema.Configuration) bool {
	return func(c *schema.Configuration) bool { return c.Measures(column) }
}

// measuresBreakpoints leaves out networks without hidden units.
func measuresBreakpoints(column schema.OptionalColumn) func(*schema.Configuration) bool {
	return func(c *schema.Configuration) bool { return c.Measures(column) && c.Depth() > 0 }
}

// optional returns what an optional column holds.
func optional(column schema.OptionalColumn) func(*schema.Row) (float64, bool) {
	return func(r *schema.Row) (float64, bool) { return r.Extra.Value(column) }
}

// oracle predicts for one configuration. Classes of several outputs change as often
// as [ClassChange] says, one output's sign as often as it crosses zero.
type oracle struct {
	configuration schema.Configuration
	process       *Process
	forecasts     *forecasts // of other configurations
}

func newOracle(c schema.Configuration) (*oracle, error) {
	p, err := New(c)
	if err != nil {
		return nil, err
	}
	return &oracle{configuration: c, process: p, forecasts: newForecasts()}, nil
}

// scaled returns v times the rate of class changes in the limit of neighbouring
// points.
func (o *oracle) scaled(v Value, err error) (Value, error) {
	rate := ClassChangeRate(o.configuration.Outputs)
	return Value{v.Value * rate.Value, v.Error*rate.Value + v.Value*rate.Error}, err
}

// scaledBesides is scaled for changes along a path that include a jump at the input 0,
// where all outputs of networks without biases are 0: not the rate counts there but
// whether the classes on its two sides differ.
func (o *oracle) scaledBesides(jump float64, v Value, err error) (Value, error) {
	v.Value -= jump
	v, err = o.scaled(v, err)
	change := ClassChange(o.configuration.Outputs, jump*math.Pi)
	return Value{v.Value + change.Value, v.Error + change.Error}, err
}

func (o *oracle) crossings() (Value, error) {
	if o.configuration.Inputs == 2 {
		return Value{}, inapplicable("crossings in the plane grow with the grid")
	}
	v, err := o.process.Crossings()
	return o.scaledBesides(o.process.jump(), v, err)
}

func (o *oracle) crossingsOnGrid() (Value, error) {
	return o.process.ClassChangesOnGrid(o.configuration.Outputs), nil
}

func (o *oracle) borderChanges() (Value, error) {
	if o.configuration.Inputs == 1 {
		return o.borderChangesOnGrid()
	}
	v, err := o.process.BorderChanges()
	return o.scaledBesides(o.process.jump(), v, err)
}

func (o *oracle) borderChangesOnGrid() (Value, error) {
	return o.process.BorderClassChangesOnGrid(o.configuration.Outputs), nil
}

func (o *oracle) boundaryLength() (Value, error) { return o.scaled(o.process.BoundaryLength()) }

func (o *oracle) boundaryLengthOnGrid() (Value, error) {
	return o.scaled(o.forecasts.lengthOnGrid(o))
}

func (o *oracle) euler() (Value, error) { return o.process.EulerCharacteristic() }

func (o *oracle) eulerOnGrid() (Value, error) { return o.process.EulerCharacteristicOnGrid(), nil }

func (o *oracle) breakpointsFirst() (Value, error) { return o.process.Breakpoints(1) }

func (o *oracle) breakpoints() (Value, error) {
	var sum Value
	for l := range o.configuration.Depth() {
		v, err := o.process.Breakpoints(l + 1)
		if err != nil {
			return Value{}, err
		}
		sum.Value, sum.Error = sum.Value+v.Value, sum.Error+v.Error
	}
	return sum, nil
}
