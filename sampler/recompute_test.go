package sampler

import (
	"errors"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"nodal/dataset"
	"nodal/schema"
)

// drawnSweep has kept fields of several outputs, both kinds of status, and
// configurations that are drawn many at a time.
const drawnSweep = `
version: 1
name: drawn
seed: 3
networks: 70
keep_fields: 2
grid: {from: -6, to: 6, points: 33}
cases:
  - {name: line, hidden: [[], [5], [4, 3]], activation: [tanh, relu]}
  - {name: plane, inputs: 2, outputs: [1, 3], hidden: [6], activation: sin}
  - {name: overflow, hidden: [4, 4, 4, 4, 4], activation: relu, weights: {distribution: normal, std: 1e+12}}
`

// rowsOf returns the rows and fields of a plan as a run draws them, in blocks.
func rowsOf(plan *dataset.Plan, engine Engine) (rows []schema.Row, fields []schema.Field) {
	w := NewWorker(engine, plan.Sweep, plan.Seed)
	for i := range plan.Configurations {
		c := &plan.Configurations[i]
		some := make([]schema.Row, c.Networks)
		fields = w.Measure(some, fields, c, 0)
		rows = append(rows, some...)
	}
	return rows, fields
}

// Networks that are drawn again, alone and in another order, are the same to the
// last bit, on both engines.
func TestRecompute(t *testing.T) {
	for _, engine := range []Engine{Fused, BLAS} {
		t.Run(string(engine), func(t *testing.T) {
			plan := planOf(t, drawnSweep, engine)
			r, err := NewRecomputer(plan)
			if err != nil {
				t.Fatal(err)
			}
			rows, fields := rowsOf(plan, engine)
			compared, statuses := 0, map[string]int{}
			for i := range rows {
				row := &rows[i*37%len(rows)] // every row: 37 and their number have no common factor
				again, kept, err := r.Draw(&schema.Row{ConfigID: row.ConfigID, Network: row.Network})
				if err != nil {
					t.Fatal(err)
				}
				if d := Differences(row, &again); len(d) > 0 {
					t.Fatalf("network %d of %s: %v", row.Network, row.ConfigID, d)
				}
				stored := fieldsOf(fields, row)
				if d := FieldDifferences(stored, kept); len(d) > 0 {
					t.Fatalf("network %d of %s: %v", row.Network, row.ConfigID, d)
				}
				compared += len(stored)
				statuses[row.Status]++
			}
			if compared != len(fields) || compared < 20 || len(statuses) != 2 || len(rows)%37 == 0 {
				t.Errorf("%d of %d fields compared, %v of %d rows", compared, len(fields), statuses, len(rows))
			}
		})
	}
}

// fieldsOf returns the fields of a row's network.
func fieldsOf(fields []schema.Field, row *schema.Row) []schema.Field {
	return slices.DeleteFunc(slices.Clone(fields), func(f schema.Field) bool {
		return f.ConfigID != row.ConfigID || f.Network != row.Network
	})
}

func TestRecomputeRefuses(t *testing.T) {
	plan := planOf(t, drawnSweep, Fused)
	r, err := NewRecomputer(plan)
	if err != nil {
		t.Fatal(err)
	}
	id := plan.Configurations[0].ID()
	for _, tt := range []struct {
		row  schema.Row
		want string
	}{
		{schema.Row{ConfigID: "0123456789ab"}, `config_id: got "0123456789ab", want one of the plan's 9 configurations`},
		{schema.Row{ConfigID: id, Network: -1}, "network: got -1, want 0 to 69, those of configuration " + id},
		{schema.Row{ConfigID: id, Network: 70}, "network: got 70, want 0 to 69, those of configuration " + id},
	} {
		if _, _, err := r.Draw(&tt.row); err == nil || err.Error() != tt.want {
			t.Errorf("error %v, want %s", err, tt.want)
		}
	}
	for _, change := range []func(p *dataset.Plan){
		func(p *dataset.Plan) { p.Numerics = "1" },
		func(p *dataset.Plan) { p.Numerics = "2-mkl" },
		func(p *dataset.Plan) { p.StreamVersion++ },
		func(p *dataset.Plan) { p.RowVersion++ },
	} {
		other := *plan
		change(&other)
		if _, err := NewRecomputer(&other); !errors.Is(err, errors.ErrUnsupported) {
			t.Errorf("numerics %s, streams %d, rows %d: error %v, want unsupported", other.Numerics, other.StreamVersion, other.RowVersion, err)
		}
	}
}

