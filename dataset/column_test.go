package dataset_test

import (
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"

	"nodal/dataset"
	"nodal/dataset/disk/crashdisk"
	"nodal/schema"
)

// columnSweep has more networks than a row group, some of which are not finite.
const columnSweep = `version: 1
name: column
seed: 5
networks: 9000
grid: {from: -1, to: 1, points: 5}
cases:
  - name: a
    hidden: [[2, 2]]
    activation: relu
    weights: {distribution: normal, std: [1, 1e19]}
`

// TestColumnOf checks that a column read alone has the values of the rows, and NaN
// where a row has none.
func TestColumnOf(t *testing.T) {
	disk := crashdisk.New()
	if err := runOn(t, disk, faultPlan(t, columnSweep), dataset.Options{}); err != nil {
		t.Fatal(err)
	}
	r, err := dataset.Open(root, dataset.Options{FS: disk})
	if err != nil {
		t.Fatal(err)
	}
	want := make(map[schema.MeasuredColumn][]float64)
	nonfinite := 0
	for rows, err := range r.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for column, x := range numbersOf(row) {
				if row.Status != schema.StatusOK {
					x = math.NaN()
				}
				want[column] = append(want[column], x)
			}
			if row.Status != schema.StatusOK {
				nonfinite++
			}
		}
	}
	if nonfinite == 0 || nonfinite == 18_000 {
		t.Errorf("%d of 18,000 networks are not finite: too few or too many to test anything", nonfinite)
	}
	for _, column := range schema.MeasuredColumns() {
		var got []float64
		for part := range r.Plan().Parts() {
			for values, err := range r.ColumnOf(part, column) {
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, values...)
			}
		}
		if len(got) != len(want[column]) || len(got) != 18_000 {
			t.Fatalf("%s has %d values, want %d", column, len(got), len(want[column]))
		}
		for i, x := range want[column] {
			if got[i] != x && !(math.IsNaN(got[i]) && math.IsNaN(x)) {
				t.Fatalf("%s: value %d is %v, want %v", column, i, got[i], x)
			}
		}
	}
}

// numbersOf returns the measured columns of a row.
func numbersOf(row schema.Row) map[schema.MeasuredColumn]float64 {
	numbers := make(map[schema.MeasuredColumn]float64)
	v := reflect.ValueOf(row)
	for i := range v.NumField() {
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("parquet"), ",")
		if f := v.Field(i); f.CanInt() {
			numbers[schema.MeasuredColumn(name)] = float64(f.Int())
		} else if f.CanFloat() {
			numbers[schema.MeasuredColumn(name)] = f.Float()
		}
	}
	return numbers
}

// TestColumnOfDamage checks that a damaged part is an error, and one that is
// missing from a complete dataset.
func TestColumnOfDamage(t *testing.T) {
	dataset.SmallParts(t, 32)
	for name, harm := range map[string]func(d *crashdisk.Disk, path string) error{
		"gone":      func(d *crashdisk.Disk, path string) error { return d.Remove(path) },
		"cut short": func(d *crashdisk.Disk, path string) error { return put(d, path, string(d.Files()[path][:1000])) },
	} {
		disk := crashdisk.New()
		if err := runOn(t, disk, faultPlan(t, faultSweep), dataset.Options{}); err != nil {
			t.Fatal(err)
		}
		r, err := dataset.Open(root, dataset.Options{FS: disk})
		if err != nil {
			t.Fatal(err)
		}
		for part := range r.Plan().Parts() {
			if err := harm(disk, root+"/networks/"+part.Name()+".parquet"); err != nil {
				t.Fatal(err)
			}
			for values, err := range r.ColumnOf(part, "crossings") {
				if !errors.As(err, new(*dataset.IntegrityError)) {
					t.Errorf("%s: %d values, %v; want an IntegrityError", name, len(values), err)
				}
			}
		}
	}
}
