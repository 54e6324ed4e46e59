package chart

import (
	"image/color"

	"golang.org/x/image/font"
	"gonum.org/v1/plot/vg"

	"nodal/report/internal/lettering"
)

// face returns letters of so many times the sheet's text size.
func (s *sheet) face(size float64, ink color.Color) lettering.Face {
	return lettering.New(vg.Length(size)*s.em, font.WeightNormal, ink)
}

func (s *sheet) bold(size float64, ink color.Color) lettering.Face {
	return lettering.New(vg.Length(size)*s.em, font.WeightBold, ink)
}

// Where a text lies about its place: the share of its width to the left of it.
const (
	left   = 0.
	middle = 0.5
	right  = 1.
)

// write draws one line of text with its baseline at y.
func (s *sheet) write(f lettering.Face, text string, x, y vg.Length, align float64) {
	if text == "" {
		return
	}
	s.SetColor(f.Ink)
	x -= vg.Length(align) * f.Width(text)
	parts := []string{text}
	if pixelsPerPoint(s.Canvas) > 0 { // else text stays in one piece, to be searched and copied
		parts = lettering.Unkerned(text)
	}
	for _, part := range parts {
		s.FillString(f.Letter, vg.Point{X: x, Y: y}, part)
		x += f.Letter.Width(part)
	}
}

// writeWithin is write, moved sideways so that the text stays between two places.
func (s *sheet) writeWithin(f lettering.Face, text string, x, y vg.Length, align float64, from, to vg.Length) {
	room := f.Width(text)
	start := x - vg.Length(align)*room
	s.write(f, text, max(from, min(start, to-room)), y, left)
}
