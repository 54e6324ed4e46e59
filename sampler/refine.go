package sampler

import (
	"context"
	"runtime"

	"golang.org/x/sync/errgroup"

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
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	l := newLine[T](n, min(workers, max(n, 1)))
	group, inner := errgroup.WithContext(ctx)
	group.Go(func() error { return l.produce(inner) })
	for range l.workers {
		group.Go(func() (err error) {
			r := &refiner{Refining: Refining{Limit: dataset.DefaultRefineLimit}, plan: plan, engine: engine}
			defer recovered(&err, r.work)
			return l.work(inner, func(place int) T { return do(r, place) })
		})
	}
	context.AfterFunc(inner, func() { cancel(context.Cause(inner)) }) // a worker has failed
	return l.collect(ctx, yield)
}

// line hands places to workers and puts what they make of them back in order. Tokens
// bound how far they may run ahead of a slow one.
type line[T any] struct {
	n, workers int
	tokens     chan struct{}
	queue      chan int
	done       chan result[T]
}

// result is what was made at a place.
type result[T any] struct {
	place int
	value T
}

// aheadPerWorker is how many results may wait for a slow one, for each worker.
const aheadPerWorker = 64

func newLine[T any](n, workers int) *line[T] {
	ahead := aheadPerWorker * workers
	return &line[T]{n: n, workers: workers, tokens: make(chan struct{}, ahead), queue: make(chan int, ahead), done: make(chan result[T], ahead)}
}

// produce hands out the places in order.
func (l *line[T]) produce(ctx context.Context) error {
	defer close(l.queue)
	for place := range l.n {
		if err := send(ctx, l.tokens, struct{}{}); err != nil {
			return err
		}
		if err := send(ctx, l.queue, place); err != nil {
			return err
		}
	}
	return nil
}

// work does what there is to do at each place until there are no more.
func (l *line[T]) work(ctx context.Context, do func(place int) T) error {
	for {
		select {
		case place, ok := <-l.queue:
			if !ok {
				return nil
			}
			if err := send(ctx, l.done, result[T]{place, do(place)}); err != nil {
				return err
			}
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// collect yields every result in its turn.
func (l *line[T]) collect(ctx context.Context, yield func(int, T) error) error {
	early := make(map[int]T)
	for next := range l.n {
		for {
			if _, there := early[next]; there {
				break
			}
			r, err := receive(ctx, l.done)
			if err != nil {
				return err
			}
			early[r.place] = r.value
		}
		<-l.tokens
		if err := yield(next, early[next]); err != nil {
			return err
		}
		delete(early, next)
	}
	return nil
}
