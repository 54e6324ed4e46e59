package analysis

import (
	"fmt"
	"testing"
)

// BenchmarkExpectedCrossings takes hidden layers in tiles like those of the engine.
func BenchmarkExpectedCrossings(b *testing.B) {
	for _, bb := range []struct{ d, n, units int }{{1, 1001, 4}, {1, 1001, 100}, {2, 128, 32}} {
		b.Run(fmt.Sprintf("d=%d/n=%d/units=%d", bb.d, bb.n, bb.units), func(b *testing.B) {
			grid := square(bb.d, bb.n)
			points := grid.Points()
			h := hiddenTiles(randomField(1, grid, bb.units, false), bb.units, max(8192/bb.units, 32))
			e := NewExpectedCrossings(grid, bb.units)
			b.ReportAllocs()
			for b.Loop() {
				expectTiles(e, h, bb.units, .2, .5)
			}
			reportPerPoint(b, points)
		})
	}
}
