package animation

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"iter"
	"math"
	"strings"
	"testing"
	"time"

	"nodal/report/palette"
)

// written returns an animation and what a viewer shows after each of its frames.
func written(t *testing.T, frames iter.Seq2[*image.RGBA, error], o Options) (*gif.GIF, []*image.RGBA) {
	t.Helper()
	var file bytes.Buffer
	if err := Write(&file, frames, o); err != nil {
		t.Fatal(err)
	}
	movie, err := gif.DecodeAll(&file)
	if err != nil {
		t.Fatal(err)
	}
	screen := image.NewRGBA(image.Rect(0, 0, movie.Config.Width, movie.Config.Height))
	var shown []*image.RGBA
	for i, m := range movie.Image {
		if movie.Disposal[i] != gif.DisposalNone {
			t.Fatalf("frame %d is disposed of by %d, want it to stay", i, movie.Disposal[i])
		}
		for y := m.Rect.Min.Y; y < m.Rect.Max.Y; y++ {
			for x := m.Rect.Min.X; x < m.Rect.Max.X; x++ {
				screen.Set(x, y, m.At(x, y))
			}
		}
		copied := *screen
		copied.Pix = bytes.Clone(screen.Pix)
		shown = append(shown, &copied)
	}
	return movie, shown
}

func TestLandscapesLookAsDrawn(t *testing.T) {
	sources := drawn(sequence(6, 320, 240, landscape))
	movie, shown := written(t, each(sources), second)
	if len(shown) != len(sources) {
		t.Fatalf("%d frames, want %d", len(shown), len(sources))
	}
	for i := range sources {
		if got := shown[i].RGBAAt(1, 1); got != palette.Dark.Ground {
			t.Errorf("frame %d: the ground is %v, want %v", i, got, palette.Dark.Ground)
		}
		// A just noticeable difference is about 0.02 in Oklab.
		pixel, worst, area := differences(sources[i], shown[i])
		t.Logf("frame %d: mean difference %.4f, largest %.3f, of the mean over 8 × 8 pixels %.4f", i, pixel, worst, area)
		if pixel > 0.005 || worst > 0.06 || area > 0.002 {
			t.Errorf("frame %d: mean difference %.4f, largest %.3f, of the mean over 8 × 8 pixels %.4f; want at most 0.005, 0.06 and 0.002", i, pixel, worst, area)
		}
	}
	for i, m := range movie.Image[1:] {
		if m.Rect.Dx() > 240 {
			t.Errorf("frame %d fills %v, more than the surfaces do", i+1, m.Rect)
		}
	}
}

func TestCurvesLookAsDrawn(t *testing.T) {
	sources := drawn(sequence(7, 320, 240, curve))
	_, shown := written(t, each(sources), second)
	for i := range sources {
		wrong := 0
		for at := 0; at < len(sources[i].Pix); at += 4 {
			flat := [3]uint8(sources[i].Pix[at:])
			switch (color.RGBA{flat[0], flat[1], flat[2], 255}) {
			case palette.Dark.Ground, palette.Dark.Muted, palette.Article.Curve(i):
				if flat != [3]uint8(shown[i].Pix[at:]) {
					wrong++
				}
			}
		}
		_, worst, _ := differences(sources[i], shown[i])
		if wrong > 0 || worst > 0.08 {
			t.Errorf("frame %d: %d pixels of ground, axes and curve have another colour, the largest difference is %.3f; want none and at most 0.08", i, wrong, worst)
		}
	}
}

// differences compares two pictures in Oklab: the mean and largest difference of pixels,
// and the mean difference of the means over 8 × 8 of them.
func differences(a, b *image.RGBA) (mean, worst, area float64) {
	size := a.Rect.Size()
	tiles := make([]oklab, size.X/8*(size.Y/8))
	for y := range size.Y {
		for x := range size.X {
			p, q := labAt(a, x, y), labAt(b, x, y)
			d := math.Sqrt(p.squared(q))
			mean += d / float64(size.X*size.Y)
			worst = max(worst, d)
			if x/8 < size.X/8 && y/8 < size.Y/8 {
				for i := range 3 {
					tiles[y/8*(size.X/8)+x/8][i] += (p[i] - q[i]) / 64
				}
			}
		}
	}
	for _, tile := range tiles {
		area += math.Sqrt(tile.squared(oklab{})) / float64(len(tiles))
	}
	return mean, worst, area
}

func labAt(m *image.RGBA, x, y int) oklab {
	c := m.RGBAAt(x, y)
	return toOklab(rgb(c.R)<<16 | rgb(c.G)<<8 | rgb(c.B))
}

// Frames with at most 256 colours in all are shown as they are, black and white too.
func TestFewColorsAreExact(t *testing.T) {
	few := func(i int, x, y float64) color.RGBA {
		n := uint32(math.Abs(math.Sin(97*x+13*y+float64(i)))*255.99) * 0x010101 // a level of gray
		return color.RGBA{uint8(n >> 16), uint8(n >> 8), uint8(n), 255}
	}
	sources := drawn(sequence(4, 61, 47, few))
	movie, shown := written(t, each(sources), second)
	colors := len(movie.Config.ColorModel.(color.Palette))
	for i := range sources {
		if !bytes.Equal(sources[i].Pix, shown[i].Pix) {
			t.Errorf("frame %d is not what was drawn; palette of %d", i, colors)
		}
	}
	if colors != 256 {
		t.Errorf("palette of %d colours, want all 256 that the test draws", colors)
	}
}

