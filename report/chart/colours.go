package chart

import (
	"image/color"
	"slices"

	"nodal/report/palette"
)

// dark reports whether the ground is.
func (s *sheet) dark() bool { return palette.Luminance(s.theme.Ground) < 0.2 }

// pastel returns the colour of curve i, deeper on a light ground.
func (s *sheet) pastel(i int) color.RGBA {
	if s.dark() {
		return s.Curve(i)
	}
	return palette.Mix(s.Curve(i), s.Class(i), 0.75)
}

// series returns the colour of configuration i among others, as a line or a mark on the
// ground: those of the classes, blue first, a little lighter if the ground is dark.
func (s *sheet) series(i int) color.RGBA {
	if s.dark() {
		return palette.Mix(s.strong(i), s.theme.Ink, 0.12)
	}
	return s.strong(i)
}

// strong returns the colour of configuration i on a rim of its own.
func (s *sheet) strong(i int) color.RGBA {
	blue := slices.IndexFunc(s.Classes, func(c color.RGBA) bool { return c.B > max(c.R, c.G) })
	return s.Class(i + max(blue, 0))
}

// standout is the colour of the one curve that stands out.
func (s *sheet) standout() color.RGBA {
	if s.dark() {
		return s.Highlight
	}
	return s.theme.Ink
}

// inkOn returns black or white, whichever is easier to read on a colour.
func inkOn(ground color.RGBA) color.RGBA {
	black, white := color.RGBA{0, 0, 0, 255}, color.RGBA{255, 255, 255, 255}
	if palette.Contrast(black, ground) >= palette.Contrast(white, ground) {
		return black
	}
	return white
}

// shade returns the colour of a share from none, the ground, to all.
func (s *sheet) shade(t float64) color.RGBA {
	if s.dark() {
		if t < 0.5 {
			return palette.Mix(s.theme.Ground, s.strong(0), 1.6*t)
		}
		return palette.Mix(palette.Mix(s.theme.Ground, s.strong(0), 0.8), s.Palette.Curve(2), 2*t-1)
	}
	return palette.Mix(s.theme.Ground, s.strong(0), t)
}
