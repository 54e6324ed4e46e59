package chart

import (
	"fmt"
	"image/color"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"nodal/report/palette"
	"nodal/schema"
)

// Intervals is one network with one input: its curves over the classes that they make,
// with a divider wherever the class changes.
type Intervals struct {
	Style
	X       schema.Axis // the input
	Pre     [][]float32 // [C][P], pre-activations, which decide the classes
	Outputs [][]float32 // [C][P], what is drawn; nil: Pre

	// Low and High are the range of the output that is shown; where both are 0 it is -1.2
	// to 1.2 if that holds all of it, else all of it and 0.
	Low, High float64
}

// interval is a stretch of the input of one class.
type interval struct {
	From, To float64
	Class    int
}

// classIntervals returns the intervals of the classes, in order, from x.From to x.To.
//
//	pre [C][P]  pre-activations at the points of x
//
// The class of a point is that of the class map: for one output 0 where it is at least
// 0 and 1 elsewhere, for several the largest, ties to the lowest. Between two points of
// different classes the divider lies where the line through one output crosses zero, or
// where the lines through the two winners cross; so there are as many dividers as
// crossings. No points: no intervals.
func classIntervals(x schema.Axis, pre [][]float32) []interval {
	if len(pre) == 0 || len(pre[0]) == 0 {
		return nil
	}
	points := len(pre[0])
	at := func(i float64) float64 {
		t := i / float64(max(1, points-1))
		return x.From*(1-t) + x.To*t
	}
	intervals := []interval{{x.From, x.To, classAt(pre, 0)}}
	for i := 1; i < points; i++ {
		last := &intervals[len(intervals)-1]
		class := classAt(pre, i)
		if class == last.Class {
			continue
		}
		last.To = at(float64(i-1) + crossing(pre, i-1, last.Class, class))
		intervals = append(intervals, interval{last.To, x.To, class})
	}
	return intervals
}

// classAt returns the class of point i.
func classAt(pre [][]float32, i int) int {
	if len(pre) == 1 {
		if pre[0][i] >= 0 {
			return 0
		}
		return 1
	}
	best := 0
	for c := range pre {
		if pre[c][i] > pre[best][i] {
			best = c
		}
	}
	return best
}

// crossing returns the share of the way from point i to the next where class a gives way
// to class b.
func crossing(pre [][]float32, i, a, b int) float64 {
	lead := func(i int) float64 {
		if len(pre) == 1 {
			return float64(pre[0][i])
		}
		return float64(pre[a][i]) - float64(pre[b][i])
	}
	before, after := lead(i), lead(i+1)
	return before / (before - after)
}

// Draw draws the intervals from below the lowest to above the highest value, the
// dividers, and over them the curves, the largest one strong. Under the frame a strip
// names the classes where there is room.
func (f Intervals) Draw(c draw.Canvas) {
	s := f.sheet(c)
	intervals := classIntervals(f.X, f.Pre)
	if intervals == nil {
		s.say(noNetworks)
		return
	}
	shown := f.Outputs
	if shown == nil {
		shown = f.Pre
	}
	strip := 1.5 * s.em
	if f.Bare {
		strip = 0
	}
	box := s.axes(axis{scale: inputScale(f.X), label: "input", blank: true, strip: strip},
		axis{scale: f.outputs(shown), label: "output", blank: true}, f.Bare)
	for _, i := range intervals {
		s.fill(box.span(i.From, i.To), s.wash(i.Class))
	}
	s.dividers(box, intervals)
	s.zeroLevel(box) // an upright line would look like a divider
	if len(shown) == 1 {
		s.outlined(s.standout(), s.slimmed(s.curveWidth(box, 4), box, shown[0]), box.curve(f.X.From, f.X.To, shown[0]))
	} else {
		s.race(box, f.X, shown, intervals)
	}
	s.strip(box, strip, intervals)
}

