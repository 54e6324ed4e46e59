package page

import (
	"math"

	"nodal/schema"
)

// level returns the output that a pre-activation of zero becomes: where the classes A
// and B of a single output meet. The gaussian does not tell signs; there it is zero,
// which outputs never cross.
func level(outputActivation string) float64 {
	switch schema.Activation(outputActivation) {
	case schema.Logistic, schema.Step:
		return 0.5
	case schema.Softplus:
		return math.Ln2
	}
	return 0
}
