package kernels

import "testing"

const (
	guard = 8 // values before and after every slice that nobody may touch
	// guardValue is what they are: a number that no activation leaves as it is but
	// Identity, so that whatever a kernel computes of one and stores too far is seen.
	// Where they are not negative, ReLU and others return their argument.
	guardValue = -12345
)

// guarded returns n values from draw between guards, and the whole of it.
func guarded(n int, draw func() float32) (values, whole []float32) {
	whole = make([]float32, n+2*guard)
	for i := range whole {
		whole[i] = guardValue
	}
	values = whole[guard : guard+n]
	for i := range values {
		values[i] = draw()
	}
	return values, whole
}

// checkGuards fails the test if a guard of the named slice has changed.
func checkGuards(t *testing.T, name string, whole []float32) {
	t.Helper()
	for i, v := range whole {
		if (i < guard || i >= len(whole)-guard) && v != guardValue {
			t.Errorf("%s: value %d outside the slice overwritten by %v", name, i-guard, v)
		}
	}
}
