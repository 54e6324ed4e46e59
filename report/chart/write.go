package chart

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"io"
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// Figure is what draws itself into the rectangle of a canvas.
type Figure interface {
	Draw(c draw.Canvas)
}

// cssDPI is the number of CSS pixels to the inch.
const cssDPI = 96

// WritePNG writes a figure of width×height CSS pixels as a PNG with scale device
// pixels to each: 2 for screens of double density. It panics unless all are positive.
func WritePNG(w io.Writer, f Figure, width, height int, scale float64) error {
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(w, Raster(f, width, height, scale)); err != nil {
		return fmt.Errorf("chart: %w", err)
	}
	return nil
}

// Raster draws a figure as WritePNG does. The scale is rounded to the next one with a
// whole number of pixels to the inch.
func Raster(f Figure, width, height int, scale float64) *image.RGBA {
	if width <= 0 || height <= 0 || !(scale > 0) {
		panic(fmt.Sprintf("chart: %d×%d pixels at scale %g, want more than none", width, height, scale))
	}
	dpi := max(1, int(math.Round(scale*cssDPI)))
	pixels := func(css int) vg.Length {
		device := max(1, math.Round(float64(css)*float64(dpi)/cssDPI))
		return vg.Length(device) / vg.Length(dpi) * vg.Inch
	}
	canvas := vgimg.NewWith(vgimg.UseWH(pixels(width), pixels(height)), vgimg.UseDPI(dpi))
	f.Draw(draw.New(canvas))
	return canvas.Image().(*image.RGBA)
}

// WriteSVG writes a figure of width×height CSS pixels as an SVG. Its text stays text,
// in Liberation Sans or the fonts of the same widths that readers have, and painted
// parts are PNGs at double density within it. It panics unless both are positive.
func WriteSVG(w io.Writer, f Figure, width, height int) error {
	if width <= 0 || height <= 0 {
		panic(fmt.Sprintf("chart: %d×%d pixels, want more than none", width, height))
	}
	const inch = vg.Inch / cssDPI
	canvas := vgsvg.New(vg.Length(width)*inch, vg.Length(height)*inch)
	f.Draw(draw.New(canvas))
	var b bytes.Buffer
	if _, err := canvas.WriteTo(&b); err != nil {
		return fmt.Errorf("chart: %w", err)
	}
	if _, err := io.WriteString(w, mended(b.String())); err != nil {
		return fmt.Errorf("chart: %w", err)
	}
	return nil
}
