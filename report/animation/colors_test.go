package animation

import (
	"image"
	"math"
	"testing"
)

// Values of the table in Ottosson's text, and of sRGB's primaries.
func TestOklab(t *testing.T) {
	for _, tt := range []struct {
		name string
		c    rgb
		want oklab
	}{
		{"black", 0x000000, oklab{0, 0, 0}},
		{"white", 0xffffff, oklab{1, 0, 0}},
		{"red", 0xff0000, oklab{0.62796, 0.22486, 0.12585}},
		{"green", 0x00ff00, oklab{0.86644, -0.23389, 0.17950}},
		{"blue", 0x0000ff, oklab{0.45201, -0.03246, -0.31153}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := toOklab(tt.c); math.Sqrt(got.squared(tt.want)) > 2e-5 {
				t.Errorf("got %.5f, want %.5f", got, tt.want)
			}
		})
	}
	for c := rgb(0); c <= 0xffffff; c += 997 { // a prime, to meet all channels
		if got := toOklab(c).rgb(); got != c {
			t.Fatalf("%06x comes back as %06x", c, got)
		}
	}
}

func TestCounts(t *testing.T) {
	var c counts
	want := map[rgb]uint32{0x000000: 3, 0xffffff: 2, 0x070707: 1, 0x080706: 4, 0xfe01f7: 5}
	for color, n := range want {
		r, g, b := color.channels()
		for range n {
			c.add([]uint8{r, g, b, 77})
		}
	}
	got := map[rgb]uint32{}
	var cell []colored
	for at := range c.cells {
		cell = c.appendCell(cell[:0], at)
		for _, e := range cell {
			got[e.rgb] = e.n
		}
	}
	for color, n := range want {
		if got[color] != n {
			t.Errorf("%06x: %d pixels, want %d", color, got[color], n)
		}
	}
	if len(got) != len(want) || c.pixels != 15 {
		t.Errorf("%d colours of %d pixels, want %d of 15", len(got), c.pixels, len(want))
	}
}

// Three groups that are far apart: their means, whatever the weights.
func TestCutAndSettle(t *testing.T) {
	var points []point
	for i := range 30 {
		c := oklab{0.5, 0.1 * float64(i%3), 0.001 * float64(i/3)}
		points = append(points, point{c, float64(1 + i%3*10)})
	}
	centres := appendCut([]oklab{{0, 0, 0}}, points, 3)
	settle(centres, 1, append(points, point{oklab{0.01, 0, 0}, 7}))
	if len(centres) != 4 || centres[0] != (oklab{}) {
		t.Fatalf("got %v, want the fixed centre and three", centres)
	}
	for i := range 3 {
		want := oklab{0.5, 0.1 * float64(i), 0.0045}
		if d := want.squared(centres[nearest(centres, want)]); d > 1e-20 {
			t.Errorf("no centre at %v among %v", want, centres)
		}
	}
	if got := appendCut(nil, points[:1], 7); len(got) != 1 || got[0] != points[0].oklab {
		t.Errorf("one point is cut into %v", got)
	}
}

// Every round of settling brings the colours closer to the points.
func TestSettleConverges(t *testing.T) {
	var c counts
	for _, frame := range drawn(sequence(3, 160, 120, landscape)) {
		c.add(frame.Pix)
	}
	points := pointsBeside(&c, flatColors(&c))
	centres := appendCut(nil, points, 100)
	last := math.Inf(1)
	for round := range rounds {
		var sum float64
		for _, p := range points {
			sum += p.weight * p.squared(centres[nearest(centres, p.oklab)])
		}
		if sum >= last {
			t.Errorf("round %d: summed squared distance %g after %g, want less", round, sum, last)
		}
		last = sum
		settle(centres, 0, points)
	}
}

// Sixty colours that fill hardly more than their share each among a gradient of
// thousands: all are in the palette.
func TestFlatColorsAreInThePalette(t *testing.T) {
	var c counts
	var row []uint8
	for i := range 60_000 {
		row = append(row, uint8(i), uint8(i>>8), 128, 255)
	}
	c.add(row)
	flat := map[rgb]bool{}
	for i := range 60 {
		color := rgb(i*4)<<16 | 0x0301
		flat[color] = true
		r, g, b := color.channels()
		for range 35 {
			c.add([]uint8{r, g, b, 255})
		}
	}
	if share := float64(c.pixels) / flatShare; share > 35 || share < 30 {
		t.Fatalf("the share is %.1f pixels, want a few less than 35", share)
	}
	p := choosePalette(&c)
	found := 0
	for i, e := range p.entries {
		if flat[e] {
			found++
		}
		if i > 0 && p.lab[i][0] < p.lab[i-1][0] {
			t.Errorf("entry %d is darker than the one before", i)
		}
	}
	if found != len(flat) || len(p.entries) > 256 {
		t.Errorf("%d of %d flat colours among %d", found, len(flat), len(p.entries))
	}
}

// The first rows of Bayer's matrix.
func TestThresholds(t *testing.T) {
	want := [2][8]int32{{0, 32, 8, 40, 2, 34, 10, 42}, {48, 16, 56, 24, 50, 18, 58, 26}}
	seen := map[int32]bool{}
	for y, row := range thresholds {
		for x, v := range row {
			seen[v] = true
			if y < 2 && v != 2*want[y][x]+1 {
				t.Errorf("row %d, column %d: %d, want %d", y, x, v, 2*want[y][x]+1)
			}
		}
	}
	for rank := range int32(64) {
		if !seen[2*rank+1] {
			t.Errorf("rank %d is missing", rank)
		}
	}
}

// A gray between two entries shows as much of each as its mean needs, one that is close
// to an entry shows that alone.
func TestDither(t *testing.T) {
	for _, tt := range []struct {
		name               string
		dark, bright, gray uint8
		want               int // bright pixels of 64
	}{
		{"the darker", 100, 116, 100, 0},
		{"close to the darker", 100, 116, 102, 0},
		{"a quarter", 100, 116, 104, 16},
		{"the middle", 100, 116, 108, 32},
		{"eleven parts of sixteen", 100, 116, 111, 44},
		{"close to the brighter", 100, 116, 114, 64},
		{"the brighter", 100, 116, 116, 64},
		{"beyond", 100, 116, 130, 64},
	} {
		t.Run(tt.name, func(t *testing.T) {
			gray := func(v uint8) rgb { return rgb(v) * 0x010101 }
			m := newMapper(paletteOf([]rgb{gray(tt.bright), gray(tt.dark), gray(tt.bright)}))
			frame := image.NewRGBA(image.Rect(0, 0, 8, 8))
			for i := range frame.Pix {
				frame.Pix[i] = tt.gray
			}
			bright := 0
			for _, entry := range m.apply(frame).Pix {
				bright += int(entry)
			}
			if bright != tt.want {
				t.Errorf("%d of 64 pixels are bright, want %d", bright, tt.want)
			}
		})
	}
}
