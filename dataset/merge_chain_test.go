package dataset_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"nodal/dataset"
	"nodal/dataset/disk/crashdisk"
	"nodal/sampler"
)

// chainOf returns the files of datasets that were begun with the first sweep and
// extended to the others in turn, each time finished, or not: part says which.
func chainOf(t testing.TB, o dataset.Options, sweeps ...string) map[string][]byte {
	t.Helper()
	disk := crashdisk.New()
	for i, sweep := range sweeps {
		o := o
		o.Extend = i > 0
		if i < len(sweeps)-1 {
			o.Shard = dataset.Shard{}
		}
		if err := runOn(t, disk, faultPlan(t, sweep), o); err != nil && !errors.Is(err, dataset.ErrIncomplete) {
			t.Fatal(err)
		}
	}
	return inside(disk, root)
}

// chainSweep has so many networks of its first configuration.
func chainSweep(networks int) string {
	return strings.Replace(extendedSweep, "100", fmt.Sprint(networks), 1)
}

// TestMergeChains merges datasets of a sweep and of what extends it, whichever is the
// target: it has the longest plan then, and the files of one that was extended alone.
func TestMergeChains(t *testing.T) {
	dataset.SmallParts(t, 16)
	one, two, three := chainSweep(60), chainSweep(100), chainSweep(150)
	all := dataset.Options{}
	want := onlyLasting(chainOf(t, all, one, two, three))
	share3 := func(i int) dataset.Options { return dataset.Options{Shard: share(i, 3)} }
	sets := map[string]map[string][]byte{
		"/one":       chainOf(t, all, one),
		"/one.0":     chainOf(t, share3(0), one),
		"/two":       chainOf(t, all, one, two),
		"/two.1":     chainOf(t, share3(1), one, two),
		"/three.0":   chainOf(t, share3(0), one, two, three),
		"/three.1+2": unfinished(chainOf(t, share3(1), one, two, three), chainOf(t, share3(2), one, two, three)),
		"/three":     chainOf(t, all, one, two, three),
	}
	for _, tt := range []struct {
		name     string
		target   string
		from     string
		complete bool
	}{
		{"a source is longer", "/one", "/three", true},
		{"the target is longer", "/three", "/one.0", true},
		{"the target is longer and has nothing of its own", "/three.0", "/three.1+2 /one.0", true},
		{"base complete, extension partial", "/one", "/three.0", false},
		{"base complete, extension in two", "/one", "/three.1+2 /three.0", true},
		{"from the end", "", "/three.0 /two /one /three.1+2", true},
		{"from the beginning", "", "/one /two.1 /three.0 /three.1+2", true},
		{"the middle one", "/two", "/one /three", true},
		{"a step left out", "/one.0", "/three", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			disk := crashdisk.New()
			for at, files := range sets {
				lay(disk, at, files)
			}
			if tt.target != "" {
				lay(disk, root, sets[tt.target])
			}
			merged := mustMerge(t, disk, strings.Fields(tt.from)...)
			if merged.Complete != tt.complete {
				t.Errorf("%+v, want complete %t", merged, tt.complete)
			}
			if !tt.complete {
				if err := runOn(t, disk, faultPlan(t, three), dataset.Options{}); err != nil {
					t.Fatal(err)
				}
			}
			wantMerged(t, disk, want)
			if f := mustVerify(t, disk, dataset.Rows); len(f.lines) > 0 || !f.finished {
				t.Errorf("a verification finds %v", f)
			}
		})
	}
}

// onlyLasting returns the files of a dataset that every finished run leaves alike, by
// their path on disk.
func onlyLasting(files map[string][]byte) map[string][]byte {
	disk := crashdisk.New()
	lay(disk, root, files)
	return lasting(disk)
}

// unfinished puts the files of two datasets together, without a mark.
func unfinished(a, b map[string][]byte) map[string][]byte {
	both := maps.Clone(a)
	maps.Copy(both, b)
	delete(both, "_SUCCESS")
	return both
}

