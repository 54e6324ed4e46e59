package sampler

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
)

func TestAtOnce(t *testing.T) {
	var done [5]atomic.Bool
	var tasks []func()
	for i := range done {
		tasks = append(tasks, func() { done[i].Store(true) })
	}
	if err := AtOnce(t.Context(), 2, tasks...); err != nil {
		t.Error(err)
	}
	for i := range done {
		if !done[i].Load() {
			t.Errorf("task %d has not run", i)
		}
	}
	if err := AtOnce(t.Context(), 2); err != nil {
		t.Errorf("no tasks: %v", err)
	}
	err := AtOnce(t.Context(), 2, func() {}, func() { panic("out of ink") })
	if err == nil || !strings.Contains(err.Error(), "out of ink") {
		t.Errorf("error %v of a task that panics, want its words", err)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if err := AtOnce(cancelled, 1, func() {}); err == nil {
		t.Error("no error after it was cancelled")
	}
}

// Results come in the order of their places, whoever made them, and an error of yield
// ends it.
func TestRedrawEach(t *testing.T) {
	plan := planOf(t, drawnSweep, Fused)
	c := &plan.Configurations[0]
	for _, workers := range []int{1, 3} {
		next := 0
		err := RedrawEach(t.Context(), plan, 50, workers,
			func(r *Redrawer, place int) int64 { return r.Draw(c, int64(place), c.Grid).Row.Network },
			func(place int, network int64) error {
				if place != next || network != int64(place) {
					t.Errorf("place %d with network %d, want %d", place, network, next)
				}
				next++
				return nil
			})
		if err != nil || next != 50 {
			t.Errorf("%d workers: %d results, error %v", workers, next, err)
		}
	}
	err := RedrawEach(t.Context(), plan, 50, 2,
		func(*Redrawer, int) int { return 0 },
		func(int, int) error { return ErrStopped })
	if err != ErrStopped {
		t.Errorf("error %v, want that of yield", err)
	}
}
