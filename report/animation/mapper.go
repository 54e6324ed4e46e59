package animation

import "image"

// mapper finds palette entries for pixels.
//
// A colour of the palette is itself. Any other is a mixture of two entries, the pair
// of its cell of 4 × 4 × 4 colours: as many of its pixels show the lighter one as it is
// near to it, in the order of an ordered dither, so that a still pixel stays still from
// frame to frame.
type mapper struct {
	palette *chosen
	entries [mostColors][3]int32 // its channels
	exact   [1 << 10]slot        // entries by hash; the next slots take what collides
	pairs   [1 << 18]pair        // by cell
}

// slot holds an entry.
type slot struct {
	color rgb
	entry uint8
}

const noColor rgb = 1 << 24 // of an empty slot

// pair is a darker and a lighter entry.
type pair struct {
	dark, bright uint8
	known        bool
}

func newMapper(p *chosen) *mapper {
	m := &mapper{palette: p}
	for i := range m.exact {
		m.exact[i].color = noColor
	}
	for i, c := range p.entries {
		r, g, b := c.channels()
		m.entries[i] = [3]int32{int32(r), int32(g), int32(b)}
		*m.slot(c) = slot{c, uint8(i)}
	}
	return m
}

// slot returns the slot of a colour, which is empty if it is no entry.
func (m *mapper) slot(c rgb) *slot {
	at := uint32(c) * 0x9e3779b1 >> 22 // the golden ratio spreads colours over 10 bits
	for m.exact[at].color != noColor && m.exact[at].color != c {
		at = (at + 1) % uint32(len(m.exact))
	}
	return &m.exact[at]
}

// apply returns a frame in entries of the palette.
func (m *mapper) apply(frame *image.RGBA) *image.Paletted {
	size := frame.Rect.Size()
	to := image.NewPaletted(image.Rectangle{Max: size}, m.palette.colors)
	for y := range size.Y {
		m.row(to.Pix[y*to.Stride:][:size.X], frame.Pix[y*frame.Stride:], &thresholds[y%len(thresholds)])
	}
	return to
}

func (m *mapper) row(to, from []uint8, threshold *[8]int32) {
	last := slot{color: noColor} // the last that was exact: grounds are long runs
	for x := range to {
		r, g, b := from[4*x], from[4*x+1], from[4*x+2]
		c := rgb(r)<<16 | rgb(g)<<8 | rgb(b)
		if c != last.color {
			s := m.slot(c)
			if s.color != c {
				to[x] = m.dither(c, threshold[x%len(threshold)])
				continue
			}
			last = *s
		}
		to[x] = last.entry
	}
}

// dither returns the entry that a pixel shows of a colour which is none.
func (m *mapper) dither(c rgb, threshold int32) uint8 {
	r, g, b := c.channels()
	p := &m.pairs[int(r)>>2<<12|int(g)>>2<<6|int(b)>>2]
	if !p.known {
		*p = m.mixture(c&0xfcfcfc | 0x020202)
	}
	dark, bright := &m.entries[p.dark], &m.entries[p.bright]
	var along, length int32 // of the step from dark to c, and of that to bright, squared
	for i, v := range [3]uint8{r, g, b} {
		step := bright[i] - dark[i]
		along += step * (int32(v) - dark[i])
		length += step * step
	}
	if along*thresholdUnit > length*threshold {
		return p.bright
	}
	return p.dark
}

// grain is how much worse than an error of the mean colour the unevenness of a mixture
// is, as squared distances.
const grain = 0.3

// mixture returns the pair of entries whose mixture looks most like a colour. Both are
// the same where one entry alone does.
func (m *mapper) mixture(c rgb) pair {
	lab, want := m.palette.lab, toOklab(c)
	near := nearest(lab, want)
	far, best := near, want.squared(lab[near])
	for i := range lab {
		length := lab[near].squared(lab[i])
		if length == 0 {
			continue
		}
		var along float64
		for j := range 3 {
			along += (want[j] - lab[near][j]) * (lab[i][j] - lab[near][j])
		}
		share := min(max(along/length, 0), 1)
		var mixed oklab
		for j := range 3 {
			mixed[j] = lab[near][j] + share*(lab[i][j]-lab[near][j])
		}
		if e := want.squared(mixed) + grain*share*(1-share)*length; e < best {
			far, best = i, e
		}
	}
	return pair{dark: uint8(min(near, far)), bright: uint8(max(near, far)), known: true}
}

// thresholdUnit is what thresholds are parts of.
const thresholdUnit = 128

// thresholds is an 8 × 8 matrix for ordered dithering: the share of the lighter colour
// from which a pixel shows it (Bryce Bayer, "An optimum method for two-level rendition
// of continuous-tone pictures", 1973).
var thresholds = func() (t [8][8]int32) {
	for y := range t {
		for x := range t[y] {
			var rank int
			for bit := range 3 { // the lowest bits of the place are the highest of the rank
				i, j := y>>bit&1, x>>bit&1
				rank = rank<<2 | (i^j)<<1 | i
			}
			t[y][x] = int32(2*rank + 1)
		}
	}
	return t
}()