// TestMergeRefuses checks that datasets which do not go together are named with what
// tells them apart and what to do, and that nothing is changed.
func TestMergeRefuses(t *testing.T) {
	dataset.SmallParts(t, 32)
	all := dataset.Options{}
	small, large := chainSweep(60), chainSweep(100)
	other := strings.Replace(large, "hidden: [[4]]", "hidden: [[5]]", 1)
	sets := map[string]map[string][]byte{
		"/small":   chainOf(t, all, small),
		"/large":   chainOf(t, all, large),
		"/grown":   chainOf(t, all, small, large),
		"/other":   chainOf(t, all, other),
		"/steps":   chainOf(t, all, small, chainSweep(80), large),
		"/further": chainOf(t, all, small, chainSweep(150)),
		"/seed":    chainOf(t, all, strings.Replace(small, "seed: 5", "seed: 6", 1)),
		"/kept":    chainOf(t, all, strings.Replace(small, "keep_fields: 2", "keep_fields: 3", 1)),
	}
	for _, tt := range []struct {
		name   string
		target string
		from   string
		want   string
	}{
		{"another seed", "", "/small /seed", "seed: 5 in /small, 6 in /seed"},
		{"another seed in the target", "/seed", "/small", "seed: 6 in /data/out, 5 in /small"},
		{"other configurations", "", "/large /other", "is in /large and not in /other"},
		{"other fields", "", "/small /kept", "keep_fields: 2 in /small, 3 in /kept"},
		{"extended, and drawn at once", "", "/grown /large", "same networks are in different part files|/grown was planned with 140 networks, then extended to 180 networks|/large was planned with 180 networks at once|keep one of them"},
		{"drawn at once into extended", "/grown", "/large", "/data/out was planned with 140 networks, then"},
		{"base and drawn at once", "", "/small /large", "the sweep of /large only adds to that of /small|networks: 60 in /small, 100 in /large|nodal run SWEEP --out /small --extend"},
		{"the other way round", "", "/large /small", "the sweep of /large only adds to that of /small"},
		{"in other steps", "", "/grown /steps", "come to the same sweep in different steps|140 networks, then extended to 160 networks, then extended to 180 networks"},
		{"extended in two ways", "", "/grown /further", "extend the same sweep in different ways|networks: 100 in /grown, 150 in /further"},
		{"the third of three", "", "/small /grown /further", "/grown and /further cannot be merged"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			disk := crashdisk.New()
			for at, files := range sets {
				lay(disk, at, files)
			}
			if tt.target != "" {
				lay(disk, root, sets[tt.target])
			}
			before, paths := disk.Files(), disk.Paths()
			_, err := mergeOn(disk, dataset.MergeOptions{}, strings.Fields(tt.from)...)
			if !errors.As(err, new(*dataset.UnmergeableError)) {
				t.Fatalf("got %v, want an UnmergeableError", err)
			}
			for want := range strings.SplitSeq(tt.want, "|") {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("got %v, want %q", err, want)
				}
			}
			if !slices.Equal(disk.Paths(), paths) || !maps.EqualFunc(disk.Files(), before, slices.Equal) {
				t.Error("something was changed")
			}
		})
	}
}

// stopped returns the files of a run of an until sweep that ends when so many of its
// checkpoints are decided.
func stopped(t testing.TB, plan *dataset.Plan, checkpoints int) map[string][]byte {
	t.Helper()
	disk := crashdisk.New()
	d, err := dataset.Create(root, plan, dataset.Options{FS: disk})
	if err != nil {
		t.Fatal(err)
	}
	halt, decided := errors.New("halt"), 0
	err = sampler.Run(t.Context(), d, sampler.Options{Workers: 1, Checkpoint: func(sampler.Checkpoint) error {
		if decided++; decided == checkpoints {
			return halt
		}
		return nil
	}})
	if err == nil {
		err = d.Finish()
	}
	if err := errors.Join(err, d.Close()); err != nil && !errors.Is(err, halt) {
		t.Fatal(err)
	}
	return inside(disk, root)
}

// TestMergeUntil merges datasets of a sweep until certain that have come to different
// checkpoints: the target is as far as the furthest, and a run goes on from there.
func TestMergeUntil(t *testing.T) {
	plan := smallUntil(t)
	want, _ := undisturbed(t, plan)
	zero, first, second, done := drawn(t, plan, share(0, 2)), stopped(t, plan, 1), stopped(t, plan, 2), stopped(t, plan, 0)
	sets := map[string]map[string][]byte{"/zero": zero, "/first": first, "/second": second, "/done": done}
	for _, tt := range []struct {
		target, from string
		checkpoints  int
	}{
		{"", "/zero /first /second", 2},
		{"", "/second /zero", 2},
		{"/second", "/zero /first", 2},
		{"/zero", "/first /second", 2},
		{"/first", "/zero", 1},
		{"/first", "/done", -1},
		{"/done", "/first", -1},
		{"", "/done /second", -1},
	} {
		t.Run(tt.target+" from "+tt.from, func(t *testing.T) {
			disk := crashdisk.New()
			for at, files := range sets {
				lay(disk, at, files)
			}
			if tt.target != "" {
				lay(disk, root, sets[tt.target])
			}
			merged := mustMerge(t, disk, strings.Fields(tt.from)...)
			got := openPlan(t, disk)
			if finished := tt.checkpoints < 0; merged.Complete != finished || merged.Settled != finished || got.Settled() != finished {
				t.Errorf("%+v, settled %t", merged, got.Settled())
			}
			if tt.checkpoints >= 0 && len(got.Checkpoints) != tt.checkpoints {
				t.Errorf("%d checkpoints, want %d", len(got.Checkpoints), tt.checkpoints)
			}
			wantWholeTarget(t, disk, want)
			if err := runOn(t, disk, plan, dataset.Options{}); err != nil {
				t.Fatal(err)
			}
			wantMerged(t, disk, want)
		})
	}
}

