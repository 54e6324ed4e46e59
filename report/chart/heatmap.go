package chart

import (
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"nodal/report/internal/lettering"
	"nodal/report/number"
)

// HeatMap is a table of means as colours, with the numbers in it: depth down, width
// across.
type HeatMap struct {
	Style
	Column      string // what the numbers are, with their unit
	RowLabel    string // "hidden layers"
	ColumnLabel string // "units in all"
	Rows        []string
	Columns     []string
	Values      [][]Value // [rows][columns]
}

// Value is a number that may be missing.
type Value struct {
	Value, Error float64 // Error is the standard error, 0 if it is not known
	Known        bool
}

// Draw draws the table; missing numbers are hatched.
func (h HeatMap) Draw(c draw.Canvas) {
	s := h.sheet(c)
	var known []float64
	for _, row := range h.Values {
		for _, v := range row {
			if v.Known {
				known = append(known, v.Value)
			}
		}
	}
	if len(known) == 0 {
		s.say(noNetworks)
		return
	}
	values := covering(known, false, 0)
	switch {
	case h.Bare:
	case slices.Min(known) == slices.Max(known): // one colour needs no scale
		labels := s.face(1, s.theme.Muted)
		s.Max.Y -= 1.4 * s.em
		s.write(labels, labels.Fit(h.Column, width(s.Rectangle)), s.Min.X, s.Max.Y+0.4*s.em, left)
	default:
		s.colourBar(values, h.Column)
	}
	r := h.names(s)
	tall, wide := height(r)/vg.Length(len(h.Rows)), width(r)/vg.Length(len(h.Columns))
	face := h.cellFace(s, wide, tall)
	for i := range h.Rows {
		for j := range h.Columns {
			x, y := r.Min.X+vg.Length(j)*wide, r.Max.Y-vg.Length(i+1)*tall
			cell := inset(rectangle(x, y, x+wide, y+tall), min(1, wide/20, tall/20))
			h.cell(s, cell, h.Values[i][j], values, face)
		}
	}
}

// cell draws one number on its colour.
func (h HeatMap) cell(s *sheet, r vg.Rectangle, v Value, values scale, f lettering.Face) {
	if !v.Known {
		s.hatch(r)
		return
	}
	ground := s.heat(values.at(v.Value))
	s.fill(r, ground)
	if h.Bare {
		return
	}
	text, detail := h.texts(v)
	x, y := (r.Min.X+r.Max.X)/2, (r.Min.Y+r.Max.Y)/2
	f = lettering.New(f.Size, 0, inkOn(ground))
	small := lettering.New(0.8*f.Size, 0, inkOn(ground))
	if f.Size == 0 || f.Width(text) > width(r) {
		return
	}
	if detail != "" && small.Width(detail) <= width(r)-0.4*f.Size && height(r) >= 3*f.Size {
		s.write(f, text, x, y+0.12*f.Size, middle)
		s.write(small, detail, x, y-1.0*f.Size, middle)
		return
	}
	s.write(f, text, x, y-0.35*f.Size, middle)
}

// texts returns a number as it is written, and its error.
func (h HeatMap) texts(v Value) (text, detail string) {
	if v.Error == 0 {
		return lettering.Minus(number.Short(v.Value)), ""
	}
	decimals := min(max(1-int(math.Floor(math.Log10(v.Error))), 0), 4)
	return lettering.Minus(number.Decimal(v.Value, decimals)), "± " + number.Decimal(v.Error, decimals)
}

// cellFace returns letters in which the longest number has room in a cell, of size 0 if
// they would be too small to read.
func (h HeatMap) cellFace(s *sheet, wide, tall vg.Length) lettering.Face {
	f := s.face(1.05, s.theme.Ink)
	var widest vg.Length
	for _, row := range h.Values {
		for _, v := range row {
			if v.Known {
				text, _ := h.texts(v)
				widest = max(widest, f.Width(text))
			}
		}
	}
	size := min(f.Size, f.Size*(wide*0.86)/max(widest, 1), tall*0.7)
	if size < 5 {
		return lettering.New(0, 0, s.theme.Ink)
	}
	return lettering.New(size, 0, s.theme.Ink)
}

