package analysis

import (
	"encoding/binary"
	"math/bits"
)

// Crossings returns the number of grid edges along the axes whose two ends
// differ in class.
//
//	m [P]  class map
//
// On a line these are the class changes, for one output the zero crossings.
func Crossings(m []uint8, s Shape) int64 {
	var n int64
	for i := range s.Rows {
		r := row(m, s, i)
		n += differing(r[:s.Columns-1], r[1:])
	}
	return n + differing(m[:len(m)-s.Columns], m[s.Columns:])
}

// differing returns the number of positions where a and b differ. The slices
// have one length and may overlap.
func differing(a, b []uint8) int64 {
	n := 0
	for ; len(a) >= 8 && len(b) >= 8; a, b = a[8:], b[8:] {
		if x := word(a) ^ word(b); x != 0 {
			n += nonzeroBytes(x)
		}
	}
	for i := range a {
		if a[i] != b[i] {
			n++
		}
	}
	return int64(n)
}

// word returns the first eight bytes of a, the first one lowest.
func word(a []uint8) uint64 { return binary.LittleEndian.Uint64(a) }

// nonzeroBytes returns how many of the eight bytes of x are not zero. Adding
// 0x7f carries into a byte's top bit if any of its low seven bits is set, and
// never beyond; or-ing x adds the bytes whose top bit was set already.
func nonzeroBytes(x uint64) int {
	const low7, top = 0x7f7f7f7f7f7f7f7f, 0x8080808080808080
	return bits.OnesCount64(((x & low7) + low7 | x) & top)
}

// nextChange returns the first position above j whose class differs from the
// one before it, or len(r) if the rest of r is uniform.
func nextChange(r []uint8, j int) int {
	j++
	for ; j+8 <= len(r); j += 8 {
		if x := word(r[j-1:]) ^ word(r[j:]); x != 0 {
			return j + bits.TrailingZeros64(x)/8
		}
	}
	for j < len(r) && r[j] == r[j-1] {
		j++
	}
	return j
}
