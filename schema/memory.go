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
// tile of up to 64 points, as wide layers have them. Exact counts take 64 for each
// unit, its lines and where they change.
func (c Configuration) LayerMemory() int64 {
	bytes := 4*c.Parameters() + 512*int64(max(c.Width(), c.Outputs))
	if c.MeasuresExactly() {
		bytes += 64 * int64(c.Units()+c.Outputs)
	}
	return bytes
}

// FieldMemory returns the part of Memory that grows with the grid: for each point
// its coordinates, the outputs before and after their activation and the bits of
// their classes, the margin and the bits of its edges; in the plane also the labels
// of regions, of which a field of pure noise has one at every fourth point with two
// classes and one at every point with many. Expected crossings in the plane take the
// last hidden layer's values on one grid line.
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
	bytes := int64(c.Grid.Points()) * perPoint
	if len(c.Grid) == 2 && c.Measures(ColumnCrossingsExpected) {
		layers := c.Layers()
		bytes += (4*int64(layers[len(layers)-2]) + 8) * int64(c.Grid[1].Points)
	}
	return bytes
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
