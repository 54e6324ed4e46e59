package schema

import (
	"fmt"
	"math"
)

// Bounds of an axis; the tags of GridSpec repeat them.
const (
	maxAxisEnd    = 1e30
	maxAxisPoints = 1 << 24
)

// Check returns an error that says what is wrong with an axis that no sweep file has
// checked: its ends finite and rising, and its points 2 or more and no more than float32
// can tell apart.
func (a Axis) Check() error {
	for _, end := range []float64{a.From, a.To} {
		if !(math.Abs(end) <= maxAxisEnd) {
			return fmt.Errorf("an axis from %s to %s: want ends from -1e30 to 1e30", formatFloat(a.From), formatFloat(a.To))
		}
	}
	if a.From >= a.To {
		return fmt.Errorf("an axis from %s to %s: want an end above its beginning", formatFloat(a.From), formatFloat(a.To))
	}
	if most := min(a.mostPoints(), maxAxisPoints); a.Points < 2 || float64(a.Points) > most {
		return fmt.Errorf("an axis of %d points from %s to %s: want 2 to %.0f", a.Points, formatFloat(a.From), formatFloat(a.To), most)
	}
	return nil
}
