package theory

import (
	"fmt"
	"strings"

	"nodal/schema"
)

// forecasts are predictions by what they depend on. Wide networks of different widths
// have one limit where weights scale with the fan-in, and a limit in the plane takes
// up to a second.
type forecasts struct {
	known   map[string]forecast
	lengths map[string]length // by process
}

// length is the boundary length of one output on the grid, from which that of several
// follows.
type length struct {
	value Value
	err   error
}

func newForecasts() *forecasts { return &forecasts{map[string]forecast{}, map[string]length{}} }

// forecast is what is predicted of a quantity, with why there is nothing if so.
type forecast struct {
	limit, grid       *Value
	noLimit, noOnGrid string
}

// of returns what is predicted of a quantity, computed once for all configurations
// whose processes agree to 12 digits.
func (s *forecasts) of(q *quantity, o *oracle) forecast {
	o.forecasts = s
	key := o.key(q)
	f, ok := s.known[key]
	if !ok {
		f.limit, f.noLimit = predicted(q.limit, o)
		f.grid, f.noOnGrid = predicted(q.grid, o)
		s.known[key] = f
	}
	return f
}

// lengthOnGrid returns the boundary length of one output of an oracle's process on its
// grid.
func (s *forecasts) lengthOnGrid(o *oracle) (Value, error) {
	key := o.processKey()
	l, ok := s.lengths[key]
	if !ok {
		l.value, l.err = o.process.BoundaryLengthOnGrid()
		s.lengths[key] = l
	}
	return l.value, l.err
}

// key names everything that a prediction depends on. Breakpoints are counted for every
// unit, so they depend on the widths too.
func (o *oracle) key(q *quantity) string {
	c := &o.configuration
	key := fmt.Sprintf("%s %d %s", q.column, c.Outputs, o.processKey())
	switch schema.OptionalColumn(q.column) {
	case schema.ColumnBreakpoints, schema.ColumnBreakpointsFirst:
		key += " " + c.HiddenText()
	}
	return key
}

// processKey names the process and its grid.
func (o *oracle) processKey() string {
	c := &o.configuration
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %s", c.Activation, c.Grid, c.Weights.Distribution)
	for _, l := range o.process.layers {
		fmt.Fprintf(&b, " %.12g,%.12g", l.weight, l.bias)
	}
	return b.String()
}
