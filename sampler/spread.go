package sampler

import (
	"context"
	"runtime"

	"golang.org/x/sync/errgroup"
)

// spread has workers (0 means one per processor) do the n tasks of places 0 to n-1 and
// yields the results in the order of their places. Each goroutine hires something of its
// own to do them with, and what says in a panic what it is at.
func spread[S, T any](ctx context.Context, n, workers int, hire func() (S, func() string), do func(S, int) T, yield func(int, T) error) error {
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
			s, work := hire()
			defer recovered(&err, work)
			return l.work(inner, func(place int) T { return do(s, place) })
		})
	}
	context.AfterFunc(inner, func() { cancel(context.Cause(inner)) }) // a worker has failed
	return l.collect(ctx, yield)
}

// AtOnce runs tasks, as many at a time as there are workers (0 means one per processor),
// and returns when those that were begun have ended: with an error if one panicked, or
// with the context's cause if it was cancelled before all were begun.
func AtOnce(ctx context.Context, workers int, tasks ...func()) error {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	group, inner := errgroup.WithContext(ctx)
	group.SetLimit(workers)
	for _, task := range tasks {
		group.Go(func() (err error) {
			defer recovered(&err, func() string { return "a task" })
			if inner.Err() != nil {
				return context.Cause(inner)
			}
			task()
			return nil
		})
	}
	return group.Wait()
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