// TestMergeUntilRounds draws the stages of a sweep in two folders that never see each
// other: a merge after each stage brings them together, and back.
func TestMergeUntilRounds(t *testing.T) {
	plan := smallUntil(t)
	want, _ := undisturbed(t, plan)
	disk := crashdisk.New()
	folders := []map[string][]byte{{}, {}}
	for round := 0; ; round++ {
		for i := range folders {
			own := crashdisk.New()
			lay(own, root, folders[i])
			if err := runOn(t, own, plan, dataset.Options{Shard: share(i, 2)}); err != nil && !errors.Is(err, dataset.ErrIncomplete) {
				t.Fatal(err)
			}
			folders[i] = inside(own, root)
			lay(disk, fmt.Sprint("/", i), folders[i])
		}
		mustMerge(t, disk, "/0", "/1")
		err := runOn(t, disk, plan, dataset.Options{Shard: share(2, 1_000_000)}) // decides and draws nothing
		if err == nil {
			break
		}
		if !errors.Is(err, dataset.ErrIncomplete) || round > 10 {
			t.Fatal(err)
		}
		for i := range folders { // who draws has to learn of the checkpoint
			back := crashdisk.New()
			lay(back, root, folders[i])
			lay(back, "/all", inside(disk, root))
			mustMerge(t, back, "/all")
			folders[i] = inside(back, root)
		}
	}
	wantMerged(t, disk, want)
}

// TestMergeContradiction merges datasets that have decided the same checkpoint
// differently, and one that went on where another was extended.
func TestMergeContradiction(t *testing.T) {
	plan := smallUntil(t)
	first := stopped(t, plan, 1)
	name := fmt.Sprintf("_nodal/checkpoint-%.8s-00.json", plan.Hash())
	decision := openPlanOf(t, first).Checkpoints[0]
	wrong := maps.Clone(first)
	wrong[name] = dataset.EncodeCheckpoint(plan, 0, dataset.Checkpoint{Open: decision.Open[:len(decision.Open)-1], Uncertain: decision.Uncertain})
	larger := faultPlan(t, strings.Replace(untilSweep, "0.15", "0.1", 1))
	extend := func(files map[string][]byte) map[string][]byte {
		disk := crashdisk.New()
		lay(disk, root, files)
		if err := runOn(t, disk, larger, dataset.Options{Extend: true}); err != nil {
			t.Fatal(err)
		}
		return inside(disk, root)
	}
	extended, done := extend(first), stopped(t, plan, 0)
	for _, tt := range []struct {
		name    string
		a, b    map[string][]byte
		refused bool
		want    string // "" for none
	}{
		{"agree", first, done, false, ""},
		{"contradict", wrong, first, false, "/" + name + " is damaged: it decides checkpoint 0 otherwise than /"},
		{"contradict what was extended", wrong, extended, false, "otherwise than /b/_nodal/plan.json"},
		{"behind what was extended", drawn(t, plan, share(0, 2)), extended, false, ""},
		{"ahead of what was extended", done, extended, true, "decided in /a, extended after 1 of them in /b"},
		{"extended at two checkpoints", extend(done), extended, true, "in different steps"},
	} {
		for _, order := range [][]string{{"/a", "/b"}, {"/b", "/a"}} {
			disk := crashdisk.New()
			lay(disk, "/a", tt.a)
			lay(disk, "/b", tt.b)
			_, err := mergeOn(disk, dataset.MergeOptions{}, order...)
			if tt.want == "" && err == nil {
				continue
			}
			if tt.want == "" || err == nil || !strings.Contains(err.Error(), tt.want) ||
				errors.As(err, new(*dataset.UnmergeableError)) != tt.refused || damaged(err) == tt.refused || len(inside(disk, root)) > 0 {
				t.Errorf("%s, %v: got %v, want %q", tt.name, order, err, tt.want)
			}
		}
	}
	disk := crashdisk.New() // all files of one that was extended, also those that nobody reads
	lay(disk, "/b", extended)
	mustMerge(t, disk, "/b")
	wantMerged(t, disk, onlyLasting(extended))
}

// openPlanOf returns the plan of a dataset of these files.
func openPlanOf(t testing.TB, files map[string][]byte) *dataset.Plan {
	disk := crashdisk.New()
	lay(disk, root, files)
	return openPlan(t, disk)
}
