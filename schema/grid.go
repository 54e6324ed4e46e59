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

// At returns point i, for i in [0, Points). The ends are those of the axis,
// rounded to float32. With last = Points-1, a point between them is
//
//	((last-i)/last)·From + (i/last)·To
//
// in this order, every operation rounded to float64, and the sum once more to
// float32. So an axis symmetric about zero has points symmetric about zero, bit
// for bit.
func (a Axis) At(i int) float32 {
	switch last := a.Points - 1; i {
	case 0:
		return float32(a.From)
	case last:
		return float32(a.To)
	default:
		n := float64(last)
		// The outer conversions keep the compiler from fusing with the sum.
		from := float64(float64(last-i) / n * a.From)
		to := float64(float64(i) / n * a.To)
		return float32(from + to)
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
