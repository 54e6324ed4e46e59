package chart

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"testing"

	"nodal/report/internal/golden"
)

// views are the widths at which figures are kept. The widest is kept at half its pixels:
// it is laid out as for a large screen.
var views = []struct {
	width int
	scale float64
}{{400, 1}, {640, 1}, {1280, 0.5}}

// Figures look as they did when a person looked at them.
func TestFiguresLookAsBefore(t *testing.T) {
	for _, name := range slices.Sorted(maps.Keys(examples)) {
		e := examples[name]()
		for _, view := range views {
			if e.variant && view.width != 400 {
				continue
			}
			t.Run(fmt.Sprintf("%s-%d", name, view.width), func(t *testing.T) {
				height := int(math.Round(float64(view.width) * e.tall))
				golden.Check(t, fmt.Sprintf("%s-%d", name, view.width), Raster(e.figure, view.width, height, view.scale))
			})
		}
	}
}
