package kernels

import (
	"slices"
	"testing"
)

// oldBits is what a word holds before a kernel writes it.
const oldBits = 0xdeadbeefdeadbeef

// guardedBits returns words of old bits between guards, and the whole of it.
func guardedBits(n int) (bits, whole []uint64) {
	whole = slices.Repeat([]uint64{oldBits}, n+2)
	return whole[1 : n+1], whole
}

// checkBitmap compares bits with one call of want for each of n of them.
func checkBitmap(t *testing.T, bits []uint64, n int, want func(i int) bool) {
	t.Helper()
	for i := range 64 * len(bits) {
		if got, want := bits[i/64]>>(i%64)&1 == 1, i < n && want(i); got != want {
			t.Fatalf("bit %d of %d is %v, want %v", i, n, got, want)
		}
	}
}

// checkGuardBits fails the test if a word around bits has changed.
func checkGuardBits(t *testing.T, whole []uint64) {
	t.Helper()
	if whole[0] != oldBits || whole[len(whole)-1] != oldBits {
		t.Error("a word outside the slice was overwritten")
	}
}

func TestSignBits(t *testing.T) {
	eachField(t, 1, func(t *testing.T, x [][]float32) {
		bits, whole := guardedBits(words(len(x[0])))
		SignBits(bits, x[0])
		checkBitmap(t, bits, len(x[0]), func(i int) bool { return x[0][i] < 0 })
		checkGuardBits(t, whole)
	})
}

func TestDescentBits(t *testing.T) {
	eachField(t, 2, func(t *testing.T, x [][]float32) {
		bits, whole := guardedBits(words(len(x[0])))
		DescentBits(bits, x[0], x[1])
		checkBitmap(t, bits, len(x[0]), func(i int) bool { return x[1][i] < x[0][i] })
		checkGuardBits(t, whole)
	})
}

func TestBitmapPanics(t *testing.T) {
	f, b := make([]float32, 65), make([]uint64, 3)
	panics(t, "kernels: SignBits: len(bits) = 3, want ⌈len(x)/64⌉ = 2", func() { SignBits(b, f) })
	panics(t, "kernels: DescentBits: len(bits) = 1, want ⌈len(a)/64⌉ = 2", func() { DescentBits(b[:1], f, f) })
	panics(t, "kernels: DescentBits: len(b) = 64, want len(a) = 65", func() { DescentBits(b[:2], f, f[1:]) })
}
