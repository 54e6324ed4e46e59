package kernels

//go:generate go -C _gen run . -family peak -out ../peak_amd64.s -stubs ../peak_stubs_amd64.go -pkg kernels

// MultiplyAdds does rounds of floating-point operations on the active
// path, all of them independent float32 fused multiply-adds in registers, and
// returns how many it did. Its time is what the processor can do at best. The
// portable path has no such instruction and does none.
func MultiplyAdds(rounds int) (flops int) {
	return multiplyAdds(rounds)
}

// peakChains is the number of vector multiply-adds in a round, as in
// _gen/peak.go.
const peakChains = 12
