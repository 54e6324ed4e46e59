package golden

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// sketch is a figure of 200×120 pixels: a ground, a slanted line, three labels made of strokes.
type sketch struct {
	shift, phase float64 // of the line, in pixels across and of its half-tones
	line, ground color.RGBA
	labels       int
}

func plain() sketch {
	return sketch{line: color.RGBA{255, 179, 186, 255}, ground: color.RGBA{20, 23, 31, 255}, labels: 3}
}

// picture draws the line with half-tones: each pixel is covered by as much as its middle
// lies within half a pixel of the line's band, 3 pixels wide.
func (s sketch) picture() *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, 200, 120))
	draw.Draw(m, m.Bounds(), image.NewUniform(s.ground), image.Point{}, draw.Src)
	for i := range 200 * 120 {
		x, y := i%200, i/200
		distance := math.Abs(float64(y)-(20+0.4*float64(x))-s.shift) / math.Hypot(1, 0.4)
		cover := min(max(2-distance+s.phase, 0), 1)
		mixed := s.ground
		mixed.R = mix(s.ground.R, s.line.R, cover)
		mixed.G = mix(s.ground.G, s.line.G, cover)
		mixed.B = mix(s.ground.B, s.line.B, cover)
		m.SetRGBA(x, y, mixed)
	}
	for k := range s.labels {
		for stroke := range 4 {
			x := 140 + 15*k + 3*stroke
			draw.Draw(m, image.Rect(x, 10, x+1, 18), image.White, image.Point{}, draw.Src)
		}
	}
	return m
}

func mix(a, b uint8, t float64) uint8 { return uint8(float64(a)*(1-t) + float64(b)*t) }

func TestCompare(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*sketch)
		alike  bool
	}{
		{"the same", func(*sketch) {}, true},
		{"edges with other half-tones", func(s *sketch) { s.phase = 0.12 }, true},
		{"a line moved by a twelfth of a pixel", func(s *sketch) { s.shift = 0.08 }, true},
		{"a line moved by a pixel and a half", func(s *sketch) { s.shift = 1.5 }, false},
		{"another hue", func(s *sketch) { s.line = color.RGBA{179, 255, 186, 255} }, false},
		{"a slightly other ground", func(s *sketch) { s.ground = color.RGBA{24, 27, 36, 255} }, false},
		{"a missing label", func(s *sketch) { s.labels = 2 }, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := plain()
			tt.change(&s)
			d, err := Compare(s.picture(), plain().picture())
			if err != nil || d.Alike() != tt.alike {
				t.Errorf("alike %v (%v), error %v; want %v", d.Alike(), d, err, tt.alike)
			}
		})
	}
}

func TestCompareWantsOneSize(t *testing.T) {
	_, err := Compare(image.NewGray(image.Rect(0, 0, 3, 2)), image.NewGray(image.Rect(0, 0, 2, 3)))
	if want := "got 3×2 pixels, want 2×3"; fmt.Sprint(err) != want {
		t.Errorf("error %v, want %s", err, want)
	}
}

// L*a*b* of the primaries as colour books list them, to their last digit.
func TestLab(t *testing.T) {
	for _, tt := range []struct {
		name string
		from light
		want [3]float64
	}{
		{"black", light{0, 0, 0}, [3]float64{0, 0, 0}},
		{"white", light{1, 1, 1}, [3]float64{100, 0, 0}},
		{"red", light{1, 0, 0}, [3]float64{53.24, 80.09, 67.20}},
		{"green", light{0, 1, 0}, [3]float64{87.73, -86.18, 83.18}},
		{"blue", light{0, 0, 1}, [3]float64{32.30, 79.20, -107.86}},
	} {
		if got := lab(tt.from); apart(got, tt.want) > 0.05 {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

// recorder is a test that may fail without failing this one.
type recorder struct {
	testing.TB
	failed  bool
	message string
}

func (r *recorder) Helper() {}

func (r *recorder) Errorf(format string, args ...any) {
	r.failed = true
	r.message = fmt.Sprintf(format, args...)
}

func TestCheck(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := write(filepath.Join("testdata", "sketch.png"), plain().picture()); err != nil {
		t.Fatal(err)
	}
	r := &recorder{TB: t}
	Check(r, "sketch", plain().picture())
	if r.failed {
		t.Errorf("the same picture fails: %s", r.message)
	}
	other := plain()
	other.labels = 1
	Check(r, "sketch", other.picture())
	paths := regexp.MustCompile(`(?m)\S+\.png$`).FindAllString(r.message, -1)
	if !r.failed || len(paths) != 2 {
		t.Fatalf("failed %v: %q, want two files", r.failed, r.message)
	}
	defer os.RemoveAll(filepath.Dir(paths[0]))
	kept, err := read(paths[0])
	if err != nil {
		t.Fatal(err)
	}
	if d, err := Compare(kept, other.picture()); err != nil || d.Mean != 0 {
		t.Errorf("the kept picture differs: %v, error %v", d, err)
	}
	if _, err := read(paths[1]); err != nil {
		t.Error(err)
	}
}

// A picture of another size fails, and is kept without one of the differences.
func TestCheckOfAnotherSize(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := write(filepath.Join("testdata", "sketch.png"), image.NewGray(image.Rect(0, 0, 3, 2))); err != nil {
		t.Fatal(err)
	}
	r := &recorder{TB: t}
	Check(r, "sketch", image.NewGray(image.Rect(0, 0, 2, 2)))
	paths := regexp.MustCompile(`(?m)\S+\.png$`).FindAllString(r.message, -1)
	if !r.failed || len(paths) != 1 {
		t.Fatalf("failed %v: %q, want one file", r.failed, r.message)
	}
	os.RemoveAll(filepath.Dir(paths[0]))
}

func TestEncodeKeepsColours(t *testing.T) {
	many := image.NewRGBA(image.Rect(0, 0, 20, 20)) // 400 colours
	for i := range 400 {
		many.SetRGBA(i%20, i/20, color.RGBA{uint8(i % 256), uint8(i / 256), 9, 255})
	}
	for _, m := range []image.Image{many, plain().picture()} {
		var b bytes.Buffer
		if err := encode(&b, m); err != nil {
			t.Fatal(err)
		}
		back, _, err := image.Decode(&b)
		if err != nil {
			t.Fatal(err)
		}
		if d, err := Compare(back, m); err != nil || d.Mean != 0 {
			t.Errorf("%v, error %v", d, err)
		}
	}
}
