package surface

import (
	"fmt"
	"image"
	"image/color"
	"math"
)

// Renderer draws fields, reusing its memory: for those who draw many of one size, as an
// animation does; others call the function Render. The zero value is ready. One goroutine
// at a time.
type Renderer struct {
	field  *Field
	style  Style
	camera camera
	image  *image.RGBA
	unit   float64 // pixels that a line of width 1 is wide

	rows, columns int       // of the grid that is drawn
	heights       []float32 // [rows,columns] of it, 0 at Low and 1 at High
	spare         []float32
	shape         interpolant // of the heights
	middle        float32     // height of Middle
	signs         []uint8     // [rows,columns] 1 where the value is at least Middle
	zeros         nearby      // cells near which that changes
	classes       classMap
	creased       bool // the surface is the upper envelope of the classes' outputs
	shade         shade
	ramp          []light // colours of heights
	bands         bands
	lamp          lamp

	sight column
}

// Render draws a field as the function Render does, on a new picture.
func (r *Renderer) Render(f *Field, s Style, width, height int) *image.RGBA {
	margin := 0.02 * float64(min(width, height))
	return r.render(f, s, width, height, insets{margin, margin, margin, margin})
}

// render is Render with margins of the caller's choice.
func (r *Renderer) render(f *Field, s Style, width, height int, free insets) *image.RGBA {
	f.check()
	s = s.complete()
	s.check()
	if width < 1 || height < 1 {
		panic(fmt.Sprintf("surface: a picture of %d × %d pixels", width, height))
	}
	r.field, r.style = f, s
	r.camera = newCamera(s.View, width, height, free)
	r.image = image.NewRGBA(image.Rect(0, 0, width, height))
	r.unit = s.LineScale * math.Pow(min(float64(width)/640, float64(height)/480), 0.8)
	r.prepare()
	r.fill(s.Theme.Ground)
	r.drawFrame(behind)
	r.drawColumns()
	r.drawFrame(before)
	r.field = nil
	return r.image
}

// prepare makes what is the same for all pixels: the grid at a resolution that pixels can
// show, its interpolants and colours.
func (r *Renderer) prepare() {
	f := r.field
	most := max(2, int(r.camera.scale))
	r.rows, r.columns = min(f.Rows, most), min(f.Columns, most)
	r.heights = resized(r.heights, f.Rows*f.Columns)
	heightsOf(r.heights, f)
	r.heights, r.spare = reduce(r.heights, r.spare, f.Rows, f.Columns, r.rows, r.columns)
	r.shape.fit(r.heights, r.rows, r.columns)
	r.shade.fit(&r.shape)
	r.lamp = newLamp(&r.camera)
	middle := f.middle()
	r.middle = float32(middle)
	extreme := max(math.Abs(middle), math.Abs(1-middle))
	colour := func(h float64) light { return lightOf(r.style.Palette.At((h - middle) / extreme)) }
	r.ramp = ramp(r.ramp, colour)
	r.bands = newBands(f, r.style.Levels, colour, r.bands)
	r.findBoundaries()
}

// findBoundaries prepares the lines between classes, or that of Middle.
func (r *Renderer) findBoundaries() {
	pixels := floorZeroWidth * r.unit
	reachU, reachV := r.camera.lineReach(r.rows, pixels), r.camera.lineReach(r.columns, pixels)
	r.creased = false
	if r.field.byClass() {
		r.classes.fit(r.field, r.style.Palette, r.rows, r.columns, reachU, reachV)
		r.creased = r.classes.creased
		return
	}
	r.signs = resized(r.signs, len(r.heights))
	for i, h := range r.heights {
		r.signs[i] = 0
		if h >= r.middle {
			r.signs[i] = 1
		}
	}
	r.zeros.fit(r.signs, r.rows, r.columns, reachU, reachV)
}

// heightAt returns the height of the surface at a point of the unit square.
func (r *Renderer) heightAt(x, y float32) float32 {
	if r.creased {
		return min(max(r.classes.height(x, y), 0), 1)
	}
	return r.shape.at(x, y)
}

// slopeAt returns the height and its gradient, per side of the square.
func (r *Renderer) slopeAt(x, y float32) (h, dx, dy float32) {
	if r.creased {
		p, _, _ := r.classes.first(x, y)
		return min(max(p.z, 0), 1), p.dx, p.dy
	}
	return r.shape.slope(x, y)
}

// heightsOf writes the values of a field as shares of the way from Low to High.
func heightsOf(heights []float32, f *Field) {
	per := 1 / (f.High - f.Low)
	for i, x := range f.Values {
		h := (float64(x) - f.Low) * per
		if !(h > 0) { // not-a-number too
			h = 0
		}
		heights[i] = float32(min(h, 1))
	}
}

// fill paints the whole picture.
func (r *Renderer) fill(c color.RGBA) {
	pix := r.image.Pix
	for i := 0; i < len(pix); i += 4 {
		pix[i], pix[i+1], pix[i+2], pix[i+3] = c.R, c.G, c.B, 255
	}
}
