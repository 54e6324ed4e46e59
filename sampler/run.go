package sampler

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"time"

	"golang.org/x/sync/errgroup"

	"nodal/dataset"
)

// Options says how to run a plan. None of it changes a byte of the result
// except Engine, which the plan's numerics version names.
type Options struct {
	Workers  int            // goroutines that draw networks; 0 means one per processor
	Engine   Engine         // Fused if empty
	Progress func(Progress) // called by one goroutine at a time; may be nil

	// Checkpoint is called after each checkpoint, when nothing is being drawn; an
	// error ends the run. It may be nil. The parts that are then added to the plan are
	// drawn after those that were there, of which Progress tells once more.
	Checkpoint func(Checkpoint) error

	// Stop asks the run to end early: once it is closed, no part is begun. What
	// was begun is finished if that takes no longer than Grace, and given up
	// otherwise. Nil never stops.
	Stop  <-chan struct{}
	Grace time.Duration
	// Stopping is called once, when the stop is noticed, perhaps at the same time
	// as Progress; may be nil.
	Stopping func(Rest)
}

// Progress is one step towards the end of a run: networks just measured, or a
// part that the directory had already.
type Progress struct {
	Networks int64
	Work     float64 // their nominal cost in nanoseconds, see [dataset.Cost]
	Present  bool    // not drawn now: an earlier run published them
}

