package sampler

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"nodal/schema"
)

// Every grid point has one place, and values scattered from their places are
// those of their points.
func TestTilesHoldTheGrid(t *testing.T) {
	r := rand.New(rand.NewPCG(31, 32))
	axis := func(points int) schema.Axis { return schema.Axis{From: 0, To: float64(points - 1), Points: points} }
	grids := []schema.Grid{{axis(1001)}, {axis(2)}, {axis(64), axis(64)}, {axis(2), axis(2)}, {axis(3), axis(4), axis(37)}}
	for range 40 {
		grids = append(grids, schema.Grid{axis(2 + r.IntN(40)), axis(2 + r.IntN(40))})
	}
	for _, grid := range grids {
		for _, width := range []int{1, 4, 32, 35, 48, 64, 100, 256} {
			for name, tl := range map[string]tiles{"tiles": newTiles(grid, width), "patches": newPatches(grid, width)} {
				t.Run(fmt.Sprintf("%s/grid=%s/width=%d", name, grid, width), func(t *testing.T) { testTiles(t, &tl, grid) })
			}
		}
	}
}

// testTiles takes a grid of axes from 0 at steps of 1 through its tiles: the
// first output of a point is its number, the second the number negated.
func testTiles(t *testing.T, tl *tiles, grid schema.Grid) {
	const unwritten = 0.5
	field := slices.Repeat([]float32{unwritten}, 2*tl.points)
	for first := 0; first < tl.points; first += tl.width {
		x, p := tl.at(first)
		y := make([]float32, 2*p)
		for i := range p {
			number := float32(0)
			for k, a := range grid {
				number = number*float32(a.Points) + x[k*p+i]
			}
			if field[int(number)] != unwritten {
				t.Fatalf("point %v has two places", number)
			}
			y[i], y[p+i] = number, -number
		}
		tl.scatter(field, y, first)
	}
	for i := range tl.points {
		if field[i] != float32(i) || field[tl.points+i] != -float32(i) {
			t.Fatalf("point %d: got the values of %v and %v", i, field[i], -field[tl.points+i])
		}
	}
}

// Patches lie close together: a tile spans few rows and columns.
func TestPatchesAreCompact(t *testing.T) {
	tl := newPatches(schema.Grid{{From: 0, To: 127, Points: 128}, {From: 0, To: 255, Points: 256}}, 64)
	for first := 0; first < tl.points; first += tl.width {
		x, p := tl.at(first)
		rows, columns := x[:p], x[p:]
		height, width := slices.Max(rows)-slices.Min(rows)+1, slices.Max(columns)-slices.Min(columns)+1
		if height != 4 || width != 16 {
			t.Fatalf("the tile at %d is %v × %v, want 4 × 16", first, height, width)
		}
	}
}
