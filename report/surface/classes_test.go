package surface

import (
	"math"
	"testing"
)

// threePlanes has three outputs and their upper envelope: output 0 is the largest where
// x > 0.4, elsewhere output 1 where y > 0.7 and output 2 in the rest.
func threePlanes(n int) *Field {
	f := unitField(n, n, func(x, y float64) float64 { return 0 })
	f.Outputs = [][]float32{
		sampled(n, n, func(x, y float64) float64 { return 1.2*(x-0.4) + math.Abs(y-0.7)/2 }),
		sampled(n, n, func(x, y float64) float64 { return (y - 0.7) / 2 }),
		sampled(n, n, func(x, y float64) float64 { return (0.7 - y) / 2 }),
	}
	for i := range f.Values {
		f.Values[i] = max(f.Outputs[0][i], f.Outputs[1][i], f.Outputs[2][i]) / 2
	}
	return f
}

func TestLargestOutputGivesTheColour(t *testing.T) {
	f, s := threePlanes(51), DefaultStyle()
	r := prepared(f, s, 320, 240)
	for _, tt := range []struct {
		x, y  float32
		class int
	}{{0.8, 0.3, 0}, {0.99, 0.9, 0}, {0.1, 0.8, 1}, {0.1, 0.6, 2}, {0.2, 0.1, 2}} {
		sp := spotOn(r, tt.x, tt.y)
		colour, distance := r.classes.at(&sp)
		if want := lightOf(s.Palette.Class(tt.class)); colour != want {
			t.Errorf("at (%v, %v): %v, want %v of class %d", tt.x, tt.y, colour, want, tt.class)
		}
		if distance < 1 {
			t.Errorf("at (%v, %v): the boundary is %v pixels away", tt.x, tt.y, distance)
		}
	}
}

// spotOn returns the spot of the floor under a point of the unit square.
func spotOn(r *Renderer, x, y float32) spot {
	px, _ := r.camera.project(float64(x)-0.5, float64(y)-0.5, floorHeight)
	depth := (float64(x)-0.5)*r.camera.awayX + (float64(y)-0.5)*r.camera.awayY
	return r.spotAt(floor, float32(px), float32(depth))
}

// The distance to the boundary is that on the picture, in pixels.
func TestDistanceToTheBoundary(t *testing.T) {
	r := prepared(threePlanes(51), DefaultStyle(), 320, 240)
	for _, y := range []float32{0.1, 0.5, 0.6} {
		for _, x := range []float32{0.385, 0.39, 0.395} {
			sp := spotOn(r, x, y)
			_, got := r.classes.at(&sp)
			px, py := r.camera.project(float64(x)-0.5, float64(y)-0.5, floorHeight)
			want := distanceToLine(&r.camera, px, py)
			near(t, "pixels to the boundary", float64(got), want, 0.25)
		}
	}
}

// distanceToLine returns how far a pixel is from the line x = 0.4 on the floor.
func distanceToLine(c *camera, px, py float64) float64 {
	x0, y0 := c.project(0.4-0.5, -0.5, floorHeight)
	x1, y1 := c.project(0.4-0.5, 0.5, floorHeight)
	return math.Abs((x1-x0)*(y0-py)-(x0-px)*(y1-y0)) / math.Hypot(x1-x0, y1-y0)
}

// A class map alone gives boundaries within a cell of where it changes, and the colours of
// its classes elsewhere.
func TestClassMapGivesTheColour(t *testing.T) {
	const n = 51
	f := unitField(n, n, func(x, y float64) float64 { return 0 })
	f.Classes = make([]uint8, n*n)
	class := func(i, j int) uint8 {
		if (i-25)*(i-25)+(j-20)*(j-20) < 150 {
			return 4
		}
		return 9
	}
	for i := range f.Classes {
		f.Classes[i] = class(i/n, i%n)
	}
	s := DefaultStyle()
	r := prepared(f, s, 320, 240)
	for i := range n {
		for j := range n {
			if d := math.Hypot(float64(i-25), float64(j-20)); math.Abs(d-math.Sqrt(150)) < 1.5 {
				continue
			}
			sp := spotOn(r, float32(i)/(n-1), float32(j)/(n-1))
			got, _ := r.classes.at(&sp)
			if want := lightOf(s.Palette.Class(int(class(i, j)))); abs(got.g-want.g) > 0.02 || abs(got.r-want.r) > 0.02 {
				t.Errorf("point (%d, %d): %v, want %v", i, j, got, want)
			}
		}
	}
}

// Outputs as large as numbers get, and their ties, give the same map as small ones.
func TestScaleOfOutputsDoesNotMatter(t *testing.T) {
	small, large := threePlanes(21), threePlanes(21)
	for c := range large.Outputs {
		for i := range large.Outputs[c] {
			large.Outputs[c][i] *= 1 << 120
		}
	}
	a, b := Render(small, DefaultStyle(), 160, 120), Render(large, DefaultStyle(), 160, 120)
	for i := range a.Pix {
		if d := int(a.Pix[i]) - int(b.Pix[i]); d > 1 || d < -1 {
			t.Fatalf("byte %d is %d, want %d", i, b.Pix[i], a.Pix[i])
		}
	}
}

// The surface of an envelope is that of the outputs, kinks and all, where they cross
// between grid points; a smooth surface would be off by a tenth of a cell's rise.
func TestEnvelopeHasSharpCreases(t *testing.T) {
	const n = 12 // so that no grid point is on a crease
	f := unitField(n, n, func(x, y float64) float64 { return math.Abs(x-0.4) + 0.1*y })
	f.Outputs = [][]float32{
		sampled(n, n, func(x, y float64) float64 { return x - 0.4 + 0.1*y }),
		sampled(n, n, func(x, y float64) float64 { return 0.4 - x + 0.1*y }),
	}
	for i := range f.Values {
		f.Values[i] = max(f.Outputs[0][i], f.Outputs[1][i])
	}
	r := prepared(f, DefaultStyle(), 80, 60)
	for _, x := range []float64{0.1, 0.39, 0.4, 0.402, 0.43} {
		h, dx, _ := r.slopeAt(float32(x), 0.35)
		near(t, "height", float64(h), (math.Abs(x-0.4)+0.035+1)/2, 1e-6)
		near(t, "height along a column", float64(r.heightAt(float32(x), 0.35)), float64(h), 1e-7)
		if x != 0.4 {
			near(t, "slope", float64(dx), math.Copysign(0.5, x-0.4), 1e-4)
		}
	}
	f.Values[0] += 0.01 // no envelope of these outputs any more
	if r.Render(f, DefaultStyle(), 80, 60); r.creased {
		t.Error("creased, want the smooth surface of the values")
	}
}
