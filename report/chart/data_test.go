package chart

import (
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/recorder"

	"nodal/schema"
)

func TestClassIntervals(t *testing.T) {
	axis := schema.Axis{From: 0, To: 4, Points: 5}
	for _, tt := range []struct {
		name string
		pre  [][]float32
		want []interval
	}{
		{"none", nil, nil},
		{"one class", [][]float32{{1, 2, 3, 4, 5}}, []interval{{0, 4, 0}}},
		{"a zero between points", [][]float32{{3, 1, -3, -1, -1}}, []interval{{0, 1.25, 0}, {1.25, 4, 1}}},
		{"a zero on a point", [][]float32{{1, 0, -1, -1, 3}}, []interval{{0, 1, 0}, {1, 3.25, 1}, {3.25, 4, 0}}},
		{"touching zero from above", [][]float32{{1, 0, 1, 1, 1}}, []interval{{0, 4, 0}}},
		{"touching zero from below", [][]float32{{-1, 0, -1, -1, -1}}, []interval{{0, 1, 1}, {1, 1, 0}, {1, 4, 1}}},
		{"two outputs", [][]float32{{0, 1, 2, 3, 4}, {2, 2, 2, 2, 2}}, []interval{{0, 2, 1}, {2, 4, 0}}},
		{"three outputs", [][]float32{{4, 4, 0, 0, 0}, {0, 0, 0, 9, 9}, {3, 3, 2, 0, 0}}, []interval{{0, 4. / 3, 0}, {4. / 3, 2 + 2./11, 2}, {2 + 2./11, 4, 1}}},
		{"ties go to the lowest", [][]float32{{1, 1, 1, 1, 1}, {1, 1, 1, 1, 1}}, []interval{{0, 4, 0}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := classIntervals(axis, tt.pre)
			same := slices.EqualFunc(got, tt.want, func(a, b interval) bool {
				return a.Class == b.Class && math.Abs(a.From-b.From) < 1e-12 && math.Abs(a.To-b.To) < 1e-12
			})
			if !same {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

// There are as many dividers as the networks have crossings, and the intervals cover the
// input without gaps.
func TestAsManyDividersAsCrossings(t *testing.T) {
	for _, outputs := range []int{1, 2, 3, 7} {
		rows, networks := sample(1, outputs, []int{12, 12}, schema.Tanh, schema.Identity, line, 40)
		seen := int64(0)
		for i, pre := range networks {
			intervals := classIntervals(line, pre)
			if int64(len(intervals)-1) != rows[i].Crossings {
				t.Errorf("%d outputs, network %d: %d dividers, want %d", outputs, i, len(intervals)-1, rows[i].Crossings)
			}
			seen += rows[i].Crossings
			at := line.From
			for _, interval := range intervals {
				if interval.From != at || interval.To < at {
					t.Errorf("%d outputs, network %d: interval %v begins after %g", outputs, i, interval, at)
				}
				at = interval.To
			}
			if at != line.To {
				t.Errorf("%d outputs, network %d: the intervals end at %g", outputs, i, at)
			}
		}
		if seen == 0 {
			t.Errorf("%d outputs: no crossings were seen", outputs)
		}
	}
}

func TestBins(t *testing.T) {
	for _, tt := range []struct {
		name   string
		values []float64
		most   int
		edges  []float64
		counts []int64
	}{
		{"none", nil, 5, nil, nil},
		{"counts", []float64{0, 1, 1, 3}, 10, []float64{-0.5, 0.5, 1.5, 2.5, 3.5}, []int64{1, 2, 0, 1}},
		{"more counts than bins", []float64{0, 1, 2, 3, 4, 5, 6}, 4, []float64{-0.5, 1.5, 3.5, 5.5, 7.5}, []int64{2, 2, 2, 1}},
		{"one count", []float64{7, 7}, 4, []float64{6.5, 7.5}, []int64{2}},
		{"numbers", []float64{0, 0.5, 0.9, 2}, 4, []float64{0, 0.5, 1, 1.5, 2}, []int64{1, 2, 0, 1}},
		{"one number", []float64{0.5, 0.5}, 4, []float64{0.4995, 0.5005}, []int64{2}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			edges, counts := Bins(tt.values, tt.most)
			near := func(a, b float64) bool { return math.Abs(a-b) < 1e-12 }
			if !slices.EqualFunc(edges, tt.edges, near) || !slices.Equal(counts, tt.counts) {
				t.Errorf("got %v %v, want %v %v", edges, counts, tt.edges, tt.counts)
			}
		})
	}
}

func TestZ(t *testing.T) {
	for _, tt := range []struct {
		p    Prediction
		want float64
	}{
		{Prediction{"", 3, 0.5, 2}, 2},
		{Prediction{"", 1, 0.5, 2}, -2},
		{Prediction{"", 2, 0, 2}, 0},
		{Prediction{"", 3, 0, 2}, math.Inf(1)},
	} {
		if got := tt.p.Z(); got != tt.want {
			t.Errorf("%v: %g, want %g", tt.p, got, tt.want)
		}
	}
}

func TestClassName(t *testing.T) {
	for class, want := range map[int]string{0: "A", 1: "B", 25: "Z", 26: "class 26"} {
		if got := className(class); got != want {
			t.Errorf("class %d is %q, want %q", class, got, want)
		}
	}
}

// A layer with many units shows the first and the last of them.
func TestLayerNodes(t *testing.T) {
	g := Graph{Layers: []int{2, 10, 11, 1}, Biases: make([][]float32, 3)}
	for l, want := range [][]int{
		{bias, 0, 1},
		{bias, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
		{bias, 0, 1, 2, 3, gap, 9, 10},
		{0},
	} {
		var got []int
		for _, n := range g.layerNodes(l) {
			got = append(got, n.unit)
		}
		if !slices.Equal(got, want) {
			t.Errorf("layer %d shows %v, want %v", l, got, want)
		}
	}
}

// The outputs have an activation of their own, and inputs and outputs are counted from 0.
func TestGraphTexts(t *testing.T) {
	for _, tt := range []struct {
		name    string
		g       Graph
		want    []string
		without []string
	}{
		{"one activation", Graph{Layers: []int{2, 3, 1}, Activation: "tanh"}, []string{"x₀", "x₁", "y", "3 tanh", "1 tanh"}, []string{"x₂"}},
		{"two activations", Graph{Layers: []int{1, 3, 12}, Activation: "tanh", OutputActivation: "identity"}, []string{"x", "y₀", "y₁₁", "3 tanh", "12 identity"}, []string{"12 tanh", "y₁₂"}},
	} {
		var written []string
		for _, text := range texts(tt.g, 480, 300) {
			written = append(written, text.String)
		}
		for _, want := range tt.want {
			if !slices.Contains(written, want) {
				t.Errorf("%s: %q is not in %q", tt.name, want, written)
			}
		}
		for _, not := range tt.without {
			if slices.Contains(written, not) {
				t.Errorf("%s: %q is in %q", tt.name, not, written)
			}
		}
	}
}

// Cells leave few places empty where that costs them little.
func TestBestColumns(t *testing.T) {
	for _, tt := range []struct {
		n          int
		wide, tall vg.Length
		shape      float64
		want       int
	}{
		{49, 900, 500, 1.5, 7},
		{49, 500, 500, 1.5, 7}, // 6 columns would be larger, with 5 empty places
		{49, 700, 500, 1, 7},
		{12, 400, 300, 1, 4},
		{7, 400, 300, 1, 4}, // 7 × 1 would be far too small
		{1, 400, 300, 1, 1},
		{3, 900, 300, 1.2, 3},
	} {
		if got := bestColumns(tt.n, tt.wide, tt.tall, tt.shape); got != tt.want {
			t.Errorf("%d cells in %g×%g: %d columns, want %d", tt.n, float64(tt.wide), float64(tt.tall), got, tt.want)
		}
	}
}

// A curve that jumps up and down is so thin that room is left between its strokes.
func TestCurvesWithManyJumpsAreThin(t *testing.T) {
	s := Style{Bare: true}.sheet(draw.NewCanvas(new(recorder.Canvas), 400, 200))
	f := frame{s.Canvas, scale{low: -6, high: 6}, scale{low: -1.2, high: 1.2}}
	jumps := make([]float32, 1001)
	for i := range jumps {
		jumps[i] = float32(1 - 2*(i/10%2))
	}
	for _, tt := range []struct {
		name   string
		values []float32
		want   vg.Length // at most
	}{
		{"level", make([]float32, 1001), 4},
		{"a hundred jumps", jumps, 0.5 * 400 / 100},
	} {
		got := s.slimmed(4, f, tt.values)
		if got > tt.want || tt.name == "level" && got != 4 {
			t.Errorf("%s: %g thick, want %g", tt.name, float64(got), float64(tt.want))
		}
	}
}

func TestWrongLengthsPanic(t *testing.T) {
	axis := schema.Axis{From: 0, To: 1, Points: 2}
	for name, f := range map[string]Figure{
		"values":  Regions{Grid: schema.Grid{axis, axis}, Pre: [][]float32{{1, 2, 3}}},
		"islands": Regions{Grid: schema.Grid{axis, axis}, Pre: [][]float32{{1, 2, 3, 4}}, Islands: []int32{1}},
		"axes":    Regions{Grid: schema.Grid{axis}, Pre: [][]float32{{1, 2}}},
		"weights": Graph{Layers: []int{1, 2}, Weights: [][]float32{{1}}},
		"biases":  Graph{Layers: []int{1, 2}, Biases: [][]float32{{1}}},
	} {
		func() {
			defer func() {
				if text, _ := recover().(string); !strings.HasPrefix(text, "chart: ") {
					t.Errorf("%s: panic %q, want one of this package", name, text)
				}
			}()
			Raster(f, 100, 100, 1)
		}()
	}
}
