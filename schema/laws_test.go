package schema

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// lawful is a configuration and the measured columns of a row of it, as package
// analysis measures the field.
type lawful struct {
	configuration Configuration
	row           Row
}

// lawfulRows returns rows of every kind, by name. One input has the 9 points
// -4 to 4, two have 4 × 5 points on [0, 3] × [0, 4].
func lawfulRows() map[string]lawful {
	onLine := func(outputs int, a Activation) Configuration {
		return Configuration{Case: "c", Inputs: 1, Outputs: outputs, Hidden: []int{3}, Activation: Tanh, OutputActivation: a,
			Weights: Law{Distribution: Normal, Std: 1}, Biases: Law{Distribution: None},
			Grid: Grid{{From: -4, To: 4, Points: 9}}, Connectivity: 6, Networks: 10}
	}
	onPlane := func(outputs int, a Activation, connectivity int) Configuration {
		c := onLine(outputs, a)
		c.Inputs, c.Grid, c.Connectivity = 2, Grid{{From: 0, To: 3, Points: 4}, {From: 0, To: 4, Points: 5}}, connectivity
		return c
	}
	line := Row{ // -3, -1, 1, 2, 1, -1, -2, -1, 1
		Classes: 2, ClassFraction: []float64{4. / 9, 5. / 9}, Crossings: 3, CrossingsHalf: 3, RegionsHalf: 4, Resolved: true,
		BorderChanges: 1, Regions: 4, Islands: 2, ClassRegions: []int64{2, 2}, ClassIslands: []int64{1, 1}, LargestRegion: 3. / 9,
		BoundaryLength: 3, TurningPoints: 2, ValueMin: -3, ValueMax: 2, ValueMean: -3. / 9, ValueStd: 1.5634719199411433,
		TotalVariation: 12, MaxSlope: 2, Roughness: 1.3093073414159542, MarginMean: 13. / 9, MarginMin: 1,
	}
	step := line // of the same
	step.ValueMin, step.ValueMax, step.ValueMean, step.ValueStd = 0, 1, 4./9, 0.4969039949999533
	step.TotalVariation, step.MaxSlope, step.Roughness = 3, 1, 0.8451542547285166
	plane := Row{ // 1 2 1 1 -1 / 2 -1 2 1 1 / 1 2 3 2 1 / -1 1 1 1 1
		Classes: 2, ClassFraction: []float64{.85, .15}, Crossings: 8, CrossingsHalf: 2, RegionsHalf: 2, BorderChanges: 4,
		Regions: 4, Islands: 1, ClassRegions: []int64{1, 3}, ClassIslands: []int64{0, 1}, LargestRegion: .85,
		BoundaryLength: 3.938161434039348, TurningPoints: 9, ValueMin: -1, ValueMax: 3, ValueMean: 1.05, ValueStd: 1.023474474522936,
		TotalVariation: 27.95, MaxSlope: 3, Roughness: 2.5672765902623524, MarginMean: 1.35, MarginMin: 1,
	}
	logistic := plane // of the same and a second output that is 0
	logistic.ValueMin, logistic.ValueMax = 0.26894140243530273, 0.9525741338729858
	logistic.ValueMean, logistic.ValueStd = 0.6051257088780403, 0.17572933226908444
	logistic.TotalVariation, logistic.MaxSlope, logistic.Roughness = 4.9518796592950824, 0.611855685710907, 0.4933380866792141
	mixed := plane // of the same where it is not negative, and the third class at a corner
	mixed.Classes, mixed.ClassFraction, mixed.ClassRegions, mixed.ClassIslands = 3, []float64{.85, .1, .05}, []int64{1, 2, 1}, []int64{0, 1, 0}
	three := Row{ // 3 2 1 0 0 0 0 1 2 / 0 1 2 3 2 1 0 0 1 / 0 0 0 0 1 2 3 2 0
		Classes: 3, ClassFraction: []float64{1. / 3, 1. / 3, 1. / 3}, Crossings: 3, CrossingsHalf: 3, RegionsHalf: 4, Resolved: true,
		Regions: 4, Islands: 2, ClassRegions: []int64{2, 1, 1}, ClassIslands: []int64{0, 1, 1}, LargestRegion: 3. / 9,
		BoundaryLength: 3, TurningPoints: 1, ValueMax: 0.9950547814369202, ValueMean: 0.49403314457999337, ValueStd: 0.4487346443269326,
		TotalVariation: 1.9590823650360107, MaxSlope: 0.7615941762924194, Roughness: 0.5091664053718449, MarginMean: 5. / 3, MarginMin: 1,
	}
	positive := Row{ // 3 1 1 2 1 1 2 1 1
		Classes: 1, ClassFraction: []float64{1, 0}, RegionsHalf: 1, Resolved: true, Regions: 1,
		ClassRegions: []int64{1, 0}, ClassIslands: []int64{0, 0}, LargestRegion: 1, TurningPoints: 4,
		ValueMin: 0.7615941762924194, ValueMax: 0.9950547814369202, ValueMean: 0.832519445154402, ValueStd: 0.10065832143870178,
		TotalVariation: 1.0431942343711853, MaxSlope: 0.23346060514450073, Roughness: 0.2793500791070741, MarginMean: 13. / 9, MarginMin: 1,
	}
	constant := Row{ // 1 1 1 1 1 1 1 1 1
		Classes: 1, ClassFraction: []float64{1, 0}, RegionsHalf: 1, Resolved: true, Regions: 1,
		ClassRegions: []int64{1, 0}, ClassIslands: []int64{0, 0}, LargestRegion: 1,
		ValueMin: 1, ValueMax: 1, ValueMean: 1, MarginMean: 1, MarginMin: 1,
	}
	pair := line // of the same and a second output that is 0
	pair.ValueMean, pair.ValueStd = -3./18, math.Sqrt(1.25)
	nonfinite := Row{ClassFraction: make([]float64, 2), ClassRegions: make([]int64, 2), ClassIslands: make([]int64, 2)}
	shortLine := onLine(1, Identity)
	shortLine.Grid = Grid{{From: 0, To: 1, Points: 2}}
	short := constant
	short.ValueMax, short.ValueMean, short.ValueStd, short.TotalVariation, short.MaxSlope, short.MarginMean = 2, 1.5, .5, 1, 1, 1.5 // 1 2
	all := map[string]lawful{
		"line": {onLine(1, Identity), line}, "step": {onLine(1, Step), step}, "three": {onLine(3, Tanh), three},
		"positive": {onLine(1, Tanh), positive}, "constant": {onLine(1, Identity), constant}, "short": {shortLine, short}, "pair": {onLine(2, Identity), pair},
		"plane3": {onPlane(3, Identity, 6), mixed},
		"plane":  {onPlane(1, Identity, 6), plane}, "plane4": {onPlane(1, Identity, 4), plane}, "plane8": {onPlane(2, Logistic, 8), logistic},
		"nonfinite": {onLine(1, Tanh), nonfinite},
	}
	for name, l := range all {
		all[name] = l.described(name)
	}
	return all
}

