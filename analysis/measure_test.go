package analysis

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nodal/kernels"
	"nodal/schema"
)

// measure returns the measured row of a field without output activation.
func measure(grid schema.Grid, outputs, connectivity int, pre []float32) schema.Row {
	var row schema.Row
	NewMeasurer(grid, outputs, connectivity).Measure(&row, pre, pre)
	return row
}

func TestMeasureKnownFields(t *testing.T) {
	for _, tt := range []struct {
		name    string
		grid    schema.Grid
		outputs int
		pre     []float32
		want    schema.Row
	}{
		{"line through zero", line(5), 1, []float32{-3, -1, 1, 3, 5}, schema.Row{
			Classes: 2, ClassFraction: []float64{.6, .4},
			Crossings: 1, CrossingsHalf: 1, RegionsHalf: 2, Resolved: true, BorderChanges: 1,
			Regions: 2, ClassRegions: []int64{1, 1}, ClassIslands: []int64{0, 0}, LargestRegion: .6,
			BoundaryLength: 1,
			ValueMin:       -3, ValueMax: 5, ValueMean: 1, ValueStd: math.Sqrt(8),
			TotalVariation: 8, MaxSlope: 2, MarginMean: 2.6, MarginMin: 1,
		}},
		{"zigzag that the half grid misses", line(5), 1, []float32{1, -1, 1, -1, 1}, schema.Row{
			Classes: 2, ClassFraction: []float64{.6, .4},
			Crossings: 4, RegionsHalf: 1,
			Regions: 5, Islands: 3, ClassRegions: []int64{3, 2}, ClassIslands: []int64{1, 2}, LargestRegion: .2,
			BoundaryLength: 4, TurningPoints: 3,
			ValueMin: -1, ValueMax: 1, ValueMean: .2, ValueStd: math.Sqrt(.96),
			TotalVariation: 8, MaxSlope: 2, Roughness: 4, MarginMean: 1, MarginMin: 1,
		}},
		{"single point on zero", rectangle(1, 1), 1, []float32{0}, schema.Row{
			Classes: 1, ClassFraction: []float64{1, 0}, RegionsHalf: 1, Resolved: true,
			Regions: 1, ClassRegions: []int64{1, 0}, ClassIslands: []int64{0, 0}, LargestRegion: 1, Zeros: 1,
		}},
		{"three classes, one of them absent", line(4), 3, []float32{
			1, 1, 0, 0,
			0, 0, 0, 0,
			0, 0, 2, 3,
		}, schema.Row{
			Classes: 2, ClassFraction: []float64{.5, 0, .5},
			Crossings: 1, CrossingsHalf: 1, RegionsHalf: 2, Resolved: true, BorderChanges: 1,
			Regions: 2, ClassRegions: []int64{1, 0, 1}, ClassIslands: []int64{0, 0, 0}, LargestRegion: .5,
			BoundaryLength: 1,
			ValueMax:       3, ValueMean: 7. / 12, ValueStd: math.Sqrt(15./12 - 49./144),
			TotalVariation: 1, MaxSlope: 1, Roughness: 1, MarginMean: 7. / 4, MarginMin: 1,
		}},
		{"an island that the half grid misses", rectangle(3, 3), 1, []float32{1, 1, 1, 1, -1, 1, 1, 1, 1}, schema.Row{
			Classes: 2, ClassFraction: []float64{8. / 9, 1. / 9}, Crossings: 4, RegionsHalf: 1,
			Regions: 2, Islands: 1, ClassRegions: []int64{1, 1}, ClassIslands: []int64{0, 1}, LargestRegion: 8. / 9,
			BoundaryLength: 2 + math.Sqrt2, TurningPoints: 2,
			ValueMin: -1, ValueMax: 1, ValueMean: 7. / 9, ValueStd: math.Sqrt(1 - 49./81),
			TotalVariation: 16. / 3, MaxSlope: 2, Roughness: math.Sqrt(2. * 16 / 6), MarginMean: 1, MarginMin: 1,
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.want.Status = schema.StatusOK
			got := measure(tt.grid, tt.outputs, 6, tt.pre)
			if diff := cmp.Diff(tt.want, got, nearly); diff != "" {
				t.Errorf("row (-want +got):\n%s", diff)
			}
		})
	}
}

// nearly compares floats by near.
var nearly = cmp.Comparer(near)

// Counts, margins and lengths come from the pre-activations, values and slopes
// from the outputs.
func TestMeasureSources(t *testing.T) {
	grid := square(2, 21)
	pre := randomField(8, grid, 1, false)
	out := make([]float32, len(pre))
	row := schema.Row{}
	NewMeasurer(grid, 1, 6).Measure(&row, pre, out)
	want := measure(grid, 1, 6, pre)
	want.ValueMin, want.ValueMax, want.ValueMean, want.ValueStd = 0, 0, 0, 0
	want.TotalVariation, want.MaxSlope, want.Roughness = 0, 0, 0
	if diff := cmp.Diff(want, row); diff != "" {
		t.Errorf("row with zero outputs (-want +got):\n%s", diff)
	}
	if row.TurningPoints == 0 || row.Crossings == 0 {
		t.Error("the field has no turns or crossings: it tests nothing")
	}
}

