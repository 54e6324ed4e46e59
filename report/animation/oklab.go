package animation

import (
	"math"

	"nodal/report/palette"
)

// oklab is a colour by lightness and two opponent hues, in which equal distances look
// about equally different (Björn Ottosson, "A perceptual color space for image
// processing", 2020). Lightness runs from 0 to 1.
type oklab [3]float64

// toOklab returns a colour in Oklab.
func toOklab(c rgb) oklab {
	red, green, blue := c.channels()
	r, g, b := light[red], light[green], light[blue]
	l := math.Cbrt(0.4122214708*r + 0.5363325363*g + 0.0514459929*b)
	m := math.Cbrt(0.2119034982*r + 0.6806995451*g + 0.1073969566*b)
	s := math.Cbrt(0.0883024619*r + 0.2817188376*g + 0.6299787005*b)
	return oklab{
		0.2104542553*l + 0.7936177850*m - 0.0040720468*s,
		1.9779984951*l - 2.4285922050*m + 0.4505937099*s,
		0.0259040371*l + 0.7827717662*m - 0.8086757660*s,
	}
}

// rgb returns the nearest colour of a screen.
func (c oklab) rgb() rgb {
	l := c[0] + 0.3963377774*c[1] + 0.2158037573*c[2]
	m := c[0] - 0.1055613458*c[1] - 0.0638541728*c[2]
	s := c[0] - 0.0894841775*c[1] - 1.2914855480*c[2]
	l, m, s = l*l*l, m*m*m, s*s*s
	r := palette.Encode(4.0767416621*l - 3.3077115913*m + 0.2309699292*s)
	g := palette.Encode(-1.2684380046*l + 2.6097574011*m - 0.3413193965*s)
	b := palette.Encode(-0.0041960863*l - 0.7034186147*m + 1.7076147010*s)
	return rgb(r)<<16 | rgb(g)<<8 | rgb(b)
}

// squared returns the squared distance of two colours.
func (c oklab) squared(d oklab) float64 {
	x, y, z := c[0]-d[0], c[1]-d[1], c[2]-d[2]
	return x*x + y*y + z*z
}

// light is the light of every byte.
var light = func() (table [256]float64) {
	for i := range table {
		table[i] = palette.Linear(uint8(i))
	}
	return table
}()
