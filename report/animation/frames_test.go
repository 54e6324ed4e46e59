package animation

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"iter"
	"math"
	"time"

	"nodal/report/palette"
)

// sequence returns frames that are drawn one at a time into the same image.
func sequence(n, width, height int, draw func(i int, x, y float64) color.RGBA) iter.Seq2[*image.RGBA, error] {
	return func(yield func(*image.RGBA, error) bool) {
		frame := image.NewRGBA(image.Rect(0, 0, width, height))
		for i := range n {
			paint(frame, i, draw)
			if !yield(frame, nil) {
				return
			}
		}
	}
}

// paint draws frame i; coordinates run from -1 to 1 over the height.
func paint(frame *image.RGBA, i int, draw func(i int, x, y float64) color.RGBA) {
	size := frame.Rect.Size()
	scale := 2 / float64(size.Y)
	for y := range size.Y {
		for x := range size.X {
			frame.SetRGBA(frame.Rect.Min.X+x, frame.Rect.Min.Y+y, draw(i, (float64(x)-float64(size.X)/2)*scale, (float64(y)-float64(size.Y)/2)*scale))
		}
	}
}

// landscape is a shaded surface in the colours of its height on a dark ground, seen
// from above through a round window. Its frames are different surfaces.
func landscape(i int, x, y float64) color.RGBA {
	if x*x+y*y > 0.8 {
		return palette.Dark.Ground
	}
	height := func(x, y float64) float64 {
		k := float64(i + 1)
		return math.Tanh(1.5 * (math.Sin(3*x+k) + math.Cos(2.3*y-1.7*k)*math.Sin(x*y+k)))
	}
	const h = 1e-3
	z := height(x, y)
	dx, dy := (height(x+h, y)-z)/h, (height(x, y+h)-z)/h
	facing := (0.5*dx + 0.3*dy + 1.5) / math.Sqrt(dx*dx+dy*dy+1) / 1.7
	shade := min(max(0.35+0.65*facing, 0.1), 1.1)
	c := palette.Article.At(z)
	dim := func(b uint8) uint8 { return palette.Encode(palette.Linear(b) * shade) }
	return color.RGBA{dim(c.R), dim(c.G), dim(c.B), 255}
}

// curve is a thick pastel curve with smooth edges over thin axes on a dark ground.
func curve(i int, x, y float64) color.RGBA {
	k := float64(i)
	f := 0.7 * math.Tanh(2*math.Sin(2*x+k)*math.Cos(3*x-k/2))
	slope := 1.4*math.Cos(2*x+k) - math.Sin(3*x-k/2)
	distance := math.Abs(y-f) / math.Sqrt(1+slope*slope)
	if math.Abs(x) < 0.002 || math.Abs(y) < 0.002 {
		return palette.Dark.Muted
	}
	cover := min(max(3-distance*240, 0), 1)
	return palette.Mix(palette.Dark.Ground, palette.Article.Curve(i), cover)
}

// drawn keeps all frames.
func drawn(frames iter.Seq2[*image.RGBA, error]) []*image.RGBA {
	var all []*image.RGBA
	for frame := range frames {
		copied := *frame
		copied.Pix = bytes.Clone(frame.Pix)
		all = append(all, &copied)
	}
	return all
}

// each returns frames one after the other.
func each(all []*image.RGBA) iter.Seq2[*image.RGBA, error] {
	return func(yield func(*image.RGBA, error) bool) {
		for _, frame := range all {
			if !yield(frame, nil) {
				return
			}
		}
	}
}

// second is how the article plays its examples.
var second = Options{Delay: time.Second}

// limited takes so many bytes and then fails.
type limited struct{ left int }

var errFull = errors.New("disk full")

func (l *limited) Write(b []byte) (int, error) {
	if len(b) > l.left {
		n := l.left
		l.left = 0
		return n, errFull
	}
	l.left -= len(b)
	return len(b), nil
}
