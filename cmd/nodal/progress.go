package main

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"nodal/dataset"
	"nodal/report/number"
	"nodal/sampler"
)

type progressStyle int

const (
	progressAuto progressStyle = iota
	progressPlain
	progressNone
)

func parseProgress(name string) (progressStyle, error) {
	switch name {
	case "auto":
		return progressAuto, nil
	case "plain":
		return progressPlain, nil
	case "none":
		return progressNone, nil
	}
	return 0, fmt.Errorf("--progress: got %q, want auto, plain or none", name)
}

// progress tells the user how far a run is: a bar on a terminal, a line now
// and then elsewhere. After stop, which can be called twice and while add is, no
// bar is in the way of other lines.
type progress struct {
	add  func(sampler.Progress)
	stop func(complete bool)
}

// newProgress starts reporting to w, which is a terminal or not.
func newProgress(w io.Writer, style progressStyle, d *dataset.Directory) progress {
	switch {
	case style == progressNone:
		return progress{add: func(sampler.Progress) {}, stop: func(bool) {}}
	case style == progressAuto && isTerminal(w) && newTally(d).total.Networks > 0: // an empty bar never ends
		return newBar(w, newTally(d))
	}
	return newLines(w, newTally(d))
}

func newBar(w io.Writer, t *tally) progress {
	container := mpb.New(mpb.WithOutput(w), mpb.WithRefreshRate(200*time.Millisecond))
	bar := container.New(t.total.Networks, mpb.BarStyle().Rbound("]"),
		mpb.PrependDecorators(decor.Any(func(decor.Statistics) string { return t.percent() })),
		mpb.AppendDecorators(decor.Any(func(decor.Statistics) string { return "  " + t.String() })))
	var once sync.Once
	return progress{
		add: func(p sampler.Progress) { t.add(p); bar.IncrInt64(p.Networks) },
		stop: func(complete bool) {
			once.Do(func() {
				if !complete {
					bar.Abort(false)
				}
				container.Wait()
			})
		},
	}
}

// lineInterval is the time between lines where there is no terminal.
const lineInterval = 10 * time.Second

func newLines(w io.Writer, t *tally) progress {
	last := t.start
	return progress{
		add: func(p sampler.Progress) {
			t.add(p)
			if time.Since(last) >= lineInterval {
				last = time.Now()
				fmt.Fprintf(w, "%s  %s\n", t.percent(), t)
			}
		},
		stop: func(bool) {},
	}
}

// tally counts what a run has done. The bar reads it from its own goroutine.
type tally struct {
	start time.Time
	total sampler.Progress

	mu    sync.Mutex
	done  sampler.Progress // drawn now and before
	drawn sampler.Progress // drawn now
}

// newTally counts towards the parts that belong to the run, those of its shard.
func newTally(d *dataset.Directory) *tally {
	t := &tally{start: time.Now()}
	for part := range d.Parts() {
		t.total.Networks += part.Networks()
		t.total.Work += part.Work()
	}
	return t
}

func (t *tally) add(p sampler.Progress) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.done.Networks += p.Networks
	t.done.Work += p.Work
	if !p.Present {
		t.drawn.Networks += p.Networks
		t.drawn.Work += p.Work
	}
}

// percent returns the share of the work that is done, such as "61.8 %".
func (t *tally) percent() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	share := 1.0 // of nothing to do
	if t.total.Work > 0 {
		share = t.done.Work / t.total.Work
	}
	return fmt.Sprintf("%5.1f %%", 100*share)
}

// String returns such as "12,345 / 20,000 networks, 1,234/s, 6s left". The time
// left assumes that the work still to do goes as fast as what was drawn.
func (t *tally) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	elapsed := time.Since(t.start).Seconds()
	left := "?"
	if t.drawn.Work > 0 {
		left = formatSeconds(elapsed * (t.total.Work - t.done.Work) / t.drawn.Work)
	}
	return fmt.Sprintf("%s / %s networks, %s/s, %s left", number.Count(t.done.Networks), number.Count(t.total.Networks),
		number.Count(int64(float64(t.drawn.Networks)/max(elapsed, 1e-3))), left)
}

// formatDuration rounds to what a person reads: "0.4s", "12s", "3m05s", "2d4h".
func formatDuration(d time.Duration) string {
	switch {
	case d < 10*time.Second:
		return fmt.Sprintf("%.1fs", d.Seconds())
	case d < time.Minute:
		return fmt.Sprintf("%.0fs", d.Seconds())
	case d < time.Hour:
		d = d.Round(time.Second)
		return fmt.Sprintf("%dm%02ds", d/time.Minute, d%time.Minute/time.Second)
	case d < 48*time.Hour:
		d = d.Round(time.Minute)
		return fmt.Sprintf("%dh%02dm", d/time.Hour, d%time.Hour/time.Minute)
	}
	d = d.Round(time.Hour)
	return fmt.Sprintf("%dd%02dh", d/(24*time.Hour), d%(24*time.Hour)/time.Hour)
}
