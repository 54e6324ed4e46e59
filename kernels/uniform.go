package kernels

import "fmt"

//go:generate go -C _gen run . -family uniform -out ../uniform_amd64.s -stubs ../uniform_stubs_amd64.go -pkg kernels

// Uniform returns (word + 1/2)·2⁻³², exactly: uniform on the 2³² midpoints of
// equal parts of (0, 1), never 0 or 1, and symmetric, Uniform(^w) = 1 - Uniform(w).
func Uniform(word uint32) float64 { return (float64(word) + 0.5) * 0x1p-32 }

// Uniforms sets dst[i] to low + (high - low)·[Uniform](words[i]), every operation
// rounded to float64 and the last to float32: values from low to high rounded to
// float32, both included. The slices have one length and must not overlap. It
// allocates nothing and panics on a wrong length.
func Uniforms(dst []float32, words []uint32, low, high float64) {
	if len(dst) != len(words) {
		panic(fmt.Sprintf("kernels: Uniforms: len(dst) = %d, want len(words) = %d", len(dst), len(words)))
	}
	uniforms(dst, words, low, high-low)
}

// uniformsGeneric is [Uniforms] in portable Go.
func uniformsGeneric(dst []float32, words []uint32, low, width float64) {
	for i, word := range words {
		// The conversion keeps the compiler from fusing product and sum, which would
		// round differently on other processors.
		dst[i] = float32(low + float64(width*Uniform(word)))
	}
}
