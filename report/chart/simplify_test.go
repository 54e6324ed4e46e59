package chart

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/plot/vg"
)

func TestSimplified(t *testing.T) {
	corner := []vg.Point{{X: 0, Y: 0}, {X: 1, Y: 0}, {X: 2, Y: 0}, {X: 2, Y: 1}, {X: 2, Y: 9}}
	if got, want := simplified(corner, 0.01), []vg.Point{corner[0], corner[2], corner[4]}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	back := []vg.Point{{X: 0}, {X: 5}, {X: 0}}
	if got := simplified(back, 0.01); !slices.Equal(got, back) {
		t.Errorf("a line there and back: got %v", got)
	}
}

// Every point that is left out lies close to what remains, and most are left out.
func TestSimplifiedStaysClose(t *testing.T) {
	line := make([]vg.Point, 1001)
	for i := range line {
		x := float64(i) / 1000
		line[i] = vg.Point{X: vg.Length(480 * x), Y: vg.Length(100 * math.Sin(40*x*x))}
	}
	const tolerance = 0.05
	got := simplified(line, tolerance)
	if len(got) > len(line)/2 {
		t.Errorf("%d of %d points remain", len(got), len(line))
	}
	for _, p := range line {
		nearest := vg.Length(math.Inf(1))
		for i := 1; i < len(got); i++ {
			nearest = min(nearest, awayFrom(p, got[i-1], got[i]))
		}
		if nearest > tolerance {
			t.Fatalf("%v lies %g away", p, float64(nearest))
		}
	}
}
