package schema

import (
	"fmt"
	"slices"
)

// OptionalColumn names a column that a row has only if the sweep asks for it.
type OptionalColumn string

// The optional columns, by their names in sweep files and rows.
const (
	ColumnPieces            OptionalColumn = "pieces"
	ColumnBreakpoints       OptionalColumn = "breakpoints"
	ColumnBreakpointsFirst  OptionalColumn = "breakpoints_first"
	ColumnCrossingsExact    OptionalColumn = "crossings_exact"
	ColumnCrossingsExpected OptionalColumn = "crossings_expected"
)

// OptionalColumns lists every optional column, in the order of the documentation.
func OptionalColumns() []OptionalColumn {
	return []OptionalColumn{ColumnPieces, ColumnBreakpoints, ColumnBreakpointsFirst, ColumnCrossingsExact, ColumnCrossingsExpected}
}

// Extra is the optional columns of a row. A sweep that asks for one of them has
// all in its files; a column is NULL in the rows of configurations that did not
// ask for it or to which it does not apply (see [Configuration.Allows]), and of
// networks whose status is nonfinite.
//
// The counts on a line are exact: they follow the pre-activation of a
// piecewise-linear network from end to end of the grid's interval instead of
// sampling it.
type Extra struct {
	Pieces            *int64   `parquet:"pieces,optional"`             // intervals on which every output's pre-activation is linear
	Breakpoints       *int64   `parquet:"breakpoints,optional"`        // points where a hidden unit changes branch, counted for every unit
	BreakpointsFirst  *int64   `parquet:"breakpoints_first,optional"`  // those of the first hidden layer
	CrossingsExact    *int64   `parquet:"crossings_exact,optional"`    // changes of class along the interval
	CrossingsExpected *float64 `parquet:"crossings_expected,optional"` // mean of crossings over the law of the output layer, given the last hidden layer
}

// count returns the column of an exact count, nil for another column.
func (e *Extra) count(c OptionalColumn) *int64 {
	switch c {
	case ColumnPieces:
		return e.Pieces
	case ColumnBreakpoints:
		return e.Breakpoints
	case ColumnBreakpointsFirst:
		return e.BreakpointsFirst
	case ColumnCrossingsExact:
		return e.CrossingsExact
	}
	return nil
}

// Value returns what a column holds, and whether it holds anything: not if it is NULL,
// nor if e is nil.
func (e *Extra) Value(c OptionalColumn) (x float64, ok bool) {
	if e == nil {
		return 0, false
	}
	if c == ColumnCrossingsExpected && e.CrossingsExpected != nil {
		return *e.CrossingsExpected, true
	}
	if n := e.count(c); n != nil {
		return float64(*n), true
	}
	return 0, false
}

// Empty reports whether every column is NULL; a nil Extra is empty.
func (e *Extra) Empty() bool { return e == nil || *e == Extra{} }

// Clone returns a copy that shares nothing; nil of nil.
func (e *Extra) Clone() *Extra {
	if e == nil {
		return nil
	}
	return &Extra{cloned(e.Pieces), cloned(e.Breakpoints), cloned(e.BreakpointsFirst), cloned(e.CrossingsExact), cloned(e.CrossingsExpected)}
}

func cloned[T any](p *T) *T {
	if p == nil {
		return nil
	}
	v := *p
	return &v
}

// Allows reports whether an optional column applies to the configuration. The
// exact counts want one input and hidden units that are linear in pieces, or none;
// the expected crossings want one or two outputs and an output layer whose weights
// are normal and whose biases are normal or none.
func (c Configuration) Allows(column OptionalColumn) bool {
	if column == ColumnCrossingsExpected {
		return c.Outputs <= 2 && c.Weights.isNormal() && (c.Biases.Distribution == None || c.Biases.isNormal())
	}
	return c.Inputs == 1 && (c.Depth() == 0 || c.Activation.PiecewiseLinear())
}

// Measures reports whether the configuration's rows have a value in an optional
// column.
func (c Configuration) Measures(column OptionalColumn) bool {
	return slices.Contains(c.Columns, column)
}

// MeasuresExactly reports whether the configuration's rows have a value in one of the
// columns that a walk along the line fills.
func (c Configuration) MeasuresExactly() bool {
	return slices.ContainsFunc(c.Columns, func(column OptionalColumn) bool { return column != ColumnCrossingsExpected })
}

// PiecewiseLinear reports whether networks with this hidden activation are linear
// in pieces.
func (a Activation) PiecewiseLinear() bool {
	return a == Identity || a == ReLU || a == LeakyReLU || a == Step
}

// isNormal reports whether a law is normal with mean zero.
func (l Law) isNormal() bool {
	switch l.Distribution {
	case Normal, XavierNormal, HeNormal, LecunNormal:
		return true
	}
	return false
}

// allowed returns those of the columns that apply to c, in the order of
// [OptionalColumns], or nil.
func (c Configuration) allowed(columns []OptionalColumn) []OptionalColumn {
	var kept []OptionalColumn
	for _, column := range OptionalColumns() {
		if slices.Contains(columns, column) && c.Allows(column) {
			kept = append(kept, column)
		}
	}
	return kept
}

// checkColumnList reports columns that are asked for twice.
func (d *decoder) checkColumnList(path string, columns []OptionalColumn) {
	for i, column := range columns {
		if column != "" && slices.Contains(columns[:i], column) {
			field := d.choicePath(path, i)
			d.failAt(d.places[field], field, string(column)+" twice", "each column once")
		}
	}
}

// checkColumns reports columns that apply to none of the configurations for which
// they are asked: of a case, or of all cases that take them from the whole file.
func (d *decoder) checkColumns(configurations []Configuration, crossings []*crossing) {
	if len(d.broken) > 0 { // cases with other mistakes are not among them
		return
	}
	applies := map[string]map[OptionalColumn]bool{} // by the path of the list
	for _, x := range crossings {
		if x.c.Columns == nil {
			continue
		}
		path := d.settingPath(x.path, "columns")
		if applies[path] == nil {
			applies[path] = map[OptionalColumn]bool{}
		}
		for k := range x.count() {
			for _, column := range configurations[x.first+k].Columns {
				applies[path][column] = true
			}
		}
	}
	for _, x := range crossings {
		path := d.settingPath(x.path, "columns")
		found, asked := applies[path]
		if !asked {
			continue
		}
		delete(applies, path)
		for i, column := range x.c.Columns {
			if !found[column] {
				field := d.choicePath(path, i)
				d.failAt(d.places[field], field, string(column), fmt.Sprintf("a column that applies to one of the configurations at least; it is measured %s", column.terms()))
			}
		}
	}
}

// terms says where a column applies.
func (c OptionalColumn) terms() string {
	if c == ColumnCrossingsExpected {
		return "for 1 or 2 outputs, normal weights and normal or no biases"
	}
	return "for 1 input and hidden units of relu, leaky_relu, step or identity, or none"
}
