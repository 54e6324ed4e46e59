package chart

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/recorder"

	"nodal/report/internal/lettering"
	"nodal/report/palette"
)

// texts returns what a figure writes, and where, when it is so many points wide and high.
func texts(f Figure, wide, tall vg.Length) []*recorder.FillString {
	var r recorder.Canvas
	r.KeepCaller = false
	f.Draw(draw.NewCanvas(&r, wide, tall))
	var found []*recorder.FillString
	for _, action := range r.Actions {
		if t, ok := action.(*recorder.FillString); ok {
			found = append(found, t)
		}
	}
	return found
}

// box returns the room of a text in capitals.
func box(t *recorder.FillString) vg.Rectangle {
	w := lettering.New(t.Size, 0, nil).Width(t.String)
	return rectangle(t.Point.X, t.Point.Y, t.Point.X+w, t.Point.Y+0.7*t.Size)
}

// No text leaves the figure nor lies over another, at any size, of any figure.
func TestTextsStayApart(t *testing.T) {
	figures := odd()
	for name, e := range examples {
		figures[name] = e().figure
	}
	for name, figure := range figures {
		for _, size := range [][2]vg.Length{{300, 170}, {480, 270}, {960, 700}} {
			t.Run(fmt.Sprintf("%s-%g", name, float64(size[0])), func(t *testing.T) {
				written := texts(figure, size[0], size[1])
				for i, a := range written {
					r := box(a)
					if r.Min.X < 0 || r.Min.Y < 0 || r.Max.X > size[0] || r.Max.Y > size[1] {
						t.Errorf("%q leaves %g×%g: %v", a.String, size[0], size[1], r)
					}
					for _, b := range written[:i] {
						if o := box(b); r.Min.X < o.Max.X && o.Min.X < r.Max.X && r.Min.Y < o.Max.Y && o.Min.Y < r.Max.Y {
							t.Errorf("%q and %q overlap at %g×%g", a.String, b.String, size[0], size[1])
						}
					}
				}
			})
		}
	}
}

func TestNothingSaysSo(t *testing.T) {
	for name, want := range map[string]string{
		"family none": noNetworks, "multiples none": noNetworks, "intervals none": noNetworks,
		"regions none": noNetworks, "histogram none": noNetworks, "histogram empty": noNetworks,
		"heatmap none": noNetworks, "comparison none": "nothing to compare", "agreement none": "no predictions",
		"scatter none": noNetworks, "convergence none": noNetworks, "graph none": "no network", "panels none": noNetworks,
	} {
		written := texts(odd()[name], 480, 270)
		if last := written[len(written)-1].String; last != want {
			t.Errorf("%s says %q, want %q", name, last, want)
		}
	}
}

// A painted part reaches the pixels of a PNG unchanged, wherever it lies and at any
// density.
func TestDrawRasterKeepsPixels(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, scale := range []float64{1, 1.5, 2, 3} {
		var painted *image.RGBA
		picture := Raster(figureFunc(func(c draw.Canvas) {
			inner := draw.Crop(c, 3.3, -7.1, 11.7, -2.9)
			DrawRaster(inner, inner.Rectangle, func(width, height int) image.Image {
				painted = image.NewRGBA(image.Rect(0, 0, width, height))
				for i := range width * height {
					painted.SetRGBA(i%width, i/width, color.RGBA{uint8(random.Uint32()), uint8(random.Uint32()), uint8(random.Uint32()), 255})
				}
				return painted
			})
		}), 61, 47, scale)
		if !contains(picture, painted) {
			t.Errorf("at scale %g the %v pixels are not in the picture", scale, painted.Bounds().Size())
		}
	}
}

type figureFunc func(draw.Canvas)

func (f figureFunc) Draw(c draw.Canvas) { f(c) }

// contains reports whether a picture has part in it, pixel by pixel.
func contains(picture, part *image.RGBA) bool {
	size := part.Bounds().Size()
	for y := 0; y+size.Y <= picture.Bounds().Dy(); y++ {
		for x := 0; x+size.X <= picture.Bounds().Dx(); x++ {
			if at(picture, part, x, y) {
				return true
			}
		}
	}
	return false
}

