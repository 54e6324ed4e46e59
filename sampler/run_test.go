package sampler

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"nodal/dataset"
	"nodal/schema"
)

// smallSweep has several parts' worth of shapes but little work: one and two
// inputs, one and many outputs, kept fields.
const smallSweep = `
version: 1
name: small
seed: 3
networks: 700
keep_fields: 2
grid: {from: -6, to: 6, points: 64}
cases:
  - name: lines
    hidden: [[], [5], [4, 3]]
    activation: [tanh, relu]
  - name: squares
    inputs: 2
    outputs: [1, 3]
    grid: {from: -1, to: 1, points: 12}
    networks: 40
    hidden: [[6]]
    activation: sin
    weights: {distribution: normal, std: 2}
    biases: none
`

// reorderedSweep is smallSweep with cases and lists in another order.
const reorderedSweep = `
version: 1
name: small
seed: 3
networks: 700
keep_fields: 2
grid: {to: 6, points: 64, from: -6}
cases:
  - name: squares # other comments, too
    networks: 40
    inputs: 2
    outputs: [3, 1]
    hidden: [[6]]
    grid: {from: -1, to: 1, points: 12}
    activation: sin
    biases: none
    weights: {distribution: normal, std: 2}
  - name: lines
    activation: [relu, tanh]
    hidden: [[4, 3], [], [5]]
`

func planOf(t *testing.T, sweep string, engine Engine) *dataset.Plan {
	t.Helper()
	s, err := schema.ParseSweep("sweep.yaml", []byte(sweep), schema.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return dataset.NewPlan(s.Name, s.Seed, s.Canonical(), s.Configurations(), engine.Numerics())
}

// runInto completes a dataset in dir.
func runInto(t *testing.T, dir string, plan *dataset.Plan, o Options) {
	t.Helper()
	d, err := dataset.Create(dir, plan, dataset.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(Run(t.Context(), d, o), d.Finish(), d.Close()); err != nil {
		t.Fatal(err)
	}
}

// files returns the content of every file of a dataset but locks and journals,
// which say who worked on it.
func files(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	all := make(map[string][]byte)
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, _ := filepath.Rel(dir, path)
		if folder := filepath.Base(filepath.Dir(name)); folder == "locks" || folder == "journal" {
			return nil
		}
		all[name], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func wantSameFiles(t *testing.T, got, want map[string][]byte) {
	t.Helper()
	if g, w := slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)); !slices.Equal(g, w) {
		t.Fatalf("files %v, want %v", g, w)
	}
	for name := range want {
		if !bytes.Equal(got[name], want[name]) {
			t.Errorf("%s differs", name)
		}
	}
}

func TestBytesDependOnTheSweepAlone(t *testing.T) {
	dir := t.TempDir()
	runInto(t, dir, planOf(t, smallSweep, Fused), Options{Workers: 1})
	want := files(t, dir)
	parquet := 0
	for name := range want {
		if strings.HasSuffix(name, ".parquet") {
			parquet++
		}
	}
	if parquet < 2 {
		t.Fatalf("%d parquet files, want networks and fields", parquet)
	}
	for _, tt := range []struct {
		name       string
		sweep      string
		workers    int
		processors int
	}{
		{"two workers", smallSweep, 2, 2},
		{"seven workers", smallSweep, 7, 2},
		{"seven workers on one processor", smallSweep, 7, 1},
		{"configurations reordered", reorderedSweep, 3, 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(tt.processors))
			dir := t.TempDir()
			runInto(t, dir, planOf(t, tt.sweep, Fused), Options{Workers: tt.workers})
			wantSameFiles(t, files(t, dir), want)
		})
	}
}

func TestProgressCountsEveryNetworkOnce(t *testing.T) {
	plan := planOf(t, smallSweep, Fused)
	dir := t.TempDir()
	for _, present := range []bool{false, true} {
		var sum Progress
		runInto(t, dir, plan, Options{Workers: 3, Progress: func(p Progress) {
			if p.Present != present {
				t.Errorf("progress %+v, want present %v", p, present)
			}
			sum.Networks += p.Networks
			sum.Work += p.Work
		}})
		if want := int64(6*700 + 2*40); sum.Networks != want || plan.Networks() != want {
			t.Errorf("progress of %d networks, plan of %d, want %d", sum.Networks, plan.Networks(), want)
		}
	}
}

