package sampler

import (
	"errors"
	"math"
	"sync"
	"time"
)

// ErrStopped says that a run ended before it had seen every part, because
// Options.Stop asked it to. Parts are missing, unless all that it had not come to
// were there already.
var ErrStopped = errors.New("stopped before the last part")

// Rest is what a run still does after Options.Stop.
type Rest struct {
	Networks int64         // drawn or to be drawn, and then published; 0 if the run ends at once
	Time     time.Duration // how long that takes at the speed so far; 0 if nothing is known of it
}

// errDropped says that the part which is being cut is given up.
var errDropped = errors.New("the part does not fit the grace")

// halt decides what is finished now that the run is asked to stop. Its error is
// errDropped if the part that is being cut is not to be, and ErrStopped if there
// is something to finish and no grace.
func (p *producer) halt() error {
	p.look()
	p.stop, p.stopped, p.halted = nil, true, p.clock.ran
	rest := Progress{Networks: p.queued.Networks - p.seen.Networks, Work: p.queued.Work - p.seen.Work}
	whole := rest
	whole.add(p.left)
	if whole.Networks > 0 && p.options.Grace <= 0 {
		p.options.Stopping(Rest{})
		return ErrStopped
	}
	if p.left.Networks == 0 || p.cut.Networks > 0 && p.pace.fits(whole.Work, p.options.Grace) {
		p.options.Stopping(Rest{whole.Networks, p.pace.time(whole.Work)})
		return nil
	}
	rest.Networks, rest.Work = max(0, rest.Networks-p.cut.Networks), max(0, rest.Work-p.cut.Work)
	p.options.Stopping(Rest{rest.Networks, p.pace.time(rest.Work)})
	return errDropped
}

// look brings the clock and the pace up to now.
func (p *producer) look() {
	passed := p.clock.look(time.Now())
	written := p.account.sum()
	if p.busy {
		p.pace.add(written.Work-p.seen.Work, passed.Seconds())
	}
	p.seen, p.busy = written, p.queued.Networks > written.Networks
}

// add counts the networks of q too.
func (p *Progress) add(q Progress) {
	p.Networks += q.Networks
	p.Work += q.Work
}

// account is what the collector has written, and where it is to end.
type account struct {
	mu    sync.Mutex
	drawn Progress // written of what was drawn now
	next  int      // position of the first batch that is not written
	end   int      // position of the first batch that is not wanted
}

func newAccount() account { return account{end: math.MaxInt} }

// wrote counts the next batch.
func (a *account) wrote(done Progress) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.next++
	if !done.Present {
		a.drawn.add(done)
	}
}

// sum returns what was drawn and written.
func (a *account) sum() Progress {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.drawn
}

// wants reports whether the batch at a position is to be drawn and written.
func (a *account) wants(position int) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return position < a.end
}

// endAt has the collector end before the batch at a position, or where it was told
// before if that is earlier. It reports whether that leaves it something to write; if
// not it may be waiting for that batch.
func (a *account) endAt(position int) (left bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.end = min(a.end, position)
	return a.next < a.end
}
