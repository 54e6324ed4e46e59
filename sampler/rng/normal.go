package rng

import "math"

// Uniform returns (word + 1/2)·2⁻³², exactly: uniform on the 2³² midpoints of
// equal parts of (0, 1), never 0 or 1, and symmetric, Uniform(^w) = 1 - Uniform(w).
func Uniform(word uint32) float64 { return (float64(word) + 0.5) * 0x1p-32 }

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
	if math.Abs(q) <= 0.425 {
		r := 0.180625 - float64(q*q)
		return q * (ratio(r, &centre))
	}
	tail := 0.5 - math.Abs(q) // exact
	r := math.Sqrt(-log(tail)) - 1.6
	return math.Copysign(ratio(r, &flank), q)
}

// rational holds the coefficients of a ratio of two polynomials of degree 7,
// highest power first.
type rational struct{ numerator, denominator [8]float64 }

// ratio returns f at r. The products are rounded before they are added, on CPUs
// that could fuse the two as well.
func ratio(r float64, f *rational) float64 {
	p, q := f.numerator[0], f.denominator[0]
	for i := 1; i < 8; i++ {
		p = float64(p*r) + f.numerator[i]
		q = float64(q*r) + f.denominator[i]
	}
	return p / q
}

// centre serves |q| ≤ 0.425, in 0.425² - q²; flank serves r = √(-ln tail) ≤ 5, in
// r - 1.6. Wichura 1988, coefficients a, b and c, d.
var (
	centre = rational{
		numerator: [8]float64{
			2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4,
			1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.3871328727963666080e0,
		},
		denominator: [8]float64{
			5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4, 2.1213794301586595867e4,
			5.3941960214247511077e3, 6.8718700749205790830e2, 4.2313330701600911252e1, 1,
		},
	}
	flank = rational{
		numerator: [8]float64{
			7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e0,
			3.64784832476320460504e0, 5.76949722146069140550e0, 4.63033784615654529590e0, 1.42343711074968357734e0,
		},
		denominator: [8]float64{
			1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
			6.89767334985100004550e-1, 1.67638483018380384940e0, 2.05319162663775882187e0, 1,
		},
	}
)