func TestCancelledRunCanBeContinued(t *testing.T) {
	plan := planOf(t, smallSweep, Fused)
	undisturbed := t.TempDir()
	runInto(t, undisturbed, plan, Options{})

	dir := t.TempDir()
	d, err := dataset.Create(dir, plan, dataset.Options{})
	if err != nil {
		t.Fatal(err)
	}
	stop := errors.New("stop")
	ctx, cancel := context.WithCancelCause(t.Context())
	err = Run(ctx, d, Options{Workers: 2, Progress: func(Progress) { cancel(stop) }})
	if !errors.Is(err, stop) {
		t.Fatalf("Run = %v, want %v", err, stop)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	for name := range files(t, dir) {
		if strings.HasSuffix(name, ".tmp") || name == "_SUCCESS" {
			t.Errorf("%s after a cancelled run", name)
		}
	}
	runInto(t, dir, plan, Options{Workers: 3})
	wantSameFiles(t, files(t, dir), files(t, undisturbed))
}

// manySweep has rows for three parts, and little work for each.
const manySweep = `
version: 1
name: many
seed: 9
networks: 280000
grid: {from: -6, to: 6, points: 3}
cases:
  - name: lines
    hidden: []
`

// A run that stops between parts leaves whole parts behind; what continues it
// draws only the rest, and the bytes are those of an undisturbed run.
func TestSeveralParts(t *testing.T) {
	plan := planOf(t, manySweep, Fused)
	if plan.PartCount() != 3 {
		t.Fatalf("%d parts, want 3", plan.PartCount())
	}
	undisturbed := t.TempDir()
	runInto(t, undisturbed, plan, Options{Workers: 1})

	dir := t.TempDir()
	d, err := dataset.Create(dir, plan, dataset.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	drawn := int64(0)
	err = Run(ctx, d, Options{Workers: 2, Progress: func(p Progress) {
		if drawn += p.Networks; drawn > 130000 {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) || d.Close() != nil {
		t.Fatalf("Run = %v, want cancelled", err)
	}
	present := int64(0)
	runInto(t, dir, plan, Options{Workers: 5, Progress: func(p Progress) {
		if p.Present {
			present += p.Networks
		}
	}})
	if present == 0 || present >= 280000 {
		t.Errorf("%d networks were there already, want those of one or two parts", present)
	}
	wantSameFiles(t, files(t, dir), files(t, undisturbed))
}

func TestPanicIsReportedWithItsNetwork(t *testing.T) {
	const boom schema.Activation = "boom"
	var calls atomic.Int64
	activations[boom] = func(_, _ []float32) {
		if calls.Add(1) == 1000 {
			panic("boom")
		}
	}
	defer delete(activations, boom)
	c := lineConfiguration(schema.Tanh, []int{3}, 1, 5)
	c.OutputActivation, c.Networks = boom, 5000
	plan := dataset.NewPlan("panics", 1, nil, []schema.Configuration{*c}, Fused.Numerics())
	d, err := dataset.Create(t.TempDir(), plan, dataset.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	err = Run(t.Context(), d, Options{Workers: 2})
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{"boom", "panic at configuration", "output_activation=boom", "network "} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("error %q does not name %q", err, want)
		}
	}
}

func TestEngineMustFitThePlan(t *testing.T) {
	plan := planOf(t, smallSweep, BLAS)
	d, err := dataset.Create(t.TempDir(), plan, dataset.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := Run(t.Context(), d, Options{Engine: Fused}); err == nil {
		t.Error("a plan of blas rows ran on the fused engine")
	}
}

// The engines agree: the same counts on all but a few networks whose fields
// pass zero within rounding of a grid point.
func TestEnginesAgreeOnCounts(t *testing.T) {
	c := articleConfiguration(schema.Tanh, 301, 1, 16, 16, 1)
	fused := measure(c, 2000)
	blas := make([]schema.Row, 2000)
	NewWorker(BLAS, "test", 7).Measure(blas, nil, c, 0)
	different := 0
	for i := range fused {
		if fused[i].Crossings != blas[i].Crossings || fused[i].TurningPoints != blas[i].TurningPoints {
			different++
		}
	}
	if different > 2 {
		t.Errorf("%d of 2000 networks differ, want at most 2", different)
	}
}

func TestMeasureAllocatesNothingInSteadyState(t *testing.T) {
	for _, engine := range []Engine{Fused, BLAS} {
		for _, c := range []*schema.Configuration{
			lineConfiguration(schema.Tanh, []int{11, 9}, 1, 101),
			squareConfiguration(schema.ReLU, []int{8}, 3, 17, 19),
		} {
			w := NewWorker(engine, "test", 7)
			rows := make([]schema.Row, 8)
			w.Measure(rows, nil, c, 0)
			if n := testing.AllocsPerRun(10, func() { w.Measure(rows, nil, c, 8) }); n > 0 {
				t.Errorf("%s, %s: %v allocations per batch, want 0", engine, caseName(c), n)
			}
		}
	}
}

// BenchmarkMeasure reports networks per second of one worker on the four
// standard workloads.
func BenchmarkMeasure(b *testing.B) {
	for _, tt := range Workloads() {
		c := &tt.Configuration
		for _, engine := range []Engine{Fused, BLAS} {
			b.Run("workload="+tt.Name+"/engine="+string(engine), func(b *testing.B) {
				w := NewWorker(engine, "bench", 7)
				rows := make([]schema.Row, drawAtOnce(c, engine.newEvaluator(c, nil).size())) // a block
				w.Measure(rows, nil, c, 0)                                                    // fills the buffers
				b.ReportAllocs()
				network := int64(0)
				for b.Loop() {
					w.Measure(rows, nil, c, network)
					network += int64(len(rows))
				}
				b.ReportMetric(float64(network)/b.Elapsed().Seconds(), "networks/s")
			})
		}
	}
}
