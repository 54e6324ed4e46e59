package schema

import "math"

// Activation names the function applied to every unit of a layer.
type Activation string

// The activations, by their names in sweep files and rows.
const (
	Identity  Activation = "identity"   // x
	Logistic  Activation = "logistic"   // 1 / (1 + e⁻ˣ)
	Tanh      Activation = "tanh"       // hyperbolic tangent
	ReLU      Activation = "relu"       // max(x, 0)
	Erf       Activation = "erf"        // error function
	LeakyReLU Activation = "leaky_relu" // x if x ≥ 0, else x/100
	GELU      Activation = "gelu"       // x·Φ(x), Φ the normal distribution function
	SiLU      Activation = "silu"       // x / (1 + e⁻ˣ)
	Sin       Activation = "sin"        // sine
	Gaussian  Activation = "gaussian"   // e^(-x²)
	Softplus  Activation = "softplus"   // ln(1 + eˣ)
	ELU       Activation = "elu"        // x if x ≥ 0, else eˣ - 1
	Step      Activation = "step"       // 1 if x ≥ 0, else 0
)

// Activations lists every activation, in the order of the documentation.
func Activations() []Activation {
	return []Activation{Identity, Logistic, Tanh, ReLU, Erf, LeakyReLU, GELU,
		SiLU, Sin, Gaussian, Softplus, ELU, Step}
}

// Level returns the value that the activation has where the pre-activation is 0, if the
// sign of one output's pre-activation, its class, can be told from its value: above or at
// the level, or below it. Of ReLU, sine and Gaussian it cannot, nor of GELU and SiLU,
// which come back to 0 far below it.
func (a Activation) Level() (level float64, ok bool) {
	switch a {
	case ReLU, Sin, Gaussian, GELU, SiLU:
		return 0, false
	case Logistic, Step:
		return .5, true
	case Softplus:
		return math.Ln2, true
	}
	return 0, true
}
