package sampler

import (
	"errors"
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

// EngineOf returns the engine that computes rows of that numerics version. The
// error is [errors.ErrUnsupported] if none of this version of nodal does.
func EngineOf(numerics string) (Engine, error) {
	for _, e := range []Engine{Fused, BLAS} {
		if e.Numerics() == numerics {
			return e, nil
		}
	}
	return "", fmt.Errorf("the rows have numerics %q, this version of nodal computes %q and %q; use the one that wrote them: %w",
		numerics, Fused.Numerics(), BLAS.Numerics(), errors.ErrUnsupported)
}

// Numerics returns the numerics version of the rows that the engine computes,
// "3" or "3-blas".
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

// A watcher is shown the last hidden layer of networks as they are evaluated: its
// values, after the activation, or the inputs if there is no hidden layer.
//
//	h [N,P]  values at P = p grid points from number first on, last axis fastest;
//	         not to be changed or kept
//
// The tiles of a network, which is named by its place in the ensemble, come one
// after the other in the order of the grid. Zeros may have either sign.
type watcher func(network int, h []float32, n, p, first int)

// newEvaluator returns the engine's evaluator for configuration c. With a watcher,
// which may be nil, it computes the same bits, in general more slowly; with BLAS the
// same within rounding, since products are cut otherwise.
func (e Engine) newEvaluator(c *schema.Configuration, watch watcher) evaluator {
	if e == BLAS {
		return newBLASEvaluator(c, watch)
	}
	return newFusedEvaluator(c, watch)
}
