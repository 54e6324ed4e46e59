//go:build !purego

package kernels

func multiplyAdds(rounds int) int {
	switch active {
	case AVX512:
		multiplyAddAVX512(rounds)
		return rounds * peakChains * 16 * 2
	case AVX2:
		multiplyAddAVX2(rounds)
		return rounds * peakChains * 8 * 2
	}
	return multiplyAddsGeneric(rounds)
}
