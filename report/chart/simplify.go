package chart

import (
	"math"

	"gonum.org/v1/plot/vg"
)

// invisible is a deviation of a line that no screen shows: less than a tenth of a pixel
// at double density.
const invisible vg.Length = 0.03

// simplified returns those points of a line from which it can be drawn with a deviation
// of at most tolerance (Douglas and Peucker, The Canadian Cartographer 10(2), 1973). The
// ends stay.
func simplified(line []vg.Point, tolerance vg.Length) []vg.Point {
	if len(line) < 3 {
		return line
	}
	keep := make([]bool, len(line))
	keep[0], keep[len(line)-1] = true, true
	open := [][2]int{{0, len(line) - 1}}
	for len(open) > 0 {
		from, to := open[len(open)-1][0], open[len(open)-1][1]
		open = open[:len(open)-1]
		farthest, most := 0, tolerance
		for i := from + 1; i < to; i++ {
			if d := awayFrom(line[i], line[from], line[to]); d > most {
				farthest, most = i, d
			}
		}
		if farthest > 0 {
			keep[farthest] = true
			open = append(open, [2]int{from, farthest}, [2]int{farthest, to})
		}
	}
	kept := make([]vg.Point, 0, len(line)/4)
	for i, point := range line {
		if keep[i] {
			kept = append(kept, point)
		}
	}
	return kept
}

// awayFrom returns the distance of a point from a segment.
func awayFrom(p, from, to vg.Point) vg.Length {
	along, offset := to.Sub(from), p.Sub(from)
	square := along.Dot(along)
	if square > 0 {
		t := min(max(offset.Dot(along)/square, 0), 1)
		offset = offset.Sub(along.Scale(t))
	}
	return vg.Length(math.Hypot(float64(offset.X), float64(offset.Y)))
}
