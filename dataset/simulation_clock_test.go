package dataset

import (
	"container/heap"
	"iter"
	"time"
)

// clock is simulated time: what is to happen, and when. One thing happens at a time,
// and what is due at the same instant happens in the order in which it was asked for,
// so that a seed has one history.
type clock struct {
	now   time.Duration
	due   events
	asked int
}

// after has do happen when that much time has gone by.
func (c *clock) after(wait time.Duration, do func()) {
	c.asked++
	heap.Push(&c.due, event{at: c.now + wait, order: c.asked, do: do})
}

// run has everything happen until nothing is due.
func (c *clock) run() {
	for len(c.due) > 0 {
		next := heap.Pop(&c.due).(event)
		c.now = next.at
		next.do()
	}
}

// event is one thing that is to happen.
type event struct {
	at    time.Duration
	order int
	do    func()
}

// events is a heap by time.
type events []event

func (e events) Len() int { return len(e) }
func (e events) Less(i, j int) bool {
	return e[i].at < e[j].at || e[i].at == e[j].at && e[i].order < e[j].order
}
func (e events) Swap(i, j int) { e[i], e[j] = e[j], e[i] }
func (e *events) Push(x any)   { *e = append(*e, x.(event)) }
func (e *events) Pop() any {
	last := (*e)[len(*e)-1]
	(*e)[len(*e)-1].do = nil
	*e = (*e)[:len(*e)-1]
	return last
}

// thread is a function that takes simulated time: it runs until it sleeps and goes on
// when the clock says so, with whatever else happens in between.
type thread struct {
	clock *clock
	next  func() (time.Duration, bool)
	stop  func()
	yield func(time.Duration) bool
	ended func() // called when body has returned, not if it was stopped
}

// start begins a thread now. It does not run before the clock does.
func (c *clock) start(body func(*thread), ended func()) *thread {
	t := &thread{clock: c, ended: ended}
	t.next, t.stop = iter.Pull(func(yield func(time.Duration) bool) {
		t.yield = yield
		body(t)
	})
	c.after(0, t.resume)
	return t
}

// resume has the thread run until it sleeps or ends.
func (t *thread) resume() {
	if t.next == nil {
		return // stopped while it slept
	}
	if wait, more := t.next(); more {
		t.clock.after(wait, t.resume)
	} else if t.next != nil {
		t.next = nil
		t.ended()
	}
}

// sleep lets time go by. It reports false if the thread was stopped meanwhile, and is
// not to be called again then: what is left of the body runs at once.
func (t *thread) sleep(wait time.Duration) bool { return t.yield(wait) }

// kill stops a thread that sleeps.
func (t *thread) kill() {
	stop := t.stop
	t.next = nil
	stop()
}
