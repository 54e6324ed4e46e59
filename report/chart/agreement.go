package chart

import (
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
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
	s.legend(names)
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

// scores draws the differences in standard errors; those beyond the scale stand at its
// ends.
func (a Agreement) scores(s *sheet, predicted scale, names []string) {
	f := s.axes(axis{scale: predicted, label: "predicted " + a.Column},
		axis{scale: a.zScale(), label: "difference, standard errors"}, a.Bare)
	band := rectangle(f.Min.X, f.at(0, -1.96).Y, f.Max.X, f.at(0, 1.96).Y)
	s.fill(band, faded(s.theme.Muted, 0.22))
	s.horizontal(s.theme.Muted, s.thin, f.Min.X, f.Max.X, f.at(0, 0).Y)
	for _, p := range a.Predictions {
		i := slices.Index(names, p.Name)
		z := min(max(p.Z(), f.y.low), f.y.high)
		s.mark(i, f.at(p.Predicted, z), 0.32*s.em, s.series(i))
	}
}
