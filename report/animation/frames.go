package animation

import (
	"errors"
	"fmt"
	"image"
	"iter"

	"github.com/klauspost/compress/zstd"
)

// frames holds the frames until their palette is known: figures shrink to a tenth.
type frames struct {
	size   image.Point
	packed [][]byte
	counts counts

	encoder *zstd.Encoder
	decoder *zstd.Decoder
	pixels  *image.RGBA // of the frame in use, without gaps
}

// keep counts the colours of frames and compresses them.
func keep(sequence iter.Seq2[*image.RGBA, error]) (*frames, error) {
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest))
	if err != nil {
		return nil, err
	}
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	f := &frames{encoder: encoder, decoder: decoder}
	for frame, err := range sequence {
		if err != nil {
			return nil, err
		}
		f.add(frame)
	}
	if len(f.packed) == 0 {
		return nil, errors.New("no frames")
	}
	return f, nil
}

func (f *frames) add(frame *image.RGBA) {
	size := frame.Rect.Size()
	if f.pixels == nil {
		if size.X < 1 || size.Y < 1 || size.X > maxSide || size.Y > maxSide {
			panic(fmt.Sprintf("animation: Write: frames of %d × %d, want 1 to %d a side", size.X, size.Y, maxSide))
		}
		f.size = size
		f.pixels = image.NewRGBA(image.Rectangle{Max: size})
	}
	if size != f.size {
		panic(fmt.Sprintf("animation: Write: frame %d is %d × %d, the first %d × %d", len(f.packed), size.X, size.Y, f.size.X, f.size.Y))
	}
	for y := range size.Y {
		row := frame.Pix[y*frame.Stride:][:4*size.X]
		copy(f.pixels.Pix[y*f.pixels.Stride:], row)
		f.counts.add(row)
	}
	f.packed = append(f.packed, f.encoder.EncodeAll(f.pixels.Pix, nil))
}

// maxSide is the longest side of a GIF.
const maxSide = 1<<16 - 1

// frame returns frame i, until it is called again.
func (f *frames) frame(i int) *image.RGBA {
	pix, err := f.decoder.DecodeAll(f.packed[i], f.pixels.Pix[:0])
	if err != nil || len(pix) != len(f.pixels.Pix) {
		panic(fmt.Sprintf("animation: frame %d unpacks to %d bytes, error %v", i, len(pix), err))
	}
	f.pixels.Pix = pix
	return f.pixels
}
