package palette

import (
	"image/color"
	"math"
	"strings"
	"testing"
)

// lab returns the CIE L*a*b* coordinates of a colour under D65 (CIE 15:2004).
func lab(c color.RGBA) [3]float64 {
	r, g, b := Linear(c.R), Linear(c.G), Linear(c.B)
	f := func(t float64) float64 {
		if t > 216./24389 {
			return math.Cbrt(t)
		}
		return (24389./27*t + 16) / 116
	}
	x := f((.4124564*r + .3575761*g + .1804375*b) / .95047)
	y := f(.2126729*r + .7151522*g + .0721750*b)
	z := f((.0193339*r + .1191920*g + .9503041*b) / 1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

func distance(a, b color.RGBA) float64 {
	x, y := lab(a), lab(b)
	return math.Hypot(math.Hypot(x[0]-y[0], x[1]-y[1]), x[2]-y[2])
}

// blindness is the three common kinds in full, as matrices on linear RGB (Machado,
// Oliveira and Fernandes, "A physiologically-based model for simulation of color vision
// deficiency", 2009, severity 1).
var blindness = map[string][9]float64{
	"protanopia":   {.152286, 1.052583, -.204868, .114503, .786281, .099216, -.003882, -.048116, 1.051998},
	"deuteranopia": {.367322, .860646, -.227968, .280085, .672501, .047413, -.011820, .042940, .968881},
	"tritanopia":   {1.255528, -.076749, -.178779, -.078411, .930809, .147602, .004733, .691367, .303900},
}

func seen(c color.RGBA, m [9]float64) color.RGBA {
	r, g, b := Linear(c.R), Linear(c.G), Linear(c.B)
	row := func(i int) uint8 { return Encode(m[i]*r + m[i+1]*g + m[i+2]*b) }
	return color.RGBA{row(0), row(3), row(6), 255}
}

// What the safe palette tells apart stays apart for colour-blind readers: above zero
// from below, and the first four classes from each other. The article's red and green
// do not, which is why there is another.
func TestSafeForColourBlind(t *testing.T) {
	const apart = 20 // in L*a*b*; 2.3 is just noticeable
	least := func(p *Palette, m [9]float64) float64 {
		least := math.Inf(1)
		for _, t := range []float64{.3, .6, 1} {
			least = min(least, distance(seen(p.At(t), m), seen(p.At(-t), m)))
		}
		for i := range 4 {
			for j := range i {
				least = min(least, distance(seen(p.Class(i), m), seen(p.Class(j), m)))
			}
		}
		return least
	}
	for name, m := range blindness {
		if d := least(Safe, m); d < apart {
			t.Errorf("%s: colours of the safe palette are only %.1f apart, want %d", name, d, apart)
		}
	}
	if d := least(Article, blindness["deuteranopia"]); d > apart {
		t.Errorf("red and green are %.1f apart for deuteranopia: the test sees nothing", d)
	}
}

// Values far from zero are darker than values near it, on both sides and step by step,
// so that prints without colour can be read.
func TestScaleDarkensAwayFromZero(t *testing.T) {
	for _, p := range All() {
		for _, sign := range []float64{-1, 1} {
			before := lab(p.At(0))[0]
			for x := .05; x <= 1; x += .05 {
				if l := lab(p.At(sign * x))[0]; l > before+.5 {
					t.Errorf("%s: lightness rises from %.1f to %.1f at %.2f", p.Name, before, l, sign*x)
				} else {
					before = l
				}
			}
		}
	}
}

func TestAt(t *testing.T) {
	for _, p := range All() {
		last := len(p.scale) - 1
		for _, tt := range []struct {
			t    float64
			want color.RGBA
		}{{-1, p.scale[0]}, {0, p.scale[last/2]}, {1, p.scale[last]}, {-7, p.scale[0]}, {9, p.scale[last]}, {math.NaN(), p.scale[0]},
			{.1, Mix(p.scale[last/2], p.scale[last/2+1], .5)}} {
			if got := p.At(tt.t); got != tt.want {
				t.Errorf("%s at %g: %v, want %v", p.Name, tt.t, got, tt.want)
			}
		}
		if p.Class(len(p.Classes)) != p.Class(0) || p.Curve(len(p.Curves)) != p.Curve(0) {
			t.Errorf("%s: colours do not begin again", p.Name)
		}
	}
}

func TestEncodeIsTheInverseOfLinear(t *testing.T) {
	for b := range 256 {
		if got := Encode(Linear(uint8(b))); got != uint8(b) {
			t.Errorf("%d comes back as %d", b, got)
		}
	}
}

// Ratios as accessibility checkers print them: #767676 is the lightest grey that reads on
// white.
func TestContrastOfKnownColours(t *testing.T) {
	white, black := hex(0xffffff), hex(0)
	for _, tt := range []struct {
		a, b color.RGBA
		want float64
	}{
		{white, black, 21},
		{black, white, 21},
		{white, white, 1},
		{hex(0x767676), white, 4.54},
		{hex(0xff0000), white, 4.00},
		{hex(0x0000ff), white, 8.59},
	} {
		if got := Contrast(tt.a, tt.b); math.Abs(got-tt.want) > 0.005 {
			t.Errorf("contrast of %v and %v is %.3f, want %.2f", tt.a, tt.b, got, tt.want)
		}
	}
	if got := Luminance(hex(0x00ff00)); math.Abs(got-0.7152) > 1e-12 {
		t.Errorf("luminance of green is %g, want 0.7152", got)
	}
}

func TestContrast(t *testing.T) {
	for _, theme := range Themes() {
		if c := Contrast(theme.Ink, theme.Ground); c < 7 {
			t.Errorf("%s: contrast of ink is %.1f, want 7", theme.Name, c)
		}
		if c := Contrast(theme.Muted, theme.Ground); c < 4.5 {
			t.Errorf("%s: contrast of muted text is %.1f, want 4.5", theme.Name, c)
		}
	}
	for _, p := range All() {
		for i, c := range p.Curves {
			if r := Contrast(c, Dark.Ground); r < 4.5 {
				t.Errorf("%s: contrast of curve %d on the dark ground is %.1f, want 4.5", p.Name, i, r)
			}
		}
	}
}

func TestNamed(t *testing.T) {
	for _, p := range All() {
		if got, err := Named(p.Name); err != nil || got != p {
			t.Errorf("Named(%q) = %v, %v", p.Name, got, err)
		}
	}
	if _, err := Named("pink"); err == nil || !strings.Contains(err.Error(), "article or safe") {
		t.Errorf("Named of no palette: %v", err)
	}
	for _, theme := range Themes() {
		if got, err := ThemeNamed(theme.Name); err != nil || got != theme {
			t.Errorf("ThemeNamed(%q) = %v, %v", theme.Name, got, err)
		}
	}
	if _, err := ThemeNamed("pink"); err == nil || !strings.Contains(err.Error(), "dark or light") {
		t.Errorf("ThemeNamed of no theme: %v", err)
	}
}
