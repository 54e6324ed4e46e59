package schema

import "fmt"

// Limits are bounds that a machine sets, not the format.
type Limits struct {
	Memory int64 // bytes that one worker may need at most; 0 = not checked
}

// Memory returns an upper estimate of the bytes that one worker needs for the
// configuration: for its weights and layers, for one field and its statistics, for
// the kept fields of a network, and 2 MiB for small tiles and bookkeeping. What
// waits to be written, and what a worker keeps of other configurations, is not in
// it. It cannot overflow for sizes within the bounds of a sweep file, which stay
// below 2⁴⁶.
func (c Configuration) Memory() int64 {
	return c.LayerMemory() + c.FieldMemory() + c.keptMemory() + 2<<20
}

// LayerMemory returns the part of Memory that grows with the layers: 4 bytes for
// each parameter, and 512·max(width, outputs) for the values of two layers over a
// tile of up to 64 points, as wide layers have them.
func (c Configuration) LayerMemory() int64 {
	return 4*c.Parameters() + 512*int64(max(c.Width(), c.Outputs))
}

// FieldMemory returns the part of Memory that grows with the grid: for each point
// its coordinates, the outputs before and after their activation and the bits of
// their classes, the margin and the bits of its edges; in the plane also the labels
// of regions, of which a field of pure noise has one at every fourth point with two
// classes and one at every point with many.
func (c Configuration) FieldMemory() int64 {
	perOutput := int64(4 + 1)
	if c.OutputActivation != Identity {
		perOutput += 4
	}
	perPoint := perOutput*int64(c.Outputs) + 4*int64(len(c.Grid)) + 4 + 1
	const label = 12 + 15 // as the list grows: what it leaves and what it becomes
	switch {
	case len(c.Grid) < 2:
	case c.Outputs == 1:
		perPoint += label / 4
	default:
		perPoint += label
	}
	return int64(c.Grid.Points()) * perPoint
}

// keptMemory returns the bytes of the fields of a network that is kept.
func (c Configuration) keptMemory() int64 {
	if c.KeepFields == 0 {
		return 0
	}
	return 4 * int64(c.Grid.Points()) * int64(c.Outputs)
}

// gibibytes returns a size for a message.
func gibibytes(bytes int64) string { return fmt.Sprintf("%.5g GiB", float64(bytes)/(1<<30)) }
