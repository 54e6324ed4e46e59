package surface

import (
	"math"
	"testing"
)

// The change of a plane's height over a pixel is that between where neighbouring pixels
// see the plane.
func TestGradientOnThePicture(t *testing.T) {
	f := unitField(5, 5, func(x, y float64) float64 { return 0.3*x - 0.5*y + 0.1 })
	for _, v := range []View{{20, -55}, {50, 10}, {70, 160}} {
		s := DefaultStyle()
		s.View = v
		r := prepared(f, s, 320, 240)
		seen := func(px, py float64) (height, depth float64) {
			line, from, to := r.camera.column(px)
			for range 60 { // rows fall along a plane that is seen from above
				if t := (from + to) / 2; r.rowOn(&line, t) > py {
					from = t
				} else {
					to = t
				}
			}
			return float64(r.heightAt(float32(line.x0+from*line.dx+0.5), float32(line.y0+from*line.dy+0.5))), from
		}
		for _, p := range [][2]float64{{-0.1, 0.1}, {0.2, 0.2}, {-0.2, -0.3}} {
			h := r.heightAt(float32(p[0]+0.5), float32(p[1]+0.5))
			px, py := r.camera.project(p[0], p[1], heightOf(h))
			_, depth := seen(px, py)
			sp := r.spotAt(upper, float32(px), float32(depth))
			a, _ := seen(px-2, py)
			b, _ := seen(px+2, py)
			c, _ := seen(px, py-2)
			d, _ := seen(px, py+2)
			want := math.Hypot(b-a, d-c) / 4
			near(t, "change over a pixel", float64(sp.perPixel(sp.dx, sp.dy))/want, 1, 0.01)
		}
	}
}

// The line of a step on the floor is as wide as any, though beside the step nothing rises.
func TestLineOfAStepHasItsWidth(t *testing.T) {
	f := unitField(202, 3, func(x, y float64) float64 { return math.Copysign(1, x-0.5) })
	r := prepared(f, DefaultStyle(), 640, 480)
	var sum float64
	before := math.NaN()
	for i := range 4001 {
		x := float32(0.48 + 0.04*float64(i)/4000)
		sp := spotOn(r, x, 0.5)
		distance := distanceBetween(&r.camera, float64(x), 0.5)
		if i > 0 {
			per := sp.perPixel(sp.dx, sp.dy)
			sum += math.Abs(distance-before) * float64(max(r.zeroLine(&sp, per, floorZeroWidth), r.zeroStep(&sp, floorZeroWidth)))
		}
		before = distance
	}
	near(t, "width of the line", sum, floorZeroWidth, 0.5)
}

// distanceBetween returns how far, in pixels, a point of the floor is from the line along
// axis 1 through x = y = 0.5.
func distanceBetween(c *camera, x, y float64) float64 {
	x0, y0 := c.project(0, -0.5, floorHeight)
	x1, y1 := c.project(0, 0.5, floorHeight)
	px, py := c.project(x-0.5, y-0.5, floorHeight)
	return math.Copysign(math.Abs((x1-x0)*(y0-py)-(x0-px)*(y1-y0))/math.Hypot(x1-x0, y1-y0), x-0.5)
}

func TestPlaneHasOneNormal(t *testing.T) {
	f := unitField(9, 13, func(x, y float64) float64 { return 0.6*x - 0.4*y })
	r := prepared(f, DefaultStyle(), 160, 120)
	want := vector{-0.3 * boxHeight, 0.2 * boxHeight, 1}.normalized()
	for _, p := range [][2]float32{{0.1, 0.2}, {0.5, 0.77}, {0.93, 0.4}} {
		sp := spotOn(r, p[0], p[1])
		got := normalOf(&sp)
		near(t, "share of the right normal", float64(got.dot(want)), 1, 1e-6)
	}
}

// A side in the light is brighter than one that is turned away, and a hollow darker than
// an open place.
func TestShades(t *testing.T) {
	c := newCamera(DefaultStyle().View, 640, 480, insets{})
	l := newLamp(&c)
	white := light{1, 1, 1}
	toward := l.shine(white, l.toLamp, 1).g
	away := l.shine(white, vector{-l.toLamp.x, -l.toLamp.y, -l.toLamp.z}, 1).g
	hollow := l.shine(white, l.toLamp, 0.5).g
	if !(away > 0.1 && hollow > away && toward > hollow+0.1) {
		t.Errorf("light %v, in a hollow %v, turned away %v", toward, hollow, away)
	}
}
