package sampler

import (
	"context"
	"errors"
	"time"

	"nodal/dataset"
)

// producer cuts the missing parts into batches, in order, and decides what
// becomes of them when the run is asked to stop. Since the part is what is
// published or lost, it weighs the part that it is cutting: the rest of it is
// drawn if the speed so far says that it fits the grace. What comes before is
// with the workers already and finished in any case; what comes after is not
// begun. When the grace is over, all that is not published is given up.
type producer struct {
	*pool
	position int      // of the next batch
	queued   Progress // handed out, ever

	cut, left Progress // of the part being cut, what is handed out and what is not; zero between parts

	stop    <-chan struct{} // nil once it was noticed
	stopped bool
	halted  time.Duration // when that was, on the clock

	clock clock
	ticks <-chan time.Time
	pace  pace
	seen  Progress // written at the last look
	busy  bool     // since the last look, batches were out
}

func newProducer(p *pool) *producer {
	return &producer{pool: p, stop: p.options.Stop, clock: clock{last: time.Now()}}
}

// run hands out all batches and then waits for them to be written. Its error is
// ErrStopped where there is nothing to wait for.
func (p *producer) run(ctx context.Context) error {
	ticker := time.NewTicker(lookInterval)
	defer ticker.Stop()
	p.ticks = ticker.C
	err := p.produce(ctx)
	close(p.queue)
	if err != nil {
		return err
	}
	_, err = wait(ctx, p, p.collected)
	return err
}

// produce sends the batches of all missing parts to the queue, in order, and
// one empty batch for each part that is there already. After a stop it ends at
// the next part.
func (p *producer) produce(ctx context.Context) error {
	for part := range p.directory.Parts() {
		if p.stopped {
			return p.endAt(p.position)
		}
		present, err := p.directory.Has(part)
		if err != nil {
			return err
		}
		if present {
			err = p.enqueue(ctx, part, content{})
		} else {
			err = p.producePart(ctx, part)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// endAt has the collector end before the batch at a position. Its error is
// ErrStopped if that is where the collector is, perhaps waiting for the batch.
func (p *producer) endAt(position int) error {
	if p.account.endAt(position) {
		return nil
	}
	return ErrStopped
}

// producePart sends the batches of one part to the queue, or has the collector
// end before it if a stop came and the part is not to be finished.
func (p *producer) producePart(ctx context.Context, part dataset.Part) error {
	p.look() // if nothing was out until now, that says nothing about the pace
	whole := p.progress(&batch{part: part})
	begin := p.position
	p.cut, p.left = Progress{}, whole
	for c := range contents(part) {
		err := p.enqueue(ctx, part, c)
		if errors.Is(err, errDropped) {
			return p.endAt(begin)
		}
		if err != nil {
			return err
		}
		p.cut.add(Progress{Networks: int64(c.networks), Work: c.work})
		p.left = Progress{Networks: whole.Networks - p.cut.Networks, Work: whole.Work - p.cut.Work}
	}
	p.cut, p.left = Progress{}, Progress{}
	return nil
}

// enqueue sends a batch to the queue, which has room for all there are.
func (p *producer) enqueue(ctx context.Context, part dataset.Part, c content) error {
	b, err := wait(ctx, p, p.free)
	if err != nil {
		return err
	}
	b.reset(p.position, part, c)
	p.position++
	if c.networks > 0 {
		p.queued.add(Progress{Networks: int64(c.networks), Work: c.work})
		p.busy = true
	}
	return send(ctx, p.queue, b)
}

// wait receives from c, looking at the clock and minding the stop meanwhile. A
// stop that is there already comes first.
func wait[T any](ctx context.Context, p *producer, c <-chan T) (v T, err error) {
	for err == nil {
		select {
		case <-p.stop:
			err = p.halt()
			continue
		default:
		}
		select {
		case v = <-c:
			return v, nil
		case <-p.stop:
			err = p.halt()
		case <-p.ticks:
			p.look()
			if p.stopped && p.busy && p.clock.ran-p.halted >= p.options.Grace {
				err = ErrStopped
			}
		case <-ctx.Done():
			err = context.Cause(ctx)
		}
	}
	return v, err
}
