package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"strings"

	"github.com/parquet-go/parquet-go"

	"nodal/analysis"
)

// records returns a summary as a slice of structs, one a group, whose fields
// carry the column names as csv, json and parquet want them: the columns of the
// groups, three counts, five numbers for each statistic, null for a group without a
// network that has them and the error of a single one, how many networks have each of
// the optional columns, and what is known of finer grids, see fineColumns.
func records(t *analysis.Table) reflect.Value {
	var names []string
	var fields []reflect.StructField
	add := func(name string, sample any) {
		names = append(names, name)
		fields = append(fields, reflect.StructField{
			Name: "X" + strings.ReplaceAll(name, "_", ""),
			Type: reflect.TypeOf(sample),
			Tag:  reflect.StructTag(fmt.Sprintf(`json:"%s" parquet:"%s"`, name, name)),
		})
	}
	for _, c := range t.Columns {
		add(c.Name, c.Zero())
	}
	for _, name := range []string{"networks", "nonfinite", "unresolved"} {
		add(name, int64(0))
	}
	for _, name := range t.Statistics {
		for _, suffix := range []string{"mean", "standard_error", "q05", "q50", "q95"} {
			add(name+"_"+suffix, (*float64)(nil))
		}
	}
	optional := t.Statistics[len(analysis.StatisticNames()):]
	for _, name := range optional {
		add(name+"_networks", int64(0))
	}
	for _, c := range fineColumns() {
		add(c.name, (*float64)(nil))
	}
	all := reflect.MakeSlice(reflect.SliceOf(reflect.StructOf(fields)), len(t.Groups), len(t.Groups))
	for i, g := range t.Groups {
		values := append(append([]any(nil), g.Key...), g.Networks, g.Nonfinite, g.Unresolved)
		for j, v := range values {
			all.Index(i).Field(j).Set(reflect.ValueOf(v))
		}
		if g.Finite() == 0 {
			continue
		}
		for k, s := range g.Statistics {
			if o := k - (len(g.Statistics) - len(optional)); o >= 0 {
				all.Index(i).Field(len(values) + 5*len(g.Statistics) + o).SetInt(s.Networks)
			}
			for l, v := range []float64{s.Mean, s.StandardError, s.Q05, s.Q50, s.Q95} {
				if s.Networks > 1 || s.Networks == 1 && l != 1 {
					all.Index(i).Field(len(values) + 5*k + l).Set(reflect.ValueOf(&v))
				}
			}
		}
		for k, c := range fineColumns() {
			all.Index(i).Field(len(values) + 5*len(g.Statistics) + len(optional) + k).Set(reflect.ValueOf(c.of(&g)))
		}
	}
	return all
}

func writeCSV(w io.Writer, t *analysis.Table) error     { return encodeCSV(w, records(t)) }
func writeJSON(w io.Writer, t *analysis.Table) error    { return encodeJSON(w, records(t)) }
func writeParquet(w io.Writer, t *analysis.Table) error { return encodeParquet(w, records(t)) }

// encodeCSV writes a slice of structs whose fields have json tags.
func encodeCSV(w io.Writer, all reflect.Value) error {
	c := csv.NewWriter(w)
	line := make([]string, all.Type().Elem().NumField())
	for j := range line {
		line[j] = all.Type().Elem().Field(j).Tag.Get("json")
	}
	if err := c.Write(line); err != nil {
		return err
	}
	for i := range all.Len() {
		for j := range line {
			line[j] = cell(all.Index(i).Field(j))
		}
		if err := c.Write(line); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

// cell returns a value as csv wants it, empty for null.
func cell(v reflect.Value) string {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return ""
		}
		v = v.Elem()
	}
	return fmt.Sprint(v.Interface())
}

// encodeJSON writes a slice of structs whose fields have json tags.
func encodeJSON(w io.Writer, all reflect.Value) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(all.Interface())
}

// encodeParquet writes a slice of structs whose fields have parquet tags.
func encodeParquet(w io.Writer, all reflect.Value) error {
	writer := parquet.NewGenericWriter[any](w,
		parquet.SchemaOf(reflect.New(all.Type().Elem()).Elem().Interface()), parquet.Compression(&parquet.Zstd))
	for i := range all.Len() {
		if _, err := writer.Write([]any{all.Index(i).Interface()}); err != nil {
			return err
		}
	}
	return writer.Close()
}
