// Package palette holds the colours of figures: those of the article, green above
// zero and red below, and a set that colour-blind readers can tell apart. All
// colours are opaque sRGB.
package palette

import (
	"fmt"
	"image/color"
	"math"
	"strings"
)

// Palette is one set of colours. Do not change its slices.
type Palette struct {
	Name string

	// scale holds the colours of values at equal steps from the lowest to the
	// highest, that of zero in the middle.
	scale []color.RGBA

	// Classes are the colours of classes 0, 1, 2, …: strong enough to bear white or
	// black lines. For one output, 0 is f ≥ 0.
	Classes []color.RGBA

	// Curves are pastel colours for curves on a dark ground.
	Curves []color.RGBA

	// Highlight is the colour of the one curve that stands out among them.
	Highlight color.RGBA
}

// The palettes.
var (
	// Article has the article's red, yellow and green.
	Article = &Palette{
		Name: "article",
		scale: []color.RGBA{
			hex(0x7f0d1d), hex(0xb81b2a), hex(0xdb4333), hex(0xf0784a), hex(0xf9ad6a), hex(0xfce3a0),
			hex(0xd5e89a), hex(0x9fd16f), hex(0x5eb35a), hex(0x1f8f4c), hex(0x0b5f36),
		},
		Classes:   []color.RGBA{hex(0x2e9e57), hex(0xc8372d), hex(0x3a78c3), hex(0xe0a526), hex(0x8a58b5), hex(0x29a3a3), hex(0xb86a3d), hex(0x7b8794)},
		Curves:    []color.RGBA{hex(0xffb3ba), hex(0xffdfba), hex(0xfff3b0), hex(0xbaffc9), hex(0xbae1ff), hex(0xd7c4ff), hex(0xffc8ec)},
		Highlight: hex(0xffffff),
	}
	// Safe tells everything by blue against orange and by lightness, which all common
	// kinds of colour blindness leave. Of its classes the first four stay apart for all
	// of them; the others are those of Okabe and Ito ("Color universal design", 2008).
	Safe = &Palette{
		Name: "safe",
		scale: []color.RGBA{
			hex(0x6b2d02), hex(0x9a4a06), hex(0xc66a12), hex(0xe6913a), hex(0xf6bf7c), hex(0xf4ead7),
			hex(0xb5d3e6), hex(0x7db2d8), hex(0x4389c0), hex(0x1e639f), hex(0x0d3d6b),
		},
		Classes:   []color.RGBA{hex(0x0072b2), hex(0xe69f00), hex(0xb14bff), hex(0xb31f3f), hex(0x009e73), hex(0x56b4e9), hex(0xf0e442), hex(0x7f7f7f)},
		Curves:    []color.RGBA{hex(0x9fd0f5), hex(0xf7c77e), hex(0xa6dfc9), hex(0xe7bcd6), hex(0xf2eaa0), hex(0xc3cbd6)},
		Highlight: hex(0xffffff),
	}
)

// All returns the palettes, the default first.
func All() []*Palette { return []*Palette{Article, Safe} }

// Named returns the palette of a name, or an error that lists the names.
func Named(name string) (*Palette, error) {
	var names []string
	for _, p := range All() {
		if p.Name == name {
			return p, nil
		}
		names = append(names, p.Name)
	}
	return nil, fmt.Errorf("palette: got %q, want %s", name, strings.Join(names, " or "))
}

// At returns the colour of a value: t is -1 for the lowest, 0 for zero and 1 for the
// highest; beyond that, and for NaN (the lowest), it is clamped. Between the steps of
// the palette colours are interpolated in linear light.
func (p *Palette) At(t float64) color.RGBA {
	last := len(p.scale) - 1
	x := (t + 1) / 2 * float64(last)
	if !(x > 0) {
		return p.scale[0]
	}
	if x >= float64(last) {
		return p.scale[last]
	}
	i := int(x)
	return Mix(p.scale[i], p.scale[i+1], x-float64(i))
}

// Class returns the colour of a class; after the last of Classes they begin again.
func (p *Palette) Class(class int) color.RGBA { return p.Classes[class%len(p.Classes)] }

// Curve returns the colour of curve i; after the last of Curves they begin again.
func (p *Palette) Curve(i int) color.RGBA { return p.Curves[i%len(p.Curves)] }

// Theme is the ground that a figure stands on and what is written on it.
type Theme struct {
	Name   string
	Ground color.RGBA
	Ink    color.RGBA // text and lines of data; contrast with Ground at least 7
	Muted  color.RGBA // axis lines, ticks, second-rate text; contrast at least 4.5
	Faint  color.RGBA // grid lines
}

// The themes: Dark as the article has it, Light for print.
var (
	Dark  = &Theme{"dark", hex(0x14171f), hex(0xf2f4f8), hex(0xa3abba), hex(0x343a48)}
	Light = &Theme{"light", hex(0xffffff), hex(0x1b1f27), hex(0x5b6472), hex(0xdfe3e9)}
)

// Themes returns the themes, the default first.
func Themes() []*Theme { return []*Theme{Dark, Light} }

// ThemeNamed returns the theme of a name, or an error that lists the names.
func ThemeNamed(name string) (*Theme, error) {
	var names []string
	for _, t := range Themes() {
		if t.Name == name {
			return t, nil
		}
		names = append(names, t.Name)
	}
	return nil, fmt.Errorf("theme: got %q, want %s", name, strings.Join(names, " or "))
}

// Mix returns the colour at a share t of the way from a to b, in linear light.
func Mix(a, b color.RGBA, t float64) color.RGBA {
	between := func(x, y uint8) uint8 {
		return Encode(Linear(x)*(1-t) + Linear(y)*t)
	}
	return color.RGBA{between(a.R, b.R), between(a.G, b.G), between(a.B, b.B), 255}
}

// Linear returns the light that an sRGB byte stands for, from 0 to 1 (IEC 61966-2-1).
func Linear(b uint8) float64 { return lights[b] }

// lights holds the light of each byte.
var lights = func() (table [256]float64) {
	for i := range table {
		x := float64(i) / 255
		if x <= 0.04045 {
			table[i] = x / 12.92
		} else {
			table[i] = math.Pow((x+0.055)/1.055, 2.4)
		}
	}
	return table
}()

// Encode returns the sRGB byte nearest to some light, clamped to 0 to 1.
func Encode(light float64) uint8 {
	x := 12.92 * light
	if light > 0.0031308 {
		x = 1.055*math.Pow(light, 1/2.4) - 0.055
	}
	return uint8(math.Round(255 * min(max(x, 0), 1)))
}

// Luminance returns the relative luminance of a colour, from 0 to 1 (WCAG 2.2).
func Luminance(c color.RGBA) float64 {
	return 0.2126*Linear(c.R) + 0.7152*Linear(c.G) + 0.0722*Linear(c.B)
}

// Contrast returns the contrast ratio of two colours in either order, from 1 to 21
// (WCAG 2.2).
func Contrast(a, b color.RGBA) float64 {
	x, y := Luminance(a), Luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// hex returns the colour of 0xrrggbb.
func hex(rgb uint32) color.RGBA {
	return color.RGBA{uint8(rgb >> 16), uint8(rgb >> 8), uint8(rgb), 255}
}