func TestPlaying(t *testing.T) {
	for _, tt := range []struct {
		name   string
		n      int
		o      Options
		delay  int // in hundredths of a second
		repeat int // as image/gif reads it: 0 for ever, -1 once, n for n+1 times
	}{
		{"one frame", 1, Options{Delay: time.Second}, 100, -1},
		{"for ever", 3, Options{Delay: 40 * time.Millisecond}, 4, 0},
		{"once", 3, Options{Delay: 36 * time.Millisecond, Loops: 1}, 4, -1},
		{"twice", 2, Options{Delay: 20 * time.Millisecond, Loops: 2}, 2, 1},
		{"often", 2, Options{Delay: 10 * time.Minute, Loops: 1 << 16}, 60000, 1<<16 - 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			movie, shown := written(t, sequence(tt.n, 40, 30, curve), tt.o)
			if len(shown) != tt.n || movie.LoopCount != tt.repeat {
				t.Errorf("%d frames with loop count %d, want %d with %d", len(shown), movie.LoopCount, tt.n, tt.repeat)
			}
			for i, delay := range movie.Delay {
				if delay != tt.delay {
					t.Errorf("frame %d stays for %d hundredths of a second, want %d", i, delay, tt.delay)
				}
			}
		})
	}
}

func TestEqualFramesCostNothing(t *testing.T) {
	still := func(_ int, x, y float64) color.RGBA { return landscape(3, x, y) }
	movie, shown := written(t, sequence(5, 80, 60, still), second)
	for i := 1; i < len(shown); i++ {
		if movie.Image[i].Rect.Size() != (image.Point{1, 1}) || !bytes.Equal(shown[i].Pix, shown[0].Pix) {
			t.Errorf("frame %d changes %v", i, movie.Image[i].Rect)
		}
	}
}

// A part of a larger image is a frame, and so is a transparent one: alpha is ignored.
func TestFramesWithGaps(t *testing.T) {
	whole := image.NewRGBA(image.Rect(-5, -5, 35, 25))
	paint(whole, 2, landscape)
	part := whole.SubImage(image.Rect(3, 4, 13, 11)).(*image.RGBA)
	part.SetRGBA(4, 5, color.RGBA{200, 100, 50, 0})
	_, shown := written(t, each([]*image.RGBA{part}), second)
	if got := shown[0].Rect.Size(); got != (image.Point{10, 7}) {
		t.Fatalf("size %v, want 10 × 7", got)
	}
	for y := range 7 {
		for x := range 10 {
			want := part.RGBAAt(3+x, 4+y)
			want.A = 255
			if got := shown[0].RGBAAt(x, y); got != want {
				t.Errorf("pixel %d, %d is %v, want %v", x, y, got, want)
			}
		}
	}
}

func TestSameBytes(t *testing.T) {
	write := func() []byte {
		var b bytes.Buffer
		if err := Write(&b, sequence(3, 160, 120, landscape), second); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	if !bytes.Equal(write(), write()) {
		t.Error("two animations of the same frames differ")
	}
}

func TestErrors(t *testing.T) {
	broken := errors.New("broken")
	var file bytes.Buffer
	failing := func(yield func(*image.RGBA, error) bool) {
		_ = yield(image.NewRGBA(image.Rect(0, 0, 2, 2)), nil) && yield(nil, broken)
	}
	if err := Write(&file, failing, second); !errors.Is(err, broken) || file.Len() > 0 {
		t.Errorf("a frame fails: error %v and %d bytes, want its error and none", err, file.Len())
	}
	if err := Write(&file, each(nil), second); err == nil || file.Len() > 0 {
		t.Errorf("no frames: error %v and %d bytes, want an error and none", err, file.Len())
	}
	frames := each(drawn(sequence(3, 160, 120, landscape)))
	if err := Write(&file, frames, second); err != nil {
		t.Fatal(err)
	}
	for _, left := range []int{0, 1000, file.Len() - 1} {
		if err := Write(&limited{left}, frames, second); !errors.Is(err, errFull) {
			t.Errorf("%d bytes fit: error %v, want that of the writer", left, err)
		}
	}
}

func TestPanics(t *testing.T) {
	sized := func(x, y int) *image.RGBA { return image.NewRGBA(image.Rect(0, 0, x, y)) }
	for _, tt := range []struct {
		name   string
		frames []*image.RGBA
		o      Options
	}{
		{"another size", []*image.RGBA{sized(3, 2), sized(2, 3)}, second},
		{"no pixels", []*image.RGBA{sized(0, 3)}, second},
		{"too wide", []*image.RGBA{sized(1<<16, 1)}, second},
		{"no delay", []*image.RGBA{sized(1, 1)}, Options{}},
		{"a long delay", []*image.RGBA{sized(1, 1)}, Options{Delay: time.Hour}},
		{"negative loops", []*image.RGBA{sized(1, 1)}, Options{Delay: time.Second, Loops: -1}},
		{"too many loops", []*image.RGBA{sized(1, 1)}, Options{Delay: time.Second, Loops: 1<<16 + 1}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			defer func() {
				if message, _ := recover().(string); !strings.HasPrefix(message, "animation: ") {
					t.Errorf("got panic %q, want one of animation", message)
				}
			}()
			_ = Write(new(bytes.Buffer), each(tt.frames), tt.o)
		})
	}
}

// Mapped, compared and encoded, without the time that drawing takes.
func BenchmarkWrite(b *testing.B) {
	for _, bb := range []struct {
		name string
		draw func(i int, x, y float64) color.RGBA
	}{{"landscape", landscape}, {"curve", curve}} {
		b.Run("frames=49/size=640x480/of="+bb.name, func(b *testing.B) {
			frames := each(drawn(sequence(49, 640, 480, bb.draw)))
			var file bytes.Buffer
			for b.Loop() {
				file.Reset()
				if err := Write(&file, frames, second); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(file.Len())/1e6, "MB")
		})
	}
}
