package page

import (
	"encoding/json"
	"math"
	"testing"
)

func TestDecimals(t *testing.T) {
	for _, tt := range []struct {
		x    float64
		want string
	}{
		{0, "0"}, {-1.5, "-1.5"}, {1.0 / 3, "0.3333333"}, {1e300, "1e+300"},
		{math.NaN(), "null"}, {math.Inf(1), "null"}, {math.Inf(-1), "null"},
	} {
		if got, err := json.Marshal(decimal(tt.x)); string(got) != tt.want || err != nil {
			t.Errorf("%v: got %s, want %s (error %v)", tt.x, got, tt.want, err)
		}
	}
}

func TestEdges(t *testing.T) {
	for _, tt := range []struct {
		name  string
		edges []float64
		want  string
	}{
		{"none", nil, "null"},
		{"equal", []float64{-0.5, 0.5, 1.5, 2.5}, "[-0.5,2.5]"},
		{"growing", []float64{0, 1, 3}, "[0,1,3]"},
		{"one without width", []float64{2, 2}, "[1.5,2.5]"},
	} {
		if got, _ := json.Marshal(wiredEdges(tt.edges)); string(got) != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestUnknownNumbers(t *testing.T) {
	if m := wiredMean(Mean{1, 2, false}); m != nil {
		t.Errorf("a mean that is not known: %v", m)
	}
	if m := wiredMean(Mean{math.Inf(1), 2, true}); m != nil {
		t.Errorf("an infinite mean: %v", m)
	}
	if p := wiredPrediction(&Prediction{Predicted: 3, Z: 1}); p.Predicted != nil || p.Z != nil {
		t.Errorf("a prediction without numbers: %v", p)
	}
	if c := wiredComparison(&Comparison{Ratio: Interval{Value: 1}}); c.Ratio != nil {
		t.Errorf("a comparison without a ratio: %v", c)
	}
}

func TestPicturesHaveWholeFields(t *testing.T) {
	line := []Axis{{0, 1, 4}}
	values, scores := make([]uint16, 4), make([]int16, 4)
	for _, tt := range []struct {
		name    string
		picture Picture
		output  string
		broken  bool
	}{
		{"values tell", Picture{Values: values, Outputs: 1, Axes: line}, "tanh", false},
		{"scores tell", Picture{Values: values, Scores: scores, Outputs: 1, Axes: line}, "relu", false},
		{"three values for four points", Picture{Values: values[:3], Outputs: 1, Axes: line}, "tanh", true},
		{"three scores for four points", Picture{Values: values, Scores: scores[:3], Outputs: 1, Axes: line}, "tanh", true},
		{"nothing tells", Picture{Values: values, Outputs: 1, Axes: line}, "relu", true},
		{"several outputs without scores", Picture{Values: values, Outputs: 2, Axes: []Axis{{0, 1, 2}}}, "tanh", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			defer func() {
				if broken := recover() != nil; broken != tt.broken {
					t.Errorf("it panics: %v, want %v", broken, tt.broken)
				}
			}()
			wiredPicture(&tt.picture, tt.output)
		})
	}
}

func TestCombinations(t *testing.T) {
	at := func(name, weights string, depth, width int) Configuration {
		return Configuration{Case: name, Activation: "tanh", OutputActivation: "tanh", Weights: weights, Inputs: 1, Outputs: 1, Depth: depth, Width: width}
	}
	got := combinations([]Configuration{
		at("lonely", "a", 1, 8), at("lonely", "a", 1, 8),
		at("laws", "a", 1, 8), at("laws", "b", 1, 8), at("laws", "a", 1, 16), at("laws", "b", 2, 8),
		at("many", "a", 1, 8), at("many", "a", 2, 8), at("many", "a", 3, 8),
	})
	text, _ := json.Marshal(got)
	want := `[{"name":"many · tanh · 1 input, 1 output","configurations":[6,7,8]},` +
		`{"name":"laws · tanh · 1 input, 1 output · a ·  · ","configurations":[2,4]},` +
		`{"name":"laws · tanh · 1 input, 1 output · b ·  · ","configurations":[3,5]}]`
	if string(text) != want {
		t.Errorf("got\n%s\nwant\n%s", text, want)
	}
}
