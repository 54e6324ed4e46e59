package kernels

import "math"

// Erf computes y = erf(x) = 2/√π ∫₀ˣ e^(-t²) dt, by its Taylor series up to
// |x| = 1/2 and as 1 - erfc(x) beyond.
//
// Maximum error 0.5 + 1e-6 ulp. Odd, non-decreasing, Erf(±0) = ±0,
// Erf(±Inf) = ±1, Erf(NaN) = NaN; ±1 from |x| = 3.8325 on. The slices have one
// length, or it panics; y may be x but not overlap it otherwise.
func Erf(y, x []float32) {
	checkElementwise("Erf", y, x)
	erfGeneric(y, x)
}

func erfGeneric(y, x []float32) {
	for i, u := range widened(x) {
		y[i] = float32(erf(u))
	}
}

func erf(x float64) float64 {
	const twoOverSqrtPi = 1.12837916709551257389615890312154517
	x2 := x * x // exact
	if x2 <= 0.25 {
		return x * (twoOverSqrtPi * (1 + float64(x2*polynomial(x2, erfSeries[:]))))
	}
	a := min(math.Abs(x), 6) // erf(6) is 1 in float32
	erfc := float64(exp(-(a * a)) * erfcx(a))
	return math.Copysign(1-erfc, x)
}

// erfSeries holds (√π/2·erf(x)/x - 1)/x² = Σ (-1)ᵏx²ᵏ⁻²/(k!(2k+1)) as a series in
// x², highest power k = 12 first. The first term left out is 2⁻⁶³ at x = 1/2.
var erfSeries = [...]float64{
	1.0 / 11975040000, -1.0 / 918086400, 1.0 / 76204800, -1.0 / 6894720, 1.0 / 685440,
	-1.0 / 75600, 1.0 / 9360, -1.0 / 1320, 1.0 / 216, -1.0 / 42, 1.0 / 10, -1.0 / 3,
}

// erfcx returns e^(z²)·erfc(z) for z in [0, 10.75] with relative error at most
// 2⁻⁴⁹: a polynomial in t = (z-4)/(z+4), which bends the long tail into a short
// interval (Schonfelder, "Chebyshev expansions for the error and related
// functions", Mathematics of Computation 32, 1978).
func erfcx(z float64) float64 { return polynomial((z-4)/(z+4), erfcxSeries[:]) }

// erfcxSeries holds the polynomial of degree 20 that equals [erfcx] at the 21
// Chebyshev points of t ∈ [-1, 6.75/14.75], highest power first. It is within
// 2.4e-17 of the function, relatively, before its coefficients were rounded.
var erfcxSeries = [...]float64{
	-3.0046626667128284e-09, -6.521207991936701e-09, 4.114598245924988e-08,
	1.0248681399359694e-07, -2.9223384012414456e-07, -4.1703399954958946e-07,
	2.9446912116697836e-06, -1.9002127326129112e-06, -2.2555276737087625e-05,
	7.898267681841653e-05, -2.1761939103039016e-05, -0.0007991267719464482,
	0.004060263651779487, -0.012843946032751387, 0.031299056516852865,
	-0.06310781563974135, 0.1089631773989641, -0.1642578166973082,
	0.21871967891826416, -0.25906804876017164, 0.13699945762506138,
}
