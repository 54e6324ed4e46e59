package surface

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"math"
	"testing"

	"nodal/report/palette"
)

// extremes are fields that are hard to draw.
func extremes() map[string]*Field {
	unit := [2]float64{1, 1}
	constant := func(x float32, low, high float64) *Field {
		return &Field{Rows: 2, Columns: 3, To: unit, Values: []float32{x, x, x, x, x, x}, Low: low, High: high}
	}
	inf, nan := float32(math.Inf(1)), float32(math.NaN())
	fields := map[string]*Field{
		"at the floor":     constant(-1, -1, 1),
		"at the ceiling":   constant(1, -1, 1),
		"zero":             constant(0, -1, 1),
		"zero below":       constant(2.5, 2, 3),
		"zero far away":    constant(1e30, 0.9e30, 1.1e30),
		"tiny":             constant(1e-45, 0, 1e-44),
		"outside":          constant(7, -1, 1),
		"not finite":       {Rows: 2, Columns: 2, To: unit, Values: []float32{nan, inf, -inf, 0}, Low: -1, High: 1},
		"smallest":         {Rows: 2, Columns: 2, To: unit, Values: []float32{-1, 1, 1, -1}, Low: -1, High: 1},
		"long":             unitField(2, 500, func(x, y float64) float64 { return math.Sin(80*y) * x }),
		"fine":             unitField(900, 700, func(x, y float64) float64 { return math.Sin(300 * x * y) }),
		"chessboard":       unitField(40, 40, func(x, y float64) float64 { return float64(2*(int(39*x+0.5)+int(39*y+0.5))&2) - 1 }),
		"one point":        unitField(21, 21, func(x, y float64) float64 { return 1 - 2*math.Ceil(math.Hypot(x-0.5, y-0.5)) }),
		"axes of all ends": {Rows: 2, Columns: 2, From: [2]float64{-1e30, 1e-9}, To: [2]float64{1, 2e-9}, Values: []float32{0, 1, 0, 1}, Low: -1, High: 1},
	}
	three := constant(0.5, -1, 1)
	three.Outputs = [][]float32{{1, 2, nan, 0, 0, 0}, {0, inf, 0, 1, 0, 0}, {-inf, 0, 0, 0, 1e30, 0}}
	fields["odd outputs"] = three
	classes := constant(0.5, -1, 1)
	classes.Classes = []uint8{0, 255, 255, 0, 7, 255}
	fields["classes"] = classes
	return fields
}

// edges of all boxes stay within the margins, of which half a line's width is taken.
func TestNothingOutsideTheBox(t *testing.T) {
	for name, f := range extremes() {
		for _, v := range views {
			s := DefaultStyle()
			s.View = v
			picture := Render(f, s, 161, 121)
			c := newCamera(v, 161, 121, insets{2.42, 2.42, 2.42, 2.42})
			left, right, top, bottom := c.bounds()
			box := image.Rect(int(left-1.5), int(top-1.5), int(right+2.5), int(bottom+2.5))
			drawn := 0
			for y := range 121 {
				for x := range 161 {
					at := picture.RGBAAt(x, y)
					if at == s.Theme.Ground {
						continue
					}
					drawn++
					if at.A != 255 || !(image.Point{x, y}).In(box) {
						t.Fatalf("%s, view %v: %v at (%d, %d), want the ground outside %v", name, v, at, x, y, box)
					}
				}
			}
			if drawn < 1000 {
				t.Errorf("%s, view %v: %d pixels drawn", name, v, drawn)
			}
		}
	}
}

func TestEqualArgumentsGiveEqualPictures(t *testing.T) {
	var r Renderer
	for name, f := range extremes() {
		fresh := Render(f, DefaultStyle(), 120, 90)
		r.Render(hills(17), DefaultStyle(), 60, 50) // something else before
		if again := r.Render(f, DefaultStyle(), 120, 90); !bytes.Equal(again.Pix, fresh.Pix) {
			t.Errorf("%s: a used renderer draws another picture", name)
		}
	}
}

// A field that is its own mirror image gives a picture that is, seen along the mirror; but
// for the shades, since the lamp stands to the left.
func TestSymmetricFieldGivesSymmetricPicture(t *testing.T) {
	f := unitField(31, 31, func(x, y float64) float64 { return math.Cos(5*(x+y-1)) * math.Cos(7*(x-y)) })
	s := DefaultStyle()
	for _, v := range []View{{20, 45}, {35, 225}} { // along x = y, which mirrors x and y
		s.View = v
		r := prepared(f, s, 301, 240)
		front := lamp{toLamp: vector{0, 0, 1}, half: vector{0, 0, 1}}
		r.lamp, r.image = front, image.NewRGBA(image.Rect(0, 0, 301, 240))
		r.drawColumns()
		differ := 0
		for y := range 240 {
			for x := range 150 {
				a, b := r.image.RGBAAt(x, y), r.image.RGBAAt(300-x, y)
				if distance(a, b) > 6 {
					differ++
				}
			}
		}
		if differ > 20 {
			t.Errorf("view %v: %d pixels differ from their mirror images", v, differ)
		}
	}
}

