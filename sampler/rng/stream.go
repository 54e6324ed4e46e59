// Package rng makes nodal's random streams: counter-based, so that every word
// is a function of where it is used and of nothing that happened before. It
// gives the same bits on every CPU. Philox and the laws of single numbers are in
// package kernels.
package rng

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strconv"

	"nodal/kernels"
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

// Words fills dst [B,N], N = n, with the words first … first+n-1 of a tensor of B
// networks, the first of them network, first a multiple of 4. Word i of a tensor is
// word i mod 4 of [kernels.PhiloxBlock] at the counter (⌊i/4⌋, tensor, network mod
// 2³², ⌊network/2³²⌋) and depends on nothing else. A tensor has 2³⁴ words, and there
// are 2⁶³ networks; dst must not go beyond. It panics unless n divides the length of
// dst and 4 divides first.
func (s Stream) Words(dst []uint32, n int, tensor uint32, first int64, network int64) {
	if first%4 != 0 {
		panic(fmt.Sprintf("rng: Words: first = %d, want a multiple of 4", first))
	}
	counter := [4]uint32{uint32(first / 4), tensor, uint32(network), uint32(uint64(network) >> 32)}
	kernels.Philox(dst, n, counter, s.key)
}
