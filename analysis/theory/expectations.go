package theory

import (
	"fmt"
	"math"

	"nodal/schema"
)

// expectations are those of an activation φ of Gaussian variables that the theory
// needs.
type expectations interface {
	// moments returns those of φ(pz), z standard normal.
	moments(p float64) moments
	// pair returns the pair φ(u), φ(v) of a pair u, v. Its correlation is taken about
	// zero: E φ(u)φ(v)/√(E φ(u)² E φ(v)²).
	pair(a pair) pair
	// slopes returns E φ'(u)φ'(v), infinite for the step function.
	slopes(a pair) float64
}

// moments are expectations of one variable, u = pz.
type moments struct {
	square float64 // E φ(u)²
	slope  float64 // E φ'(u)², infinite for the step function
	along  float64 // E φ(u) φ'(u) z, half the derivative of square by p
	across float64 // E (φ'(u)z - βφ(u))², β = along/square; 0 if φ is homogeneous
}

// expectationsOf returns the expectations of an activation: by closed forms, or by
// quadrature with a relative error below 10⁻¹⁰.
func expectationsOf(a schema.Activation) expectations {
	switch a {
	case schema.Identity:
		return ramp{1}
	case schema.ReLU:
		return ramp{0}
	case schema.LeakyReLU:
		return ramp{leak}
	case schema.Step:
		return step{}
	case schema.Erf:
		return errorFunction{}
	case schema.Sin:
		return sine{}
	case schema.Gaussian:
		return bell{}
	}
	return functionOf(a)
}

// leak is the slope of leaky ReLU below 0, a float32 as the kernels have it.
const leak = float64(float32(.01))

// functionOf returns an activation and its derivative.
func functionOf(a schema.Activation) smooth {
	switch a {
	case schema.Identity:
		return smooth{value: func(u float64) float64 { return u }, derivative: func(float64) float64 { return 1 }}
	case schema.ReLU:
		return rampFunction(0)
	case schema.LeakyReLU:
		return rampFunction(leak)
	case schema.Step:
		return smooth{kinked: true, value: heaviside, derivative: func(float64) float64 { return math.Inf(1) }}
	case schema.Erf:
		return smooth{value: math.Erf, derivative: func(u float64) float64 { return 2 / math.Sqrt(math.Pi) * math.Exp(-u*u) }}
	case schema.Sin:
		return smooth{value: math.Sin, derivative: math.Cos}
	case schema.Gaussian:
		return smooth{
			value:      func(u float64) float64 { return math.Exp(-u * u) },
			derivative: func(u float64) float64 { return -2 * u * math.Exp(-u*u) },
		}
	case schema.Tanh:
		return smooth{value: math.Tanh, derivative: func(u float64) float64 { t := math.Tanh(u); return (1 - t) * (1 + t) }}
	case schema.Logistic:
		return smooth{value: logistic, derivative: func(u float64) float64 { return logistic(u) * logistic(-u) }}
	case schema.GELU:
		return smooth{
			value:      func(u float64) float64 { return u * math.Erfc(-u/math.Sqrt2) / 2 },
			derivative: func(u float64) float64 { return math.Erfc(-u/math.Sqrt2)/2 + u*density(u) },
		}
	case schema.SiLU:
		return smooth{
			value:      func(u float64) float64 { return u * logistic(u) },
			derivative: func(u float64) float64 { return logistic(u) * (1 + u*logistic(-u)) },
		}
	case schema.Softplus:
		return smooth{
			value:      func(u float64) float64 { return max(u, 0) + math.Log1p(math.Exp(-math.Abs(u))) },
			derivative: logistic,
		}
	case schema.ELU:
		return smooth{
			kinked:     true,
			value:      func(u float64) float64 { return max(u, 0) + math.Expm1(min(u, 0)) },
			derivative: func(u float64) float64 { return math.Exp(min(u, 0)) },
		}
	}
	panic(fmt.Sprintf("theory: activation %q", a))
}

func rampFunction(slope float64) smooth {
	return smooth{
		kinked:     true,
		value:      func(u float64) float64 { return max(u, 0) + slope*min(u, 0) },
		derivative: func(u float64) float64 { return slope + (1-slope)*heaviside(u) },
	}
}

func heaviside(u float64) float64 {
	if u >= 0 {
		return 1
	}
	return 0
}

func logistic(u float64) float64 {
	if u < 0 {
		return math.Exp(u) / (1 + math.Exp(u))
	}
	return 1 / (1 + math.Exp(-u))
}

// density returns the standard normal density.
func density(z float64) float64 { return math.Exp(-z*z/2) / math.Sqrt(2*math.Pi) }
