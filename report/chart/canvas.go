package chart

import (
	"image"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// vectorPixels is the density of painted parts where there are no device pixels: two
// to the CSS pixel.
const vectorPixels = 2 * cssDPI / 72.

// pixelsPerPoint returns how many device pixels of a canvas lie along a point, 1/72
// inch, or 0 if it has none, as an SVG.
func pixelsPerPoint(c draw.Canvas) float64 {
	inner := c.Canvas
	for {
		switch v := inner.(type) {
		case draw.Canvas:
			inner = v.Canvas
		case *draw.Canvas:
			inner = v.Canvas
		case interface{ DPI() float64 }:
			return v.DPI() / float64(vg.Inch)
		default:
			return 0
		}
	}
}

// DrawRaster sets the picture that paint returns, of exactly the width and height that it
// is given, into the rectangle r of a canvas, which it first moves to whole device
// pixels: each pixel of the picture becomes one of the canvas. It returns the rectangle
// as moved. What has no area is not painted.
func DrawRaster(c draw.Canvas, r vg.Rectangle, paint func(width, height int) image.Image) vg.Rectangle {
	r = snap(c, r)
	density := pixelsPerPoint(c)
	if density == 0 {
		density = vectorPixels
	}
	size := r.Size()
	width := int(math.Round(size.X.Points() * density))
	height := int(math.Round(size.Y.Points() * density))
	if width > 0 && height > 0 {
		c.DrawImage(r, paint(width, height))
	}
	return r
}

// snap returns the rectangle moved to the nearest device pixels, if the canvas has any.
func snap(c draw.Canvas, r vg.Rectangle) vg.Rectangle {
	density := pixelsPerPoint(c)
	if density == 0 {
		return r
	}
	to := func(l vg.Length) vg.Length { return vg.Length(math.Round(l.Points()*density) / density) }
	r.Min.X, r.Min.Y, r.Max.X, r.Max.Y = to(r.Min.X), to(r.Min.Y), to(r.Max.X), to(r.Max.Y)
	return r
}
