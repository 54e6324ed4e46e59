package schema

import (
	"fmt"
	"strings"
)

// Axis is one axis of a grid: Points equally spaced values from From to To,
// both included. A validated axis has From < To and at least two points, far
// enough apart for float32 to tell them from each other.
type Axis struct {
	From   float64 `json:"from"`
	To     float64 `json:"to"`
	Points int     `json:"points"`
}

// At returns point i, for i in [0, Points). The ends are exact, and an axis
// symmetric about zero has points symmetric about zero, bit for bit: every
// point is the float32 nearest to the weighted mean of the ends, computed in
// float64 without fused operations.
func (a Axis) At(i int) float32 {
	switch last := a.Points - 1; i {
	case 0:
		return float32(a.From)
	case last:
		return float32(a.To)
	default:
		lo := float64(last-i) / float64(last) * a.From
		hi := float64(i) / float64(last) * a.To
		return float32(float64(lo) + float64(hi))
	}
}

// Step returns the distance between neighbouring points, 0 for a single point.
func (a Axis) Step() float64 {
	if a.Points < 2 {
		return 0
	}
	return a.To/float64(a.Points-1) - a.From/float64(a.Points-1)
}

// Extent returns the length of the axis, To - From.
func (a Axis) Extent() float64 { return a.To - a.From }

// Grid is the product of its axes, one per input. Points are numbered with the
// last axis fastest.
type Grid []Axis

// Points returns the number of points in all.
func (g Grid) Points() int {
	n := 1
	for _, a := range g {
		n *= a.Points
	}
	return n
}

// String returns the canonical form, such as "[-6,6]:101x[-1,1]:64".
func (g Grid) String() string {
	axes := make([]string, len(g))
	for i, a := range g {
		axes[i] = fmt.Sprintf("[%s,%s]:%d", formatFloat(a.From), formatFloat(a.To), a.Points)
	}
	return strings.Join(axes, "x")
}
