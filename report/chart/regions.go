package chart

import (
	"fmt"
	"image"
	"math"
	"strconv"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"nodal/schema"
)

// Regions is one network with two inputs as a map of its classes: stronger colours where
// the winner wins by more, islands with a rim, and with a number where there are few of
// them. Islands of a few grid points have a ring around them instead of a rim.
//
// The first input, x₀, runs to the right, the second, x₁, upwards.
type Regions struct {
	Style
	Grid schema.Grid // two axes
	Pre  [][]float32 // [C][P], pre-activations at the points of Grid, last axis fastest

	// Islands tells the islands from the rest: 0 for points of none, k for those of
	// island k. Nil: no islands are marked.
	Islands []int32 // [P]
}

// Draw draws the map as a square if both axes are equally long, else in the shape of the
// grid.
//
// Between the grid points the pre-activations are interpolated by cubic convolution
// (Keys, IEEE Transactions on Acoustics, Speech, and Signal Processing 29(6), 1981),
// which passes through all of them; each pixel takes the class of the largest, with
// half-tones where the class changes within it. Features thinner than a step of the
// grid may join or part otherwise than in the counts, which are those of the triangulated
// grid.
func (f Regions) Draw(c draw.Canvas) {
	s := f.sheet(c)
	if len(f.Pre) == 0 {
		s.say(noNetworks)
		return
	}
	f.check()
	x, y := inputScale(f.Grid[0]), inputScale(f.Grid[1])
	box := frame{s.Canvas, x, y}
	if !f.Bare {
		box = s.mapFrame(f, axis{scale: x, label: "x₀"}, axis{scale: y, label: "x₁"})
	}
	var m *classMap
	r := DrawRaster(s.Canvas, box.Rectangle, func(width, height int) image.Image {
		m = newClassMap(f, width, height, s.thin.Points()*float64(width)/box.Size().X.Points())
		return m.paint(s)
	})
	box.Rectangle = r
	if m != nil && !f.Bare {
		s.islandNumbers(box, m)
	}
}

// mapFrame draws axes and legend around a frame of the grid's shape.
func (s *sheet) mapFrame(f Regions, x, y axis) frame {
	entries := f.entries()
	beside := s.column(entries)
	if beside == 0 {
		s.classLine(entries)
	}
	s.Rectangle = s.shaped(f.Grid[0].Extent()/f.Grid[1].Extent(), vg.Point{X: s.yRoom(y.scale) + beside, Y: 4.5 * s.em})
	s.Max.X -= beside
	box := s.axes(x, y, false)
	if beside > 0 {
		s.classColumn(entries, box.Max.X+s.em, box.Max.Y)
	}
	return box
}

// check panics if the slices do not fit together.
func (f Regions) check() {
	if len(f.Grid) != 2 {
		panic(fmt.Sprintf("chart: Regions with %d axes, want 2", len(f.Grid)))
	}
	for _, pre := range f.Pre {
		if len(pre) != f.Grid.Points() {
			panic(fmt.Sprintf("chart: Regions with %d values, want %d", len(pre), f.Grid.Points()))
		}
	}
	if f.Islands != nil && len(f.Islands) != f.Grid.Points() {
		panic(fmt.Sprintf("chart: Regions with %d island labels, want %d", len(f.Islands), f.Grid.Points()))
	}
}

// shaped returns the part in the middle of the sheet in which a frame has a shape, wider
// than high by it, when axes take some room. Shapes beyond 3 are drawn as 3.
func (s *sheet) shaped(shape float64, axes vg.Point) vg.Rectangle {
	ratio := vg.Length(min(max(shape, 1./3), 3))
	wide, tall := width(s.Rectangle)-axes.X, height(s.Rectangle)-axes.Y
	if wide > tall*ratio {
		spare := (wide - tall*ratio) / 2
		return rectangle(s.Min.X+spare, s.Min.Y, s.Max.X-spare, s.Max.Y)
	}
	spare := (tall - wide/ratio) / 2
	return rectangle(s.Min.X, s.Min.Y+spare, s.Max.X, s.Max.Y-spare)
}

// legendEntry is the name of a class and its share.
type legendEntry struct {
	class int
	text  string
}

// entries returns the classes that occur.
func (f Regions) entries() []legendEntry {
	var entries []legendEntry
	for class, share := range classShares(f.Pre) {
		if share > 0 {
			entries = append(entries, legendEntry{class, className(class) + "  " + percent(share)})
		}
	}
	return entries
}

// column returns the room that the entries take below each other, to the right of the
// map, or 0 if the sheet is too narrow or too low for that.
func (s *sheet) column(entries []legendEntry) vg.Length {
	var widest vg.Length
	for _, e := range entries {
		widest = max(widest, s.face(0.95, s.theme.Ink).Width(e.text))
	}
	if width(s.Rectangle) < 1.15*height(s.Rectangle) || 1.5*s.em*vg.Length(len(entries)) > height(s.Rectangle)-6*s.em {
		return 0
	}
	return widest + 2.4*s.em
}

// classColumn writes the entries from a point downwards.
func (s *sheet) classColumn(entries []legendEntry, x, y vg.Length) {
	for i, e := range entries {
		s.entry(e, x, y-(1.5*vg.Length(i)+1)*s.em)
	}
}

// classLine writes the entries in a line at the bottom of the sheet, as many as have
// room, and takes the room away.
func (s *sheet) classLine(entries []legendEntry) {
	x := s.Min.X
	for _, e := range entries {
		next := x + s.face(0.95, s.theme.Ink).Width(e.text) + 1.35*s.em
		if next > s.Max.X {
			break
		}
		s.entry(e, x, s.Min.Y)
		x = next + 1.5*s.em
	}
	s.Min.Y += 1.9 * s.em
}

// entry writes a class and its colour.
func (s *sheet) entry(e legendEntry, x, y vg.Length) {
	s.fill(rectangle(x, y, x+0.9*s.em, y+0.9*s.em), s.Class(e.class))
	s.write(s.face(0.95, s.theme.Ink), e.text, x+1.35*s.em, y+0.13*s.em, left)
}

// classShares returns the share of the points that each class has, at least two classes.
func classShares(pre [][]float32) []float64 {
	shares := make([]float64, max(2, len(pre)))
	for i := range pre[0] {
		shares[classAt(pre, i)] += 1 / float64(len(pre[0]))
	}
	return shares
}

// percent returns a share as "12 %", with a decimal below ten.
func percent(share float64) string {
	if p := 100 * share; p < 9.95 {
		return strconv.FormatFloat(p, 'f', 1, 64) + " %"
	}
	return strconv.FormatFloat(math.Round(100*share), 'f', 0, 64) + " %"
}
