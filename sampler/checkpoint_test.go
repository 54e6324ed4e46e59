package sampler

import (
	"errors"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"nodal/analysis"
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

// TestDecide decides upon means that are known.
func TestDecide(t *testing.T) {
	plan := planOf(t, `
version: 1
name: decide
seed: 1
networks: {until: {column: margin_mean, relative_error: 0.5}, max: 5}
grid: {from: -6, to: 6, points: 16}
cases:
  - {name: a, hidden: [[1], [2], [3], [4]]}
  - {name: b, hidden: [5], networks: {until: {column: margin_mean, relative_error: 0.5}, max: 1001}}
  - {name: c, hidden: [6], networks: 3}
`, Fused)
	e := estimates{means: make(map[int]*analysis.ColumnMean), bound: 1000}
	for i, values := range [][]float64{{1, 3}, {-1, 4}, {0, 1, -0.5}, {-2}, {-1, 2}} { // 2 ± 1, 1.5 ± 2.5, 0.17 ± 0.44, -2 ± ∞, 0.5 ± 1.5
		e.means[i] = analysis.NewColumnMean("margin_mean")
		e.means[i].Add(values)
	}
	decision, said := e.decide(plan)
	if want := (dataset.Checkpoint{Open: []int{4}, Uncertain: []int{1, 2, 3}}); !reflect.DeepEqual(decision, want) {
		t.Errorf("decided %v, want %v", decision, want)
	}
	if said.Worst == nil || said.Worst.Configuration.Hidden[0] != 4 || said.Worst.Mean != -2 {
		t.Errorf("the worst is %+v, want that of one network", said.Worst)
	}
	if said.Networks != 1000 || said.Next != 1001 || said.Certain != 1 || said.Uncertain != 3 || said.Open != 1 {
		t.Errorf("said %+v", said)
	}
}

// TestFirstNetworksDecide extends a dataset whose configuration has more networks
// than the first checkpoints take: the means are those of a fresh run, to the bit.
func TestFirstNetworksDecide(t *testing.T) {
	const sweep = `
version: 1
name: first
seed: 1
networks: {until: {column: margin_mean, relative_error: 1e-9}, max: 5000}
grid: {from: -6, to: 6, points: 16}
cases:
  - {name: a, hidden: [3]}
`
	until := planOf(t, sweep, Fused)
	last := func(dir string) (worst *Uncertainty) {
		d, err := dataset.Create(dir, until, dataset.Options{Extend: true})
		if err != nil {
			t.Fatal(err)
		}
		o := Options{Checkpoint: func(c Checkpoint) error { worst = c.Worst; return nil }}
		if err := errors.Join(Run(t.Context(), d, o), d.Finish(), d.Close()); err != nil {
			t.Fatal(err)
		}
		return worst
	}
	extended := t.TempDir()
	before := regexp.MustCompile("networks: .*").ReplaceAllString(sweep, "networks: 2500")
	runInto(t, extended, planOf(t, before, Fused), Options{})
	if got, want := last(extended), last(t.TempDir()); got.Mean != want.Mean || got.StandardError != want.StandardError {
		t.Errorf("extended: %v ± %v, fresh: %v ± %v", got.Mean, got.StandardError, want.Mean, want.StandardError)
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

// TestCheckpointsOfOthers has two shards go on in turns, each from where it was: what
// one has decided the other takes over, and tells.
func TestCheckpointsOfOthers(t *testing.T) {
	plan := planOf(t, stagedSweep, Fused)
	var want []Checkpoint
	whole := t.TempDir()
	runInto(t, whole, plan, Options{Workers: 1, Checkpoint: func(c Checkpoint) error { want = append(want, c); return nil }})
	dir := t.TempDir()
	var shards [2]*dataset.Directory
	var told [2][]Checkpoint
	for i := range shards {
		d, err := dataset.Create(dir, plan, dataset.Options{Shard: dataset.Shard{Index: i, Count: 2}})
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		shards[i] = d
	}
	for round := 0; !shards[0].Plan().Settled() || !shards[1].Plan().Settled(); round++ {
		i := round % 2
		o := Options{Workers: 1, Checkpoint: func(c Checkpoint) error { told[i] = append(told[i], c); return nil }}
		if err := Run(t.Context(), shards[i], o); err != nil {
			t.Fatal(err)
		}
		if round > 20 {
			t.Fatal("the shards do not come to an end")
		}
	}
	if err := shards[0].Finish(); err != nil {
		t.Fatal(err)
	}
	wantSameFiles(t, files(t, dir), files(t, whole))
	for k := range want {
		want[k].Worst = nil // who takes it over does not know
	}
	for i, got := range told {
		for k := range got {
			got[k].Worst = nil
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("shard %d tells %+v, want %+v", i, got, want)
		}
	}
}
