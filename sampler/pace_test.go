package sampler

import (
	"testing"
	"time"
)

// A process that was stopped for an hour has used no grace in it, and is not
// slower for it.
func TestClockStopsWithTheProcess(t *testing.T) {
	start := time.Now()
	c, p := clock{last: start}, pace{}
	at := start
	for _, gap := range []time.Duration{lookInterval, lookInterval, time.Hour, -time.Hour, lookInterval} {
		at = at.Add(gap)
		p.add(10, c.look(at).Seconds())
	}
	if want := 3*lookInterval + longestGap; c.ran != want {
		t.Errorf("the clock ran %v, want %v", c.ran, want)
	}
	if took := p.time(50); took > time.Second {
		t.Errorf("the work done in %v is said to take %v", c.ran, took)
	}
}

// The pace is that of late.
func TestPaceForgets(t *testing.T) {
	var p pace
	for range 600 {
		p.add(1000, 0.1)
	}
	for range 300 {
		p.add(10, 0.1)
	}
	if took := p.time(100).Seconds(); took < 0.7 || took > 1 {
		t.Errorf("100 at 100 a second take %.2f s", took)
	}
}
