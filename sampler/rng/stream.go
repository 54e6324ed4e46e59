package rng

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strconv"
)

// Stream is the random stream of one (stream version, sweep seed, layer sizes):
// the words of every tensor of every network that these describe. Activations,
// laws and grids have no part in it, so networks that differ in those alone are
// drawn from the same words and can be compared in pairs.
type Stream struct{ key [2]uint32 }

// NewStream returns the stream of layers, the sizes from the inputs to the
// outputs. Its key is the first eight bytes, as two big-endian words, of the
// SHA-256 of a text such as
//
//	nodal stream version=1 seed=7 layers=2-16-16-1
//
// in plain decimals without a line end. Two of n streams share a key with
// probability n²·2⁻⁶⁵.
func NewStream(version int, seed int64, layers []int) Stream {
	text := fmt.Appendf(nil, "nodal stream version=%d seed=%d layers=", version, seed)
	for i, n := range layers {
		if i > 0 {
			text = append(text, '-')
		}
		text = strconv.AppendInt(text, int64(n), 10)
	}
	sum := sha256.Sum256(text)
	return Stream{key: [2]uint32{binary.BigEndian.Uint32(sum[0:]), binary.BigEndian.Uint32(sum[4:])}}
}

// Words fills dst with the first words of a tensor of a network: dst[i] is word
// i mod 4 of [Philox] at the counter (⌊i/4⌋, tensor, network mod 2³²,
// ⌊network/2³²⌋). It depends on nothing else, the length of dst included. A tensor
// has 2³⁴ words; dst must not be longer.
func (s Stream) Words(dst []uint32, tensor uint32, network int64) {
	counter := [4]uint32{0, tensor, uint32(network), uint32(uint64(network) >> 32)}
	for ; len(dst) >= 4; dst = dst[4:] {
		*(*[4]uint32)(dst) = Philox(counter, s.key)
		counter[0]++
	}
	if len(dst) > 0 {
		block := Philox(counter, s.key)
		copy(dst, block[:])
	}
}
