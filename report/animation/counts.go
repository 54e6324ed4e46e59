package animation

import "math"

// rgb is a colour, 0xrrggbb.
type rgb uint32

func (c rgb) channels() (r, g, b uint8) { return uint8(c >> 16), uint8(c >> 8), uint8(c) }

// counts counts every colour of the frames. It is cut into cells of 8 × 8 × 8 colours, of
// which only those that occur have memory.
type counts struct {
	cells  [1 << 15]*[1 << 9]uint32
	pixels int64
}

// add counts the pixels of a row, four bytes each; their alpha is ignored.
func (c *counts) add(pix []uint8) {
	c.pixels += int64(len(pix) / 4)
	for ; len(pix) >= 4; pix = pix[4:] {
		r, g, b := uint32(pix[0]), uint32(pix[1]), uint32(pix[2])
		at := r>>3<<10 | g>>3<<5 | b>>3
		cell := c.cells[at]
		if cell == nil {
			cell = new([1 << 9]uint32)
			c.cells[at] = cell
		}
		n := &cell[r&7<<6|g&7<<3|b&7]
		if *n != math.MaxUint32 { // more is as good
			*n++
		}
	}
}

// colored is a colour and how many pixels have it.
type colored struct {
	rgb
	n uint32
}

// appendCell appends the colours of a cell that occur, in ascending order of rgb.
func (c *counts) appendCell(colors []colored, at int) []colored {
	if c.cells[at] == nil {
		return colors
	}
	corner := rgb(at>>10&31<<19 | at>>5&31<<11 | at&31<<3)
	for i, n := range c.cells[at] {
		if n > 0 {
			colors = append(colors, colored{corner | rgb(i>>6&7<<16|i>>3&7<<8|i&7), n})
		}
	}
	return colors
}
