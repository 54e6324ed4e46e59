package surface

import (
	"image/color"
	"math"
	"sync"

	"nodal/report/palette"
)

// light is a colour in linear light, 0 to 1 each.
type light struct{ r, g, b float32 }

func (a light) times(x float32) light { return light{a.r * x, a.g * x, a.b * x} }

func (a light) plus(b light) light { return light{a.r + b.r, a.g + b.g, a.b + b.b} }

// mix returns the colour at a share x of the way from a to b.
func (a light) mix(b light, x float32) light {
	return light{a.r + (b.r-a.r)*x, a.g + (b.g-a.g)*x, a.b + (b.b-a.b)*x}
}

// ramp returns the colours of heights 0 to 1 at equal steps, in the memory of a slice.
func ramp(lights []light, colour func(h float64) light) []light {
	lights = resized(lights, 513)
	for i := range lights {
		lights[i] = colour(float64(i) / float64(len(lights)-1))
	}
	return lights
}

// rampAt returns the colour of a height, 0 to 1.
func rampAt(lights []light, h float32) light {
	x := h * float32(len(lights)-1)
	i := min(int(x), len(lights)-2)
	return lights[i].mix(lights[i+1], x-float32(i))
}

// encodings holds the bytes of light in steps of 1/8192, the first of them finer than a
// byte's step.
var encodings = sync.OnceValue(func() *[8193]uint8 {
	var bytes [8193]uint8
	for i := range bytes {
		bytes[i] = palette.Encode(float64(i) / 8192)
	}
	return &bytes
})

// lightOf returns the light of a colour.
func lightOf(c color.RGBA) light { return lightOfBytes(c.R, c.G, c.B) }

func lightOfBytes(r, g, b uint8) light {
	return light{float32(palette.Linear(r)), float32(palette.Linear(g)), float32(palette.Linear(b))}
}

// encode returns the byte of some light, clamped to 0 to 1.
func encode(x float32) uint8 {
	return encodings()[int(min(max(x, 0), 1)*8192+0.5)]
}

// vector is a direction in the box.
type vector struct{ x, y, z float32 }

func (a vector) dot(b vector) float32 { return a.x*b.x + a.y*b.y + a.z*b.z }

// normalized returns a scaled to length 1.
func (a vector) normalized() vector {
	n := 1 / float32(math.Sqrt(float64(a.dot(a))))
	return vector{a.x * n, a.y * n, a.z * n}
}

// lamp is where light comes from: high, a little from the left and from behind the eye,
// wherever that is.
type lamp struct {
	toLamp vector
	half   vector // halfway between lamp and eye, for gloss
}

func newLamp(c *camera) lamp {
	ground := func(right, away, up float64) vector {
		return vector{
			float32(right*c.rightX + away*c.awayX),
			float32(right*c.rightY + away*c.awayY), float32(up),
		}.normalized()
	}
	to := ground(-0.62, -0.30, 0.80)
	eye := ground(0, -c.cos, c.sin)
	return lamp{to, vector{to.x + eye.x, to.y + eye.y, to.z + eye.z}.normalized()}
}

// shine returns the light that a surface of a colour sends to the eye: that of the sky,
// less where the surface is in a hollow, that of the lamp and a little gloss (Blinn,
// "Models of light reflection for computer synthesized pictures", 1977).
//
//	normal  of the side that is seen
//	open    share of the sky that is not hidden by what is around, 0 to 1
func (l *lamp) shine(colour light, normal vector, open float32) light {
	sky := (0.42 + 0.16*normal.z) * open
	direct := max(normal.dot(l.toLamp), 0) * (0.45 + 0.55*open)
	lit := colour.times(sky + 0.62*direct)
	gloss := max(normal.dot(l.half), 0)
	gloss *= gloss // to the 16th power
	gloss *= gloss
	gloss *= gloss
	gloss *= gloss
	gloss *= 0.07 * open
	return lit.plus(light{gloss, gloss, gloss})
}
