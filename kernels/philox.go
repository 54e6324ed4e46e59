package kernels

import (
	"fmt"
	"math/bits"
)

//go:generate go -C _gen run . -family philox -out ../philox_amd64.s -stubs ../philox_stubs_amd64.go -pkg kernels

// The multipliers and the key increments of Philox4x32 (Salmon et al. 2011,
// section 4.3); the latter are the golden ratio and √3 - 1 in 32 bits.
const (
	philoxMultiplier0 = 0xd2511f53
	philoxMultiplier1 = 0xcd9e8d57
	philoxIncrement0  = 0x9e3779b9
	philoxIncrement1  = 0xbb67ae85
)

// PhiloxBlock applies Philox4x32-10: for every key a permutation of the counters
// whose values, for counters that count, cannot be told from random words (Salmon,
// Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011).
func PhiloxBlock(counter [4]uint32, key [2]uint32) [4]uint32 {
	c0, c1, c2, c3 := counter[0], counter[1], counter[2], counter[3]
	k0, k1 := key[0], key[1]
	for range 10 {
		hi0, lo0 := bits.Mul32(philoxMultiplier0, c0)
		hi1, lo1 := bits.Mul32(philoxMultiplier1, c2)
		c0, c1, c2, c3 = hi1^c1^k0, lo1, hi0^c3^k1, lo0
		k0 += philoxIncrement0
		k1 += philoxIncrement1
	}
	return [4]uint32{c0, c1, c2, c3}
}

// Philox fills dst [B,N] with the words of B networks, N = n to each: dst[b,i] is
// word i mod 4 of [PhiloxBlock] at counter, with ⌊i/4⌋ added to its word 0, modulo
// 2³², and b to its words 2 and 3, the lower and the upper half of one number
// modulo 2⁶⁴. It allocates nothing and panics unless n divides the length of dst,
// n ≥ 1. An empty dst may have n = 0.
func Philox(dst []uint32, n int, counter [4]uint32, key [2]uint32) {
	if len(dst) == 0 {
		return
	}
	if n < 1 || len(dst)%n != 0 {
		panic(fmt.Sprintf("kernels: Philox: len(dst) = %d, want a multiple of n = %d", len(dst), n))
	}
	philoxRows(dst, n, counter, key)
}

// philoxGeneric is [Philox] in portable Go, one block at a time.
func philoxGeneric(dst []uint32, n int, counter [4]uint32, key [2]uint32) {
	network := uint64(counter[3])<<32 | uint64(counter[2])
	for ; len(dst) > 0; dst = dst[n:] {
		block := [4]uint32{counter[0], counter[1], uint32(network), uint32(network >> 32)}
		row := dst[:n]
		for ; len(row) >= 4; row = row[4:] {
			*(*[4]uint32)(row) = PhiloxBlock(block, key)
			block[0]++
		}
		if len(row) > 0 {
			words := PhiloxBlock(block, key)
			copy(row, words[:])
		}
		network++
	}
}
