package chart

import (
	"image/color"
	"strings"
	"sync"

	"golang.org/x/image/font"
	plotfont "gonum.org/v1/plot/font"
	"gonum.org/v1/plot/font/liberation"
	"gonum.org/v1/plot/vg"
)

// fonts holds the Liberation fonts, which come with the program.
var fonts = sync.OnceValue(func() *plotfont.Cache {
	return plotfont.NewCache(liberation.Collection())
})

// face is letters of one size and colour.
type face struct {
	size   vg.Length
	ink    color.Color
	letter plotfont.Face
}

func newFace(size vg.Length, weight font.Weight, ink color.Color) face {
	description := plotfont.Font{Typeface: "Liberation", Variant: "Sans", Weight: weight}
	return face{size, ink, fonts().Lookup(description, size)}
}

// face returns letters of so many times the sheet's text size.
func (s *sheet) face(size float64, ink color.Color) face {
	return newFace(vg.Length(size)*s.em, font.WeightNormal, ink)
}

func (s *sheet) bold(size float64, ink color.Color) face {
	return newFace(vg.Length(size)*s.em, font.WeightBold, ink)
}

// width returns the width of a text with its ones as far apart as other digits.
func (f face) width(text string) vg.Length {
	var sum vg.Length
	for _, part := range unkerned(text) {
		sum += f.letter.Width(part)
	}
	return sum
}

// unkerned splits a text between ones: the font moves 11 together, which looks like
// another letter in layer sizes such as 1-11-9-1.
func unkerned(text string) []string {
	var parts []string
	start := 0
	for i := 1; i < len(text); i++ {
		if text[i-1] == '1' && text[i] == '1' {
			parts = append(parts, text[start:i])
			start = i
		}
	}
	return append(parts, text[start:])
}

// fit returns the text, or as much of its beginning as has room with an ellipsis.
func (f face) fit(text string, room vg.Length) string {
	room += f.size / 1000 // rooms are often measured by the text itself
	if f.width(text) <= room {
		return text
	}
	letters := []rune(text)
	for n := len(letters) - 1; n > 0; n-- {
		short := strings.TrimRight(string(letters[:n]), " ,;·-") + "…"
		if f.width(short) <= room {
			return short
		}
	}
	return ""
}

// wrap breaks a text between words into at most so many lines; what is left over is
// cut off by an ellipsis, as are words without room.
func (f face) wrap(text string, room vg.Length, most int) []string {
	var lines []string
	line := ""
	words := strings.Fields(text)
	for i, word := range words {
		longer := strings.TrimSpace(line + " " + word)
		if line == "" || f.width(longer) <= room {
			line = longer
			continue
		}
		if len(lines) == most-1 {
			line = strings.Join(append([]string{line}, words[i:]...), " ")
			break
		}
		lines = append(lines, f.fit(line, room))
		line = word
	}
	return append(lines, f.fit(line, room))
}

// Where a text lies about its place: the share of its width to the left of it.
const (
	left   = 0.
	middle = 0.5
	right  = 1.
)

// write draws one line of text with its baseline at y.
func (s *sheet) write(f face, text string, x, y vg.Length, align float64) {
	if text == "" {
		return
	}
	s.SetColor(f.ink)
	x -= vg.Length(align) * f.width(text)
	parts := []string{text}
	if PixelsPerPoint(s.Canvas) > 0 { // else text stays in one piece, to be searched and copied
		parts = unkerned(text)
	}
	for _, part := range parts {
		s.FillString(f.letter, vg.Point{X: x, Y: y}, part)
		x += f.letter.Width(part)
	}
}

// writeWithin is write, moved sideways so that the text stays between two places.
func (s *sheet) writeWithin(f face, text string, x, y vg.Length, align float64, from, to vg.Length) {
	room := f.width(text)
	start := x - vg.Length(align)*room
	s.write(f, text, max(from, min(start, to-room)), y, left)
}
