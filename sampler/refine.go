package sampler

import (
	"context"

	"nodal/dataset"
)

// Refine draws networks of a plan again, follows each to finer grids, and yields
// what came out in the order of the networks, by that many goroutines (0 means one
// per processor). What it yields depends on the plan and the networks alone. It ends
// with the error of yield or the context's cause; workers in the middle of a network
// are then not waited for, as in [Run]. The error is [errors.ErrUnsupported] if this
// version of nodal does not draw the networks of the plan, see [Redraws].
func Refine(ctx context.Context, plan *dataset.Plan, networks []Network, o Refining, workers int, yield func(*Refinement) error) error {
	return inOrder(ctx, plan, len(networks), workers,
		func(r *refiner, i int) Refinement {
			r.Refining = o
			return r.refine(networks[i])
		},
		func(_ int, r Refinement) error { return yield(&r) })
}

// inOrder has workers do the n tasks of places 0 to n-1, each with a refiner of its
// own, and yields the results in the order of their places.
func inOrder[T any](ctx context.Context, plan *dataset.Plan, n, workers int, do func(*refiner, int) T, yield func(int, T) error) error {
	engine, err := Redraws(plan)
	if err != nil {
		return err
	}
	hire := func() (*refiner, func() string) {
		r := &refiner{Refining: Refining{Limit: dataset.DefaultRefineLimit}, plan: plan, engine: engine}
		return r, r.work
	}
	return spread(ctx, n, workers, hire, do, yield)
}