func at(picture, part *image.RGBA, x, y int) bool {
	for v := range part.Bounds().Dy() {
		for u := range part.Bounds().Dx() {
			if picture.RGBAAt(x+u, y+v) != part.RGBAAt(u, v) {
				return false
			}
		}
	}
	return true
}

func TestWritePNG(t *testing.T) {
	for _, tt := range []struct {
		width, height int
		scale         float64
		want          image.Point
	}{
		{400, 225, 1, image.Pt(400, 225)},
		{640, 360, 2, image.Pt(1280, 720)},
		{401, 227, 1.25, image.Pt(501, 284)},
		{1, 1, 1, image.Pt(1, 1)},
	} {
		var first, second bytes.Buffer
		if err := WritePNG(&first, Family{}, tt.width, tt.height, tt.scale); err != nil {
			t.Fatal(err)
		}
		if err := WritePNG(&second, Family{}, tt.width, tt.height, tt.scale); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Errorf("%v: two pictures of one figure differ", tt)
		}
		m, err := png.Decode(&first)
		if err != nil || m.Bounds().Size() != tt.want {
			t.Errorf("%v: got %v, error %v", tt, m.Bounds().Size(), err)
		}
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestWriteErrors(t *testing.T) {
	if err := WritePNG(broken{}, Family{}, 40, 30, 1); err == nil {
		t.Error("WritePNG hides an error")
	}
	if err := WriteSVG(broken{}, Family{}, 40, 30); err == nil {
		t.Error("WriteSVG hides an error")
	}
}

func TestWriteSVG(t *testing.T) {
	for name, e := range examples {
		var b bytes.Buffer
		if err := WriteSVG(&b, e().figure, 640, 480); err != nil {
			t.Fatal(err)
		}
		text := b.String()
		decoder := xml.NewDecoder(strings.NewReader(text))
		for {
			if _, err := decoder.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		text = regexp.MustCompile(`base64,[^"]*`).ReplaceAllString(text, "")
		for _, bad := range []string{"NaN", "Inf", "family:Liberation", "image/jpg"} {
			if strings.Contains(text, bad) {
				t.Errorf("%s: the SVG has %s", name, bad)
			}
		}
		if !strings.Contains(text, `'Liberation Sans',Arial`) || !strings.Contains(text, `stroke-linejoin:round`) {
			t.Errorf("%s: fonts or corners are not mended", name)
		}
	}
}

func TestThemesAndPalettes(t *testing.T) {
	ground := func(s Style) color.RGBA { return Raster(Family{Style: s}, 30, 20, 1).RGBAAt(1, 1) }
	if got := ground(Style{}); got != palette.Dark.Ground {
		t.Errorf("the ground is %v, want that of the dark theme", got)
	}
	if got := ground(Style{Theme: palette.Light}); got != palette.Light.Ground {
		t.Errorf("the ground is %v, want that of the light theme", got)
	}
}

// A bare figure has no heading, axes or margins: its data fill the canvas.
func TestBareFiguresWriteNothing(t *testing.T) {
	style := Style{Title: "title", Subtitle: "subtitle", Note: "note", Bare: true}
	family := familyExample().figure.(Family)
	family.Style = style
	intervals := argmaxExample().figure.(Intervals)
	intervals.Style = style
	regions := regionsExample().figure.(Regions)
	regions.Style = style
	histogram := histogramExample().figure.(Histogram)
	histogram.Style = style
	scatter := scatterExample().figure.(Scatter)
	scatter.Style = style
	convergence := convergenceExample().figure.(Convergence)
	convergence.Style = style
	heat := heatMapExample().figure.(HeatMap)
	heat.Style = style
	comparison := comparisonExample().figure.(Comparison)
	comparison.Style = style
	agreement := agreementExample().figure.(Agreement)
	agreement.Style = style
	agreement.Predictions = append(agreement.Predictions, Prediction{"far", 99, 0.1, 1})
	for _, f := range []Figure{family, intervals, regions, histogram, scatter, convergence, heat, comparison, agreement} {
		if written := texts(f, 100, 80); len(written) > 0 {
			t.Errorf("%T writes %q", f, written[0].String)
		}
	}
	m := Raster(regions, 50, 40, 1)
	if corner := m.RGBAAt(0, 0); corner == palette.Dark.Ground {
		t.Error("a bare map does not fill the canvas")
	}
}
