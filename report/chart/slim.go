package chart

import (
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
)

// Curves are thinned where their steep strokes would fill more than filled of the width
// of one of the windows that a frame is cut into.
const (
	windows = 12
	filled  = 0.45
	steep   = 4 // rise over run on the canvas
)

// slimmed returns how thick curves are that are to be so thick: less if they go up and
// down so often that their strokes would make a solid block.
func (s *sheet) slimmed(thickness vg.Length, f frame, curves ...[]float32) vg.Length {
	var strokes [windows]float64
	for _, values := range curves {
		f.countStrokes(&strokes, values)
	}
	room := filled * width(f.Rectangle) / windows
	return max(min(thickness, room/vg.Length(max(slices.Max(strokes[:]), 1))), 0.6*s.thin)
}

// countStrokes adds up, for each window, how often the steep parts of a curve cover the
// height of the frame. What lies beyond the frame does not count.
func (f frame) countStrokes(strokes *[windows]float64, values []float32) {
	run := width(f.Rectangle) / vg.Length(max(1, len(values)-1))
	for i := 1; i < len(values); i++ {
		a, b := f.y.at(float64(values[i-1])), f.y.at(float64(values[i]))
		rise := math.Abs(min(max(a, 0), 1) - min(max(b, 0), 1))
		if vg.Length(rise)*height(f.Rectangle) > steep*run {
			strokes[(i-1)*windows/(len(values)-1)] += rise
		}
	}
}
