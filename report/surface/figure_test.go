package surface

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/png"
	"strings"
	"testing"

	"nodal/report/chart"
	"nodal/report/palette"
)

func figure() Figure {
	f := Figure{
		Field: *hills(41), Style: DefaultStyle(),
		Title: "A landscape", Subtitle: "0.9 sin 7x₀ cos(6x₁ − 1)", Note: "1 formula",
	}
	f.From, f.To = [2]float64{-6, 0}, [2]float64{6, 1}
	return f
}

// In a PNG the picture is set pixel by pixel.
func TestPictureIsNotResampled(t *testing.T) {
	f := figure()
	f.Bare = true
	for _, scale := range []float64{1, 2} {
		got := chart.Raster(f, 200, 150, scale)
		want := Render(&f.Field, f.Style, int(200*scale), int(150*scale))
		if got.Rect != want.Rect {
			t.Fatalf("%v, want %v", got.Rect, want.Rect)
		}
		for i := range want.Pix {
			if d := int(got.Pix[i]) - int(want.Pix[i]); d > 1 || d < -1 {
				t.Fatalf("scale %v: byte %d is %d, want %d", scale, i, got.Pix[i], want.Pix[i])
			}
		}
	}
}

// In an SVG it has twice the pixels and the texts are texts.
func TestSVGHasDoubleDensity(t *testing.T) {
	var b bytes.Buffer
	if err := chart.WriteSVG(&b, figure(), 320, 240); err != nil {
		t.Fatal(err)
	}
	_, data, _ := strings.Cut(b.String(), "base64,")
	data, rest, found := strings.Cut(data, `"`)
	if !found {
		t.Fatal("no picture in the SVG")
	}
	picture, err := png.Decode(base64.NewDecoder(base64.StdEncoding, strings.NewReader(data)))
	if err != nil {
		t.Fatal(err)
	}
	if width := picture.Bounds().Dx(); width < 600 || width > 640 {
		t.Errorf("the picture is %d pixels wide, want about 640", width)
	}
	for _, text := range []string{"x₀", "x₁", ">−5<", ">0.5<", ">−1<", ">1<"} {
		if !strings.Contains(rest, text) {
			t.Errorf("no %q after the picture", text)
		}
	}
}

// Whatever the size and the view, no text touches the edge of the canvas.
func TestTextsStayInside(t *testing.T) {
	for _, size := range []image.Point{{640, 480}, {320, 240}, {500, 220}, {240, 400}, {60, 40}} {
		for _, v := range views {
			f := figure()
			f.View = v
			f.From, f.To = [2]float64{-1e6, 1e-7}, [2]float64{2e6, 2.5e-7}
			picture := chart.Raster(f, size.X, size.Y, 1)
			ground := f.Theme.Ground
			for x := range size.X {
				for y := range size.Y {
					edge := x == 0 || x == size.X-1 || y == size.Y-1
					if edge && size.X > 100 && picture.RGBAAt(x, y) != ground {
						t.Fatalf("%v, view %v: %v at (%d, %d)", size, v, picture.RGBAAt(x, y), x, y)
					}
				}
			}
		}
	}
}

func TestTicks(t *testing.T) {
	for _, tt := range []struct {
		from, to float64
		n        int
		want     string
	}{
		{-6, 6, 7, "−6 −4 −2 0 2 4 6"},
		{-6, 6, 3, "−5 0 5"},
		{0, 1, 6, "0 0.2 0.4 0.6 0.8 1.0"},
		{-1e6, 2e6, 4, "−1,000,000 0 1,000,000 2,000,000"},
		{1e-7, 2.5e-7, 4, "1e-7 1.5e-7 2e-7 2.5e-7"},
		{-1e30, 2e30, 4, "−1e30 0 1e30 2e30"},
	} {
		var texts []string
		for _, tick := range ticksOf(tt.from, tt.to, tt.n) {
			texts = append(texts, tick.text)
			if tick.at < -1e-6 || tick.at > 1+1e-6 {
				t.Errorf("a tick at %v of %v to %v", tick.at, tt.from, tt.to)
			}
		}
		want := strings.ReplaceAll(tt.want, "e-", "e−")
		if got := strings.Join(texts, " "); got != want {
			t.Errorf("ticks of %v to %v: %s, want %s", tt.from, tt.to, got, want)
		}
	}
}

func TestFigureOfAllPalettesAndThemes(t *testing.T) {
	for _, p := range palette.All() {
		for _, theme := range []*palette.Theme{palette.Dark, palette.Light} {
			f := figure()
			f.Palette, f.Theme = p, theme
			if got := chart.Raster(f, 160, 120, 1).RGBAAt(0, 119); got != theme.Ground {
				t.Errorf("%s on %s: the ground is %v, want %v", p.Name, theme.Name, got, theme.Ground)
			}
		}
	}
}