// Run draws the networks of every part of the directory's plan that is not there
// yet and publishes the parts in order. Where configurations want networks until a
// mean is certain it goes on from checkpoint to checkpoint, as long as every part is
// there when a checkpoint is due; where parts of other shards are missing it ends.
//
// It returns [ErrStopped] if Options.Stop ended it before it had seen every part,
// the context's cause if it was cancelled, the directory's error if it could not
// be written, and an error that names configuration and network if a worker
// panicked; the unfinished part is then discarded. Workers that are in the
// middle of a batch when a run ends early are not waited for, since one network
// may take minutes; they end with their batch and touch nothing but its memory.
func Run(ctx context.Context, d *dataset.Directory, o Options) error {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Engine == "" {
		o.Engine = Fused
	}
	if o.Engine.Numerics() != d.Plan().Numerics {
		return fmt.Errorf("engine %s computes numerics %q, the plan wants %q", o.Engine, o.Engine.Numerics(), d.Plan().Numerics)
	}
	if o.Progress == nil {
		o.Progress = func(Progress) {}
	}
	if o.Stopping == nil {
		o.Stopping = func(Rest) {}
	}
	if o.Checkpoint == nil {
		o.Checkpoint = func(Checkpoint) error { return nil }
	}
	var means estimates
	for goesOn := true; goesOn; {
		err := newPool(d, o).run(ctx)
		if err == nil {
			goesOn, err = means.checkpoint(ctx, d, o)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// pool is one run: a producer cuts missing parts into batches, workers fill
// them in any order, and a collector writes them in the order of the plan.
// The number of batches is fixed, which bounds memory: the producer waits on
// free until the collector has written one.
type pool struct {
	directory *dataset.Directory
	plan      *dataset.Plan
	options   Options

	free     chan *batch // empty ones
	queue    chan *batch // for the workers
	measured chan *batch // for the collector, in any order

	account   account
	collected chan struct{} // closed when the collector is done
}

// batchesPerWorker is how far workers may run ahead of a slow batch or of the
// disk.
const batchesPerWorker = 4

func newPool(d *dataset.Directory, o Options) *pool {
	n := batchesPerWorker * o.Workers
	p := &pool{directory: d, plan: d.Plan(), options: o,
		free: make(chan *batch, n), queue: make(chan *batch, n), measured: make(chan *batch, n),
		account: newAccount(), collected: make(chan struct{})}
	for range n {
		p.free <- new(batch)
	}
	return p
}

func (p *pool) run(ctx context.Context) error {
	group, inner := errgroup.WithContext(ctx)
	group.Go(func() (err error) {
		defer recovered(&err, func() string { return "planning batches" })
		return newProducer(p).run(inner)
	})
	workers, busy := errgroup.WithContext(inner)
	for range p.options.Workers {
		workers.Go(func() (err error) {
			w := NewWorker(p.options.Engine, p.plan.Sweep, p.plan.Seed)
			defer recovered(&err, w.work)
			return p.work(busy, w)
		})
	}
	drawn := make(chan error, 1)
	go func() { drawn <- workers.Wait() }()
	group.Go(func() error {
		failure, err := receive(inner, drawn)
		if err != nil {
			return err
		}
		close(p.measured)
		return failure
	})
	group.Go(func() (err error) {
		defer close(p.collected)
		defer recovered(&err, func() string { return "writing rows" })
		return p.collect(inner)
	})
	return group.Wait()
}

// recovered turns a panic into an error that says what was at work and where,
// so that the other goroutines stop and the unfinished part is discarded.
func recovered(err *error, work func() string) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("panic at %s: %v\n%s", work(), r, debug.Stack())
	}
}

// work has w fill batches until the queue is closed.
func (p *pool) work(ctx context.Context, w *Worker) error {
	for {
		b, err := receive(ctx, p.queue)
		if b == nil || err != nil {
			return err
		}
		if p.account.wants(b.position) {
			b.fill(w)
		}
		if err := send(ctx, p.measured, b); err != nil {
			return err
		}
	}
}

// fill has w measure the networks of the batch.
func (b *batch) fill(w *Worker) {
	rows := b.rows
	for _, piece := range b.pieces {
		b.fields = w.Measure(rows[:piece.count], b.fields, piece.configuration, piece.first)
		rows = rows[piece.count:]
	}
}

// collect writes batches in the order of their positions, up to the one from
// which on a stop wants none.
func (p *pool) collect(ctx context.Context) (err error) {
	var writer *dataset.PartWriter
	defer func() {
		if writer != nil {
			writer.Discard()
		}
	}()
	early := make(map[int]*batch) // measured before their turn
	for next := 0; p.account.wants(next); {
		b := early[next]
		if b == nil {
			if b, err = receive(ctx, p.measured); b == nil || err != nil {
				return err
			}
			early[b.position] = b
			continue
		}
		delete(early, next)
		next++
		if writer, err = p.write(writer, b); err != nil {
			return err
		}
		done := p.progress(b)
		p.account.wrote(done)
		p.options.Progress(done)
		if err := send(ctx, p.free, b); err != nil {
			return err
		}
	}
	return ErrStopped
}

// progress returns what a batch adds: its own networks, or those of a part
// that was there already.
func (p *pool) progress(b *batch) Progress {
	if b.networks > 0 {
		return Progress{Networks: int64(b.networks), Work: b.work}
	}
	return Progress{Networks: b.part.Networks(), Work: b.part.Work(), Present: true}
}

// write adds a batch to its part, which it begins and publishes as the batch
// asks. It returns the writer of the part that is still open, if any.
func (p *pool) write(writer *dataset.PartWriter, b *batch) (*dataset.PartWriter, error) {
	if b.networks == 0 {
		return writer, nil
	}
	if b.begins {
		var err error
		if writer, err = p.directory.NewPart(b.part); err != nil {
			return nil, err
		}
	}
	if err := writer.WriteRows(b.rows); err != nil {
		return writer, err
	}
	if err := writer.WriteFields(b.fields); err != nil {
		return writer, err
	}
	if !b.ends {
		return writer, nil
	}
	if err := writer.Publish(); err != nil {
		return writer, err
	}
	return nil, nil
}

// send and receive give up when the context ends. A closed channel yields the
// zero value without an error.
func send[T any](ctx context.Context, c chan<- T, v T) error {
	select {
	case c <- v:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func receive[T any](ctx context.Context, c <-chan T) (v T, err error) {
	select {
	case v = <-c:
		return v, nil
	case <-ctx.Done():
		return v, context.Cause(ctx)
	}
}
