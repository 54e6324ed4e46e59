// Package lettering is what all figures write with: letters of the fonts that come with
// the program, the numbers on axes and the places of their ticks.
package lettering

import (
	"image/color"
	"strings"
	"sync"

	"golang.org/x/image/font"
	plotfont "gonum.org/v1/plot/font"
	"gonum.org/v1/plot/font/liberation"
	"gonum.org/v1/plot/vg"
)

// Size returns the text size of a figure of some width, which grows with it: 8 points at
// 400 CSS pixels, 9 at 640 and 12 at 1280, so that a figure scaled to a column stays
// legible and one on a wall looks calm.
func Size(width vg.Length) vg.Length {
	return min(max(5.9+width*0.0065, 6.6), 13)
}

// fonts holds the Liberation fonts, which come with the program.
var fonts = sync.OnceValue(func() *plotfont.Cache {
	return plotfont.NewCache(liberation.Collection())
})

// Face is letters of one size and colour.
type Face struct {
	Size   vg.Length
	Ink    color.Color
	Letter plotfont.Face
}

// New returns letters of a size.
func New(size vg.Length, weight font.Weight, ink color.Color) Face {
	description := plotfont.Font{Typeface: "Liberation", Variant: "Sans", Weight: weight}
	return Face{size, ink, fonts().Lookup(description, size)}
}

// Width returns the width of a text with its ones as far apart as other digits.
func (f Face) Width(text string) vg.Length {
	var sum vg.Length
	for _, part := range Unkerned(text) {
		sum += f.Letter.Width(part)
	}
	return sum
}

// Unkerned splits a text between ones: the font moves 11 together, which looks like
// another letter in layer sizes such as 1-11-9-1.
func Unkerned(text string) []string {
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

// Fit returns the text, or as much of its beginning as has room with an ellipsis.
func (f Face) Fit(text string, room vg.Length) string {
	room += f.Size / 1000 // rooms are often measured by the text itself
	if f.Width(text) <= room {
		return text
	}
	letters := []rune(text)
	for n := len(letters) - 1; n > 0; n-- {
		short := strings.TrimRight(string(letters[:n]), " ,;·-") + "…"
		if f.Width(short) <= room {
			return short
		}
	}
	return ""
}

// Wrap breaks a text between words into at most so many lines; what is left over is
// cut off by an ellipsis, as are words without room.
func (f Face) Wrap(text string, room vg.Length, most int) []string {
	var lines []string
	line := ""
	words := strings.Fields(text)
	for i, word := range words {
		longer := strings.TrimSpace(line + " " + word)
		if line == "" || f.Width(longer) <= room {
			line = longer
			continue
		}
		if len(lines) == most-1 {
			line = strings.Join(append([]string{line}, words[i:]...), " ")
			break
		}
		lines = append(lines, f.Fit(line, room))
		line = word
	}
	return append(lines, f.Fit(line, room))
}
