package sampler

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"nodal/dataset"
	"nodal/schema"
)

// stopWhen runs plan in dir with o and closes Stop once the given number of
// networks is drawn; none means before the run begins. It returns what the run
// said that it still does, its error, and how long it took after the stop.
func stopWhen(t *testing.T, dir string, plan *dataset.Plan, drawn int64, o Options) (rest []Rest, err error, after time.Duration) {
	t.Helper()
	d, err := dataset.Create(dir, plan, dataset.Options{})
	if err != nil {
		t.Fatal(err)
	}
	stop := make(chan struct{})
	var at time.Time
	seen := int64(0)
	observe := o.Progress
	look := func(p Progress) {
		if observe != nil {
			observe(p)
		}
		if !p.Present {
			seen += p.Networks
		}
		if at.IsZero() && seen >= drawn {
			at = time.Now()
			close(stop)
		}
	}
	look(Progress{})
	said := o.Stopping
	o.Stop, o.Progress = stop, look
	o.Stopping = func(r Rest) {
		rest = append(rest, r)
		if said != nil {
			said(r)
		}
	}
	err = Run(t.Context(), d, o)
	after = time.Since(at)
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	return rest, err, after
}

// wantParts fails unless dir has the networks of these parts, and nothing
// unfinished.
func wantParts(t *testing.T, dir string, plan *dataset.Plan, want ...bool) {
	t.Helper()
	all := files(t, dir)
	for name := range all {
		if strings.HasSuffix(name, ".tmp") || name == "_SUCCESS" {
			t.Errorf("%s after a stopped run", name)
		}
	}
	for part := range plan.Parts() {
		name := filepath.Join("networks", fmt.Sprintf("part-%s-%06d.parquet", plan.Hash()[:8], part.Seq))
		if _, there := all[name]; there != want[part.Seq] {
			t.Errorf("part %d is there: %v, want %v", part.Seq, there, want[part.Seq])
		}
	}
}

const partRows = 122_880 // of a part of cheap networks

// A stop finishes the part at work if the grace allows, begins no other, and
// loses nothing that another run needs to come to the same bytes.
func TestStop(t *testing.T) {
	plan := planOf(t, manySweep, Fused) // three parts
	undisturbed := t.TempDir()
	if !testing.Short() {
		runInto(t, undisturbed, plan, Options{})
	}
	const last = 280_000
	for _, tt := range []struct {
		name  string
		drawn int64 // when the stop comes
		grace time.Duration
		want  []bool // parts that are there then
		err   error
	}{
		{"before the first batch", 0, time.Hour, []bool{false, false, false}, ErrStopped},
		{"in the first part", 2_000, time.Hour, []bool{true, false, false}, ErrStopped},
		{"in the second part", partRows + 50_000, time.Hour, []bool{true, true, false}, ErrStopped},
		{"in the second part, no grace", partRows + 50_000, 0, []bool{true, false, false}, ErrStopped},
		{"in the second part, too little grace", partRows + 20_000, time.Millisecond, []bool{true, false, false}, ErrStopped},
		{"in the last part", 2*partRows + 10_000, time.Hour, []bool{true, true, true}, nil},
		{"after the last batch, no grace", last, 0, []bool{true, true, true}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			rest, err, after := stopWhen(t, dir, plan, tt.drawn, Options{Workers: 2, Grace: tt.grace})
			if !errors.Is(err, tt.err) {
				t.Errorf("Run = %v, want %v", err, tt.err)
			}
			if after > time.Minute {
				t.Errorf("the run ended %v after the stop", after)
			}
			if len(rest) > 1 || err != nil && len(rest) == 0 {
				t.Errorf("said %v, want one thing", rest)
			}
			wantParts(t, dir, plan, tt.want...)
			if err == nil || testing.Short() {
				return
			}
			runInto(t, dir, plan, Options{Workers: 3})
			wantSameFiles(t, files(t, dir), files(t, undisturbed))
		})
	}
}

// What a stopped run says that it finishes is what it then draws.
func TestStopSaysWhatIsLeft(t *testing.T) {
	plan := planOf(t, manySweep, Fused)
	rest, err, _ := stopWhen(t, t.TempDir(), plan, 60_000, Options{Workers: 2, Grace: time.Hour})
	if !errors.Is(err, ErrStopped) || len(rest) != 1 {
		t.Fatalf("Run = %v, said %v", err, rest)
	}
	const ahead = 2 * batchesPerWorker * batchRows // drawn until the stop was noticed
	if n := rest[0].Networks; n > partRows-60_000 || n < partRows-60_000-ahead || rest[0].Time <= 0 {
		t.Errorf("said %+v, want about %d networks and some time", rest[0], partRows-60_000)
	}
}

// hooks are what the activations "hook-0", "hook-1", … do. They stay in the table of
// activations, and each test has one of its own, since workers that a run left
// behind look there after the test.
var (
	hooks  [16]atomic.Pointer[func()]
	hooked atomic.Int64
)

func init() {
	for i := range hooks {
		activations[hookName(i)] = func(_, _ []float32) { (*hooks[i].Load())() }
	}
}

func hookName(i int) schema.Activation { return schema.Activation(fmt.Sprintf("hook-%d", i)) }

// hookedPlan returns a plan of parts of 122,880 networks for each of which hook is
// called.
func hookedPlan(networks int64, hook func()) *dataset.Plan {
	i := int(hooked.Add(1)) % len(hooks)
	hooks[i].Store(&hook)
	c := lineConfiguration(schema.Tanh, []int{3}, 1, 3)
	c.OutputActivation, c.Networks = hookName(i), networks
	return dataset.NewPlan("hooked", 1, nil, []schema.Configuration{*c}, Fused.Numerics())
}

