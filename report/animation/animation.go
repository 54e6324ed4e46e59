// Package animation writes frames as one animated GIF with one palette.
//
// GIF has 256 colours. They are chosen for all frames together, so that nothing
// flickers: flat colours, as of grounds, lines and text, are kept exactly, the others
// are laid through the colours that occur and mixed by dithering. The Go libraries that
// choose palettes take one picture and are no longer kept up.
package animation

import (
	"fmt"
	"image"
	"image/gif"
	"io"
	"iter"
	"math"
	"time"
)

// Options say how an animation is played.
type Options struct {
	Delay time.Duration // how long each frame is seen, to hundredths of a second: 20 ms to 10 minutes
	Loops int           // how often it is played, to 65,536; 0 for ever
}

// Write writes an animation. A frame is used before the next is asked for, so that all
// may be the same image; its pixels are opaque, all frames have the size of the first,
// up to 65,535 pixels a side. An error among the frames ends the animation and is
// returned; w has then got nothing, nor has it if there are no frames, which is an error.
// The same frames give the same bytes.
//
// Frames of 256 colours in all are shown exactly. Otherwise a pixel of a flat colour, one
// that fills a share of 1/2,000 of all frames, is exact (the most frequent 64 are), and
// the mean of any other over its neighbours is close to theirs.
//
// Memory: the frames, compressed, and a byte for each pixel that changes.
//
// It panics on options beyond their bounds, on a frame without pixels, and on one of
// another size.
func Write(w io.Writer, frames iter.Seq2[*image.RGBA, error], o Options) error {
	checkOptions(o)
	kept, err := keep(frames)
	if err != nil {
		return fmt.Errorf("animation: %w", err)
	}
	p := choosePalette(&kept.counts)
	movie := &gif.GIF{
		LoopCount: loopCount(o.Loops),
		Config:    image.Config{ColorModel: p.colors, Width: kept.size.X, Height: kept.size.Y},
	}
	m := newMapper(p)
	var shown *image.Paletted // what is seen before the frame
	for i := range kept.packed {
		next := m.apply(kept.frame(i))
		movie.Image = append(movie.Image, change(shown, next))
		movie.Delay = append(movie.Delay, int(math.Round(o.Delay.Seconds()*100)))
		movie.Disposal = append(movie.Disposal, gif.DisposalNone)
		shown = next
	}
	if err := gif.EncodeAll(w, movie); err != nil {
		return fmt.Errorf("animation: %w", err)
	}
	return nil
}

// loopCount returns what image/gif writes for a number of loops.
func loopCount(loops int) int {
	switch loops {
	case 0:
		return 0 // for ever
	case 1:
		return -1 // no loop
	}
	return loops - 1 // after the first
}

func checkOptions(o Options) {
	if o.Delay < 20*time.Millisecond || o.Delay > 10*time.Minute {
		panic(fmt.Sprintf("animation: Write: delay %v, want 20 ms to 10 minutes", o.Delay))
	}
	if o.Loops < 0 || o.Loops > 1<<16 {
		panic(fmt.Sprintf("animation: Write: %d loops, want 0 to 65,536", o.Loops))
	}
}
