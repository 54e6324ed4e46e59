package surface

import "math"

// spot is a point of the surface or the floor and how things change around it on the
// picture.
type spot struct {
	x, y   float32 // in the unit square of the grid
	h      float32 // height of the surface there
	dx, dy float32 // its gradient, per side

	// How a gradient on the ground becomes one on the picture, per pixel.
	acrossX, acrossY float32 // share of d/dx and d/dy in the change along a row
	downX, downY     float32 // and along a column
}

// spotAt returns the spot of something at a pixel column, a fraction, and a depth.
func (r *Renderer) spotAt(k kind, column, depth float32) spot {
	c := &r.camera
	t := float64(depth)
	X := (float64(column) - c.originX) / c.scale
	w := 1 + c.k*t
	x, y := X*w*c.rightX+t*c.awayX, X*w*c.rightY+t*c.awayY
	s := spot{x: float32(x + 0.5), y: float32(y + 0.5)}
	s.h, s.dx, s.dy = r.slopeAt(s.x, s.y)
	if k == floor {
		s.project(c, X, t, floorHeight, 0)
	} else {
		s.project(c, X, t, heightOf(s.h), boxHeight)
	}
	return s
}

// project sets how gradients look on the picture: by the derivatives of the camera's
// formula at (X, t) and the spot's height z.
//
//	rise  height that h stands for: that of the box, or 0 on the floor, which is flat
func (s *spot) project(c *camera, X, t, z, rise float64) {
	w := 1 + c.k*t
	rightX, rightY := w*c.rightX, w*c.rightY // along a row at equal depth
	alongX, alongY := c.k*X*c.rightX+c.awayX, c.k*X*c.rightY+c.awayY
	climbRight := rise * (float64(s.dx)*rightX + float64(s.dy)*rightY)
	climbAway := rise * (float64(s.dx)*alongX + float64(s.dy)*alongY)
	up := ((climbAway*c.cos+c.sin)*w - c.k*(z*c.cos+t*c.sin)) / (w * w) // dY/dt
	if math.Abs(up) < leastUp {
		up = math.Copysign(leastUp, up)
	}
	turn := climbRight * c.cos / w / up // depth lost along a row of the picture
	per := 1 / c.scale
	s.acrossX, s.acrossY = float32((rightX-turn*alongX)*per), float32((rightY-turn*alongY)*per)
	s.downX, s.downY = float32(alongX/up*per), float32(alongY/up*per)
}

// leastUp keeps lines from swelling where the surface is seen at a grazing angle.
const leastUp = 0.12

// perPixel returns how much something with a gradient on the ground changes over a pixel.
func (s *spot) perPixel(dx, dy float32) float32 {
	across := dx*s.acrossX + dy*s.acrossY
	down := dx*s.downX + dy*s.downY
	return float32(math.Sqrt(float64(across*across + down*down)))
}

// look returns the colour of a fragment.
func (r *Renderer) look(k kind, column, depth float32) light {
	s := r.spotAt(k, column, depth)
	if k == floor {
		return r.floorLook(&s)
	}
	return r.surfaceLook(&s, k)
}

// Colours and widths of lines, in pixels of a picture of 640 × 480.
const (
	zeroWidth      = 1.7
	floorZeroWidth = 2.0
	contourWidth   = 0.8
)

var lineInk = light{0.008, 0.009, 0.013}

// surfaceLook returns the colour of the surface.
func (r *Renderer) surfaceLook(s *spot, k kind) light {
	colour := r.surfaceColour(s)
	normal := normalOf(s)
	open := r.shade.open(s.x, s.y, s.h)
	if k == under {
		normal = vector{-normal.x, -normal.y, -normal.z}
		open *= 0.75
	}
	return r.lamp.shine(colour, normal, open)
}

// normalOf returns the upward normal of the surface.
func normalOf(s *spot) vector {
	return vector{-s.dx * boxHeight, -s.dy * boxHeight, 1}.normalized()
}

// surfaceColour returns the colour that the surface is painted in, with its lines.
func (r *Renderer) surfaceColour(s *spot) light {
	per := s.perPixel(s.dx, s.dy)
	var colour light
	if r.field.byClass() {
		colour = r.classes.surface(s, r.unit)
	} else {
		colour = rampAt(r.ramp, s.h)
	}
	if r.style.Lines {
		colour = colour.mix(lineInk, 0.30*r.contour(s.h, per))
	}
	if !r.field.byClass() {
		colour = colour.mix(lineInk, 0.92*r.zeroLine(s, per, zeroWidth))
	}
	return colour
}

// floorLook returns the colour of the floor.
func (r *Renderer) floorLook(s *spot) light {
	if r.field.byClass() {
		return r.classes.floor(s, r.unit)
	}
	per := s.perPixel(s.dx, s.dy)
	colour := r.bands.at(s.h, per)
	colour = colour.mix(lineInk, 0.22*r.contour(s.h, per))
	zero := max(r.zeroLine(s, per, floorZeroWidth), r.zeroStep(s, floorZeroWidth))
	return colour.mix(lineInk, 0.96*zero)
}

// contour returns how much of a pixel is covered by contour lines, where heights change
// by per over a pixel. Lines fade where they would become dense.
func (r *Renderer) contour(h, per float32) float32 {
	width := float32(contourWidth * r.unit)
	pixels := float32(r.bands.step) / (per + 1e-9) // between lines
	fade := min(max((pixels/width-2)/6, 0), 1)
	return fade * stroke((r.bands.nearest(h)+flat)/(per+1e-9), width)
}

// flat is the height that counts as none, so that a plain at the very height of a line is
// not painted over by it.
const flat = 1e-6

// zeroLine returns how much of a pixel is covered by the line between values below Middle
// and others, where heights change by per over a pixel. It is as far as the gradient says.
func (r *Renderer) zeroLine(s *spot, per, width float32) float32 {
	if !r.nearZero(s) {
		return 0
	}
	distance := (abs(s.h-r.middle) + flat) / (per + 1e-9)
	return stroke(distance, width*float32(r.unit))
}

// zeroStep is zeroLine where the gradient says nothing, beside a step: it looks for the
// other side of the line at eight places around.
func (r *Renderer) zeroStep(s *spot, width float32) float32 {
	if !r.nearZero(s) {
		return 0
	}
	width *= float32(r.unit)
	reach := width/2 + 0.5
	here := s.h - r.middle
	distance := float32(math.MaxFloat32)
	for _, d := range compass {
		across, down := d[0]*reach, d[1]*reach
		there := r.shape.at(s.x+across*s.acrossX+down*s.downX, s.y+across*s.acrossY+down*s.downY) - r.middle
		if here >= 0 != (there >= 0) {
			distance = min(distance, reach*abs(here)/(abs(here)+abs(there)+flat))
		}
	}
	return stroke(distance, width)
}

// compass holds eight directions.
var compass = [8][2]float32{
	{1, 0}, {0, 1}, {-1, 0}, {0, -1},
	{0.7071, 0.7071}, {-0.7071, 0.7071}, {-0.7071, -0.7071}, {0.7071, -0.7071},
}

// nearZero says whether the line of Middle may be near.
func (r *Renderer) nearZero(s *spot) bool {
	at, _, _ := r.shape.place(s.x, s.y)
	return r.zeros.marks[at]
}

// stroke returns how much of a pixel is covered by a line of some width whose middle is
// at some distance.
func stroke(distance, width float32) float32 {
	return min(max(width/2+0.5-distance, 0), width, 1)
}