// A part that would take longer than the grace is given up at once.
func TestStopWaitsForNothingInVain(t *testing.T) {
	plan, dir := hookedPlan(130_000, func() { time.Sleep(time.Millisecond) }), t.TempDir() // a minute with two workers
	rest, err, after := stopWhen(t, dir, plan, 1, Options{Workers: 2, Grace: 20 * time.Second})
	if !errors.Is(err, ErrStopped) || len(rest) != 1 || rest[0].Networks != 0 {
		t.Errorf("Run = %v, said %+v, want nothing to finish", err, rest)
	}
	if after > 10*time.Second {
		t.Errorf("the run ended %v after the stop, want at once", after)
	}
	wantParts(t, dir, plan, false, false)
}

// A part that is given up does not take with it the one before, whose last batches
// are with the workers.
func TestStopFinishesThePartBefore(t *testing.T) {
	blocked := make(chan struct{}) // the end of the first part
	var (
		calls atomic.Int64
		once  sync.Once
		drawn int64
	)
	plan, dir := hookedPlan(2*partRows, func() {
		if calls.Add(1) > partRows-300 {
			<-blocked
		}
	}), t.TempDir()
	rest, err, _ := stopWhen(t, dir, plan, partRows-3000, Options{Workers: 2, Grace: time.Second,
		Stopping: func(Rest) { close(blocked) },
		Progress: func(p Progress) {
			// While the collector is here, the producer begins the second part, and the
			// pace falls to that of a part in more than this time.
			if drawn += p.Networks; drawn >= partRows-3000 {
				once.Do(func() { time.Sleep(1500 * time.Millisecond) })
			}
		}})
	if !errors.Is(err, ErrStopped) || len(rest) != 1 || rest[0].Networks <= 0 || rest[0].Networks > 3000 {
		t.Errorf("Run = %v, said %+v, want at most 3000 networks", err, rest)
	}
	wantParts(t, dir, plan, true, false)
}

// When the grace is over the run ends, whatever the workers do.
func TestGraceEnds(t *testing.T) {
	blocked := make(chan struct{})
	defer close(blocked)
	var block atomic.Bool
	plan, dir := hookedPlan(130_000, func() {
		if block.Load() {
			<-blocked
		}
	}), t.TempDir()
	const grace = time.Second // for some 20 ms of work
	rest, err, after := stopWhen(t, dir, plan, partRows-10_000,
		Options{Workers: 2, Grace: grace, Stopping: func(Rest) { block.Store(true) }})
	if !errors.Is(err, ErrStopped) || len(rest) != 1 || rest[0].Networks == 0 {
		t.Errorf("Run = %v, said %+v, want something to finish", err, rest)
	}
	if after < grace-longestGap || after > 20*grace {
		t.Errorf("the run ended %v after the stop, want %v", after, grace)
	}
	wantParts(t, dir, plan, false, false)
}

// A cancelled run does not wait for a worker either.
func TestCancelLeavesWorkersBehind(t *testing.T) {
	blocked := make(chan struct{})
	defer close(blocked)
	ctx, cancel := context.WithCancel(t.Context())
	d, err := dataset.Create(t.TempDir(), hookedPlan(10, func() { cancel(); <-blocked }), dataset.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := Run(ctx, d, Options{Workers: 2}); !errors.Is(err, context.Canceled) {
		t.Errorf("Run = %v, want cancelled", err)
	}
}

// The part that is being cut is finished only if it was begun and all that is
// left fits the grace.
func TestHalt(t *testing.T) {
	networks := func(n int64) Progress { return Progress{Networks: n, Work: float64(n)} }
	for _, tt := range []struct {
		name                       string
		queued, written, cut, left int64
		pace                       pace
		grace                      time.Duration
		rest                       Rest
		err                        error
	}{
		{"fits", 500, 400, 300, 1000, pace{100, 1}, 11 * time.Second, Rest{1100, 11 * time.Second}, nil},
		{"does not fit", 500, 400, 300, 1000, pace{100, 1}, 10 * time.Second, Rest{0, 0}, errDropped},
		{"does not fit, but the part before is with the workers", 500, 400, 80, 1000, pace{100, 1}, 10 * time.Second,
			Rest{20, time.Second / 5}, errDropped},
		{"not begun", 500, 400, 0, 1000, pace{100, 1}, time.Hour, Rest{100, time.Second}, errDropped},
		{"pace not known", 500, 0, 500, 1000, pace{0, 1}, time.Hour, Rest{0, 0}, errDropped},
		{"all with the workers", 500, 400, 0, 0, pace{100, 1}, time.Nanosecond, Rest{100, time.Second}, nil},
		{"all with the workers, pace not known", 8, 0, 0, 0, pace{}, time.Second, Rest{8, 0}, nil},
		{"all with the workers, no grace", 500, 400, 0, 0, pace{100, 1}, 0, Rest{0, 0}, ErrStopped},
		{"all written", 500, 500, 0, 0, pace{100, 1}, 0, Rest{0, 0}, nil},
		{"years", 500, 400, 300, 1e18, pace{1, 1}, time.Hour, Rest{0, 0}, errDropped},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var said []Rest
			p := newProducer(&pool{account: newAccount(), options: Options{Grace: tt.grace, Stopping: func(r Rest) { said = append(said, r) }}})
			p.queued, p.cut, p.left, p.pace = networks(tt.queued), networks(tt.cut), networks(tt.left), tt.pace
			p.account.wrote(networks(tt.written))
			if err := p.halt(); err != tt.err {
				t.Errorf("halt = %v, want %v", err, tt.err)
			}
			if len(said) != 1 || said[0] != tt.rest {
				t.Errorf("said %v, want %v", said, tt.rest)
			}
		})
	}
}
