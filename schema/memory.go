package schema

import "fmt"

// Limits are bounds that a machine sets, not the format.
type Limits struct {
	Memory int64 // bytes that one worker may need at most; 0 = not checked
}

// Memory returns an upper estimate of the bytes that one worker needs for the
// configuration: for its weights and layers, for its fields, and 2 MiB for small
// tiles and bookkeeping. It cannot overflow for sizes within the bounds of a
// sweep file, which stay below 2⁴⁶.
func (c Configuration) Memory() int64 {
	return c.layerMemory() + c.fieldMemory() + c.keptMemory() + 2<<20
}

// layerMemory returns the part of Memory that grows with the layers:
// 8·parameters for the weights and what they are drawn from, and
// 512·max(width, outputs) for the values of two layers over a tile of up to 64
// points, as wide layers have them.
func (c Configuration) layerMemory() int64 {
	return 8*c.Parameters() + 512*int64(max(c.Width(), c.Outputs))
}

// fieldMemory returns the part of Memory that grows with the grid:
// points·(16·outputs + 48) for the grid, one field before and after the output
// activation, and its statistics.
func (c Configuration) fieldMemory() int64 {
	return int64(c.Grid.Points()) * (16*int64(c.Outputs) + 48)
}

// keptMemory returns the bytes of the kept fields that wait to be written, 4 for
// every value. Up to four batches for every worker wait for their turn, and a
// batch ends after 512 networks or 4·10⁶ ns of nominal work, whichever comes
// first, but never before one network. A network takes at least
// 1.5·points·outputs ns, so a batch has at most
// 1 + 4·10⁶/(1.5·points·outputs) networks.
func (c Configuration) keptMemory() int64 {
	if c.KeepFields == 0 {
		return 0
	}
	values := int64(c.Grid.Points()) * int64(c.Outputs)
	batch := min(512, 1+8e6/(3*values))
	return min(c.KeepFields, 4*batch) * 4 * values
}

// gibibytes returns a size for a message.
func gibibytes(bytes int64) string { return fmt.Sprintf("%.5g GiB", float64(bytes)/(1<<30)) }