// distance returns the largest difference of two colours in one of their bytes.
func distance(a, b color.RGBA) int {
	d := func(x, y uint8) int { return max(int(x), int(y)) - min(int(x), int(y)) }
	return max(d(a.R, b.R), d(a.G, b.G), d(a.B, b.B))
}

// The zero line of x² + y² - r² on the floor lies where the projection says, to a
// quarter of a pixel. The surface floats high above and hides nothing of it.
func TestZeroLineOnTheFloor(t *testing.T) {
	const r = 0.31
	f := unitField(81, 81, func(x, y float64) float64 {
		return math.Pow(x-0.5, 2) + math.Pow(y-0.5, 2) - r*r
	})
	f.Low, f.High = -40, 1
	s := DefaultStyle()
	s.Lines = false
	picture := Render(f, s, 640, 480)
	c := newCamera(s.View, 640, 480, insets{9.6, 9.6, 9.6, 9.6})
	compared := 0
	for angle := 0.0; angle < 360; angle += 7 {
		sin, cos := math.Sincos(angle * math.Pi / 180)
		if upright := math.Abs(c.rightX*cos + c.rightY*sin); upright > 0.8 {
			continue // a column of pixels would cut it at a grazing angle
		}
		px, _ := c.project(r*cos, r*sin, floorHeight)
		column := math.Floor(px) + 0.5
		want := rowOfCircle(&c, column, r, c.awayX*cos+c.awayY*sin > 0)
		near(t, fmt.Sprintf("row of the zero line at %v°", angle), darkest(picture, int(px), want), want, 0.25)
		compared++
	}
	if compared < 20 {
		t.Errorf("%d places compared", compared)
	}
}

// rowOfCircle returns the row where a circle on the floor crosses a pixel column, on its
// far side or its near one, by bisection along the line of sight.
func rowOfCircle(c *camera, column, r float64, far bool) float64 {
	line, from, to := c.column(column)
	middle := -(line.x0*line.dx + line.y0*line.dy) / (line.dx*line.dx + line.dy*line.dy)
	inside, outside := middle, from
	if far {
		outside = to
	}
	for range 60 {
		t := (inside + outside) / 2
		if math.Hypot(line.x0+t*line.dx, line.y0+t*line.dy) < r {
			inside = t
		} else {
			outside = t
		}
	}
	return c.row(floorHeight, inside)
}

// darkest returns the row about which a dark line is balanced in a column of pixels, near
// some row.
func darkest(m *image.RGBA, x int, near float64) float64 {
	light := func(y int) float64 { return palette.Linear(m.RGBAAt(x, y).G) }
	first, last := int(near)-6, int(near)+6
	around := min(light(first), light(last))
	var sum, moment float64
	for y := first; y <= last; y++ {
		dark := max(around-light(y), 0)
		sum += dark
		moment += dark * (float64(y) + 0.5)
	}
	return moment / sum
}

// Without shades or lines the surface has the colour of its height.
func TestColourIsThatOfTheHeight(t *testing.T) {
	f := unitField(3, 3, func(x, y float64) float64 { return x - 0.25 })
	f.Low, f.High = -0.5, 1
	s := DefaultStyle()
	s.Lines = false
	r := prepared(f, s, 160, 120)
	for _, x := range []float32{0, 0.1, 0.4, 0.8, 1} {
		sp := spot{x: x, y: 0.5}
		sp.h, sp.dx, sp.dy = r.shape.slope(x, 0.5)
		got := r.surfaceColour(&sp)
		want := lightOf(s.Palette.At((float64(x) - 0.25) / 1))
		near(t, "green", float64(got.g), float64(want.g), 0.01)
		near(t, "red", float64(got.r), float64(want.r), 0.01)
	}
}

func TestWhatCannotBeDrawnPanics(t *testing.T) {
	good := func() (*Field, Style) { return hills(5), DefaultStyle() }
	for name, spoil := range map[string]func(f *Field, s *Style){
		"one row":      func(f *Field, s *Style) { f.Rows = 1 },
		"few values":   func(f *Field, s *Style) { f.Values = f.Values[1:] },
		"no box":       func(f *Field, s *Style) { f.High = f.Low },
		"endless box":  func(f *Field, s *Style) { f.High = math.Inf(1) },
		"no middle":    func(f *Field, s *Style) { f.Middle = math.NaN() },
		"no rectangle": func(f *Field, s *Style) { f.To[1] = 0 },
		"one output":   func(f *Field, s *Style) { f.Outputs = [][]float32{f.Values} },
		"short output": func(f *Field, s *Style) { f.Outputs = [][]float32{f.Values, f.Values[2:]} },
		"few classes":  func(f *Field, s *Style) { f.Classes = []uint8{1} },
		"from below":   func(f *Field, s *Style) { s.View.Elevation = -1 },
		"no azimuth":   func(f *Field, s *Style) { s.View.Azimuth = math.NaN() },
		"no levels":    func(f *Field, s *Style) { s.Levels = 0 },
		"no lines":     func(f *Field, s *Style) { s.LineScale = 0 },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("drawn, want a panic")
				}
			}()
			f, s := good()
			spoil(f, &s)
			Render(f, s, 20, 20)
		})
	}
}
