package surface

import (
	"image/color"
	"math"
)

// pass says which edges of the box are drawn: those that the surface may hide, or those
// before it.
type pass bool

const (
	behind pass = false
	before pass = true
)

// edge is an edge of the box, from one corner to another, or a line on a back wall.
type edge struct {
	from, to [3]float64
	pass     pass
	strength float64
}

// How strong edges are: those that carry numbers or end the picture, and those that would
// only disturb it.
const (
	strong = 0.75
	quiet  = 0.40
	faint  = 0.16
)

// The walls of the box stand from corner i to the next, with their outer normals.
var (
	corners = [4][2]float64{{-0.5, -0.5}, {0.5, -0.5}, {0.5, 0.5}, {-0.5, 0.5}}
	normals = [4][2]float64{{0, -1}, {1, 0}, {0, 1}, {-1, 0}}
)

// edges returns the edges of the box: the rims of floor, Low and High, the posts between
// them except for the one before the surface, and the line of Middle on the back walls.
//
//	middle  its height share; outside 0 to 1 it is not shown
func (c *camera) edges(middle float64) []edge {
	var list []edge
	add := func(a, b [2]float64, za, zb float64, p pass, strength float64) {
		list = append(list, edge{[3]float64{a[0], a[1], za}, [3]float64{b[0], b[1], zb}, p, strength})
	}
	const low, high = -boxHeight / 2, boxHeight / 2
	for i, a := range corners {
		b := corners[(i+1)%4]
		side, strength := behind, quiet
		if c.faces(normals[i]) {
			side, strength = before, faint
		}
		add(a, b, floorHeight, floorHeight, side, strong)
		add(a, b, low, low, side, strength)
		add(a, b, high, high, side, strength)
		if side == behind && middle > 0 && middle < 1 {
			z := heightOf(float32(middle))
			add(a, b, z, z, behind, quiet)
		}
		if side == behind || !c.faces(normals[(i+3)%4]) {
			add(a, a, floorHeight, low, behind, faint)
			add(a, a, low, high, behind, quiet)
		}
	}
	return list
}

// drawFrame draws the edges of one pass, and the back walls behind all.
func (r *Renderer) drawFrame(p pass) {
	if p == behind {
		r.drawWalls()
	}
	for _, e := range r.camera.edges(r.field.middle()) {
		if e.pass != p {
			continue
		}
		x0, y0 := r.camera.project(e.from[0], e.from[1], e.from[2])
		x1, y1 := r.camera.project(e.to[0], e.to[1], e.to[2])
		r.drawLine(x0, y0, x1, y1, r.unit, r.style.Theme.Muted, e.strength)
	}
}

// drawWalls tints the back walls from Low to High.
func (r *Renderer) drawWalls() {
	tint := lightOf(r.style.Theme.Faint)
	height, width := float64(r.image.Rect.Dy()), r.image.Rect.Dx()
	for i := range width {
		_, near, far := r.camera.column(float64(i) + 0.5)
		if !(near < far) {
			continue
		}
		top, bottom := r.camera.row(boxHeight/2, far), r.camera.row(-boxHeight/2, far)
		top, bottom = max(top, 0), min(bottom, height)
		for row := int(top); float64(row) < bottom; row++ {
			cover := min(bottom, float64(row+1)) - max(top, float64(row))
			r.blend(i, row, tint, float32(wallTint*cover))
		}
	}
}

const wallTint = 0.35

// drawLine blends a line of some width, in pixels, into the picture.
func (r *Renderer) drawLine(x0, y0, x1, y1, width float64, c color.RGBA, strength float64) {
	length := math.Hypot(x1-x0, y1-y0)
	if length < 1e-9 {
		return
	}
	ux, uy := (x1-x0)/length, (y1-y0)/length
	colour := lightOf(c)
	reach := width/2 + 1
	bounds := r.image.Rect
	for row := max(0, int(min(y0, y1)-reach)); row <= min(bounds.Dy()-1, int(max(y0, y1)+reach)); row++ {
		from, to := span(x0, y0, ux, uy, length, float64(row)+0.5, reach+1)
		for column := max(0, int(from)); column <= min(bounds.Dx()-1, int(to)); column++ {
			dx, dy := float64(column)+0.5-x0, float64(row)+0.5-y0
			across := math.Abs(dx*uy - dy*ux)
			along := dx*ux + dy*uy
			ends := min(max(min(along, length-along)+0.5, 0), 1)
			cover := stroke(float32(across), float32(width)) * float32(ends*strength)
			r.blend(column, row, colour, cover)
		}
	}
}

// span returns the columns of a row of pixels that are within reach of a line.
func span(x0, y0, ux, uy, length, y, reach float64) (from, to float64) {
	a, b := (y-reach-y0)/uy, (y+reach-y0)/uy // along the line
	if math.Abs(uy) < 1e-6 {
		a, b = 0, length
	}
	a, b = min(a, b), max(a, b)
	a, b = max(a, 0), min(b, length)
	return min(x0+a*ux, x0+b*ux) - reach, max(x0+a*ux, x0+b*ux) + reach
}

// blend covers a share of a pixel.
func (r *Renderer) blend(column, row int, c light, cover float32) {
	if cover <= 0 {
		return
	}
	pix := r.image.Pix[row*r.image.Stride+4*column:][:4]
	mixed := lightOfBytes(pix[0], pix[1], pix[2]).mix(c, cover)
	pix[0], pix[1], pix[2] = encode(mixed.r), encode(mixed.g), encode(mixed.b)
}
