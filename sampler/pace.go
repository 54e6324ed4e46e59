package sampler

import (
	"math"
	"time"
)

// clock counts the time during which the process ran. What lies between two
// looks counts for longestGap at most, so that a process that was stopped and
// continued (SIGSTOP, a sleeping laptop) neither looks slow nor finds its grace
// used up. It wants to be looked at every lookInterval.
type clock struct {
	last time.Time
	ran  time.Duration
}

const (
	lookInterval = 100 * time.Millisecond
	longestGap   = 250 * time.Millisecond
)

// look returns the time since the last look.
func (c *clock) look(now time.Time) time.Duration {
	passed := min(max(0, now.Sub(c.last)), longestGap)
	c.last = now
	c.ran += passed
	return passed
}

// pace is how fast a run has been of late: nominal work and the seconds that it
// took, older ones fading. The nominal cost of one configuration may be off by
// a factor of two against that of another, so those of long ago say little.
type pace struct{ work, seconds float64 }

// paceMemory is the time in seconds in which the past fades to 1/e: long beside
// the writing of a part, short beside a part.
const paceMemory = 5

// add counts work done in the last seconds.
func (p *pace) add(work, seconds float64) {
	fade := math.Exp(-seconds / paceMemory)
	p.work = float64(p.work*fade) + work
	p.seconds = float64(p.seconds*fade) + seconds
}

// time returns how long work takes, 0 if nothing is known of it, and at most a
// year.
func (p *pace) time(work float64) time.Duration {
	const year = 365 * 24 * time.Hour
	if p.work <= 0 {
		return 0
	}
	return time.Duration(min(work/p.work*p.seconds, year.Seconds()) * float64(time.Second))
}

// fits reports whether work is known to take no longer than grace.
func (p *pace) fits(work float64, grace time.Duration) bool {
	return p.work > 0 && p.time(work) <= grace
}
