package analysis

// flatBits holds one bit for every grid point, without gaps between the rows as
// the kernels write them: one call for a field costs much less than one for every
// row. A word of zeros follows, so that word may read past the end.
type flatBits []uint64

func newFlatBits(points int) flatBits { return make(flatBits, (points+63)/64+1) }

// first returns the words of the first n bits.
func (b flatBits) first(n int) []uint64 { return b[:(n+63)/64] }

// word returns the 64 bits from bit k on.
func (b flatBits) word(k int) uint64 {
	w, shift := uint(k)/64, uint(k)%64
	if shift == 0 {
		return b[w]
	}
	return b[w]>>shift | b[w+1]<<(64-shift)
}

// below returns the bits of word w that belong to columns below n.
func below(n, w int) uint64 {
	if n -= w * 64; n < 64 {
		return uint64(1)<<(uint(n)%64) - 1
	}
	return ^uint64(0)
}
