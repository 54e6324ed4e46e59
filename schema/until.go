package schema

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// NetworkCount is how many networks a sweep file asks for: a whole number, or a
// mapping that asks for as many as an estimate needs.
type NetworkCount struct {
	// What has to be certain before no more networks are drawn.
	Until *Until `json:"until"`

	// Networks at most, if it never becomes certain: the mean may be zero, or
	// the spread too large.
	Max int64 `json:"max" jsonschema:"minimum=1,maximum=1000000000000"`
}

// Until says when enough networks of a configuration are drawn: when the standard
// error of the mean of a column is at most RelativeError times the mean's
// magnitude. Networks whose status is not ok are drawn but not part of the mean.
type Until struct {
	// Column of the rows whose mean is estimated.
	Column MeasuredColumn `json:"column"`

	// Largest standard error of the mean, as a share of the mean: 0.01 is one
	// percent.
	RelativeError float64 `json:"relative_error" jsonschema:"exclusiveMinimum=0,maximum=1"`
}

// MeasuredColumn is the name of a column of [Row] that holds one number measured
// of a network.
type MeasuredColumn string

// MeasuredColumns returns the names of all measured columns, in the order of
// [Row]: those after its status that hold a number, which neither truth values
// nor lists are.
func MeasuredColumns() []MeasuredColumn {
	names := make([]MeasuredColumn, len(measuredFields))
	for i, f := range measuredFields {
		names[i] = columnName(f)
	}
	return names
}

// IsCount reports whether the column holds whole numbers from 0. It panics if there
// is no such column.
func (m MeasuredColumn) IsCount() bool {
	i := slices.IndexFunc(measuredFields, func(f reflect.StructField) bool { return columnName(f) == m })
	if i < 0 {
		panic("schema: " + string(m) + " is not a measured column")
	}
	return measuredFields[i].Type.Kind() != reflect.Float64
}

// MeasuredValues writes what a row holds in every measured column, in the order of
// [MeasuredColumns]. It panics on another length.
func MeasuredValues(values []float64, r *Row) {
	if len(values) != len(measuredFields) {
		panic(fmt.Sprintf("schema: MeasuredValues: %d values, want %d", len(values), len(measuredFields)))
	}
	row := reflect.ValueOf(r).Elem()
	for i := range measuredFields {
		if field := row.FieldByIndex(measuredFields[i].Index); field.CanFloat() {
			values[i] = field.Float()
		} else {
			values[i] = float64(field.Int())
		}
	}
}

// measuredFields are the fields of Row behind the measured columns.
var measuredFields = func() []reflect.StructField {
	fields := reflect.VisibleFields(reflect.TypeFor[Row]())
	first := 1 + slices.IndexFunc(fields, func(f reflect.StructField) bool { return f.Name == "Status" })
	return slices.DeleteFunc(fields[first:], func(f reflect.StructField) bool {
		return !slices.Contains([]reflect.Kind{reflect.Int32, reflect.Int64, reflect.Float64}, f.Type.Kind())
	})
}()

func columnName(f reflect.StructField) MeasuredColumn {
	name, _, _ := strings.Cut(f.Tag.Get("parquet"), ",")
	return MeasuredColumn(name)
}

// Certain reports whether a mean with that standard error is as certain as it has
// to be. A mean of zero and one of fewer than two networks, whose standard error
// is infinite or not a number, never are.
func (u Until) Certain(mean, standardError float64) bool {
	return mean != 0 && standardError <= float64(u.RelativeError*math.Abs(mean))
}

// decode reads a whole number, or a mapping.
func (c *NetworkCount) decode(d *decoder, n *yaml.Node, path string, r rule) {
	switch n.Kind {
	case yaml.MappingNode:
		type plain NetworkCount // without this method
		d.content((*plain)(c), n, path, rule{})
	case yaml.ScalarNode:
		d.whole(&c.Max, n, path, r)
	default:
		d.fail(n, path, r.wantWhole()+", or a mapping with until and max")
	}
}
