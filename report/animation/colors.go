package animation

import (
	"cmp"
	"image/color"
	"slices"
)

const (
	mostColors = 256
	mostFlat   = 64
	flatShare  = 2000 // a flat colour has at least one pixel in so many
	rounds     = 8    // of moving colours to the middle of what they stand for
)

// chosen is a palette in ascending lightness, in three forms.
type chosen struct {
	entries []rgb
	lab     []oklab
	colors  color.Palette
}

// choosePalette chooses colours for all pixels counted: all colours if they are few, and
// otherwise flat colours as they are and the others by k-means, which starts from the
// boxes of a median cut (Paul Heckbert, "Color image quantization for frame buffer
// display", 1982) that cuts where the error is largest, at the mean.
func choosePalette(c *counts) *chosen {
	all, few := fewColors(c)
	if few {
		return paletteOf(all)
	}
	entries := flatColors(c)
	points := pointsBeside(c, entries)
	centres := make([]oklab, 0, mostColors)
	for _, e := range entries {
		centres = append(centres, toOklab(e))
	}
	centres = appendCut(centres, points, mostColors-len(entries))
	for range rounds {
		settle(centres, len(entries), points)
	}
	for _, l := range centres[len(entries):] {
		entries = append(entries, l.rgb())
	}
	return paletteOf(entries)
}

// paletteOf returns a palette of some colours, each once.
func paletteOf(entries []rgb) *chosen {
	slices.SortFunc(entries, func(a, b rgb) int {
		return cmp.Or(cmp.Compare(toOklab(a)[0], toOklab(b)[0]), cmp.Compare(a, b))
	})
	p := &chosen{entries: slices.Compact(entries)}
	for _, e := range p.entries {
		r, g, b := e.channels()
		p.lab = append(p.lab, toOklab(e))
		p.colors = append(p.colors, color.RGBA{r, g, b, 255})
	}
	return p
}

// fewColors returns all colours if a palette can hold them.
func fewColors(c *counts) (all []rgb, few bool) {
	var cell []colored
	for at := range c.cells {
		cell = c.appendCell(cell[:0], at)
		if len(all)+len(cell) > mostColors {
			return nil, false
		}
		for _, e := range cell {
			all = append(all, e.rgb)
		}
	}
	return all, true
}

// flatColors returns the most frequent colours that fill a share of all pixels.
func flatColors(c *counts) []rgb {
	var flat, cell []colored
	for at := range c.cells {
		cell = c.appendCell(cell[:0], at)
		for _, e := range cell {
			if int64(e.n)*flatShare >= c.pixels {
				flat = append(flat, e)
			}
		}
	}
	slices.SortFunc(flat, func(a, b colored) int {
		return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.rgb, b.rgb))
	})
	colors := make([]rgb, 0, mostColors)
	for _, e := range flat[:min(len(flat), mostFlat)] {
		colors = append(colors, e.rgb)
	}
	return colors
}

// pointsBeside returns points for all pixels but those of some colours.
func pointsBeside(c *counts, flat []rgb) []point {
	var points []point
	var cell []colored
	for at := range c.cells {
		cell = c.appendCell(cell[:0], at)
		cell = slices.DeleteFunc(cell, func(e colored) bool { return slices.Contains(flat, e.rgb) })
		points = appendPoints(points, cell)
	}
	return points
}
