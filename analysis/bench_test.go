package analysis

import (
	"fmt"
	"testing"

	"nodal/schema"
)

// BenchmarkMeasure measures smooth fields, like those of networks; noise is the
// worst case, where hardly two neighbours agree.
func BenchmarkMeasure(b *testing.B) {
	for _, bb := range []struct {
		d, n, c int
		noise   bool
	}{
		{1, 1001, 1, false},
		{1, 1001, 3, false},
		{2, 128, 1, false},
		{2, 128, 3, false},
		{2, 128, 10, false},
		{2, 512, 1, false},
		{2, 1024, 1, false},
		{2, 128, 1, true},
		{2, 128, 3, true},
	} {
		b.Run(fmt.Sprintf("d=%d/n=%d/c=%d/noise=%t", bb.d, bb.n, bb.c, bb.noise), func(b *testing.B) {
			grid := square(bb.d, bb.n)
			pre := randomField(1, grid, bb.c, bb.noise)
			out := append([]float32(nil), pre...)
			m := NewMeasurer(grid, bb.c, 6)
			var row schema.Row
			m.Measure(&row, pre, out)
			b.ReportAllocs()
			for b.Loop() {
				m.Measure(&row, pre, out)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(grid.Points()), "ns/point")
		})
	}
}

// BenchmarkCount labels class maps.
func BenchmarkCount(b *testing.B) {
	for _, noise := range []bool{false, true} {
		for _, connectivity := range []int{4, 6, 8} {
			b.Run(fmt.Sprintf("n=512/connectivity=%d/noise=%t", connectivity, noise), func(b *testing.B) {
				grid := square(2, 512)
				m := make([]uint8, grid.Points())
				Classify(m, make([]float64, len(m)), randomField(1, grid, 1, noise), 1)
				var l Labeller
				regions, islands := make([]int64, 2), make([]int64, 2)
				for b.Loop() {
					l.Count(regions, islands, m, ShapeOf(grid), connectivity)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(m)), "ns/point")
			})
		}
	}
}
