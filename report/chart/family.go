package chart

import (
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"nodal/schema"
)

// Family is many curves of one configuration over one input, as the article has them.
type Family struct {
	Style
	X         schema.Axis // the input
	Curves    [][]float32 // [B][P], outputs at the points of X
	Highlight int         // curve that stands out, -1 for none

	// Low and High are the range of the output that is shown; where both are 0 it is
	// that of [OutputRange]. Curves are cut off at its ends.
	Low, High float64
}

// Draw draws the curves, the highlighted one last.
func (f Family) Draw(c draw.Canvas) {
	s := f.sheet(c)
	if len(f.Curves) == 0 {
		s.say(noNetworks)
		return
	}
	outputs := scale{low: f.Low, high: f.High}
	if f.Low == f.High {
		outputs.low, outputs.high = OutputRange(f.Curves)
	}
	box := s.axes(axis{scale: inputScale(f.X), label: "input", blank: true}, axis{scale: outputs, label: "output", blank: true}, f.Bare)
	s.zeroLines(box)
	thickness := s.slimmed(s.curveWidth(box, len(f.Curves)), box, f.Curves...)
	for i, curve := range f.Curves {
		if i != f.Highlight {
			s.stroke(faded(s.pastel(i), opacity(len(f.Curves))), thickness, box.curve(f.X.From, f.X.To, curve)...)
		}
	}
	if f.Highlight >= 0 && f.Highlight < len(f.Curves) {
		s.outlined(s.standout(), 1.35*thickness, box.curve(f.X.From, f.X.To, f.Curves[f.Highlight]))
	}
}

// inputScale returns the scale of a grid's axis.
func inputScale(a schema.Axis) scale {
	if a.From >= a.To {
		return covering([]float64{a.From}, false, 0)
	}
	return scale{low: a.From, high: a.To}
}

// OutputRange returns the range in which curves are shown. Where all lie within 1.2 of
// zero, as those of tanh and logistic do, it is the article's, -1.2 to 1.2. Else it is
// symmetric about zero and holds nineteen of twenty curves in full.
func OutputRange(curves [][]float32) (low, high float64) {
	var sizes []float64
	for _, curve := range curves {
		size := 0.
		for _, v := range curve {
			size = max(size, math.Abs(float64(v)))
		}
		sizes = append(sizes, size)
	}
	slices.Sort(sizes)
	if len(sizes) == 0 || sizes[len(sizes)-1] <= 1.2 {
		return -1.2, 1.2
	}
	high = 1.05 * sizes[(len(sizes)*19-1)/20]
	if high == 0 {
		high = 1.05 * sizes[len(sizes)-1]
	}
	return -high, high
}

// curveWidth returns how thick curves are: thinner the more there are.
func (s *sheet) curveWidth(f frame, curves int) vg.Length {
	thick := min(width(f.Rectangle), 1.8*height(f.Rectangle)) / 130
	return max(thick/vg.Length(math.Pow(float64(max(1, curves))/8, 0.25)), 1)
}

// opacity keeps many curves from hiding each other.
func opacity(curves int) float64 { return min(1, 0.6+4/float64(curves)) }

// outlined draws a line with a rim of the ground's colour.
func (s *sheet) outlined(c color.Color, thickness vg.Length, lines [][]vg.Point) {
	s.stroke(s.theme.Ground, thickness+min(2.2*s.thin, 0.8*thickness), lines...)
	s.stroke(c, thickness, lines...)
}