// outputs returns the scale of the values that are shown.
func (f Intervals) outputs(shown [][]float32) scale {
	if f.Low != f.High {
		return scale{low: f.Low, high: f.High}
	}
	low, high := OutputRange(shown)
	if low == -1.2 {
		return scale{low: low, high: high}
	}
	values := []float64{0}
	for _, outputs := range shown {
		values = append(values, float64(slices.Min(outputs)), float64(slices.Max(outputs)))
	}
	return covering(values, false, 0.06)
}

// wash returns the colour of an interval under curves.
func (s *sheet) wash(class int) color.RGBA {
	if s.dark() {
		return palette.Mix(s.theme.Ground, s.Class(class), 0.2)
	}
	return palette.Mix(s.theme.Ground, s.Class(class), 0.3)
}

// span returns the rectangle of a stretch of the input.
func (f frame) span(from, to float64) vg.Rectangle {
	return rectangle(f.at(from, 0).X, f.Min.Y, f.at(to, 0).X, f.Max.Y)
}

// dividers draws an upright line between neighbouring intervals, a weak one where they
// are narrow.
func (s *sheet) dividers(f frame, intervals []interval) {
	for k, i := range intervals[1:] {
		x := f.at(i.From, 0).X
		if room := min(width(f.span(i.From, i.To)), width(f.span(intervals[k].From, i.From))); room < 6*s.thin {
			s.vertical(faded(s.theme.Ink, 0.5), s.thin, x, f.Min.Y, f.Max.Y)
			continue
		}
		s.vertical(s.theme.Ground, 3*s.thin, x, f.Min.Y, f.Max.Y)
		s.vertical(s.theme.Ink, s.thin, x, f.Min.Y, f.Max.Y)
	}
}

// race draws several outputs in the colours of their classes, each strong where it is
// the largest.
func (s *sheet) race(f frame, x schema.Axis, outputs [][]float32, intervals []interval) {
	thickness := s.curveWidth(f, 6)
	for class, values := range outputs {
		s.stroke(faded(s.bright(class), 0.7), s.slimmed(0.6*thickness, f, values), f.curve(x.From, x.To, values)...)
	}
	for _, i := range intervals {
		part := f
		part.Min.X, part.Max.X = f.at(i.From, 0).X, f.at(i.To, 0).X
		lines := part.ClipLinesXY(f.curve(x.From, x.To, outputs[i.Class])...)
		s.outlined(s.bright(i.Class), s.slimmed(1.25*thickness, f, outputs[i.Class]), lines)
	}
}

// bright returns a class's colour for lines on its own wash.
func (s *sheet) bright(class int) color.RGBA {
	if s.dark() {
		return palette.Mix(s.Class(class), s.theme.Ink, 0.12)
	}
	return palette.Mix(s.Class(class), s.theme.Ink, 0.15)
}

// strip shows the class of each interval under the frame, and names it where the interval
// is wide enough.
func (s *sheet) strip(f frame, tall vg.Length, intervals []interval) {
	if tall == 0 {
		return
	}
	for _, i := range intervals {
		r := f.span(i.From, i.To)
		r.Max.Y, r.Min.Y = r.Min.Y-1.5*s.thin, r.Min.Y-tall
		s.fill(r, s.Class(i.Class))
		face := s.bold(1, inkOn(s.Class(i.Class)))
		name := className(i.Class)
		if face.Width(name)+0.4*s.em <= width(r) {
			s.write(face, name, (r.Min.X+r.Max.X)/2, (r.Min.Y+r.Max.Y)/2-0.36*face.Size, middle)
		}
	}
	for k, i := range intervals[1:] {
		if min(width(f.span(i.From, i.To)), width(f.span(intervals[k].From, i.From))) >= 5*s.thin {
			s.vertical(s.theme.Ground, 1.5*s.thin, f.at(i.From, 0).X, f.Min.Y-tall, f.Min.Y)
		}
	}
}

// className returns "A" for class 0, "Z" for 25, and "class 26" and so on after that.
func className(class int) string {
	if class < 26 {
		return string(rune('A' + class))
	}
	return fmt.Sprintf("class %d", class)
}
