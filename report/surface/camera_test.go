package surface

import (
	"math"
	"testing"
)

var views = []View{{20, -55}, {20, 125}, {0, 10}, {5, 0}, {45, 200}, {90, -90}, {63, -1000}}

func TestColumnsAndRowsUndoTheProjection(t *testing.T) {
	for _, v := range views {
		c := newCamera(v, 640, 480, insets{10, 20, 30, 40})
		for _, p := range [][3]float64{{0, 0, 0}, {0.5, -0.5, 0.2}, {-0.31, 0.17, -0.4}, {0.49, 0.49, floorHeight}} {
			px, py := c.project(p[0], p[1], p[2])
			line, near0, far := c.column(px)
			away := p[0]*c.awayX + p[1]*c.awayY
			near(t, "x on the line of sight", line.x0+away*line.dx, p[0], 1e-9)
			near(t, "y on the line of sight", line.y0+away*line.dy, p[1], 1e-9)
			if away < near0-1e-9 || away > far+1e-9 {
				t.Errorf("view %v: depth %v of %v, want %v to %v", v, away, p, near0, far)
			}
			near(t, "row", c.row(p[2], away), py, 1e-9)
			if v.Elevation > 0 {
				near(t, "depth", c.depth(py, p[2]), away, 1e-6)
			}
		}
	}
}

func TestBoxFillsTheRoom(t *testing.T) {
	for _, v := range views {
		c := newCamera(v, 640, 480, insets{10, 20, 30, 40})
		left, right, top, bottom := c.bounds()
		if left < 10-1e-9 || right > 620+1e-9 || top < 30-1e-9 || bottom > 440+1e-9 {
			t.Errorf("view %v: box from (%v, %v) to (%v, %v), want within the insets", v, left, top, right, bottom)
		}
		if spare := min(610-(right-left), 410-(bottom-top)); spare > 1e-6 {
			t.Errorf("view %v: %v pixels to spare both ways", v, spare)
		}
		near(t, "centre", (left+right)/2, (10+620)/2.0, 1e-6)
	}
}

// The article's view has the end of axis 0 and the beginning of axis 1 in front, the
// beginning of both at the left (matplotlib, "mplot3d view angles").
func TestViewIsThatOfMatplotlib(t *testing.T) {
	c := newCamera(DefaultStyle().View, 640, 480, insets{})
	at := func(x, y float64) (float64, float64) { return c.project(x, y, floorHeight) }
	leftX, leftY := at(-0.5, -0.5)
	frontX, frontY := at(0.5, -0.5)
	rightX, rightY := at(0.5, 0.5)
	backX, backY := at(-0.5, 0.5)
	if !(leftX < backX && backX < frontX && frontX < rightX) {
		t.Errorf("corners from left to right: %v %v %v %v", leftX, backX, frontX, rightX)
	}
	if !(backY < rightY && rightY < leftY && leftY < frontY) {
		t.Errorf("corners from top to bottom: %v %v %v %v", backY, rightY, leftY, frontY)
	}
	above := newCamera(View{90, -90}, 480, 480, insets{})
	x0, y0 := above.project(-0.5, -0.5, 0.1)
	x1, y1 := above.project(0.5, 0.5, -0.1)
	near(t, "left of the plan", x0, 0, 1e-9)
	near(t, "bottom of the plan", y0, 480, 1e-9)
	near(t, "right of the plan", x1, 480, 1e-9)
	near(t, "top of the plan", y1, 0, 1e-9)
}

func TestVerticalsStayUpright(t *testing.T) {
	c := newCamera(View{35, 17}, 640, 480, insets{})
	low, y0 := c.project(0.4, -0.3, -0.5)
	high, y1 := c.project(0.4, -0.3, 0.5)
	if low != high || !(y1 < y0) || math.IsNaN(low) {
		t.Errorf("a post from (%v, %v) to (%v, %v), want it upright", low, y0, high, y1)
	}
}
