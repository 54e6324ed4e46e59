package page

import (
	"fmt"
	"image/color"
	"strings"

	"nodal/report/palette"
)

// minContrast is what colours of charts have against the ground (WCAG 2.2, 1.4.11).
const minContrast = 3

// theme is the colours of the page in one of its schemes, as "#rrggbb".
type theme struct {
	Ground string   `json:"ground"`
	Raised string   `json:"raised"` // of what stands out from the ground
	Ink    string   `json:"ink"`
	Muted  string   `json:"muted"`
	Faint  string   `json:"faint"`
	Accent string   `json:"accent"` // links, focus
	Alert  string   `json:"alert"`  // what is wrong
	Series []string `json:"series"`
}

// themeOf returns the colours of a theme: those of the palette's classes, moved towards
// the ink until they stand out from the ground.
//
//	raise  share of the way from ground to muted ink that raised ground is
func themeOf(t *palette.Theme, p *palette.Palette, raise float64, accent, alert color.RGBA) theme {
	var series []string
	for _, c := range p.Classes {
		series = append(series, hex(visible(c, t)))
	}
	return theme{
		Ground: hex(t.Ground), Raised: hex(palette.Mix(t.Ground, t.Muted, raise)), Ink: hex(t.Ink), Muted: hex(t.Muted), Faint: hex(t.Faint),
		Accent: hex(accent), Alert: hex(alert), Series: series,
	}
}

// visible returns the colour nearest to c on the way to the theme's ink that has
// minContrast with its ground.
func visible(c color.RGBA, t *palette.Theme) color.RGBA {
	for share := 0.0; share < 1; share += 0.02 {
		if mixed := palette.Mix(c, t.Ink, share); palette.Contrast(mixed, t.Ground) >= minContrast {
			return mixed
		}
	}
	return t.Ink
}

// themes returns the colours of the light and of the dark scheme.
func themes(p *palette.Palette) (light, dark theme) {
	light = themeOf(palette.Light, p, 0.06, color.RGBA{0x0b, 0x5f, 0xa5, 255}, color.RGBA{0xa8, 0x1d, 0x1d, 255})
	dark = themeOf(palette.Dark, p, 0.02, color.RGBA{0x8c, 0xc4, 0xff, 255}, color.RGBA{0xff, 0xa3, 0x9a, 255})
	return light, dark
}

// variables returns the colours as custom properties of CSS that follow color-scheme.
func variables(light, dark theme) string {
	var css strings.Builder
	for _, v := range []struct{ name, light, dark string }{
		{"ground", light.Ground, dark.Ground},
		{"raised", light.Raised, dark.Raised},
		{"ink", light.Ink, dark.Ink},
		{"muted", light.Muted, dark.Muted},
		{"faint", light.Faint, dark.Faint},
		{"accent", light.Accent, dark.Accent},
		{"alert", light.Alert, dark.Alert},
	} {
		fmt.Fprintf(&css, "  --%s: light-dark(%s, %s);\n", v.name, v.light, v.dark)
	}
	return ":root {\n" + css.String() + "}\n"
}

func hex(c color.RGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

func hexAll(colours []color.RGBA) []string {
	var all []string
	for _, c := range colours {
		all = append(all, hex(c))
	}
	return all
}

// scaleSteps is the number of colours that a scale is given by: the steps of palettes
// and some between.
const scaleSteps = 41

// scale returns the colours of a palette at equal steps from its lowest to its highest.
func scale(p *palette.Palette) []string {
	var all []string
	for i := range scaleSteps {
		all = append(all, hex(p.At(2*float64(i)/(scaleSteps-1)-1)))
	}
	return all
}
