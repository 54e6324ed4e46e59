package chart

import (
	"fmt"
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"nodal/report/internal/lettering"
)

// Agreement is what was measured against what theory predicts: on the line where both are
// equal, and by how many standard errors they differ.
type Agreement struct {
	Style
	Column      string // what was measured, with its unit
	Predictions []Prediction
}

// Prediction is one measured mean, its standard error and the prediction.
type Prediction struct {
	Name                       string // of the configuration; predictions of one name share a colour
	Measured, Error, Predicted float64
}

// Z returns by how many standard errors the measured mean lies above the prediction: 0 where
// they are equal, ±Inf where the error is 0 and they are not.
func (p Prediction) Z() float64 {
	if p.Measured == p.Predicted {
		return 0
	}
	return (p.Measured - p.Predicted) / p.Error
}

// Draw draws the means above and the differences below, where the shaded band holds 95 %
// of those that are due to chance.
func (a Agreement) Draw(c draw.Canvas) {
	s := a.sheet(c)
	if len(a.Predictions) == 0 {
		s.say("no predictions")
		return
	}
	names := a.names()
	if !a.Bare {
		s.legend(names)
	}
	upper, lower := *s, *s
	cut := s.Min.Y + 0.44*height(s.Rectangle)
	upper.Min.Y, lower.Max.Y = cut+0.4*s.em, cut-0.4*s.em
	predicted := a.predictedScale()
	room := max(upper.yRoom(a.measuredScale()), lower.yRoom(a.zScale()))
	upper.Min.X += room - upper.yRoom(a.measuredScale())
	lower.Min.X += room - lower.yRoom(a.zScale())
	a.identity(&upper, predicted, names)
	a.scores(&lower, predicted, names)
}

// names returns the names in the order in which they come first.
func (a Agreement) names() []string {
	var names []string
	for _, p := range a.Predictions {
		if !slices.Contains(names, p.Name) {
			names = append(names, p.Name)
		}
	}
	return names
}

func (a Agreement) predictedScale() scale {
	var values []float64
	for _, p := range a.Predictions {
		values = append(values, p.Predicted)
	}
	return covering(values, spansDecades(values), 0.06)
}

func (a Agreement) measuredScale() scale {
	var values []float64
	for _, p := range a.Predictions {
		values = append(values, p.Predicted, p.Measured-p.Error, p.Measured+p.Error)
	}
	return covering(values, a.predictedScale().log, 0.06)
}

// zScale is symmetric about zero, from 3 to 12 standard errors.
func (a Agreement) zScale() scale {
	top := 3.
	for _, p := range a.Predictions {
		top = max(top, math.Abs(p.Z())*1.15)
	}
	return scale{low: -min(top, 12), high: min(top, 12)}
}

// spansDecades reports whether positive values are so far apart that a logarithmic scale
// shows them better.
func spansDecades(values []float64) bool {
	return len(values) > 0 && slices.Min(values) > 0 && slices.Max(values)/slices.Min(values) > 30
}

// yRoom returns the room that the numbers of an upright axis take.
func (s *sheet) yRoom(y scale) vg.Length {
	r := s.Rectangle
	r.Max.Y -= 1.25 * s.em
	s.yTicks(&r, axis{scale: y}, s.face(0.92, s.theme.Muted))
	return r.Min.X - s.Min.X
}

// identity draws measured means over predicted ones.
func (a Agreement) identity(s *sheet, predicted scale, names []string) {
	f := s.axes(axis{scale: predicted}, axis{scale: a.measuredScale(), label: "measured " + a.Column}, a.Bare)
	diagonal := make([]vg.Point, 0, 65)
	for i := range 65 {
		v := predicted.value(float64(i) / 64)
		diagonal = append(diagonal, f.at(v, v))
	}
	s.stroke(s.theme.Muted, 1.2*s.thin, f.ClipLinesXY(diagonal)...)
	for _, p := range a.Predictions {
		i := slices.Index(names, p.Name)
		low, high := f.at(p.Predicted, p.Measured-p.Error), f.at(p.Predicted, p.Measured+p.Error)
		s.stroke(s.series(i), 1.4*s.thin, f.ClipLinesXY([]vg.Point{low, high})...)
		s.mark(i, f.at(p.Predicted, p.Measured), 0.32*s.em, s.series(i))
	}
}

// scores draws the differences in standard errors; arrows at the frame stand for those
// beyond the scale.
func (a Agreement) scores(s *sheet, predicted scale, names []string) {
	f := s.axes(axis{scale: predicted, label: "predicted " + a.Column},
		axis{scale: a.zScale(), label: "difference, standard errors"}, a.Bare)
	band := rectangle(f.Min.X, f.at(0, -1.96).Y, f.Max.X, f.at(0, 1.96).Y)
	s.fill(band, faded(s.theme.Muted, 0.22))
	s.horizontal(s.theme.Muted, s.thin, f.Min.X, f.Max.X, f.at(0, 0).Y)
	var taken []vg.Rectangle
	for _, p := range a.Predictions {
		i := slices.Index(names, p.Name)
		at := f.at(p.Predicted, p.Z())
		if f.ContainsY(at.Y) {
			s.mark(i, at, 0.32*s.em, s.series(i))
		} else if r, ok := s.arrow(f, p, s.series(i), a.Bare, taken); ok {
			taken = append(taken, r)
		}
	}
}

// arrow marks a difference beyond the scale by an arrow to the frame, and writes it beside it if none of the rectangles there is taken. It returns the
// rectangle of the text, if there is one.
func (s *sheet) arrow(f frame, p Prediction, c color.RGBA, bare bool, taken []vg.Rectangle) (text vg.Rectangle, ok bool) {
	up := sign(vg.Length(p.Z()))
	tip := vg.Point{X: f.at(p.Predicted, 0).X, Y: f.Max.Y}
	if up < 0 {
		tip.Y = f.Min.Y
	}
	wide, tall := 0.38*s.em, 0.95*s.em
	base := tip.Y - up*0.6*s.em
	s.polygon(c, tip, vg.Point{X: tip.X - wide, Y: base}, vg.Point{X: tip.X + wide, Y: base})
	s.fill(rectangle(tip.X-0.1*s.em, min(base, tip.Y-up*tall), tip.X+0.1*s.em, max(base, tip.Y-up*tall)), c)
	if bare {
		return text, false
	}
	face := s.face(0.8, s.theme.Ink)
	number := zText(p.Z())
	at := vg.Point{X: tip.X + wide + 0.3*s.em + face.Width(number)/2, Y: tip.Y - up*tall/2}
	if at.X+face.Width(number)/2 > f.Max.X {
		at.X = 2*tip.X - at.X
	}
	text = around(at, face.Width(number), tall)
	if text.Min.X < f.Min.X || overlapsAny(text, taken) {
		return text, false
	}
	s.write(face, number, at.X, at.Y-0.35*face.Size, middle)
	return text, true
}

// zText returns a large difference in standard errors: "+35", "−∞".
func zText(z float64) string {
	switch {
	case math.IsInf(z, 1):
		return "+∞"
	case math.IsInf(z, -1):
		return "−∞"
	case math.Abs(z) >= 1e4:
		return lettering.Minus(fmt.Sprintf("%+.0e", z))
	}
	return lettering.Minus(fmt.Sprintf("%+.0f", z))
}