// Outputs that are the pre-activations, the same slice, are measured like a copy of
// them; and the noise of turning points is that of the first output alone, however
// large the others are.
func TestMeasureSameSlice(t *testing.T) {
	for _, outputs := range []int{1, 2, 3} {
		grid := square(2, 33)
		pre := randomField(9, grid, outputs, false)
		for p := range pre[grid.Points():] {
			pre[grid.Points()+p] *= 1e9
		}
		got, want := schema.Row{}, schema.Row{}
		NewMeasurer(grid, outputs, 6).Measure(&got, pre, pre)
		NewMeasurer(grid, outputs, 6).Measure(&want, pre, append([]float32(nil), pre...))
		if diff := cmp.Diff(want, got); diff != "" || got.TurningPoints == 0 {
			t.Errorf("%d outputs: %d turning points; the same slice (-copy +same):\n%s", outputs, got.TurningPoints, diff)
		}
	}
}

// Every path of the kernels gives the same row.
func TestMeasureOnEveryPath(t *testing.T) {
	before := kernels.ActivePath()
	defer kernels.Use(before)
	for _, grid := range []schema.Grid{line(1001), square(2, 65)} {
		for _, outputs := range []int{1, 3} {
			pre, out := randomField(4, grid, outputs, false), randomField(5, grid, outputs, true)
			var want schema.Row
			for k, path := range kernels.Paths() {
				kernels.Use(path)
				var row schema.Row
				if NewMeasurer(grid, outputs, 6).Measure(&row, pre, out); k == 0 {
					want = row
				}
				if diff := cmp.Diff(want, row); diff != "" {
					t.Errorf("%d axes, %d outputs, path %v (-%v +%v):\n%s", len(grid), outputs, path, before, path, diff)
				}
			}
		}
	}
}

// A nonfinite value anywhere zeroes every measured column, whatever the row held
// before, and leaves the descriptive columns alone.
func TestMeasureNonfinite(t *testing.T) {
	for _, outputs := range []int{1, 3} {
		grid := line(7)
		m := NewMeasurer(grid, outputs, 6)
		for _, bad := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
			for position := range 2 * 7 * outputs {
				pre, out := randomField(1, grid, outputs, true), randomField(2, grid, outputs, true)
				both := [][]float32{pre, out}
				both[position/len(pre)][position%len(pre)] = float32(bad)
				row := describedRow(t)
				m.Measure(&row, pre, out)
				want := describedRow(t)
				zeroMeasured(&want, max(2, outputs))
				if diff := cmp.Diff(want, row); diff != "" {
					t.Fatalf("outputs=%d, %v at %d (-want +got):\n%s", outputs, bad, position, diff)
				}
			}
		}
	}
}

// describedRow returns a row in which no column is zero.
func describedRow(t *testing.T) schema.Row {
	t.Helper()
	var row schema.Row
	v := reflect.ValueOf(&row).Elem()
	for i := range v.NumField() {
		switch f := v.Field(i); f.Interface().(type) {
		case string:
			f.SetString("text")
		case int32, int64:
			f.SetInt(9)
		case float64:
			f.SetFloat(9)
		case bool:
			f.SetBool(true)
		case []int64:
			f.Set(reflect.ValueOf([]int64{9, 9, 9, 9, 9}))
		case []float64:
			f.Set(reflect.ValueOf([]float64{9}))
		case *schema.Extra: // not the measurer's
		default:
			t.Fatalf("column %s has type %s", v.Type().Field(i).Name, f.Type())
		}
	}
	return row
}

// zeroMeasured sets every column from Status on as the schema says for nonfinite.
func zeroMeasured(row *schema.Row, classes int) {
	v := reflect.ValueOf(row).Elem()
	status, _ := v.Type().FieldByName("Status")
	for i := status.Index[0]; i < v.NumField(); i++ {
		v.Field(i).SetZero()
	}
	row.Status = schema.StatusNonfinite
	row.ClassFraction, row.ClassRegions, row.ClassIslands = make([]float64, classes), make([]int64, classes), make([]int64, classes)
}

// Measure sets every measured column afresh: a row that held numbers ends up as
// one that was empty.
func TestMeasureOverwrites(t *testing.T) {
	grid := square(2, 9)
	pre := randomField(3, grid, 2, true)
	full, want := describedRow(t), describedRow(t)
	zeroMeasured(&want, 2)
	m := NewMeasurer(grid, 2, 8)
	m.Measure(&full, pre, pre)
	m.Measure(&want, pre, pre)
	if diff := cmp.Diff(want, full); diff != "" {
		t.Errorf("used row (-want +got):\n%s", diff)
	}
}

