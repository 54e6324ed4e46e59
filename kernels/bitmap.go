package kernels

import "fmt"

//go:generate go -C _gen run . -family bitmap -out ../bitmap_amd64.s -stubs ../bitmap_stubs_amd64.go -pkg kernels

// SignBits marks where x is negative.
//
//	bits [⌈n/64⌉]  overwritten: bit i mod 64 of bits[i/64] is set where
//	               x[i] < 0, all other bits are zero
//	x    [n]
//
// Zeros of either sign and NaN are not negative. It panics on a wrong length.
func SignBits(bits []uint64, x []float32) {
	checkBits("SignBits", "x", bits, x)
	signBits(bits, x)
}

func signBitsGeneric(bits []uint64, x []float32) {
	for w := range bits {
		var word uint64
		for i, v := range x[w*64 : min(w*64+64, len(x))] {
			word |= bit(v < 0) << i
		}
		bits[w] = word
	}
}

// DescentBits marks where b is below a.
//
//	bits [⌈n/64⌉]  overwritten: bit i mod 64 of bits[i/64] is set where
//	               b[i] < a[i], all other bits are zero
//	a, b [n]       may overlap: on a line x[:n] and x[1:]
//
// Equal values, zeros of both signs among them, and NaN are no descent. It
// panics on a wrong length.
func DescentBits(bits []uint64, a, b []float32) {
	checkBits("DescentBits", "a", bits, a)
	if len(b) != len(a) {
		panic(fmt.Sprintf("kernels: DescentBits: len(b) = %d, want len(a) = %d", len(b), len(a)))
	}
	descentBits(bits, a, b)
}

func descentBitsGeneric(bits []uint64, a, b []float32) {
	for w := range bits {
		var word uint64
		a, b := a[w*64:min(w*64+64, len(a))], b[w*64:]
		for i, v := range a {
			word |= bit(b[i] < v) << i
		}
		bits[w] = word
	}
}

// words returns ⌈n/64⌉, the number of words that hold n bits.
func words(n int) int { return (n + 63) / 64 }

// checkBits panics unless the kernel name has one bit for every value of x,
// which its documentation calls slice.
func checkBits(name, slice string, bits []uint64, x []float32) {
	if len(bits) != words(len(x)) {
		panic(fmt.Sprintf("kernels: %s: len(bits) = %d, want ⌈len(%s)/64⌉ = %d",
			name, len(bits), slice, words(len(x))))
	}
}

// bit returns 1 for true; it compiles without a branch.
func bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}