// One bit that differs in any column, or in any entry of a list, is found and
// named; a list that is longer or shorter too.
func TestDifferences(t *testing.T) {
	rows, _ := rowsOf(planOf(t, drawnSweep, Fused), Fused)
	row := &rows[0]
	for i, name := range schema.Columns() {
		for _, change := range changes(reflect.ValueOf(row).Elem().Field(i)) {
			other := *row
			reflect.ValueOf(&other).Elem().Field(i).Set(change)
			d := Differences(&other, row)
			if len(d) != 1 || !strings.HasPrefix(d[0], name+": got ") {
				t.Errorf("%s %v: differences %q", name, change, d)
			}
		}
	}
	if d := Differences(&schema.Row{Zeros: 1, Hidden: "3", ValueMin: math.Copysign(0, -1)}, &schema.Row{ClassRegions: []int64{}}); !slices.Equal(d,
		[]string{`hidden: got "3", want ""`, "zeros: got 1, want 0", "value_min: got -0, want 0"}) {
		t.Errorf("differences %q", d)
	}
}

func TestDifferencesOfOptionalColumns(t *testing.T) {
	three, four, half := int64(3), int64(4), .5
	for _, tt := range []struct {
		name      string
		got, want *schema.Extra
		text      []string
	}{
		{"none", nil, nil, nil},
		{"none and NULLs", nil, &schema.Extra{}, nil},
		{"equal", &schema.Extra{Pieces: &three}, &schema.Extra{Pieces: &three}, nil},
		{"a count", &schema.Extra{Pieces: &three}, &schema.Extra{Pieces: &four}, []string{"pieces: got 3, want 4"}},
		{"NULL", &schema.Extra{CrossingsExpected: &half}, nil, []string{"crossings_expected: got 0.5, want NULL"}},
		{"two", &schema.Extra{}, &schema.Extra{BreakpointsFirst: &three, CrossingsExact: &four},
			[]string{"breakpoints_first: got NULL, want 3", "crossings_exact: got NULL, want 4"}},
	} {
		if d := Differences(&schema.Row{Extra: tt.got}, &schema.Row{Extra: tt.want}); !slices.Equal(d, tt.text) {
			t.Errorf("%s: differences %q, want %q", tt.name, d, tt.text)
		}
	}
}

// changes returns values that differ from v in one bit, or one entry.
func changes(v reflect.Value) (all []reflect.Value) {
	add := func(x any) { all = append(all, reflect.ValueOf(x).Convert(v.Type())) }
	switch x := v.Interface().(type) {
	case string:
		add(x + "x")
	case bool:
		add(!x)
	case int32:
		for b := range 32 {
			add(x ^ 1<<b)
		}
	case int64:
		for b := range 64 {
			add(x ^ 1<<b)
		}
	case float64:
		for b := range 64 {
			add(math.Float64frombits(math.Float64bits(x) ^ 1<<b))
		}
	default:
		add(v.Slice(0, v.Len()-1).Interface())
		for i := range v.Len() {
			for _, entry := range changes(v.Index(i)) {
				list := reflect.AppendSlice(reflect.MakeSlice(v.Type(), 0, v.Len()), v)
				list.Index(i).Set(entry)
				all = append(all, list)
			}
		}
	}
	return all
}

func TestFieldDifferences(t *testing.T) {
	nan := float32(math.NaN())
	want := []schema.Field{{ConfigID: "a", Network: 1, Values: []float32{1, 0, nan}}, {ConfigID: "a", Network: 1, Output: 1, Values: []float32{2}}}
	for _, tt := range []struct {
		name   string
		change func(f []schema.Field) []schema.Field
		want   []string
	}{
		{"nothing", func(f []schema.Field) []schema.Field { return f }, nil},
		{"one missing", func(f []schema.Field) []schema.Field { return f[:1] }, []string{"fields: got 1, want 2"}},
		{"configuration", func(f []schema.Field) []schema.Field { f[0].ConfigID = "b"; return f }, []string{`field 0: config_id: got "b", want "a"`}},
		{"network", func(f []schema.Field) []schema.Field { f[1].Network = 2; return f }, []string{"field 1: network: got 2, want 1"}},
		{"output", func(f []schema.Field) []schema.Field { f[1].Output = 2; return f }, []string{"field 1: output: got 2, want 1"}},
		{"length", func(f []schema.Field) []schema.Field { f[1].Values = nil; return f }, []string{"field 1: values: got 0, want 1"}},
		{"sign of zero", func(f []schema.Field) []schema.Field {
			f[0].Values = []float32{1, float32(math.Copysign(0, -1)), 3}
			return f
		}, []string{"field 0: values: 2 of 3 differ; at point 1 got -0, want 0"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := FieldDifferences(tt.change(slices.Clone(want)), want); !slices.Equal(got, tt.want) {
				t.Errorf("differences %q, want %q", got, tt.want)
			}
		})
	}
}
