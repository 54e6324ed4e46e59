// Package surface draws functions of two inputs as shaded surfaces over a floor of
// filled contours. It renders in software, one goroutine, and draws its text through
// gonum's vector canvases.
package surface

import (
	"fmt"
	"image"
	"math"

	"nodal/report/palette"
)

// Field is a function on a grid over a rectangle, and the box that it is drawn in.
type Field struct {
	Rows, Columns int        // grid points along inputs 0 and 1, at least 2 each
	From, To      [2]float64 // ends of the two inputs, both in the grid; From < To

	// Values [Rows,Columns] are the heights. What lies outside Low to High is drawn at
	// the nearer end, not-a-number at Low.
	Values []float32

	Low, High float64 // floor and ceiling of the box; Low < High, Middle may lie outside

	// Middle is the value between the two colours, whose line is the strong one: 0, or
	// 0.5 for the logistic function.
	Middle float64

	// Outputs [C][Rows,Columns], if present, colour the surface by the class of the
	// largest, ties to the lowest index. C is 2 to 256. Values is then their upper
	// envelope, which is drawn with sharp creases, or that of the same outputs on
	// another side of their activation, which is drawn smoothly.
	Outputs [][]float32

	// Classes [Rows,Columns], if present and Outputs is not, are the classes to colour
	// the surface by. Boundaries between them are smoothed: regions less than about
	// three cells wide may vanish, which they do not with Outputs.
	Classes []uint8
}

// View is the direction that a surface is seen from, as matplotlib has it: for azimuth
// 0 the eye is beyond the end of axis 0, for 90 beyond that of axis 1.
type View struct {
	Elevation float64 // degrees above the horizon, 0 to 90
	Azimuth   float64 // degrees
}

// Style says how a field is drawn.
type Style struct {
	Palette *palette.Palette // nil: palette.Article
	Theme   *palette.Theme   // nil: palette.Dark
	View    View

	// Levels is about how many bands of height the floor has, 1 to 100. Their edges are
	// as far from Middle as multiples of 1, 2 or 5 times a power of ten.
	Levels int

	Lines bool // contour lines on the surface too; the line of Middle is always there

	// LineScale multiplies the width of all lines. Widths grow with the picture: the
	// line of Middle is 1.7 pixels wide in a picture of 640 × 480.
	LineScale float64
}

// DefaultStyle returns the article's view in the article's colours on a dark ground.
func DefaultStyle() Style {
	return Style{
		Palette:   palette.Article,
		Theme:     palette.Dark,
		View:      View{Elevation: 20, Azimuth: -55},
		Levels:    10,
		Lines:     true,
		LineScale: 1,
	}
}

// complete returns the style with the palette and theme that it stands for.
func (s Style) complete() Style {
	if s.Palette == nil {
		s.Palette = palette.Article
	}
	if s.Theme == nil {
		s.Theme = palette.Dark
	}
	return s
}

// Render draws a field, without text, on a picture of width × height pixels. The whole
// box is inside whatever the values are. Equal arguments give equal pictures.
func Render(f *Field, s Style, width, height int) *image.RGBA {
	var r Renderer
	return r.Render(f, s, width, height)
}

// check panics unless the field can be drawn.
func (f *Field) check() {
	points := f.Rows * f.Columns
	switch {
	case f.Rows < 2 || f.Columns < 2:
		panic(fmt.Sprintf("surface: %d × %d points, want 2 × 2 or more", f.Rows, f.Columns))
	case len(f.Values) != points:
		panic(fmt.Sprintf("surface: %d values, want %d × %d", len(f.Values), f.Rows, f.Columns))
	case len(f.Classes) != 0 && len(f.Classes) != points:
		panic(fmt.Sprintf("surface: %d classes, want %d × %d", len(f.Classes), f.Rows, f.Columns))
	case len(f.Outputs) == 1 || len(f.Outputs) > 256:
		panic(fmt.Sprintf("surface: %d outputs, want 2 to 256", len(f.Outputs)))
	case !(f.From[0] < f.To[0] && f.From[1] < f.To[1]):
		panic(fmt.Sprintf("surface: inputs from %v to %v, want rising ends", f.From, f.To))
	case !(f.High-f.Low >= 1e-300 && f.High-f.Low <= 1e300):
		panic(fmt.Sprintf("surface: a box from %v to %v, want rising ends 1e-300 to 1e300 apart", f.Low, f.High))
	case math.IsNaN(f.Middle) || math.IsInf(f.Middle, 0):
		panic(fmt.Sprintf("surface: the middle is %v, want a finite number", f.Middle))
	}
	for c, output := range f.Outputs {
		if len(output) != points {
			panic(fmt.Sprintf("surface: %d values of output %d, want %d × %d", len(output), c, f.Rows, f.Columns))
		}
	}
}

// check panics unless pictures can be drawn in this style.
func (s *Style) check() {
	switch {
	case !(s.View.Elevation >= 0 && s.View.Elevation <= 90):
		panic(fmt.Sprintf("surface: elevation %v, want 0 to 90", s.View.Elevation))
	case math.IsNaN(s.View.Azimuth) || math.IsInf(s.View.Azimuth, 0):
		panic(fmt.Sprintf("surface: azimuth %v", s.View.Azimuth))
	case s.Levels < 1 || s.Levels > 100:
		panic(fmt.Sprintf("surface: %d levels, want 1 to 100", s.Levels))
	case !(s.LineScale > 0):
		panic(fmt.Sprintf("surface: line scale %v, want more than 0", s.LineScale))
	}
}

// middle returns the height of Middle as a share of the way from Low to High.
func (f *Field) middle() float64 { return (f.Middle - f.Low) / (f.High - f.Low) }

// byClass says whether the field is coloured by class.
func (f *Field) byClass() bool { return len(f.Outputs) > 0 || len(f.Classes) > 0 }
