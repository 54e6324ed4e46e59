//go:build !purego

package kernels

import "math"

// normals computes the centre of all words, 128 at a time, and notes those of the
// flanks, 15 % of them, until they fill registers.
func normals(dst []float32, words []uint32, std float64) {
	if active == Portable {
		normalsGeneric(dst, words, std)
		return
	}
	var f flanks
	whole := len(words) &^ (drawGroup - 1)
	for i := 0; i < whole; i += flankBlock {
		n := min(whole-i, flankBlock)
		f.centre(dst[i:i+n], words[i:i+n], i, std)
		f.finish(dst, f.n&^(flankGroup-1), std)
	}
	if rest := words[whole:]; len(rest) > 0 {
		var w [drawGroup]uint32
		var y [drawGroup]float32
		for i := copy(w[:], rest); i < len(w); i++ {
			w[i] = 1 << 31 // in the centre
		}
		f.centre(y[:], w[:], whole, std)
		copy(dst[whole:], y[:])
	}
	f.finish(dst, f.n, std)
}

const (
	flankBlock = 128 // words between two looks at the flanks
	flankGroup = 32  // words of the flanks that the assembly takes at a time, or half
)

// flanks lists the n words that belong to the flanks and are still to be computed,
// and their places in dst. The assembly writes whole registers to the ends of the
// lists.
type flanks struct {
	n             int
	words, places [flankGroup + flankBlock + drawGroup]uint32
}

// centre computes the words of the centre, a multiple of drawGroup, and notes the
// others; first is the place of dst[0].
func (f *flanks) centre(dst []float32, words []uint32, first int, std float64) {
	if active == AVX512 {
		f.n += normalCentreAVX512(&dst[0], &words[0], len(words), first, std, &normalCentre, &normalNumbers, &f.words[f.n], &f.places[f.n])
	} else {
		f.n += normalCentreAVX2(&dst[0], &words[0], len(words), first, std, &normalCentre, &normalNumbers, &f.words[f.n], &f.places[f.n])
	}
}

// finish computes the first n of the listed words and takes them off the list.
func (f *flanks) finish(dst []float32, n int, std float64) {
	if n == 0 {
		return
	}
	if active == AVX512 {
		normalFlankAVX512(&f.words[0], n, std, &normalFlank, &logSeries, &normalNumbers)
	} else {
		normalFlankAVX2(&f.words[0], n, std, &normalFlank, &logSeries, &normalNumbers)
	}
	for i, place := range f.places[:n] {
		dst[place] = math.Float32frombits(f.words[i])
	}
	copy(f.words[:], f.words[n:f.n])
	copy(f.places[:], f.places[n:f.n])
	f.n -= n
}
