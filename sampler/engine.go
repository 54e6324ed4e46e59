package sampler

import (
	"fmt"
	"strconv"

	"nodal/schema"
)

// Engine names a way of computing pre-activations.
type Engine string

// The engines. Fused is the project's own kernels: the same bits on every
// processor. BLAS calls the registered implementation of gonum's blas32; its
// rows agree with Fused's within rounding and say so in their numerics version.
const (
	Fused Engine = "fused"
	BLAS  Engine = "blas"
)

// ParseEngine returns the engine of that name.
func ParseEngine(name string) (Engine, error) {
	switch e := Engine(name); e {
	case Fused, BLAS:
		return e, nil
	}
	return "", fmt.Errorf("engine: got %q, want fused or blas", name)
}

// Numerics returns the numerics version of the rows that the engine computes,
// "2" or "2-blas".
func (e Engine) Numerics() string {
	if e == BLAS {
		return strconv.Itoa(schema.NumericsVersion) + "-blas"
	}
	return strconv.Itoa(schema.NumericsVersion)
}

// evaluator computes networks of one configuration on its grid.
type evaluator interface {
	// size returns how many networks evaluate takes at most at a time.
	size() int
	// evaluate writes the last layer's pre-activations of count networks of e
	// from place first on: pre [count,C,P].
	evaluate(pre []float32, e *Ensemble, first, count int)
}

// newEvaluator returns the engine's evaluator for configuration c.
func (e Engine) newEvaluator(c *schema.Configuration) evaluator {
	if e == BLAS {
		return newBLASEvaluator(c)
	}
	return newFusedEvaluator(c)
}

// tiles holds the coordinates of a grid, cut into tiles of consecutive points.
type tiles struct {
	inputs, points int       // axes of the grid; points in all
	width          int       // points in every tile but the last
	coordinates    []float32 // tile after tile, each [K,p] with its points contiguous
}

// newTiles cuts the grid into tiles of width points.
func newTiles(grid schema.Grid, width int) tiles {
	t := tiles{inputs: len(grid), points: grid.Points(), width: width}
	t.coordinates = make([]float32, t.inputs*t.points)
	for first := 0; first < t.points; first += width {
		x, p := t.at(first)
		stride := 1 // grid points between neighbours along the axis
		for k := len(grid) - 1; k >= 0; k-- {
			for i := range p {
				x[k*p+i] = grid[k].At((first + i) / stride % grid[k].Points)
			}
			stride *= grid[k].Points
		}
	}
	return t
}

// at returns the coordinates [K,p] of the tile that begins at point first, a
// multiple of width, and its number of points p.
func (t *tiles) at(first int) (x []float32, p int) {
	p = min(t.width, t.points-first)
	return t.coordinates[first*t.inputs : (first+p)*t.inputs], p
}
