package golden

import (
	"fmt"
	"image"
	"image/color"
	"math"

	"nodal/report/palette"
)

// What two pictures may differ by: a mean difference that is far below what an eye
// sees (about 2), and a share of places that differ at sight.
const (
	maxMean  = 0.25
	sight    = 10.0
	maxShare = 1e-4
)

// Difference says how two pictures of one size differ, in CIE 1976 L*a*b* units, where
// black and white are 100 apart. Both are blurred first, by about the width of two
// pixels, so that an edge with other half-tones does not count.
type Difference struct {
	Mean    float64     // over all places
	Share   float64     // of places that differ by more than 10
	Picture *image.Gray // the difference of each place, white for 50 and more
}

// Alike reports whether nobody would tell the pictures apart: Mean at most 0.25, Share
// at most 1 in 10,000.
func (d Difference) Alike() bool { return d.Mean <= maxMean && d.Share <= maxShare }

// String says how far apart the pictures are, and what would be alike.
func (d Difference) String() string {
	return fmt.Sprintf("mean difference %.3f, want at most %g; %.4f %% differ at sight, want at most %g %%",
		d.Mean, maxMean, 100*d.Share, 100*maxShare)
}

// Compare returns the difference of two pictures, or an error if their sizes differ.
// What shines through is taken to lie on black.
func Compare(got, want image.Image) (Difference, error) {
	g, w := got.Bounds().Size(), want.Bounds().Size()
	if g != w {
		return Difference{}, fmt.Errorf("got %d×%d pixels, want %d×%d", g.X, g.Y, w.X, w.Y)
	}
	a, b := blurred(got), blurred(want)
	d := Difference{Picture: image.NewGray(image.Rect(0, 0, w.X, w.Y))}
	seen := 0
	for i := range a {
		if a[i] == b[i] {
			continue
		}
		distance := apart(lab(a[i]), lab(b[i]))
		d.Mean += distance
		if distance > sight {
			seen++
		}
		d.Picture.SetGray(i%w.X, i/w.X, color.Gray{uint8(min(255, 255*distance/50))})
	}
	n := float64(max(1, len(a)))
	d.Mean /= n
	d.Share = float64(seen) / n
	return d, nil
}

// light is linear red, green and blue, from 0 to 1.
type light [3]float64

// blurred returns the light of each pixel, row by row, averaged with that of its
// neighbours by weights 1 4 6 4 1 along both axes. Beyond the edge lies the edge.
func blurred(m image.Image) []light {
	b := m.Bounds()
	sharp := make([]light, 0, b.Dx()*b.Dy())
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			c := color.RGBAModel.Convert(m.At(x, y)).(color.RGBA)
			sharp = append(sharp, light{palette.Linear(c.R), palette.Linear(c.G), palette.Linear(c.B)})
		}
	}
	once := smoothed(sharp, b.Dx(), b.Dy(), 1, 0)
	return smoothed(once, b.Dx(), b.Dy(), 0, 1)
}

// smoothed averages along the direction (dx, dy).
func smoothed(from []light, width, height, dx, dy int) []light {
	to := make([]light, len(from))
	weights := [5]float64{1. / 16, 4. / 16, 6. / 16, 4. / 16, 1. / 16}
	for i := range to {
		x, y := i%width, i/width
		for k, weight := range weights {
			u := min(max(x+(k-2)*dx, 0), width-1)
			v := min(max(y+(k-2)*dy, 0), height-1)
			for channel, l := range from[v*width+u] {
				to[i][channel] += weight * l
			}
		}
	}
	return to
}

// lab returns L*, a* and b* of a light under the white of sRGB, D65 (CIE 15:2004,
// section 8.2.1; the matrix of IEC 61966-2-1).
func lab(l light) [3]float64 {
	r, g, b := l[0], l[1], l[2]
	x := curve((0.4124*r + 0.3576*g + 0.1805*b) / 0.9505)
	y := curve(0.2126*r + 0.7152*g + 0.0722*b)
	z := curve((0.0193*r + 0.1192*g + 0.9505*b) / 1.0890)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

func curve(t float64) float64 {
	const knee = 6. / 29
	if t > knee*knee*knee {
		return math.Cbrt(t)
	}
	return t/(3*knee*knee) + 4./29
}

func apart(a, b [3]float64) float64 {
	return math.Sqrt((a[0]-b[0])*(a[0]-b[0]) + (a[1]-b[1])*(a[1]-b[1]) + (a[2]-b[2])*(a[2]-b[2]))
}
