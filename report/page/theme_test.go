package page

import (
	"image/color"
	"strconv"
	"testing"

	"nodal/report/palette"
)

func TestColoursStandOut(t *testing.T) {
	for _, p := range palette.All() {
		light, dark := themes(p)
		for name, scheme := range map[string]theme{"light": light, "dark": dark} {
			for _, ground := range []string{scheme.Ground, scheme.Raised} {
				for _, text := range []string{scheme.Ink, scheme.Muted, scheme.Accent, scheme.Alert} {
					if c := palette.Contrast(rgb(t, text), rgb(t, ground)); c < 4.5 {
						t.Errorf("%s %s: text %s on %s has contrast %.2f", p.Name, name, text, ground, c)
					}
				}
			}
			for _, line := range scheme.Series {
				if c := palette.Contrast(rgb(t, line), rgb(t, scheme.Ground)); c < 3 {
					t.Errorf("%s %s: line %s has contrast %.2f", p.Name, name, line, c)
				}
			}
		}
	}
}

func TestContrast(t *testing.T) {
	black, white := color.RGBA{0, 0, 0, 255}, color.RGBA{255, 255, 255, 255}
	if got := palette.Contrast(black, white); got < 20.99 || got > 21.01 {
		t.Errorf("black on white: %v, want 21", got)
	}
	// WCAG's well-known example: the lightest grey that text on white may have
	grey := color.RGBA{0x76, 0x76, 0x76, 255}
	if got := palette.Contrast(white, grey); got < 4.53 || got > 4.55 {
		t.Errorf("#767676 on white: %v, want 4.54", got)
	}
}

func TestScale(t *testing.T) {
	s := scale(palette.Article)
	if len(s) != scaleSteps || s[scaleSteps/2] != "#fce3a0" || s[0] != "#7f0d1d" || s[scaleSteps-1] != "#0b5f36" {
		t.Errorf("got %v", s)
	}
}

func rgb(t *testing.T, text string) color.RGBA {
	t.Helper()
	x, err := strconv.ParseUint(text[1:], 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	return color.RGBA{uint8(x >> 16), uint8(x >> 8), uint8(x), 255}
}
