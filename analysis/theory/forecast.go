package theory

import (
	"fmt"
	"strings"

	"nodal/schema"
)

// forecasts are predictions by what they depend on. Wide networks of different widths
// have one limit where weights scale with the fan-in, and a limit in the plane takes
// up to a second.
type forecasts map[string]forecast

// forecast is what is predicted of a quantity, with why there is nothing if so.
type forecast struct {
	limit, grid       *Value
	noLimit, noOnGrid string
}

// of returns what is predicted of a quantity, computed once for all configurations
// whose processes agree to 12 digits.
func (known forecasts) of(q *quantity, o *oracle) forecast {
	key := o.key(q)
	f, ok := known[key]
	if !ok {
		f.limit, f.noLimit = predicted(q.limit, o)
		f.grid, f.noOnGrid = predicted(q.grid, o)
		known[key] = f
	}
	return f
}

// key names everything that a prediction depends on. Breakpoints are counted for every
// unit, so they depend on the widths too.
func (o *oracle) key(q *quantity) string {
	c := &o.configuration
	var b strings.Builder
	fmt.Fprintf(&b, "%s %d %s %s %s", q.column, c.Outputs, c.Activation, c.Grid, c.Weights.Distribution)
	for _, l := range o.process.layers {
		fmt.Fprintf(&b, " %.12g,%.12g", l.weight, l.bias)
	}
	switch schema.OptionalColumn(q.column) {
	case schema.ColumnBreakpoints, schema.ColumnBreakpointsFirst:
		b.WriteString(" " + c.HiddenText())
	}
	return b.String()
}
