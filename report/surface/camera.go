package surface

import "math"

// The box has sides of length 1 on the ground. The origin is halfway between Low and High,
// over the middle of the floor.
const (
	boxHeight   = 0.44 // from Low to High
	floorGap    = 0.30 // from the floor up to Low
	perspective = 0.20 // how much smaller things become over one side of depth
)

// camera maps points of the box to pixels. It is a perspective with upright verticals,
// as an architect's: a point is shrunk by its depth on the ground alone,
//
//	X = r / (1+kt),  Y = (z cos e + t sin e) / (1+kt)
//
// where r and t are how far it lies to the right and away, z its height and e the
// elevation. So everything in one column of pixels stands over one line on the ground.
type camera struct {
	rightX, rightY float64 // unit vector on the ground to the right
	awayX, awayY   float64 // unit vector away from the eye
	cos, sin       float64 // of the elevation
	k              float64

	scale   float64 // pixels for a unit of length
	originX float64 // pixel column of X = 0
	originY float64 // pixel row of Y = 0; rows count downwards
}

// insets are what a picture keeps free at its edges, in pixels.
type insets struct{ left, right, top, bottom float64 }

// newCamera returns the camera that fits the whole box, floor to ceiling, into a picture.
func newCamera(v View, width, height int, free insets) camera {
	sinA, cosA := math.Sincos(v.Azimuth * math.Pi / 180)
	sinE, cosE := math.Sincos(v.Elevation * math.Pi / 180)
	c := camera{
		rightX: -sinA, rightY: cosA, awayX: -cosA, awayY: -sinA,
		cos: cosE, sin: sinE, k: perspective * cosE, scale: 1,
	}
	left, right, top, bottom := c.bounds()
	roomX, roomY := float64(width)-free.left-free.right, float64(height)-free.top-free.bottom
	c.scale = max(min(roomX/(right-left), roomY/(bottom-top)), 1)
	c.originX = free.left + roomX/2 - c.scale*(left+right)/2
	c.originY = free.top + roomY/2 - c.scale*(top+bottom)/2
	return c
}

// bounds returns the rectangle that the box is seen in, in pixels.
func (c *camera) bounds() (left, right, top, bottom float64) {
	left, right, top, bottom = math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for corner := range 4 {
		x, y := float64(corner&1)-0.5, float64(corner>>1)-0.5
		for _, z := range []float64{-boxHeight/2 - floorGap, boxHeight / 2} {
			px, py := c.project(x, y, z)
			left, right = min(left, px), max(right, px)
			top, bottom = min(top, py), max(bottom, py)
		}
	}
	return left, right, top, bottom
}

// project returns the pixel column and row of a point.
func (c *camera) project(x, y, z float64) (px, py float64) {
	t := c.awayX*x + c.awayY*y
	shrink := c.scale / (1 + c.k*t)
	return c.originX + (c.rightX*x+c.rightY*y)*shrink, c.originY - (z*c.cos+t*c.sin)*shrink
}

// lineOfSight is the line on the ground that a column of pixels stands over. The point at
// depth t is (x0 + t·dx, y0 + t·dy).
type lineOfSight struct{ x0, y0, dx, dy float64 }

// column returns the line of sight of a pixel column and the range of depths where it
// crosses the square, empty (near >= far) if it misses it.
func (c *camera) column(px float64) (l lineOfSight, near, far float64) {
	X := (px - c.originX) / c.scale
	l = lineOfSight{X * c.rightX, X * c.rightY, c.k*X*c.rightX + c.awayX, c.k*X*c.rightY + c.awayY}
	near, far = -2, 2
	near, far = cut(l.x0, l.dx, near, far)
	near, far = cut(l.y0, l.dy, near, far)
	return l, near, far
}

// cut narrows a range of t to where x0 + t·dx is within half a side of 0.
func cut(x0, dx, near, far float64) (float64, float64) {
	if math.Abs(dx) < 1e-12 {
		if math.Abs(x0) > 0.5 {
			return 1, 0
		}
		return near, far
	}
	a, b := (-0.5-x0)/dx, (0.5-x0)/dx
	return max(near, min(a, b)), min(far, max(a, b))
}

// row returns the pixel row, a fraction, of the point of some height at depth t.
func (c *camera) row(z, t float64) float64 {
	return c.originY - c.scale*(z*c.cos+t*c.sin)/(1+c.k*t)
}

// depth returns the depth at which pixel row py sees height z.
func (c *camera) depth(py, z float64) float64 {
	Y := (c.originY - py) / c.scale
	return (Y - z*c.cos) / (c.sin - c.k*Y)
}

// faces says whether the eye is on the outer side of the wall of some outer normal.
func (c *camera) faces(normal [2]float64) bool {
	toward := -(normal[0]*c.awayX + normal[1]*c.awayY)
	return toward > c.k/2 // the eye is 1/k away, the wall 1/2
}
