package chart

import (
	"gonum.org/v1/plot/vg"

	"nodal/report/internal/lettering"
	"nodal/report/number"
	"nodal/report/palette"
)

// ridgeShare is how much of its row the highest ridge takes; the rest is for the mark of
// the mean.
const ridgeShare = 0.78

// ridges draws the distributions below each other, each as tall as its largest share.
func (h Histogram) ridges(s *sheet, shown []Distribution) {
	names, means := s.face(0.95, s.theme.Ink), s.face(0.95, s.theme.Muted)
	nameRoom, meanRoom := h.columns(s, shown, names, means)
	whole := s.Rectangle
	s.Min.X, s.Max.X = s.Min.X+nameRoom, s.Max.X-meanRoom
	top := 0.
	for _, d := range shown {
		top = max(top, d.tallest())
	}
	y := axis{scale: scale{low: 0, high: 1}, plain: true, label: "share of networks, the highest step " + percent(top)}
	f := s.axes(axis{scale: h.values(shown), label: h.Column}, y, h.Bare)
	tall := height(f.Rectangle) / vg.Length(len(shown))
	for i, d := range shown {
		base := f.Max.Y - vg.Length(i+1)*tall
		s.ridge(f, d, i, base, ridgeShare*tall, top)
		s.meanMark(f, d, base, base+0.9*tall)
		y := base + ridgeShare/2*tall - 0.33*names.Size
		s.write(names, names.Fit(d.Name, nameRoom-0.8*s.em), f.Min.X-0.8*s.em, y, right)
		if meanRoom > 0 {
			s.write(means, d.meanText(), whole.Max.X, y+0.6*means.Size, right)
			s.write(means, d.networks(), whole.Max.X, y-0.6*means.Size, right)
		}
	}
}

// columns returns the room for the names to the left of the frame and for the means to
// the right of it, which narrow figures leave out.
func (h Histogram) columns(s *sheet, shown []Distribution, names, means lettering.Face) (nameRoom, meanRoom vg.Length) {
	if h.Bare {
		return 0, 0
	}
	for _, d := range shown {
		nameRoom = max(nameRoom, names.Width(d.Name)+0.8*s.em)
		meanRoom = max(meanRoom, max(means.Width(d.meanText()), means.Width(d.networks()))+0.8*s.em)
	}
	all := width(s.Rectangle)
	if meanRoom > 0.25*all {
		meanRoom = 0
	}
	return min(nameRoom, 0.36*all), meanRoom
}

// ridge draws the steps of one distribution above a base line.
func (s *sheet) ridge(f frame, d Distribution, i int, base, tall vg.Length, top float64) {
	first, last := d.occupied()
	outline := []vg.Point{{X: f.at(d.Edges[first], 0).X, Y: base}}
	for bin := first; bin <= last; bin++ {
		y := base + tall*vg.Length(d.share(bin)/top)
		outline = append(outline, vg.Point{X: f.at(d.Edges[bin], 0).X, Y: y}, vg.Point{X: f.at(d.Edges[bin+1], 0).X, Y: y})
	}
	outline = append(outline, vg.Point{X: f.at(d.Edges[last+1], 0).X, Y: base})
	ink := s.pastel(i)
	s.polygon(palette.Mix(s.theme.Ground, ink, 0.45), outline...)
	s.stroke(ink, 1.3*s.thin, outline)
	s.horizontal(s.theme.Muted, s.thin, f.Min.X, f.Max.X, base)
}

// bands draws each distribution as a band of shades, the mean as a dot; names stand
// where there is room for them.
func (h Histogram) bands(s *sheet, shown []Distribution) {
	names := s.face(0.85, s.theme.Muted)
	tall := (height(s.Rectangle) - 3*s.em) / vg.Length(len(shown))
	named := tall >= 1.05*names.Size && !h.Bare
	var room vg.Length
	if named {
		room, _ = h.columns(s, shown, names, names)
		s.Min.X += room
	}
	y := axis{scale: scale{low: 0, high: 1}, plain: true}
	if !named {
		y.label = number.Count(int64(len(shown))) + " configurations in their order, shade by share, line through the means"
	}
	f := s.axes(axis{scale: h.values(shown), label: h.Column}, y, h.Bare)
	tall = height(f.Rectangle) / vg.Length(len(shown))
	var means []vg.Point
	for i, d := range shown {
		base := f.Max.Y - vg.Length(i+1)*tall
		s.band(f, d, base, base+tall)
		means = append(means, vg.Point{X: f.at(d.Mean, 0).X, Y: base + tall/2})
		if named {
			s.write(names, names.Fit(d.Name, room-0.6*s.em), f.Min.X-0.6*s.em, base+tall/2-0.33*names.Size, right)
		}
	}
	s.bandMeans(f, means, tall)
}

// bandMeans marks the means of bands by dots, or by a line through all if the bands are
// thin.
func (s *sheet) bandMeans(f frame, means []vg.Point, tall vg.Length) {
	if tall < 5 {
		s.outlined(s.theme.Ink, 1.5*s.thin, f.ClipLinesXY(means))
		return
	}
	radius := min(0.28*tall, 0.3*s.em)
	for _, at := range means {
		if f.ContainsX(at.X) {
			s.disc(at, 1.5*radius, s.theme.Ground)
			s.disc(at, radius, s.theme.Ink)
		}
	}
}

// band draws one distribution between two heights.
func (s *sheet) band(f frame, d Distribution, y0, y1 vg.Length) {
	top := d.tallest()
	for bin := range d.Counts {
		if d.Counts[bin] > 0 {
			c := s.shade(0.12 + 0.88*d.share(bin)/top)
			s.tile(rectangle(f.at(d.Edges[bin], 0).X, y0, f.at(d.Edges[bin+1], 0).X, y1), c)
		}
	}
}
