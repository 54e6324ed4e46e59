package sampler

import (
	"slices"
	"time"

	"nodal/kernels"
	"nodal/schema"
)

// Machine says what one core of this machine can do on the active path of the
// kernels. Make one with [MeasureMachine].
type Machine struct {
	Flops       float64                       // float32 operations per second, all of them fused multiply-adds in registers
	Activations map[schema.Activation]float64 // nanoseconds per value, in the first-level cache
}

// peakRounds makes a measurement of the peak last a tenth of a millisecond on a
// vector path, and milliseconds in portable Go.
const peakRounds = 1 << 15

// MeasureMachine measures the machine for about a tenth of a second. Other load
// on the core makes it look slower than it is.
func MeasureMachine() Machine {
	m := Machine{Activations: make(map[schema.Activation]float64)}
	m.Flops = float64(kernels.MultiplyAdds(peakRounds)) / medianTime(func() { kernels.MultiplyAdds(peakRounds) })
	x, y := make([]float32, 2048), make([]float32, 2048)
	for i := range x {
		x[i] = float32(i-len(x)/2) / 256 // -4 to 4, where most pre-activations are
	}
	const repeats = 64
	for name, activate := range activations {
		seconds := medianTime(func() {
			for range repeats {
				activate(y, x)
			}
		})
		m.Activations[name] = 1e9 * seconds / float64(repeats*len(x))
	}
	return m
}

// medianTime returns the median time in seconds of a few calls of f after one
// that does not count.
func medianTime(f func()) float64 {
	f()
	return medianOf(func() float64 {
		start := time.Now()
		f()
		return time.Since(start).Seconds()
	})
}

// medianOf returns the median of five values of f.
func medianOf(f func() float64) float64 {
	var values [5]float64
	for i := range values {
		values[i] = f()
	}
	slices.Sort(values[:])
	return values[len(values)/2]
}

// Bound returns the least seconds that one core needs for a network of
// configuration c: its multiplications and additions at the measured peak and
// its activations at their measured cost. Draws, statistics and rows come on
// top.
func (m Machine) Bound(c *schema.Configuration) float64 {
	points := float64(c.Grid.Points())
	weights := 0
	for l, layers := 1, c.Layers(); l < len(layers); l++ {
		weights += layers[l-1] * layers[l]
	}
	seconds := 2 * points * float64(weights) / m.Flops
	seconds += 1e-9 * points * float64(c.Units()) * m.Activations[c.Activation]
	if c.OutputActivation != schema.Identity {
		seconds += 1e-9 * points * float64(c.Outputs) * m.Activations[c.OutputActivation]
	}
	return seconds
}
