package chart

import (
	"math"
	"testing"

	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/recorder"

	"nodal/report/palette"
	"nodal/schema"
)

// Cubic convolution keeps planes as they are and passes through all grid points.
func TestResample(t *testing.T) {
	const columns, rows = 7, 5
	plane := make([]float32, columns*rows)
	for i := range plane {
		plane[i] = 3*float32(i/rows) - 2*float32(i%rows) + 1
	}
	const width, height = 60, 40
	got := resample(plane, columns, rows, width, height)
	for i, v := range got {
		x := (float64(i%width) + 0.5) / width * (columns - 1)
		y := (float64(height-1-i/width) + 0.5) / height * (rows - 1)
		if want := 3*x - 2*y + 1; math.Abs(float64(v)-want) > 1e-4 {
			t.Fatalf("pixel %d: %g, want %g", i, v, want)
		}
	}
	for i := range 7 {
		taps, weights := cubicTaps(float64(i)/6, 7)
		var share [7]float32
		for k, tap := range taps {
			share[tap] += weights[k]
		}
		for tap, weight := range share {
			if tap == i && weight != 1 || tap != i && weight != 0 {
				t.Errorf("at point %d point %d has weight %g", i, tap, weight)
			}
		}
	}
}

// disc is a network that is positive within a circle.
func disc(points int, x0, y0, radius float64) Regions {
	axis := schema.Axis{From: -1, To: 1, Points: points}
	f := Regions{Grid: schema.Grid{axis, axis}, Pre: [][]float32{make([]float32, points*points)}}
	for i := range f.Pre[0] {
		x, y := float64(axis.At(i/points)), float64(axis.At(i%points))
		f.Pre[0][i] = float32(radius - math.Hypot(x-x0, y-y0))
	}
	f.Islands = islandsOf(f.Pre, points)
	return f
}

// The first input runs to the right, the second upwards; the area of a disc, its
// deepest place and the distances from its rim are those of a disc.
func TestClassMapOfDisc(t *testing.T) {
	const size = 200
	m := newClassMap(disc(41, 0.4, 0.2, 0.3), size, size, 1)
	inside := 0
	for i, class := range m.classes {
		if class == 0 {
			inside++
		}
		x, y := float64(i%size)+0.5-140, float64(i/size)+0.5-80 // the middle lies at 0.4, 0.2
		away := math.Abs(math.Hypot(x, y) - 30)
		if away < 6 && math.Abs(m.distance(i%size, i/size)-away) > 0.25 {
			t.Fatalf("pixel %d: the rim is %g away, want %g", i, m.distance(i%size, i/size), away)
		}
	}
	if want := math.Pi * 30 * 30; math.Abs(float64(inside)-want) > 0.02*want {
		t.Errorf("%d pixels inside, want %g", inside, want)
	}
	if len(m.islands) != 1 {
		t.Fatalf("%d islands, want 1", len(m.islands))
	}
	island := m.islands[0]
	if math.Hypot(island.deepest.x-140, island.deepest.y-80) > 2 || math.Abs(island.clearance-30) > 3 {
		t.Errorf("deepest at %v, %g from the rim, want 140, 80 and 30", island.deepest, island.clearance)
	}
}

// Each island gets its own mark, and nothing else does.
func TestIslandsAreApart(t *testing.T) {
	f := disc(41, 0.5, 0.5, 0.2)
	other := disc(41, -0.5, -0.4, 0.25)
	corner := disc(41, 1, -1, 0.3)
	for i := range f.Pre[0] {
		f.Pre[0][i] = max(f.Pre[0][i], other.Pre[0][i], corner.Pre[0][i])
	}
	f.Islands = islandsOf(f.Pre, 41)
	m := newClassMap(f, 100, 100, 1)
	at := func(x, y float64) int32 { return m.marks[int((1-y)*50)*100+int((x+1)*50)] }
	if at(0.5, 0.5) == 0 || at(-0.5, -0.4) == 0 || at(0.5, 0.5) == at(-0.5, -0.4) {
		t.Errorf("marks %d and %d, want two islands", at(0.5, 0.5), at(-0.5, -0.4))
	}
	if at(0, 0) != 0 || at(0.95, -0.95) != 0 {
		t.Errorf("marks %d and %d, want no islands", at(0, 0), at(0.95, -0.95))
	}
}

// A straight boundary is drawn with half-tones, the same from row to row, as no picture
// of whole cells has it.
func TestBoundaryHasNoSteps(t *testing.T) {
	axis := schema.Axis{From: 0, To: 1, Points: 2}
	f := Regions{Grid: schema.Grid{axis, axis}, Pre: [][]float32{{-0.3, -0.4, 0.7, 0.6}}} // x - 0.3 - 0.1·y
	m := newClassMap(f, 100, 100, 1)
	s := f.blank(draw.NewCanvas(new(recorder.Canvas), 100, 100))
	shades := m.shades(s)
	shades.lead = 0 // one colour to each class
	a, b := palette.Luminance(shades.at(0, 0)), palette.Luminance(shades.at(1, 0))
	for y := range 100 {
		at := 30 + 10*(float64(99-y)+0.5)/100
		var covered float64
		for x := int(at) - 2; x < int(at)+4; x++ {
			c := m.mixed(shades, x, y)
			covered += (palette.Luminance(c) - b) / (a - b)
		}
		want := float64(int(at)+4) - at
		if math.Abs(covered-want) > 0.15 {
			t.Fatalf("row %d: %.2f pixels of the right class, want %.2f", y, covered, want)
		}
	}
}

func TestInkIsLegible(t *testing.T) {
	for _, p := range palette.All() {
		for _, class := range p.Classes {
			if got := palette.Contrast(class, inkOn(class)); got < 4.5 {
				t.Errorf("%s: contrast %.1f on %v, want 4.5", p.Name, got, class)
			}
		}
		for i := range 101 {
			if c := p.At(float64(i)/50 - 1); palette.Contrast(c, inkOn(c)) < 4.5 {
				t.Errorf("%s: contrast %.1f on %v", p.Name, palette.Contrast(c, inkOn(c)), c)
			}
		}
	}
}
