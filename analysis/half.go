package analysis

import "math/bits"

// Half returns the shape of every second grid point: indices 0, 2, 4, … on
// each axis, (n+1)/2 of n points. An axis of an even number of points loses its
// last one, so the half grid may be one step shorter.
func (s Shape) Half() Shape {
	s.Rows, s.Step0, s.Extent0 = halveAxis(s.Rows, s.Step0)
	s.Columns, s.Step1, s.Extent1 = halveAxis(s.Columns, s.Step1)
	return s
}

func halveAxis(points int, step float64) (half int, doubled, extent float64) {
	half = (points + 1) / 2
	if half == 1 {
		return 1, 0, 0
	}
	return half, 2 * step, 2 * step * float64(half-1)
}

// Half returns a class map for every second grid point of m, which [ClassMap.Halve]
// sets.
func (m *ClassMap) Half() *ClassMap {
	half := &ClassMap{shape: m.shape.Half(), words: m.shape.Half().words()}
	half.present = make([]int, 0, cap(m.present))
	half.planes = make([]uint64, 0, planesFor(cap(m.present))*half.size())
	return half
}

// Halve sets m, made by full's Half, to the classes on every second grid point.
// It has no counts, and some of the classes said to be present may not be.
func (m *ClassMap) Halve(full *ClassMap) {
	m.present = append(m.present[:0], full.present...)
	planes := planesFor(len(m.present))
	m.planes = m.planes[:planes*m.size()]
	for b := range planes {
		from, to := full.planes[b*full.size():], m.planes[b*m.size():]
		for i := range m.shape.Rows {
			halveRow(to[i*m.words:(i+1)*m.words], from[2*i*full.words:(2*i+1)*full.words])
		}
	}
}

// halfChanges returns the class changes between every second point of a line.
// They need no half map: the neighbour is the point two columns on. The last
// point has none, and is compared with the zeros that fill up its plane.
func (m *ClassMap) halfChanges() int64 {
	const even = 0x5555555555555555
	n, last := 0, m.words-1
	for w := range m.words {
		var differ uint64
		for at := w; at < len(m.planes); at += m.words {
			neighbours := m.planes[at] >> 2
			if w < last {
				neighbours |= m.planes[at+1] << 62
			}
			differ |= m.planes[at] ^ neighbours
		}
		n += bits.OnesCount64(differ & even)
	}
	if m.rankAt(0, (m.shape.Columns-1)&^1) != 0 {
		n--
	}
	return int64(n)
}

// halveRow writes every second bit of the words x, bits 0, 2, 4, …, to half.
func halveRow(half, x []uint64) {
	for w := range half {
		half[w] = evenBits(x[2*w]) | evenBits(nextWord(x, 2*w))<<32
	}
}

// evenBits moves bits 0, 2, 4, … of x together into the lower half, by doubling
// the length of the groups that are in place (Warren, Hacker's Delight, 7-2).
func evenBits(x uint64) uint64 {
	x &= 0x5555555555555555
	x = (x | x>>1) & 0x3333333333333333
	x = (x | x>>2) & 0x0f0f0f0f0f0f0f0f
	x = (x | x>>4) & 0x00ff00ff00ff00ff
	x = (x | x>>8) & 0x0000ffff0000ffff
	return (x | x>>16) & 0x00000000ffffffff
}
