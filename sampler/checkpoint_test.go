package sampler

import (
	"errors"
	"strings"
	"testing"

	"nodal/dataset"
)

// stagedSweep takes one configuration to 2,000 networks, one further, and one that
// never crosses zero to its 2,500; many networks of the last are not finite.
const stagedSweep = `
version: 1
name: staged
seed: 3
networks: {until: {column: crossings, relative_error: 0.02}, max: 9000}
keep_fields: 1200
grid: {from: -6, to: 6, points: 16}
cases:
  - name: lines
    hidden: [[3], [2, 2]]
  - name: plain
    networks: 40
    hidden: [[6]]
  - name: never
    networks: {until: {column: margin_mean, relative_error: 0.000001}, max: 2500}
    hidden: [[4]]
    activation: relu
    weights: {distribution: uniform, low: 0, high: 1e30}
`

// TestCheckpointsIndependent checks that neither the number of workers, nor where a
// run is stopped, nor shards change a byte.
func TestCheckpointsIndependent(t *testing.T) {
	plan := planOf(t, stagedSweep, Fused)
	first := t.TempDir()
	runInto(t, first, plan, Options{Workers: 1})
	want := files(t, first)
	for _, workers := range []int{2, 7} {
		dir := t.TempDir()
		runInto(t, dir, plan, Options{Workers: workers})
		wantSameFiles(t, files(t, dir), want)
	}
	reopened, err := dataset.OpenPlan(first, dataset.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(reopened.Checkpoints); n < 3 || !reopened.Settled() {
		t.Errorf("%d checkpoints, settled %t: too few to test anything", n, reopened.Settled())
	}
}

// TestCheckDecisions finds a checkpoint on record that the rows did not decide, in
// a dataset and in what it extends.
func TestCheckDecisions(t *testing.T) {
	dir := t.TempDir()
	runInto(t, dir, planOf(t, stagedSweep, Fused), Options{})
	check := func(want int) {
		t.Helper()
		r, err := dataset.Open(dir, dataset.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if wrong, err := CheckDecisions(t.Context(), r); err != nil || len(wrong) != want {
			t.Errorf("%v, %v, want %d wrong checkpoints", wrong, err, want)
		}
	}
	check(0)
	larger := planOf(t, strings.Replace(stagedSweep, "0.02}, max", "0.015}, max", 1), Fused)
	d, err := dataset.Create(dir, larger, dataset.Options{Extend: true})
	if err != nil {
		t.Fatal(err)
	}
	// A run that takes nothing for certain until the end.
	for goesOn := true; goesOn; {
		if err := newPool(d, Options{Workers: 1, Progress: func(Progress) {}}).run(t.Context()); err != nil {
			t.Fatal(err)
		}
		next := d.Plan().Longest().Checkpoints[len(d.Plan().Checkpoints)]
		if err := d.Decide(next); err != nil {
			t.Fatal(err)
		}
		goesOn = len(next.Open) > 0
	}
	if err := errors.Join(d.Finish(), d.Close()); err != nil {
		t.Fatal(err)
	}
	check(1)
}

// TestCheckpointsStop stops a run at every call of Progress in turn: it ends
// without deciding, or is at its end, and the next goes on to the same files.
func TestCheckpointsStop(t *testing.T) {
	plan := planOf(t, stagedSweep, Fused)
	undisturbed := t.TempDir()
	calls, decided := 0, 0
	runInto(t, undisturbed, plan, Options{Workers: 2, Progress: func(Progress) { calls++ }})
	want := files(t, undisturbed)
	dir := t.TempDir()
	for n := 1; ; n++ {
		d, err := dataset.Create(dir, plan, dataset.Options{})
		if err != nil {
			t.Fatal(err)
		}
		stop := make(chan struct{})
		progress, stopping := 0, 0
		err = Run(t.Context(), d, Options{Workers: 2, Stop: stop, Grace: 1e9, Stopping: func(Rest) { stopping++ },
			Progress: func(Progress) {
				if progress++; progress == n {
					close(stop)
				}
			},
			Checkpoint: func(Checkpoint) error {
				decided++
				if progress >= n {
					t.Errorf("stopped at %d, it decided a checkpoint all the same", n)
				}
				return nil
			}})
		if stopping > 1 {
			t.Errorf("stopped at %d, it was stopping %d times", n, stopping)
		}
		if err == nil {
			err = d.Finish()
		} else if !errors.Is(err, ErrStopped) {
			t.Fatal(err)
		} else if finish := d.Finish(); !errors.Is(finish, dataset.ErrIncomplete) {
			t.Fatalf("stopped, but Finish says %v", finish)
		} else {
			err = d.Close()
			if err != nil || n > calls {
				t.Fatalf("stopped for the time %d of %d: %v", n, calls, err)
			}
			continue
		}
		if err = errors.Join(err, d.Close()); err != nil {
			t.Fatal(err)
		}
		break
	}
	wantSameFiles(t, files(t, dir), want)
	if checkpoints := 4; decided < checkpoints {
		t.Errorf("%d checkpoints", decided)
	}
}
