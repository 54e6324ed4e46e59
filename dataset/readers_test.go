package dataset

import (
	"encoding/json"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"nodal/internal/python"
	"nodal/schema"
)

// TestReaders writes a dataset and has DuckDB, pandas with pyarrow, and Polars
// compare every column with what was written.
func TestReaders(t *testing.T) {
	python := python.Interpreter(t, "DuckDB, pandas and Polars on what was written")
	t.Run("required columns", func(t *testing.T) { checkReaders(t, python, readersPlan()) })
	t.Run("optional columns", func(t *testing.T) { checkReaders(t, python, widePlan(9_000)) })
}

// checkReaders writes a dataset of a plan and has check.py read it.
func checkReaders(t *testing.T, python string, plan *Plan) {
	d := create(t, t.TempDir(), plan)
	var rows []schema.Row
	var fields []schema.Field
	for part := range plan.Parts() {
		w, err := d.NewPart(part)
		if err != nil {
			t.Fatal(err)
		}
		partRows, partFields := readersRows(plan, part), readersFields(plan, part)
		if err := w.WriteRows(partRows); err != nil {
			t.Fatal(err)
		}
		if err := w.WriteFields(partFields); err != nil {
			t.Fatal(err)
		}
		if err := w.Publish(); err != nil {
			t.Fatal(err)
		}
		rows, fields = append(rows, partRows...), append(fields, partFields...)
	}
	if err := d.Finish(); err != nil {
		t.Fatal(err)
	}
	// A part on its way has to stay unseen.
	w, err := d.NewPart(firstPart(plan))
	if err != nil {
		t.Fatal(err)
	}
	defer w.Discard()

	networks := columns(t, rows)
	if plan.wide() {
		networks = columns(t, widened(nil, rows))
	}
	expected, err := json.Marshal(map[string]any{"networks": networks, "fields": columns(t, fields)})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "expected.json")
	if err := os.WriteFile(path, expected, 0o666); err != nil {
		t.Fatal(err)
	}
	output, err := exec.Command(python, "testdata/readers/check.py", d.path, path).CombinedOutput()
	t.Logf("%s", output)
	if err != nil {
		t.Errorf("check.py: %v", err)
	}
}

// readersPlan has a part of several row groups and some of a few rows, and lists
// of 2, 3 and 256 values next to each other.
func readersPlan() *Plan {
	many := configuration(16, 100, 2)
	many.Outputs = 256
	three := configuration(0, 40, 1) // eleven to a part
	three.Hidden = []int{7000, 7000}
	three.Grid[0].Points = 2500
	three.Outputs = 3
	bare := configuration(0, 20, 0)
	bare.Hidden = nil
	return NewPlan("readers", math.MaxInt64, []byte("version: 1\nname: readers # é\n"), []schema.Configuration{
		configuration(8, 17_000, 4), bare, three, many}, "1-blas")
}

// readersRows returns made-up rows with the values that encodings and readers
// get wrong.
func readersRows(plan *Plan, part Part) []schema.Row {
	rows := rowsOf(plan, part)
	for i := range rows {
		row := &rows[i]
		if n := int(row.Outputs); n > 2 {
			row.ClassFraction = make([]float64, n)
			row.ClassFraction[i%n] = 1 / float64(n)
			row.ClassRegions, row.ClassIslands = make([]int64, n), make([]int64, n)
			row.ClassRegions[i%n], row.ClassIslands[n-1] = row.Regions, math.MaxInt64
		}
		switch row.Network % 20 {
		case 3: // nothing was measured: zeros and empty texts, never NULL
			*row = schema.Row{ConfigID: row.ConfigID, Network: row.Network, Status: schema.StatusNonfinite,
				ClassFraction: []float64{0, 0}, ClassRegions: []int64{0, 0}, ClassIslands: []int64{0, 0}}
		case 5:
			row.Parameters, row.Crossings, row.Zeros, row.Regions = math.MaxInt64, math.MinInt64, 1<<53+1, -1<<53-1
			row.Inputs, row.Width, row.Classes = math.MaxInt32, math.MinInt32, -1
		case 7:
			row.ValueMin, row.ValueMax, row.MarginMin = -math.MaxFloat64, math.MaxFloat64, math.SmallestNonzeroFloat64
			row.ValueMean, row.ValueStd, row.MarginMean = math.Copysign(0, -1), math.Nextafter(1, 2), 0.1
		case 9:
			row.CaseName, row.Hidden = "Größe, \"ein\"\n\t', 例", strings.Repeat("65536-", 1023)+"65536"
		}
	}
	return rows
}

func readersFields(plan *Plan, part Part) []schema.Field {
	fields := fieldsOf(plan, part)
	if len(fields) > 0 {
		copy(fields[0].Values, []float32{math.MaxFloat32, -math.MaxFloat32, math.SmallestNonzeroFloat32, float32(math.Copysign(0, -1))})
	}
	return fields
}

// column is one column as check.py expects it. Floating-point values are
// hexadecimal text, which loses nothing.
type column struct {
	Name   string `json:"name"`
	Type   string `json:"type"`
	Values []any  `json:"values"`
}

// columns turns rows into columns by the parquet tags of their type.
func columns[T any](t *testing.T, rows []T) []column {
	t.Helper()
	var list []column
	for _, field := range reflect.VisibleFields(reflect.TypeFor[T]()) {
		name, _, _ := strings.Cut(field.Tag.Get("parquet"), ",")
		if field.Anonymous || name == "-" {
			continue
		}
		c := column{Name: name, Values: make([]any, len(rows))}
		for j := range rows {
			c.Type, c.Values[j] = plain(t, reflect.ValueOf(&rows[j]).Elem().FieldByIndex(field.Index))
		}
		list = append(list, c)
	}
	return list
}

// plain returns the type of a column, as check.py calls it, and a value of it as
// JSON can hold it.
func plain(t *testing.T, v reflect.Value) (string, any) {
	t.Helper()
	switch v.Kind() {
	case reflect.Pointer: // may be NULL
		if v.IsNil() {
			kind, _ := plain(t, reflect.Zero(v.Type().Elem()))
			return kind + "?", nil
		}
		kind, value := plain(t, v.Elem())
		return kind + "?", value
	case reflect.String:
		return "string", v.String()
	case reflect.Bool:
		return "bool", v.Bool()
	case reflect.Int32:
		return "int32", v.Int()
	case reflect.Int64:
		return "int64", v.Int()
	case reflect.Float32:
		return "float", strconv.FormatFloat(v.Float(), 'x', -1, 64)
	case reflect.Float64:
		return "double", strconv.FormatFloat(v.Float(), 'x', -1, 64)
	case reflect.Slice:
		element, _ := plain(t, reflect.Zero(v.Type().Elem()))
		values := make([]any, v.Len())
		for i := range values {
			_, values[i] = plain(t, v.Index(i))
		}
		return "list<" + element + ">", values
	}
	t.Fatalf("a column of type %v", v.Type())
	return "", nil
}
