package schema

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// The measured columns are the numeric columns of the rows behind the status.
func TestMeasuredColumns(t *testing.T) {
	v := reflect.ValueOf(Row{})
	names := MeasuredColumns()
	for i := range v.NumField() {
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("parquet"), ",")
		column := MeasuredColumn(name)
		f := v.Field(i)
		number := f.CanInt() || f.CanFloat()
		measured := number && slices.Index(names, column) >= 0
		if want := number && i > 23; measured != want { // field 23 is the status
			t.Errorf("%s: measured %t, want %t", name, measured, want)
		}
		if measured && column.IsCount() != f.CanInt() {
			t.Errorf("%s: count %t, want %t", name, column.IsCount(), f.CanInt())
		}
	}
	if v.Type().Field(23).Name != "Status" || len(names) != 20 {
		t.Errorf("%d measured columns, want 20 behind the status: %v", len(names), names)
	}
}

func TestCertain(t *testing.T) {
	for _, tt := range []struct {
		name                string
		mean, standardError float64
		want                bool
	}{
		{"just certain", 10, 1, true},
		{"just not", 10, math.Nextafter(1, 2), false},
		{"negative mean", -10, 1, true},
		{"no spread", 3, 0, true},
		{"mean zero", 0, 0, false},
		{"mean zero with spread", 0, 1, false},
		{"one network", 3, math.Inf(1), false},
		{"not a number", 3, math.NaN(), false},
	} {
		if got := (Until{"crossings", 0.1}).Certain(tt.mean, tt.standardError); got != tt.want {
			t.Errorf("%s: Certain(%v, %v) = %t, want %t", tt.name, tt.mean, tt.standardError, got, tt.want)
		}
	}
}

// A number of networks and a count until certain may stand side by side; the
// canonical form has each where it applies.
func TestUntilCanonical(t *testing.T) {
	s := parse(t, `version: 1
name: s
seed: 1
networks: {max: 5000, until: {relative_error: 1e-2, column: crossings}}
grid: {from: -6, to: 6, points: 101}
cases:
  - {name: a, hidden: [3], networks: 10}
  - {name: b, hidden: [3], activation: relu, keep_fields: 9000}
`)
	want := `version: 1
name: s
seed: 1
grid: {from: -6, to: 6, points: 101}
cases:
  - name: a
    networks: 10
    hidden: [3]
  - name: b
    networks: {until: {column: crossings, relative_error: 0.01}, max: 5000}
    keep_fields: 9000
    hidden: [3]
    activation: relu
`
	if got := string(s.Canonical()); got != want {
		t.Errorf("canonical form\n%s\nwant\n%s", got, want)
	}
	c := s.Configurations()
	if c[0].Until != nil || c[0].Networks != 10 {
		t.Errorf("a has %d networks until %v, want 10 and nothing", c[0].Networks, c[0].Until)
	}
	if u := (Until{"crossings", 0.01}); c[1].Until == nil || *c[1].Until != u || c[1].Networks != 5000 || c[1].KeepFields != 5000 {
		t.Errorf("b has %d networks until %v and keeps %d, want at most 5000 until %v, and 5000", c[1].Networks, c[1].Until, c[1].KeepFields, u)
	}
}

// Every measured column of a row is written where its name stands.
func TestMeasuredValues(t *testing.T) {
	row := &Row{Classes: 2, Crossings: 3, Islands: 5, BoundaryLength: 2.5, TurningPoints: 7, ValueMin: -1.5, Roughness: .25, MarginMin: .125}
	values := make([]float64, len(MeasuredColumns()))
	MeasuredValues(values, row)
	want := map[MeasuredColumn]float64{"classes": 2, "crossings": 3, "islands": 5, "boundary_length": 2.5, "turning_points": 7,
		"value_min": -1.5, "roughness": .25, "margin_min": .125}
	for i, column := range MeasuredColumns() {
		if values[i] != want[column] {
			t.Errorf("%s: %g, want %g", column, values[i], want[column])
		}
	}
}
