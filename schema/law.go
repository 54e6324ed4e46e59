package schema

import (
	"fmt"
	"math"
	"strconv"
)

// Distribution names the shape of a weight or bias law.
type Distribution string

// The distributions, by their names in sweep files and rows.
const (
	Uniform       Distribution = "uniform"        // uniform on [low, high]
	Normal        Distribution = "normal"         // mean 0, standard deviation std
	XavierUniform Distribution = "xavier_uniform" // variance 2·gain²/(fan-in + fan-out), Glorot and Bengio 2010
	XavierNormal  Distribution = "xavier_normal"
	HeUniform     Distribution = "he_uniform" // variance 2·gain²/fan-in, He et al. 2015
	HeNormal      Distribution = "he_normal"
	LecunNormal   Distribution = "lecun_normal" // variance gain²/fan-in, LeCun et al. 1998
	None          Distribution = "none"         // always zero; biases only
)

// Scale says how a law shrinks with the layer it is used in.
type Scale string

// The scales, by their names in sweep files.
const (
	Unscaled Scale = ""       // the same in every layer
	FanIn    Scale = "fan_in" // divided by the square root of the layer's fan-in
)

// Law is the distribution of the independent weights (or biases) of a network.
// Fields that its distribution does not use are zero.
type Law struct {
	Distribution Distribution `json:"distribution"`
	Low          float64      `json:"low,omitempty"`   // uniform
	High         float64      `json:"high,omitempty"`  // uniform
	Std          float64      `json:"std,omitempty"`   // normal
	Gain         float64      `json:"gain,omitempty"`  // the named laws
	Scale        Scale        `json:"scale,omitempty"` // uniform and normal
}

// StdDev returns the standard deviation before scaling by fan-in: std for a
// normal law, (high-low)/√12 for a uniform one, gain·√2 for He's laws and gain
// for LeCun's and Xavier's (whose variance is gain² over the mean of fan-in and
// fan-out).
func (l Law) StdDev() float64 {
	switch l.Distribution {
	case Uniform:
		return (l.High - l.Low) / math.Sqrt(12)
	case Normal:
		return l.Std
	case HeUniform, HeNormal:
		return l.Gain * math.Sqrt2
	case XavierUniform, XavierNormal, LecunNormal:
		return l.Gain
	case None:
		return 0
	}
	panic(fmt.Sprintf("schema: StdDev of unknown distribution %q", l.Distribution))
}

// At returns the law as it stands in a layer of the given fan-in and fan-out:
// an unscaled uniform or normal law, or none.
func (l Law) At(fanIn, fanOut int) Law {
	switch l.Distribution {
	case Uniform, Normal:
		f := 1.0
		if l.Scale == FanIn {
			f = 1 / math.Sqrt(float64(fanIn))
		}
		return Law{Distribution: l.Distribution, Low: l.Low * f, High: l.High * f, Std: l.Std * f}
	case None:
		return l
	}
	fan := float64(fanIn)
	if l.Distribution == XavierUniform || l.Distribution == XavierNormal {
		fan = (float64(fanIn) + float64(fanOut)) / 2
	}
	std := l.StdDev() / math.Sqrt(fan)
	if l.Distribution == XavierUniform || l.Distribution == HeUniform {
		bound := std * math.Sqrt(3)
		return Law{Distribution: Uniform, Low: -bound, High: bound}
	}
	return Law{Distribution: Normal, Std: std}
}

// String returns the canonical form, such as "normal(std=2,scale=fan_in)" or
// "none".
func (l Law) String() string {
	scale := ""
	if l.Scale != Unscaled {
		scale = ",scale=" + string(l.Scale)
	}
	switch l.Distribution {
	case None:
		return "none"
	case Uniform:
		return fmt.Sprintf("uniform(low=%s,high=%s%s)", formatFloat(l.Low), formatFloat(l.High), scale)
	case Normal:
		return fmt.Sprintf("normal(std=%s%s)", formatFloat(l.Std), scale)
	}
	return fmt.Sprintf("%s(gain=%s)", l.Distribution, formatFloat(l.Gain))
}

// formatFloat returns the shortest decimal that reads back as x.
func formatFloat(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// Distributions lists every distribution, in the order of the documentation.
func Distributions() []Distribution {
	return []Distribution{Uniform, Normal, XavierUniform, XavierNormal, HeUniform,
		HeNormal, LecunNormal, None}
}

// ScaleNames lists every scale as a sweep file writes it, in the order of the
// documentation.
func ScaleNames() []string { return []string{noScale, string(FanIn)} }

// noScale is how a sweep file writes [Unscaled].
const noScale = "none"

// Keys returns the keys of a sweep file that describe a law of the
// distribution, besides its name: those it needs and those it may have.
func (d Distribution) Keys() (required, optional []string) {
	switch d {
	case Uniform:
		return []string{"low", "high"}, []string{"scale"}
	case Normal:
		return []string{"std"}, []string{"scale"}
	case None:
		return nil, nil
	}
	return nil, []string{"gain"}
}
