package sampler

import (
	"testing"

	"nodal/schema"
)

// Where an activation has a level, values tell the sign of what they come from; where it
// has none, some value does not.
func TestActivationLevels(t *testing.T) {
	var x []float32
	for i := 1; i <= 40_000; i++ {
		x = append(x, float32(i)/1000, -float32(i)/1000)
	}
	y := make([]float32, len(x))
	for _, a := range schema.Activations() {
		if a == schema.Identity {
			copy(y, x)
		} else {
			activations[a](y, x)
		}
		level, told := a.Level()
		wrong := 0
		for i := range x {
			if (x[i] >= 0) != (float64(y[i]) >= level) {
				wrong++
			}
		}
		if told != (wrong == 0) {
			t.Errorf("%s: level %g, told %t, but %d of %d signs are otherwise", a, level, told, wrong, len(x))
		}
	}
}
