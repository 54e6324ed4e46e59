package kernels

//go:generate go -C _gen run . -family peak -out ../peak_amd64.s -stubs ../peak_stubs_amd64.go -pkg kernels

// MultiplyAdds does rounds of floating-point operations on the active path, all
// of them independent float32 fused multiply-adds in registers, and returns how
// many it did, two for each multiply-add. Its time is what the processor can do
// at best on that path.
func MultiplyAdds(rounds int) (flops int) {
	return multiplyAdds(rounds)
}

// peakChains is the number of independent chains of multiply-adds in a round, as
// in _gen/peak.go.
const peakChains = 12

// multiplyAddsGeneric extends the chains of four outputs by features of
// peakChains points, as [product.computeGeneric] does: that is the best that
// portable Go has.
func multiplyAddsGeneric(rounds int) int {
	var y [4][peakChains]float32
	x := [peakChains]float32{0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.1, 1.2, 1.3}
	for range rounds {
		addFeature4(y[0][:], y[1][:], y[2][:], y[3][:], x[:], 0.1, -0.1, 0.3, -0.3)
	}
	return rounds * peakChains * 4 * 2
}
