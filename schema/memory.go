package schema

import "fmt"

// Limits are bounds that a machine sets, not the format.
type Limits struct {
	Memory int64 // bytes that one worker may need at most; 0 = not checked
}

// Memory returns an upper estimate of the bytes that one worker needs for the
// configuration: 8·parameters for the weights and what they are drawn from,
// points·(16·outputs + 40) for a field and its statistics, and 1 MiB for tiles
// and bookkeeping. It cannot overflow for sizes within the bounds of a sweep
// file, which stay below 2⁴⁶.
func (c Configuration) Memory() int64 {
	return 8*c.Parameters() + c.fieldMemory() + 1<<20
}

// fieldMemory returns the part of Memory that grows with the grid.
func (c Configuration) fieldMemory() int64 {
	return int64(c.Grid.Points()) * (16*int64(c.Outputs) + 40)
}

// gibibytes returns a size for a message.
func gibibytes(bytes int64) string { return fmt.Sprintf("%.5g GiB", float64(bytes)/(1<<30)) }
