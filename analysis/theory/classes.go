package theory

import (
	"fmt"
	"math"
	"sync"
)

// ClassChangeRate returns how many times as often the class of C independent
// outputs changes as the sign of one of them does, along a path:
//
//	lim ClassChange/(θ/π) for θ → 0  =  C(C-1)·√π·∫ φ(u)²·Φ(u)^(C-2) du
//
// It is 1 for one and two outputs, 3/2 for three, and grows like √(log C). A class
// changes where two outputs meet and all others are below. There are C(C-1)/2
// pairs; the difference of two crosses zero as often as one output does (Rice
// 1945, section 3.3), and how steeply is independent of the values that the
// outputs have there.
//
// So the rate times the crossings of one output are the class changes on a line,
// the rate times the sign changes along a border those of the class, and the rate
// times the length of one output's zero set that of the boundary between classes.
// The same holds for linear interpolants, as in ExpectedChord. It does not hold from
// one grid point to the next, where a class can change and change back, nor across
// the input 0 of networks without biases, where all outputs meet: there, see
// ClassChange.
//
// The relative error is below 1e-13 for C up to 256. It panics for C < 1.
func ClassChangeRate(outputs int) Value {
	checkOutputs("ClassChangeRate", outputs)
	if outputs <= 2 {
		return Value{1, 0}
	}
	n, step := float64(outputs), classStep(outputs)
	var sum float64
	for u := -classReach; u <= classReach; u += step {
		sum += math.Exp(-u*u) * math.Pow(normalCDF(u), n-2)
	}
	rate := n * (n - 1) * sum * step / (2 * math.Sqrt(math.Pi))
	return Value{rate, 1e-13 * rate}
}

// ClassChange returns the probability that two points are of different classes,
// where the outputs are C independent copies of one centred Gaussian process and
// one output's correlation between the points is cos angle. The class is the
// sign for one output and the largest output for more.
//
// It is angle/π for one output (Sheppard 1899) and for two, whose difference has
// the same correlation; otherwise 0 at angle 0, 1-1/C at π/2 and 1 at π. NaN for
// angles outside [0, π]. The relative error is below 1e-11 for C up to 256,
// however small the angle; up to two outputs it is rounding alone. The first call
// for some C takes up to a fifth of a second, later ones less than a microsecond.
// It panics for C < 1.
func ClassChange(outputs int, angle float64) Value {
	checkOutputs("ClassChange", outputs)
	switch {
	case !(angle >= 0 && angle <= math.Pi):
		return Value{math.NaN(), math.NaN()}
	case outputs <= 2:
		return Value{angle / math.Pi, 0x1p-51 * angle / math.Pi}
	}
	series, known := classSeries.Load(outputs)
	if !known {
		series = newClassSeries(outputs, classStep(outputs), classNodes)
		classSeries.Store(outputs, series)
	}
	p := angle * sumChebyshev(series.([]float64), angle)
	return Value{p, 1e-11 * p}
}

// classSeries keeps what newClassSeries returned, []float64 by the number of
// outputs.
var classSeries sync.Map

// The trapezoid rule over all reals, whose error vanishes faster than any power of
// the step for these entire functions, and the nodes in the angle. With half the
// step and twice the nodes nothing changes beyond the bounds above.
const (
	classReach = 8.5 // φ(8.5) is 2e-16 of φ(0)
	classNodes = 48
)

// classStep returns the step for C outputs. Φ^C turns from 0 to 1 over an ever
// shorter way as C grows.
func classStep(outputs int) float64 { return 0.38 / math.Pow(float64(outputs), 0.2) }

// newClassSeries returns the Chebyshev series of the probability over the angle.
func newClassSeries(outputs int, step float64, nodes int) []float64 {
	angles, values := chebyshevAngles(nodes), make([]float64, nodes)
	for k, angle := range angles {
		values[k] = classChangeDensity(outputs, angle, step)
	}
	probability := integral(chebyshevSeries(values))
	for k, angle := range angles {
		values[k] = sumChebyshev(probability, angle) / angle
	}
	return chebyshevSeries(values)
}

// classChangeDensity returns the derivative of the probability in the angle θ,
// for C ≥ 3. Both points are of one class with probability C·E[f(X)f(Y)], where f
// is 1 where the first component is the largest, and that has the derivative
// C·E[∇f(X)·∇f(Y)] in ρ = cos θ (Price 1958). With the values u and v at which
// components of X and of Y meet the first,
//
//	dP/dθ = C(C-1)·sin θ·∬ 2φ₂²·Φ₂^(C-2) + (C-2)·φ₂·φ(u)φ(v)·Φ(a)Φ(b)·Φ₂^(C-3) du dv
//
// where φ₂ and Φ₂ are density and distribution at (u, v) of two normals of
// correlation ρ, a = (v-ρu)/sin θ and b = (u-ρv)/sin θ. Nothing is subtracted, so
// that small angles are no harder than others. In independent normals m and d,
//
//	u = m·cos θ/2 + d·sin θ/2,  v = m·cos θ/2 - d·sin θ/2,  du dv = sin θ dm dd
//
// the integrand is entire, and even in d. The rule keeps clear of m = d = 0.
func classChangeDensity(outputs int, angle, step float64) float64 {
	sin, cos := math.Sincos(angle / 2)
	n, steps := float64(outputs), int(classReach/step)
	var sum float64
	for i := range steps {
		for j := -steps; j < steps; j++ {
			d, m := (float64(i)+.5)*step, (float64(j)+.5)*step
			square := m*m + d*d
			u, v := m*cos+d*sin, m*cos-d*sin
			a, b := m*sin-d*cos, m*sin+d*cos
			meet := 2 * math.Exp(-square)
			cross := (n - 2) * 2 * sin * cos * math.Exp(-(square+u*u+v*v)/2) * normalCDF(a) * normalCDF(b)
			if (meet+cross)*math.Pow(normalCDF(v), n-3) < 1e-18 { // Φ₂ ≤ Φ(v)
				continue
			}
			below := bivariateCDF(u, v, a, b)
			sum += (meet*below + cross) * math.Pow(below, n-3)
		}
	}
	return n * (n - 1) * 2 * sum * step * step / (4 * math.Pi * math.Pi)
}

func checkOutputs(function string, outputs int) {
	if outputs < 1 {
		panic(fmt.Sprintf("theory: %s: %d outputs, want 1 or more", function, outputs))
	}
}