// described returns l with lists of its own and the description in the row.
func (l lawful) described(name string) lawful {
	row := l.configuration.Describe("s", 7)
	from, to := reflect.ValueOf(l.row), reflect.ValueOf(&row).Elem()
	for i := measured; i < to.NumField(); i++ {
		to.Field(i).Set(from.Field(i))
	}
	row.Status = StatusOK
	if name == StatusNonfinite {
		row.Status = StatusNonfinite
	}
	row.ClassFraction, row.ClassRegions, row.ClassIslands = slices.Clone(row.ClassFraction), slices.Clone(row.ClassRegions), slices.Clone(row.ClassIslands)
	return lawful{l.configuration, row}
}

func (l lawful) check() error { return NewLaws(l.configuration, "s", 7).Check(&l.row) }

func TestLawfulRows(t *testing.T) {
	for name, l := range lawfulRows() {
		if err := l.check(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Every law is broken by a row that keeps those before it.
func TestBrokenLaws(t *testing.T) {
	third := 3. / 9
	for _, tt := range []struct {
		name, base string
		change     func(r *Row)
		want       string // how the error begins
	}{
		{"unknown status", "line", func(r *Row) { r.Status = "fine" }, `status: got "fine", want "ok" or "nonfinite"`},
		{"short list", "line", func(r *Row) { r.ClassRegions = r.ClassRegions[:1] }, "class_regions: got [2], want 2 entries"},
		{"long list", "three", func(r *Row) { r.ClassIslands = append(r.ClassIslands, 0) }, "class_islands: got [0 1 1 0], want 3 entries"},
		{"class without points", "line", func(r *Row) { r.ClassFraction[0] = 0 }, "class_regions: got [2 2], want entry 0 from 0 to 0"},
		{"share of no points", "line", func(r *Row) { r.ClassFraction[0] += 1e-12 }, "class_fraction: got [0.4444444444454444"},
		{"share of less than nothing", "line", func(r *Row) { r.ClassFraction[0] = -4. / 9 }, "class_fraction: "},
		{"not a number as a share", "line", func(r *Row) { r.ClassFraction[1] = math.NaN() }, "class_fraction: "},
		{"shares", "line", func(r *Row) { r.ClassFraction[0] = 5. / 9 }, "class_fraction: got [0.5555555555555556 0.5555555555555556], want a sum of 1"},
		{"class without regions", "line", func(r *Row) { r.ClassRegions[0] = 0 }, "class_regions: got [0 2], want entry 0 from 1 to 4"},
		{"more regions than points", "line", func(r *Row) { r.ClassRegions[0] = 5 }, "class_regions: got [5 2]"},
		{"more islands than regions", "line", func(r *Row) { r.ClassIslands[1] = 3 }, "class_islands: got [1 3], want entry 1 from 0 to 2"},
		{"islands below 0", "line", func(r *Row) { r.ClassIslands[1] = -1 }, "class_islands: got [1 -1]"},
		{"classes", "line", func(r *Row) { r.Classes = 1 }, "classes: got 1, want 2"},
		{"regions of classes", "line", func(r *Row) { r.Regions = 5 }, "regions: got 5, want 4, the sum of class_regions [2 2]"},
		{"islands of classes", "line", func(r *Row) { r.Islands = 1 }, "islands: got 1, want 2, the sum of class_islands [1 1]"},
		{"largest region too small", "line", func(r *Row) { r.LargestRegion = 2. / 9 }, "largest_region: got 0.2222222222222222, want a whole number from 3 to 4 over 9"},
		{"largest region too large", "line", func(r *Row) { r.LargestRegion = 5. / 9 }, "largest_region: "},
		{"largest region of no points", "line", func(r *Row) { r.LargestRegion = math.Nextafter(third, 1) }, "largest_region: "},

		{"class twice running", "line", func(r *Row) { r.ClassRegions, r.LargestRegion = []int64{1, 3}, 4./9 }, "class_regions: got [1 3], want entry 1 at most 2"},
		{"crossings of a line", "line", func(r *Row) { r.Crossings = 4 }, "crossings: got 4, want 3, one less than regions"},
		{"islands of a line", "line", func(r *Row) { r.Islands, r.ClassIslands = 1, []int64{1, 0} }, "islands: got 1, want 2"},
		{"ends of a line", "three", func(r *Row) { r.BorderChanges = 2 }, "border_changes: got 2, want at most 1"},
		{"parity of a line", "line", func(r *Row) { r.BorderChanges = 0 }, "border_changes: got 0, want 1, for there are 3 crossings"},
		{"ends of one class", "three", func(r *Row) { r.BorderChanges = 1 }, "class_islands: got [0 1 1], want the two ends"},

		{"crossings of two classes", "plane", func(r *Row) { r.Crossings = 32 }, "crossings: got 32, want at most 31"},
		{"crossings of regions", "plane", func(r *Row) { r.Crossings = 4 }, "crossings: got 4, want at least 5"},
		{"crossings of one class", "plane", func(r *Row) {
			r.Classes, r.ClassFraction, r.Regions, r.Islands, r.BorderChanges = 1, []float64{1, 0}, 1, 0, 0
			r.ClassRegions, r.ClassIslands, r.LargestRegion = []int64{1, 0}, []int64{0, 0}, 1
		}, "crossings: got 8, want 0"},
		{"border and crossings", "plane", func(r *Row) { r.BorderChanges = 10 }, "border_changes: got 10, want at most 8"},
		{"parity of the border", "plane", func(r *Row) { r.BorderChanges = 3 }, "border_changes: got 3, want an even number"},
		{"one change around the border", "plane3", func(r *Row) { r.BorderChanges = 1 }, "border_changes: got 1, want 0 or more than 1"},
		{"arcs of three classes", "plane3", func(r *Row) { r.BorderChanges = 5 }, "regions: got 4, want at least 5"},
		{"Euler", "plane", func(r *Row) { r.BorderChanges = 6 }, "regions: got 4, want 5, which is 1 + border_changes/2 + islands"},
		{"Euler at 4", "plane4", func(r *Row) { r.BorderChanges = 6 }, "regions: got 4, want at least 5"},
		{"Euler at 8", "plane8", func(r *Row) { r.Regions, r.ClassRegions, r.LargestRegion = 5, []int64{2, 3}, .8 }, "regions: got 5, want at most 4"},
		{"regions and border", "plane", func(r *Row) { r.BorderChanges = 2 }, "regions: got 4, want at most 3"},
		{"regions of a changing border", "plane8", func(r *Row) { r.Islands, r.ClassIslands = 3, []int64{0, 3} }, "regions: got 4, want at least 2 more than islands, 3"},

		{"crossings and half", "plane", func(r *Row) { r.CrossingsHalf = 8 }, "crossings_half: got 8, want at most 7"},
		{"more crossings at half", "line", func(r *Row) { r.CrossingsHalf = 5 }, "crossings_half: got 5, want at most 3"},
		{"parity at half", "line", func(r *Row) { r.CrossingsHalf = 2 }, "crossings_half: got 2, want an even number more than border_changes, 1"},
		{"regions of half a line", "line", func(r *Row) { r.RegionsHalf = 3 }, "regions_half: got 3, want 4"},
		{"regions at half", "plane", func(r *Row) { r.RegionsHalf = 4 }, "regions_half: got 4, want from 1 to 3"},
		{"no regions at half", "plane", func(r *Row) { r.RegionsHalf = 0 }, "regions_half: got 0, want from 1 to 3"},
		{"one region at half", "plane", func(r *Row) { r.RegionsHalf = 1 }, "regions_half: got 1, want more than 1"},
		{"resolved", "plane", func(r *Row) { r.Resolved = true }, "resolved: got true, want false"},
		{"not resolved", "line", func(r *Row) { r.Resolved = false }, "resolved: got false, want true"},

		{"value_min not float32", "line", func(r *Row) { r.ValueMin = -3.0000000001 }, "value_min: got -3.0000000001, want a float32"},
		{"value_max not float32", "line", func(r *Row) { r.ValueMax = 2.0000000001 }, "value_max: got 2.0000000001, want a float32"},
		{"value below the activation", "positive", func(r *Row) { r.ValueMin = -1.5 }, "value_min: got -1.5, want a float32, at least -1"},
		{"value above the activation", "positive", func(r *Row) { r.ValueMax = 1.5 }, "value_max: got 1.5, want a float32, at most 1"},
		{"value_max below value_min", "line", func(r *Row) { r.ValueMax = -4 }, "value_max: got -4, want at least value_min, -3"},
		{"half a step", "step", func(r *Row) { r.ValueMin = .5 }, "value_min: got 0.5, want 0 or 1"},
		{"half a step up", "step", func(r *Row) { r.ValueMax = .5 }, "value_max: got 0.5, want 0 or 1"},
		{"mean of a constant", "constant", func(r *Row) { r.ValueMean = math.Nextafter(1, 2) }, "value_mean: got 1.0000000000000002, want 1"},
		{"deviation of a constant", "constant", func(r *Row) { r.ValueStd = 1e-300 }, "value_std: got 1e-300, want 0"},
		{"mean at value_min", "line", func(r *Row) { r.ValueMean = -2.5 }, "value_mean: got -2.5, want between"},
		{"mean at value_max", "line", func(r *Row) { r.ValueMean = 1.5 }, "value_mean: got 1.5, want between"},
		{"large deviation", "line", func(r *Row) { r.ValueStd = 2.5 }, "value_std: got 2.5, want at most"},
		{"small deviation", "line", func(r *Row) { r.ValueStd = 1.1 }, "value_std: got 1.1, want at least"},

		{"slope of no float32", "line", func(r *Row) { r.MaxSlope = 2.0000000001 }, "max_slope: got 2.0000000001, want a float32 over a grid step"},
		{"steep slope", "line", func(r *Row) { r.MaxSlope = 6 }, "max_slope: got 6, want at most"},
		{"gentle slope", "line", func(r *Row) { r.MaxSlope = .5 }, "max_slope: got 0.5, want enough"},
		{"gentle slope of the plane", "plane", func(r *Row) { r.MaxSlope = .5 }, "max_slope: got 0.5, want enough"},
		{"large variation", "line", func(r *Row) { r.TotalVariation = 17 }, "total_variation: got 17, want at most 16"},
		{"large variation of the plane", "plane", func(r *Row) { r.TotalVariation = 73 }, "total_variation: got 73, want at most 72"},
		{"variation below the range", "line", func(r *Row) { r.TotalVariation = 4.99 }, "total_variation: got 4.99, want at least 5"},
		{"variation below the slope", "three", func(r *Row) { r.TotalVariation = .75 }, "total_variation: got 0.75, want at least 0.76"},
		{"variation of the plane", "plane", func(r *Row) { r.TotalVariation = 2.3 }, "total_variation: got 2.3, want at least 3"},
		{"roughness", "line", func(r *Row) { r.Roughness = 4.1 }, "roughness: got 4.1, want at most 4"},
		{"roughness of two points", "short", func(r *Row) { r.Roughness = 1e-300 }, "roughness: got 1e-300, want at most 0"},

		{"boundary of a line", "line", func(r *Row) { r.BoundaryLength = 3.5 }, "boundary_length: got 3.5, want 3"},
		{"long boundary", "plane", func(r *Row) { r.BoundaryLength = 17 }, "boundary_length: got 17, want at most 16.97"},
		{"no boundary", "plane", func(r *Row) { r.BoundaryLength = 0 }, "boundary_length: got 0, want more than 0"},
		{"many ties", "line", func(r *Row) { r.Zeros, r.MarginMin = 5, 0 }, "zeros: got 5, want at most 4"},
		{"many ties of three", "three", func(r *Row) { r.Zeros, r.MarginMin = 7, 0 }, "zeros: got 7, want at most 6"},
		{"ties with a margin", "line", func(r *Row) { r.Zeros = 1 }, "zeros: got 1, want more than 0 where margin_min"},
		{"no ties without a margin", "line", func(r *Row) { r.MarginMin = 0 }, "zeros: got 0, want more than 0 where margin_min"},
		{"turns of a line", "line", func(r *Row) { r.TurningPoints = 8 }, "turning_points: got 8, want at most 7"},
		{"turns of the plane", "plane", func(r *Row) { r.TurningPoints = 23 }, "turning_points: got 23, want at most 22"},
		{"margin_min not float32", "three", func(r *Row) { r.MarginMin = 1.0000000001 }, "margin_min: got 1.0000000001, want a float32"},
		{"margin_min above margin_mean", "three", func(r *Row) { r.MarginMin = 2 }, "margin_min: got 2, want at most margin_mean"},
		{"all ties", "constant", func(r *Row) { r.Zeros, r.MarginMin = 9, 0 }, "margin_mean: got 1, want 0 if all grid points are zeros"},

		{"sign of value_min", "line", func(r *Row) { r.ValueMin, r.ValueMean, r.ValueStd, r.MaxSlope = .5, 1, .5, 1.5 }, "value_min: got 0.5, want the sign"},
		{"sign of value_max", "line", func(r *Row) { r.ValueMax, r.ValueMean, r.ValueStd = -1, -1.5, .7 }, "value_max: got -1, want the sign"},
		{"sign under tanh", "positive", func(r *Row) { r.ValueMin, r.ValueStd = -.0009765625, .35; r.MaxSlope = .5; r.TotalVariation = 1.5 }, "value_min: got -0.0009765625, want the sign"},
		{"mean of a step", "step", func(r *Row) { r.ValueMean = 5. / 9 }, "value_mean: got 0.5555555555555556, want 0.4444444444444444"},
		{"least absolute value", "line", func(r *Row) { r.ValueMax, r.MarginMin, r.ValueStd = 1, 1.25, 1.3 }, "margin_min: got 1.25, want the least absolute value"},
		{"least of one class", "short", func(r *Row) { r.MarginMin = .5 }, "margin_min: got 0.5, want the least absolute value"},
		{"mean absolute value", "short", func(r *Row) { r.MarginMean = 1.25 }, "margin_mean: got 1.25, want at least the absolute value_mean"},
		{"mean of one class", "short", func(r *Row) { r.MarginMean = 1.75 }, "margin_mean: got 1.75, want the absolute value_mean"},
		{"root mean square", "line", func(r *Row) { r.MarginMean = 1.625 }, "margin_mean: got 1.625, want at most"},
		{"least under tanh", "positive", func(r *Row) { r.MarginMin = .5 }, "margin_min: got 0.5, want at least 0.76"},
		{"mean of two outputs", "pair", func(r *Row) { r.MarginMean = 5.5 }, "margin_mean: got 5.5, want at most"},
		{"mean under tanh", "positive", func(r *Row) { r.MarginMin, r.MarginMean = .765625, .78125 }, "margin_mean: got 0.78125, want at least the absolute value_mean"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := lawfulRows()[tt.base]
			tt.change(&l.row)
			if err := l.check(); err == nil || !strings.HasPrefix(err.Error(), tt.want) {
				t.Errorf("error %v\nwant  %s…", err, tt.want)
			}
		})
	}
}
