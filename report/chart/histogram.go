package chart

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"nodal/report/internal/lettering"
	"nodal/report/number"
)

// Histogram is how a column is distributed over the networks of one or more
// configurations, one below the other on one scale.
type Histogram struct {
	Style
	Column        string // what is counted, with its unit: "zero crossings"
	Distributions []Distribution
}

// Distribution is a histogram of the networks of one configuration. Bin i holds the
// values from Edges[i] up to, and not including, Edges[i+1], the last bin its upper edge
// too. Networks beyond the edges are in N alone.
type Distribution struct {
	Name        string
	Edges       []float64 // ascending, one more than Counts
	Counts      []int64
	N           int64   // networks in all
	Mean, Error float64 // Error is the standard error of the mean, 0 if it is not known
}

// Bins returns the histogram of some values in at most `most` bins. Where all are whole
// numbers, and most times that many steps cover them, bins have a whole number of steps
// and edges at halves. No values: no bins.
func Bins(values []float64, most int) (edges []float64, counts []int64) {
	if len(values) == 0 || most < 1 {
		return nil, nil
	}
	low, high := slices.Min(values), slices.Max(values)
	width, first := (high-low)/float64(most), low
	n := most
	switch {
	case !slices.ContainsFunc(values, func(v float64) bool { return v != math.Trunc(v) }) && high-low < 1e15:
		width = math.Ceil((high - low + 1) / float64(most))
		n = int(math.Ceil((high - low + 1) / width))
		first = low - 0.5
	case low == high:
		n, width, first = 1, max(1e-3, math.Abs(low)*1e-3), low-max(1e-3, math.Abs(low)*1e-3)/2
	}
	for i := range n + 1 {
		edges = append(edges, first+float64(i)*width)
	}
	counts = make([]int64, n)
	for _, v := range values {
		counts[min(max(int((v-first)/width), 0), n-1)]++
	}
	return edges, counts
}

// Draw draws bars for one configuration, for several a row of steps each, and for more
// than have room a band of shades each.
func (h Histogram) Draw(c draw.Canvas) {
	s := h.sheet(c)
	shown := slices.DeleteFunc(slices.Clone(h.Distributions), func(d Distribution) bool { return len(d.Counts) == 0 || d.N == 0 })
	switch {
	case len(shown) == 0:
		s.say(noNetworks)
	case len(shown) == 1:
		h.bars(s, shown[0])
	case height(s.Rectangle)-3*s.em >= 2.6*s.em*vg.Length(len(shown)):
		h.ridges(s, shown)
	default:
		h.bands(s, shown)
	}
}

// values returns the scale on which all distributions lie.
func (h Histogram) values(shown []Distribution) scale {
	var ends []float64
	for _, d := range shown {
		first, last := d.occupied()
		ends = append(ends, d.Edges[first], d.Edges[last+1])
	}
	if low, high := slices.Min(ends), slices.Max(ends); len(shown) == 1 && shown[0].bins() == 1 {
		ends = append(ends, low-(high-low), high+(high-low)) // room beside the only bar
	}
	values := covering(ends, false, 0.02)
	values.whole = !slices.ContainsFunc(ends, func(edge float64) bool { return edge+0.5 != math.Trunc(edge+0.5) })
	return values
}

// occupied returns the first and the last bin with a network in it.
func (d Distribution) occupied() (first, last int) {
	for last = len(d.Counts) - 1; last > 0 && d.Counts[last] == 0; last-- {
	}
	for first < last && d.Counts[first] == 0 {
		first++
	}
	return first, last
}

// bins returns the number of bins from the first to the last with a network in it.
func (d Distribution) bins() int {
	first, last := d.occupied()
	return last - first + 1
}

// share returns the share of the networks in a bin.
func (d Distribution) share(bin int) float64 { return float64(d.Counts[bin]) / float64(d.N) }

// tallest returns the largest share of a bin, as it is drawn: by its width, see density.
func (d Distribution) tallest() float64 {
	top := 0.
	for i := range d.Counts {
		top = max(top, d.share(i))
	}
	return top
}

// text returns the mean and the number of networks: "mean 0.922 ± 0.005 · n = 20,000".
func (d Distribution) text() string {
	if d.N == 1 {
		return lettering.Minus(number.Short(d.Mean)) + " · 1 network"
	}
	return "mean " + d.meanText() + " · " + d.networks()
}

// networks returns "n = 20,000" or "1 network".
func (d Distribution) networks() string {
	if d.N == 1 {
		return "1 network"
	}
	return "n = " + number.Count(d.N)
}

func (d Distribution) meanText() string {
	if d.Error == 0 {
		return lettering.Minus(number.Short(d.Mean))
	}
	return lettering.Minus(number.PlusMinus(d.Mean, d.Error))
}

// bars draws one distribution with its shares on an axis.
func (h Histogram) bars(s *sheet, d Distribution) {
	shares := axis{scale: scale{low: 0, high: 104 * d.tallest()}, label: "share of networks, %", most: 104 * d.tallest()}
	if !h.Bare { // room for the mean and its text above the bars
		shares.high = 100 * d.tallest() / (1 - float64(min(3*s.em/max(height(s.Rectangle)-5*s.em, s.em), 0.5)))
	}
	f := s.axes(axis{scale: h.values([]Distribution{d}), label: h.Column, blank: true}, shares, h.Bare)
	for i := range d.Counts {
		from, to := f.at(d.Edges[i], 0), f.at(d.Edges[i+1], 100*d.share(i))
		gap := min(0.5*s.thin, (to.X-from.X)/10)
		if d.Counts[i] > 0 {
			s.fill(rectangle(from.X+gap, from.Y, to.X-gap, max(to.Y, from.Y+0.4)), s.series(0))
		}
	}
	s.horizontal(s.theme.Muted, s.thin, f.Min.X, f.Max.X, f.Min.Y)
	if h.Bare {
		return
	}
	s.meanMark(f, d, f.Min.Y, f.Max.Y-2.1*s.em)
	face := s.bold(1, s.theme.Ink)
	s.writeWithin(face, face.Fit(d.text(), width(f.Rectangle)), f.at(d.Mean, 0).X, f.Max.Y-1.1*s.em, middle, f.Min.X, f.Max.X)
}

// meanMark marks a mean by a thin line between two heights with a dot at the upper end,
// and its standard error by a whisker across the dot.
func (s *sheet) meanMark(f frame, d Distribution, y0, y1 vg.Length) {
	at := f.at(d.Mean, 0).X
	if at < f.Min.X || at > f.Max.X {
		return
	}
	s.vertical(s.theme.Ground, 3*s.thin, at, y0, y1)
	s.vertical(s.theme.Ink, s.thin, at, y0, y1)
	s.disc(vg.Point{X: at, Y: y1}, 0.17*s.em, s.theme.Ink)
	from, to := max(f.at(d.Mean-d.Error, 0).X, f.Min.X), min(f.at(d.Mean+d.Error, 0).X, f.Max.X)
	if to-from < 0.5*s.em { // within the dot
		return
	}
	s.horizontal(s.theme.Ink, s.thin, from, to, y1)
	for _, end := range []vg.Length{from, to} {
		s.vertical(s.theme.Ink, s.thin, end, y1-0.2*s.em, y1+0.2*s.em)
	}
}

// more says how many rows, "row", had no room.
func more(left int, of string) string {
	if left != 1 {
		of += "s"
	}
	return fmt.Sprintf("… and %d more %s", left, of)
}