// Whatever is finite going in is finite coming out: the largest and the least
// float32 values, on axes as long and as short as float32 allows.
func TestMeasureStaysFinite(t *testing.T) {
	values := []float32{math.MaxFloat32, -math.MaxFloat32, math.SmallestNonzeroFloat32, -math.SmallestNonzeroFloat32, 0}
	axes := []schema.Axis{
		{From: 0, To: 9 * math.SmallestNonzeroFloat32, Points: 10},
		{From: -math.MaxFloat32, To: math.MaxFloat32, Points: 5},
		{From: -1, To: 1, Points: 7},
	}
	var grids []schema.Grid
	for _, a := range axes {
		grids = append(grids, schema.Grid{a})
		for _, b := range axes {
			grids = append(grids, schema.Grid{a, b})
		}
	}
	for _, grid := range grids {
		for _, outputs := range []int{1, 2, 5} {
			pre := make([]float32, outputs*grid.Points())
			for n := range 50 {
				for p := range pre {
					pre[p] = values[(p*p*7+n*p+p/5+n)%len(values)]
				}
				row := measure(grid, outputs, 6, pre)
				if _, err := json.Marshal(row); err != nil || row.Status != schema.StatusOK {
					t.Fatalf("%v, %d outputs, %v: %v\n%+v", grid, outputs, pre, err, row)
				}
			}
		}
	}
}

func TestMeasureAllocates(t *testing.T) {
	for _, tt := range []struct{ dims, n, outputs int }{{1, 101, 1}, {1, 101, 5}, {2, 33, 1}, {2, 33, 5}} {
		grid := square(tt.dims, tt.n)
		pre := randomField(1, grid, tt.outputs, true)
		m := NewMeasurer(grid, tt.outputs, 6)
		var row schema.Row
		m.Measure(&row, pre, pre)
		if n := testing.AllocsPerRun(20, func() { m.Measure(&row, pre, pre) }); n != 0 {
			t.Errorf("%+v: %v allocations, want 0", tt, n)
		}
	}
}

func TestMeasurePanics(t *testing.T) {
	for _, tt := range []struct {
		name string
		want string
		call func()
	}{
		{"no axis", "analysis: grid of 0 axes, want 1 or 2", func() { NewMeasurer(nil, 1, 6) }},
		{"three axes", "analysis: grid of 3 axes, want 1 or 2", func() { NewMeasurer(square(3, 3), 1, 6) }},
		{"no points", "analysis: axis of 0 points, want at least 1", func() { NewMeasurer(line(0), 1, 6) }},
		{"no outputs", "analysis: 0 outputs, want 1 to 256", func() { NewMeasurer(line(3), 0, 6) }},
		{"257 outputs", "analysis: 257 outputs, want 1 to 256", func() { NewMeasurer(line(3), 257, 6) }},
		{"connectivity 5", "analysis: connectivity 5, want 4, 6 or 8", func() { NewMeasurer(line(3), 1, 5) }},
		{"short pre", "analysis: Measure: len(pre) = 2, want 3, outputs·points = 1·3", func() {
			NewMeasurer(line(3), 1, 6).Measure(new(schema.Row), make([]float32, 2), make([]float32, 3))
		}},
		{"short out", "analysis: Measure: len(out) = 5, want 6, outputs·points = 2·3", func() {
			NewMeasurer(line(3), 2, 6).Measure(new(schema.Row), make([]float32, 6), make([]float32, 5))
		}},
		{"short field", "analysis: Classify: len(pre) = 5, want 6, outputs·points = 2·3", func() {
			NewClassMap(ShapeOf(line(3)), 2).Classify(make([]float32, 3), make([]float32, 5))
		}},
		{"short margin", "analysis: Classify: len(margin) = 2, want 3, outputs·points = 1·3", func() {
			NewClassMap(ShapeOf(line(3)), 2).Classify(make([]float32, 2), make([]float32, 6))
		}},
		{"boundary of a line", "analysis: Length: the grid is a line, want two axes", func() {
			s := ShapeOf(line(3))
			new(Boundary).Length(make([]float32, 3), NewClassMap(s, 1), NewEdges(s))
		}},
		{"short boundary", "analysis: Length: len(pre) = 3, want 9, outputs·points = 1·9", func() {
			s := ShapeOf(square(2, 3))
			new(Boundary).Length(make([]float32, 3), NewClassMap(s, 1), NewEdges(s))
		}},
		{"long slopes", "analysis: Slopes: len(f) = 4, want 3, outputs·points = 1·3", func() {
			Slopes(make([]float32, 4), ShapeOf(line(3)))
		}},
		{"short roughness", "analysis: Roughness: len(f) = 2, want 3, outputs·points = 1·3", func() {
			Roughness(make([]float32, 2), ShapeOf(line(3)))
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			defer func() {
				if got := fmt.Sprint(recover()); got != tt.want {
					t.Errorf("panic %q, want %q", got, tt.want)
				}
			}()
			tt.call()
		})
	}
}
