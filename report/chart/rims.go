package chart

import (
	"image"
	"image/color"
	"math"

	"nodal/report/palette"
)

// paintRims draws a light line with dark edges around each large island and a ring around
// each small one.
func (m *classMap) paintRims(picture *image.RGBA) {
	if len(m.islands) == 0 {
		return
	}
	for i, is := range m.nearIslands(int(math.Ceil(2.5*m.thin)) + 1) {
		if is {
			m.rim(picture, i, m.distance(i%m.width, i/m.width), m.thin)
		}
	}
	for _, is := range m.islands {
		if m.small(is) {
			m.paintRing(picture, is)
		}
	}
}

// rim paints a pixel at some distance from the middle of a rim, whose light part is so
// wide on each side and whose dark edges end at twice that.
func (m *classMap) rim(picture *image.RGBA, i int, distance, wide float64) {
	x, y := i%m.width, i/m.width
	light, dark := color.RGBA{255, 255, 255, 255}, color.RGBA{16, 18, 24, 255}
	c := picture.RGBAAt(x, y)
	c = palette.Mix(c, dark, min(max(2*wide+0.5-distance, 0), 1))
	c = palette.Mix(c, light, min(max(wide+0.5-distance, 0), 1))
	picture.SetRGBA(x, y, c)
}

// ringWidth is how wide the light part of a ring is on each side, in thin lines.
const ringWidth = 0.6

// ringRadius returns the radius of the ring around a small island.
func (m *classMap) ringRadius(is island) float64 { return max(is.clearance+2.5*m.thin, 4.5*m.thin) }

// paintRing draws a ring around a small island, moved into the picture.
func (m *classMap) paintRing(picture *image.RGBA, is island) {
	radius := m.ringRadius(is)
	reach := radius + 2*ringWidth*m.thin + 1
	cx := max(min(is.deepest.x, float64(m.width)-reach), reach)
	cy := max(min(is.deepest.y, float64(m.height)-reach), reach)
	for y := max(0, int(cy-reach)); y <= min(m.height-1, int(cy+reach)); y++ {
		for x := max(0, int(cx-reach)); x <= min(m.width-1, int(cx+reach)); x++ {
			away := math.Hypot(float64(x)+0.5-cx, float64(y)+0.5-cy)
			m.rim(picture, y*m.width+x, math.Abs(away-radius), ringWidth*m.thin)
		}
	}
}

// nearIslands returns the pixels of large islands and those at most so many steps away.
func (m *classMap) nearIslands(steps int) []bool {
	near := make([]bool, len(m.marks))
	var edge []int
	for i, mark := range m.marks {
		if mark != 0 {
			near[i] = true
			if m.inward[i] < 2 {
				edge = append(edge, i)
			}
		}
	}
	for range steps {
		var next []int
		for _, i := range edge {
			for _, j := range m.neighbours(i) {
				if j >= 0 && !near[j] {
					near[j] = true
					next = append(next, j)
				}
			}
		}
		edge = next
	}
	return near
}
