// Package rng makes nodal's random streams: counter-based, so that every word
// is a function of where it is used and of nothing that happened before. It
// imports no other package of nodal, and gives the same bits on every CPU.
package rng

import "math/bits"

// The multipliers and the key increments of Philox4x32 (Salmon et al. 2011,
// section 4.3); the latter are the golden ratio and √3 - 1 in 32 bits.
const (
	multiplier0 = 0xd2511f53
	multiplier1 = 0xcd9e8d57
	increment0  = 0x9e3779b9
	increment1  = 0xbb67ae85
)

// Philox applies Philox4x32-10: for every key a permutation of the counters
// whose values, for counters that count, cannot be told from random words (Salmon,
// Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011).
func Philox(counter [4]uint32, key [2]uint32) [4]uint32 {
	c0, c1, c2, c3 := counter[0], counter[1], counter[2], counter[3]
	k0, k1 := key[0], key[1]
	for range 10 {
		hi0, lo0 := bits.Mul32(multiplier0, c0)
		hi1, lo1 := bits.Mul32(multiplier1, c2)
		c0, c1, c2, c3 = hi1^c1^k0, lo1, hi0^c3^k1, lo0
		k0 += increment0
		k1 += increment1
	}
	return [4]uint32{c0, c1, c2, c3}
}
