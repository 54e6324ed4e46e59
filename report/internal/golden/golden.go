// Package golden compares pictures with those that a person looked at and kept.
package golden

import (
	"errors"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "write the golden pictures instead of comparing with them")

// Check fails the test if got does not look like testdata/<name>.png of the package
// under test, see [Compare]. It then leaves got and a picture of the differences in a
// new temporary folder, which it names. With the flag -update it writes the file.
func Check(t testing.TB, name string, got image.Image) {
	t.Helper()
	path := filepath.Join("testdata", name+".png")
	if *update {
		if err := write(path, got); err != nil {
			t.Fatalf("golden: %v", err)
		}
		return
	}
	want, err := read(path)
	if errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("golden: %s does not exist; -update writes it, then look at it", path)
	}
	if err != nil {
		t.Fatalf("golden: %v", err)
	}
	d, err := Compare(got, want)
	if err == nil && d.Alike() {
		return
	}
	what := fmt.Sprint(err)
	if err == nil {
		what = d.String()
	}
	t.Errorf("%s: %s\n%s", name, what, keep(name, got, d.Picture))
}

// keep writes the picture got and that of its differences, if there is one, where they
// outlive the test and says where.
func keep(name string, got image.Image, difference *image.Gray) string {
	folder, err := os.MkdirTemp("", "golden-")
	if err != nil {
		return err.Error()
	}
	base := filepath.Join(folder, filepath.Base(name))
	text := "got: " + base + ".png"
	if err := write(base+".png", got); err != nil {
		return err.Error()
	}
	if difference != nil {
		text += "\ndifferences: " + base + "-difference.png"
		if err := write(base+"-difference.png", difference); err != nil {
			return err.Error()
		}
	}
	return text
}

func read(path string) (image.Image, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return png.Decode(f)
}

// write writes a file, which it makes the folders for.
func write(path string, m image.Image) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(encode(f, m), f.Close())
}

// encode writes a PNG, with a palette if 256 colours are enough.
func encode(w io.Writer, m image.Image) error {
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	return encoder.Encode(w, indexed(m))
}

// indexed returns the same picture with a palette, which makes a file smaller, or m
// if it has more than 256 colours.
func indexed(m image.Image) image.Image {
	b := m.Bounds()
	var colours color.Palette
	known := map[color.NRGBA]bool{}
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			c := color.NRGBAModel.Convert(m.At(x, y)).(color.NRGBA)
			if known[c] {
				continue
			}
			if len(colours) == 256 {
				return m
			}
			known[c] = true
			colours = append(colours, c)
		}
	}
	p := image.NewPaletted(b, colours)
	draw.Draw(p, b, m, b.Min, draw.Src)
	return p
}
