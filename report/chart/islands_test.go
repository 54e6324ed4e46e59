package chart

import (
	"image"
	"math"
	"testing"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"nodal/schema"
)

// painted returns the picture of a map alone, where a thin line takes a pixel.
func painted(f Regions, size int) *image.RGBA {
	var picture *image.RGBA
	Raster(figureFunc(func(c draw.Canvas) {
		picture = newClassMap(f, size, size, 1).paint(f.blank(c))
	}), size, size, 1)
	return picture
}

// changed returns how many pixels differ and the rectangle about them.
func changed(a, b *image.RGBA) (n int, r image.Rectangle) {
	for y := range a.Rect.Dy() {
		for x := range a.Rect.Dx() {
			if a.RGBAAt(x, y) != b.RGBAAt(x, y) {
				n++
				r = r.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return n, r
}

// An island of two points gets a small ring around them and nothing else, whatever region
// the smooth picture joins it with.
func TestSliverGetsARing(t *testing.T) {
	const points, size = 41, 200
	f := disc(points, 1, 0, 0.8) // touches the border
	f.Islands = make([]int32, points*points)
	f.Islands[30*points+20], f.Islands[31*points+20] = 1, 1 // x from 0.5 to 0.55, y = 0, within the disc
	with := painted(f, size)
	f.Islands = nil
	n, r := changed(with, painted(f, size))
	if n == 0 || n > 120 {
		t.Errorf("%d pixels are marked, want a small ring", n)
	}
	if want := image.Rect(142, 90, 163, 111); !r.In(want) {
		t.Errorf("marks in %v, want them in %v", r, want)
	}
}

// Of a region that is joined with an island only what is near the island's points is
// marked.
func TestMergedIslandIsMarkedAlone(t *testing.T) {
	const points, size = 41, 200
	f := disc(points, 1, 0, 0.8)
	f.Islands = make([]int32, points*points)
	for i := 28; i < 33; i++ { // x from 0.4 to 0.6, y from 0 to 0.2
		for j := 20; j < 25; j++ {
			f.Islands[i*points+j] = 1
		}
	}
	m := newClassMap(f, size, size, 1)
	marked := 0
	for i, label := range m.marks {
		if label == 0 {
			continue
		}
		marked++
		x, y := float64(i%size)/size*40, 40-float64(i/size)/size*40 // in steps of the grid
		if math.Abs(x-30) > 3.2 || math.Abs(y-22) > 3.2 {
			t.Fatalf("pixel %d is marked, %.1f, %.1f from the middle of the island", i, x-30, y-22)
		}
	}
	if marked == 0 {
		t.Error("nothing is marked")
	}
}

// speckled is a map with an island at each of some places, of so many points a side.
func speckled(points, side int, at [][2]int) Regions {
	axis := schema.Axis{From: -1, To: 1, Points: points}
	f := Regions{Grid: schema.Grid{axis, axis}, Pre: [][]float32{make([]float32, points*points)}}
	for p := range f.Pre[0] {
		f.Pre[0][p] = -1
	}
	for _, a := range at {
		for i := range side * side {
			f.Pre[0][(a[0]+i/side)*points+a[1]+i%side] = 1
		}
	}
	f.Islands = islandsOf(f.Pre, points)
	return f
}

// Up to twelve islands are numbered, each number within the frame and over no other;
// those that crowd lose theirs.
func TestIslandNumbers(t *testing.T) {
	crowd := [][2]int{{1, 1}, {1, 3}, {3, 1}, {3, 3}, {5, 1}, {5, 3}, {77, 77}, {77, 1}, {40, 40}, {40, 42}, {1, 77}, {75, 77}}
	for _, tt := range []struct {
		name        string
		f           Regions
		least, most int
	}{
		{"one small", speckled(81, 1, crowd[8:9]), 1, 1},
		{"one large", speckled(81, 20, crowd[8:9]), 1, 1},
		{"a crowd", speckled(81, 1, crowd), 6, 12},
		{"thirteen", speckled(81, 1, append(crowd, [2]int{60, 20})), 0, 0},
	} {
		for _, side := range []vg.Length{120, 300} {
			bare := tt.f
			var numbers []vg.Rectangle
			within := rectangle(0, 0, side, side)
			for _, text := range texts(figureFunc(func(c draw.Canvas) {
				s := bare.blank(c)
				box := frame{s.Canvas, inputScale(bare.Grid[0]), inputScale(bare.Grid[1])}
				s.islandNumbers(box, newClassMap(bare, int(side), int(side), 1))
			}), side, side) {
				r := box(text)
				if overlapsAny(r, numbers) {
					t.Errorf("%s at %g: %q lies over another", tt.name, float64(side), text.String)
				}
				if r.Min.X < within.Min.X || r.Min.Y < within.Min.Y || r.Max.X > within.Max.X || r.Max.Y > within.Max.Y {
					t.Errorf("%s at %g: %q leaves the frame: %v", tt.name, float64(side), text.String, r)
				}
				numbers = append(numbers, r)
			}
			least := tt.least
			if side < 200 {
				least = min(least, 3)
			}
			if len(numbers) < least || len(numbers) > tt.most {
				t.Errorf("%s at %g: %d numbers, want %d to %d", tt.name, float64(side), len(numbers), least, tt.most)
			}
		}
	}
}
