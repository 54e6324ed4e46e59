package theory

import (
	"math"

	"nodal/schema"
)

// MeanFieldOf returns the mean field of a configuration's networks; ok is false
// unless all layers behind the first have the same variances, as where weights scale
// with the fan-in or hidden layers are equally wide, and all laws are symmetric.
func MeanFieldOf(c schema.Configuration) (m MeanField, ok bool) {
	layers := c.Layers()
	if len(layers) < 3 || checkLaw("weights", c.Weights) != nil || checkLaw("biases", c.Biases) != nil {
		return MeanField{}, false
	}
	m.Activation = c.Activation
	for l, fanIn := range layers[1 : len(layers)-1] {
		fanOut := layers[l+2]
		weight, bias := c.Weights.At(fanIn, fanOut).StdDev(), c.Biases.At(fanIn, fanOut).StdDev()
		weights, biases := float64(fanIn)*weight*weight, bias*bias
		if l > 0 && (!alike(weights, m.WeightVariance) || !alike(biases, m.BiasVariance)) {
			return MeanField{}, false
		}
		m.WeightVariance, m.BiasVariance = weights, biases
	}
	return m, true
}

// alike reports whether two variances are the same but for rounding.
func alike(x, y float64) bool { return math.Abs(x-y) <= 1e-12*max(x, y) }
