package analysis

import (
	"fmt"
	"testing"

	"nodal/kernels"
	"nodal/schema"
)

// eachPath runs a benchmark on every path of the kernels.
func eachPath(b *testing.B, name string, f func(b *testing.B)) {
	before := kernels.ActivePath()
	defer kernels.Use(before)
	for _, p := range kernels.Paths() {
		kernels.Use(p)
		b.Run(fmt.Sprintf("%s/path=%s", name, p), f)
	}
}

func reportPerPoint(b *testing.B, points int) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(points), "ns/point")
}

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
		{2, 256, 3, false},
		{2, 512, 1, false},
		{2, 1024, 1, false},
		{2, 128, 1, true},
		{2, 128, 3, true},
	} {
		eachPath(b, fmt.Sprintf("d=%d/n=%d/c=%d/noise=%t", bb.d, bb.n, bb.c, bb.noise), func(b *testing.B) {
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
			reportPerPoint(b, grid.Points())
		})
	}
}

// BenchmarkCount labels class maps: smooth ones, noise, and a checkerboard of
// single points.
func BenchmarkCount(b *testing.B) {
	for _, n := range []int{128, 512} {
		for _, image := range []string{"smooth", "noise", "checkerboard"} {
			for _, c := range []int{1, 4} {
				for _, connectivity := range []int{4, 6, 8} {
					b.Run(fmt.Sprintf("image=%s/n=%d/c=%d/connectivity=%d", image, n, c, connectivity), func(b *testing.B) {
						grid := square(2, n)
						pre := randomField(1, grid, c, image == "noise")
						if image == "checkerboard" {
							for p := range pre {
								pre[p] = float32(1 - 2*((p/n+p)%2))
							}
						}
						m, e, _ := classify(pre, ShapeOf(grid), c)
						var l Labeller
						regions, islands := make([]int64, len(m.counts)), make([]int64, len(m.counts))
						l.Count(regions, islands, m, e, connectivity)
						b.ReportAllocs()
						for b.Loop() {
							l.Count(regions, islands, m, e, connectivity)
						}
						reportPerPoint(b, grid.Points())
					})
				}
			}
		}
	}
}

// BenchmarkParts times the steps of a measurement one by one.
func BenchmarkParts(b *testing.B) {
	for _, bb := range []struct{ d, n, c int }{{1, 1001, 1}, {2, 128, 1}, {2, 256, 3}} {
		grid := square(bb.d, bb.n)
		s := ShapeOf(grid)
		pre := randomField(1, grid, bb.c, false)
		first := pre[:s.Points()]
		m, e, margin := classify(pre, s, bb.c)
		half, halfEdges := m.Half(), NewEdges(s.Half())
		turns := newTurnCounter(s)
		var boundary Boundary
		for _, part := range []struct {
			name string
			call func()
		}{
			{"classify", func() { m.Classify(margin, pre) }},
			{"edges", func() { e.Mark(m); e.Count() }},
			{"half", func() { half.Halve(m); halfEdges.Mark(half) }},
			{"boundary", func() {
				if !s.Line {
					boundary.Length(pre, m, e)
				}
			}},
			{"turns", func() { turns.count(first, TurnNoise) }},
			{"values", func() { DescribeValues(pre) }},
			{"slopes", func() { Slopes(first, s) }},
			{"roughness", func() { Roughness(first, s) }},
			{"margins", func() { Margins(first) }},
		} {
			eachPath(b, fmt.Sprintf("part=%s/d=%d/n=%d/c=%d", part.name, bb.d, bb.n, bb.c), func(b *testing.B) {
				for b.Loop() {
					part.call()
				}
				reportPerPoint(b, s.Points())
			})
		}
	}
}