// names writes the names of rows and columns and returns the rectangle of the cells.
func (h HeatMap) names(s *sheet) vg.Rectangle {
	r := s.Rectangle
	if h.Bare {
		return r
	}
	face, label := s.face(0.95, s.theme.Ink), s.face(1, s.theme.Muted)
	var widest vg.Length
	for _, name := range h.Rows {
		widest = max(widest, face.Width(name))
	}
	widest = min(widest, 0.3*width(r))
	r.Min.X += widest + 0.6*s.em
	r.Min.Y += 3 * s.em
	r.Max.Y -= 1.5 * s.em
	s.write(label, label.Fit(h.RowLabel, width(s.Rectangle)), s.Min.X, r.Max.Y+0.6*s.em, left)
	s.writeWithin(label, label.Fit(h.ColumnLabel, width(s.Rectangle)), (r.Min.X+r.Max.X)/2, s.Min.Y+0.25*s.em, middle, s.Min.X, s.Max.X)
	tall, wide := height(r)/vg.Length(len(h.Rows)), width(r)/vg.Length(len(h.Columns))
	every := max(1, int(math.Ceil(float64(1.15*face.Size/tall))))
	for i := 0; i < len(h.Rows); i += every {
		y := r.Max.Y - (vg.Length(i)+0.5)*tall
		s.write(face, face.Fit(h.Rows[i], widest), r.Min.X-0.6*s.em, y-0.35*face.Size, right)
	}
	every = 1
	for _, name := range h.Columns {
		every = max(every, int(math.Ceil(float64((min(face.Width(name), 6*s.em)+0.5*s.em)/wide))))
	}
	for j := 0; j < len(h.Columns); j += every {
		x := r.Min.X + (vg.Length(j)+0.5)*wide
		s.write(face, face.Fit(h.Columns[j], vg.Length(every)*wide), x, r.Min.Y-1.15*face.Size, middle)
	}
	return r
}

// hatch fills a rectangle with slanted lines.
func (s *sheet) hatch(r vg.Rectangle) {
	s.fill(r, s.panel())
	clip := s.within(r)
	step := 0.6 * s.em
	for x := r.Min.X - height(r); x < r.Max.X; x += step {
		line := []vg.Point{{X: x, Y: r.Min.Y}, {X: x + height(r), Y: r.Max.Y}}
		s.stroke(s.theme.Faint, s.thin, clip.ClipLinesXY(line)...)
	}
}

// heat returns the colour of a number, 0 for the lowest and 1 for the highest.
func (s *sheet) heat(t float64) color.RGBA { return s.At(0.05 + 0.95*t) }

// colourBar draws the colours of a scale with numbers to the right of the sheet, or above
// it if it is narrow, and takes the room away.
func (s *sheet) colourBar(values scale, label string) {
	face, labels := s.face(0.92, s.theme.Muted), s.face(1, s.theme.Muted)
	s.Max.Y -= 1.4 * s.em
	s.write(labels, labels.Fit(label, width(s.Rectangle)), s.Min.X, s.Max.Y+0.4*s.em, left)
	bar := rectangle(s.Min.X, s.Max.Y-0.8*s.em, s.Min.X+min(width(s.Rectangle), 22*s.em), s.Max.Y)
	steps := 120
	for i := range steps {
		x0 := bar.Min.X + width(bar)*vg.Length(i)/vg.Length(steps)
		x1 := bar.Min.X + width(bar)*vg.Length(i+1)/vg.Length(steps)
		s.tile(rectangle(x0, bar.Min.Y, x1, bar.Max.Y), s.heat((float64(i)+0.5)/float64(steps)))
	}
	for _, t := range values.ticksWithin(width(bar), face) {
		x := bar.Min.X + vg.Length(values.at(t.At))*width(bar)
		s.vertical(s.theme.Muted, s.thin, x, bar.Min.Y-0.3*s.em, bar.Min.Y)
		s.writeWithin(face, t.Text, x, bar.Min.Y-1.25*s.em, middle, s.Min.X, s.Max.X)
	}
	s.Max.Y = bar.Min.Y - 1.9*s.em
}
