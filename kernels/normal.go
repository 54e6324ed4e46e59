package kernels

import (
	"fmt"
	"math"
)

//go:generate go -C _gen run . -family normal -out ../normal_amd64.s -stubs ../normal_stubs_amd64.go -pkg kernels

// Normal returns the standard normal quantile of Uniform(word): one normal deviate
// from one word.
//
// Relative error at most 1e-15. Strictly increasing, and antisymmetric to the last
// bit: Normal(^w) = -Normal(w). |Normal| is at least 2.9e-10 and at most
// 6.3380, the quantile of 1 - 2⁻³³; the mass of 2.3e-10 beyond is not drawn. The
// method is PPND16 of Wichura, "Algorithm AS 241: The percentage points of the
// normal distribution", Applied Statistics 37, 1988; its third interval, beyond
// 2.7e-11, cannot be reached.
func Normal(word uint32) float64 {
	q := Uniform(word) - 0.5 // exact
	if math.Abs(q) <= normalBorder {
		r := normalBorder*normalBorder - float64(q*q)
		return q * (ratio(r, &normalCentre))
	}
	tail := 0.5 - math.Abs(q) // exact
	r := math.Sqrt(-log(tail)) - normalShift
	return math.Copysign(ratio(r, &normalFlank), q)
}

// Normals sets dst[i] to float32(std·[Normal](words[i])). The slices have one length,
// below 2³², and must not overlap. It allocates nothing and panics on a wrong length.
func Normals(dst []float32, words []uint32, std float64) {
	if len(dst) != len(words) {
		panic(fmt.Sprintf("kernels: Normals: len(dst) = %d, want len(words) = %d", len(dst), len(words)))
	}
	checkPlaces(uint64(len(words)))
	normals(dst, words, std)
}

// checkPlaces panics if there are more words than 32 bits can number, as the lists
// of the assembly do.
func checkPlaces(n uint64) {
	if n > math.MaxUint32 {
		panic(fmt.Sprintf("kernels: Normals: len(words) = %d, want less than 2³²", n))
	}
}

// normalsGeneric is [Normals] in portable Go.
func normalsGeneric(dst []float32, words []uint32, std float64) {
	for i, word := range words {
		dst[i] = float32(std * Normal(word))
	}
}

const (
	normalBorder = 0.425 // of the centre and the flanks, in |q|
	normalShift  = 1.6
)

// ratio returns at r the ratio of the two polynomials of degree 7 whose
// coefficients are c[0] and c[1], highest power first. The products are rounded
// before they are added, on CPUs that could fuse the two as well.
func ratio(r float64, c *[2][8]float64) float64 {
	p, q := c[0][0], c[1][0]
	for i := 1; i < 8; i++ {
		p = float64(p*r) + c[0][i]
		q = float64(q*r) + c[1][i]
	}
	return p / q
}

// normalCentre serves |q| ≤ 0.425, in 0.425² - q²; normalFlank serves r = √(-ln tail) ≤ 5, in
// r - 1.6. Wichura 1988, coefficients a, b and c, d.
var (
	normalCentre = [2][8]float64{
		{
			2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4,
			1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.3871328727963666080e0,
		},
		{
			5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4, 2.1213794301586595867e4,
			5.3941960214247511077e3, 6.8718700749205790830e2, 4.2313330701600911252e1, 1,
		},
	}
	normalFlank = [2][8]float64{
		{
			7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e0,
			3.64784832476320460504e0, 5.76949722146069140550e0, 4.63033784615654529590e0, 1.42343711074968357734e0,
		},
		{
			1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
			6.89767334985100004550e-1, 1.67638483018380384940e0, 2.05319162663775882187e0, 1,
		},
	}
)

// normalNumbers holds what else the assembly needs. First 2¹⁹ + 2⁻³³ and 2¹⁹ + 1/2:
// with twice the word in the low bits of the former, they differ by q. Then numbers
// of [Normal] and [log] and masks. Last 2⁵² and 2⁵² + 4096, which turn the whole
// number 4096 + e in the low bits into e.
var normalNumbers = [14]float64{
	0x1p19 + 0x1p-33, 0x1p19 + 0.5, 0.5, 1, normalBorder, normalBorder * normalBorder, normalShift,
	ln2Hi, ln2Lo, math.Float64frombits(sqrtHalf), math.Copysign(0, -1), math.Inf(-1), 0x1p52, 0x1p52 + 4096,
}
