package schema

import (
	"slices"
	"strings"
	"testing"
)

// extraRow is a lawful row of a network 1-3-1 with every optional column.
func extraRow() lawful {
	l := lawfulRows()["line"]
	l.configuration.Activation, l.configuration.Columns = ReLU, OptionalColumns()
	number := func(n int64) *int64 { return &n }
	expected := 2.5
	l.row.Extra = &Extra{Pieces: number(4), Breakpoints: number(3), BreakpointsFirst: number(3),
		CrossingsExact: number(5), CrossingsExpected: &expected}
	extra := l.row.Extra
	l = l.described("line")
	l.row.Extra = extra
	return l
}

func TestLawsOfOptionalColumns(t *testing.T) {
	number := func(n int64) *int64 { return &n }
	real := func(x float64) *float64 { return &x }
	for _, tt := range []struct {
		name   string
		change func(l *lawful)
		want   string // how the error begins; "" if there is none
	}{
		{"all", func(*lawful) {}, ""},
		{"exact counts overflowed", func(l *lawful) { *l.row.Extra = Extra{CrossingsExpected: real(0)} }, ""},
		{"expectation overflowed", func(l *lawful) { l.row.Extra.CrossingsExpected = nil }, ""},
		{"pieces alone", func(l *lawful) {
			l.configuration.Columns = []OptionalColumn{ColumnPieces}
			*l.row.Extra = Extra{Pieces: number(9)}
		}, ""},
		{"nonfinite", func(l *lawful) {
			n := lawfulRows()["nonfinite"]
			n.configuration.Activation, n.configuration.Columns = ReLU, OptionalColumns()
			n = n.described("nonfinite")
			n.row.Extra = new(Extra)
			*l = n
		}, ""},
		{"no column", func(l *lawful) { l.row.Extra = nil }, "pieces: got no column, want one"},
		{"not asked for", func(l *lawful) { l.configuration.Columns = l.configuration.Columns[:4] }, "crossings_expected: got a value, want NULL"},
		{"of a sweep that asks for none", func(l *lawful) { l.configuration.Columns = nil }, "pieces: got a value, want NULL"},
		{"one count missing", func(l *lawful) { l.row.Extra.Breakpoints = nil }, "breakpoints: got NULL, want a value"},
		{"of a nonfinite network", func(l *lawful) {
			extra := l.row.Extra
			*l = lawfulRows()["nonfinite"]
			l.row.Extra = extra
		}, "optional columns: got values, want NULL"},
		{"no pieces", func(l *lawful) { l.row.Extra.Pieces = number(0) }, "pieces: got 0, want 1 to 4"},
		{"many pieces", func(l *lawful) { l.row.Extra.Pieces = number(5) }, "pieces: got 5, want 1 to 4"},
		{"many first breakpoints", func(l *lawful) { l.row.Extra.BreakpointsFirst = number(4) }, "breakpoints_first: got 4, want 0 to 3"},
		{"few breakpoints", func(l *lawful) { l.row.Extra.Breakpoints = number(2) }, "breakpoints: got 2, want at least breakpoints_first, 3"},
		{"many breakpoints of one layer", func(l *lawful) { l.row.Extra.Breakpoints = number(4) }, "breakpoints: got 4, want at most 3"},
		{"many crossings", func(l *lawful) { l.row.Extra.CrossingsExact = number(8) }, "crossings_exact: got 8, want 0 to 7"},
		{"crossings below 0", func(l *lawful) { l.row.Extra.CrossingsExact = number(-1) }, "crossings_exact: got -1"},
		{"large expectation", func(l *lawful) { l.row.Extra.CrossingsExpected = real(8.1) }, "crossings_expected: got 8.1, want 0 to 8"},
		{"expectation below 0", func(l *lawful) { l.row.Extra.CrossingsExpected = real(-1e-9) }, "crossings_expected: got -1e-09"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := extraRow()
			tt.change(&l)
			err := l.check()
			if tt.want == "" && err != nil {
				t.Errorf("error %v, want none", err)
			}
			if tt.want != "" && (err == nil || !strings.HasPrefix(err.Error(), tt.want)) {
				t.Errorf("error %v\nwant  %s…", err, tt.want)
			}
		})
	}
}

// Columns are kept for the configurations to which they apply.
func TestOptionalColumns(t *testing.T) {
	s := parse(t, `
version: 1
name: s
seed: 1
networks: 10
grid: {from: -1, to: 1, points: 11}
columns: [crossings_expected, pieces]
cases:
  - {name: bent, hidden: [3], activation: [relu, tanh], weights: he_normal, biases: none}
  - {name: flat, inputs: 2, hidden: [3], activation: relu}
  - {name: own, hidden: [3], activation: step, columns: crossings_exact}
`)
	for _, c := range s.Configurations() {
		want := map[string][]OptionalColumn{
			"bent relu": {ColumnPieces, ColumnCrossingsExpected},
			"bent tanh": {ColumnCrossingsExpected},
			"flat relu": nil,
			"own step":  {ColumnCrossingsExact},
		}[c.Case+" "+string(c.Activation)]
		if !slices.Equal(c.Columns, want) {
			t.Errorf("%s %s: columns %v, want %v", c.Case, c.Activation, c.Columns, want)
		}
	}
	if text := string(s.Canonical()); !strings.Contains(text, "    columns: [pieces, crossings_expected]\n") || !strings.Contains(text, "    columns: crossings_exact\n") {
		t.Errorf("canonical form\n%s", text)
	}
}

// What a configuration measures besides is not part of its identity.
func TestOptionalColumnsAreNoIdentity(t *testing.T) {
	c := extraRow().configuration
	plain := c
	plain.Columns = nil
	if c.ID() != plain.ID() {
		t.Errorf("config_id %s with optional columns, %s without", c.ID(), plain.ID())
	}
}
