package dataset_test

import (
	"errors"
	"path"
	"slices"
	"strings"
	"testing"

	"nodal/dataset"
	"nodal/dataset/disk/crashdisk"
	"nodal/sampler"
)

// crashSweep goes through three checkpoints with few operations: one configuration
// is certain at the first, the other has its 20 networks at the third.
const crashSweep = `version: 1
name: crash
seed: 5
networks: {until: {column: crossings, relative_error: 0.15}, max: 20}
keep_fields: 1
grid: {from: -6, to: 6, points: 5}
cases:
  - {name: a, hidden: []}
  - {name: b, hidden: [], weights: {distribution: uniform, low: 0.5, high: 1}, biases: {distribution: uniform, low: 9, high: 10}}
`

// TestUntilCrashes crashes after every operation of a run with checkpoints.
func TestUntilCrashes(t *testing.T) {
	dataset.SmallParts(t, 32)
	dataset.SmallStages(t, 8)
	plan := faultPlan(t, crashSweep)
	want, operations := undisturbed(t, plan)
	for n := 1; n <= operations; n++ {
		disk := crashdisk.New()
		disk.CrashAt(n)
		first := runOn(t, disk, plan, dataset.Options{})
		kept := []float64{0, 0.5, 1}[n%3] // of what was not synced
		after := disk.Restart(kept, uint64(n))
		wantWhole(t, after, want)
		if err := runOn(t, after, plan, dataset.Options{}); err != nil {
			t.Errorf("the next run: %v", err)
		}
		wantFiles(t, after, want)
		if v := after.Violations(); len(v) > 0 {
			t.Error(v)
		}
		if t.Failed() {
			t.Fatalf("after a crash with operation %d, kept %v; the run said %v", n, kept, first)
		}
	}
}

// TestUntilStopped ends a run at every checkpoint and has another one go on.
// Meanwhile the dataset is not complete.
func TestUntilStopped(t *testing.T) {
	plan := smallUntil(t)
	want, _ := undisturbed(t, plan)
	disk := crashdisk.New()
	halt := errors.New("halt")
	rounds := 0
	for done := false; !done; rounds++ {
		d, err := dataset.Create(root, plan, dataset.Options{FS: disk})
		if err != nil {
			t.Fatal(err)
		}
		err = sampler.Run(t.Context(), d, sampler.Options{Workers: 2, Checkpoint: func(c sampler.Checkpoint) error {
			if c.Open > 0 {
				return halt
			}
			return nil
		}})
		if done = err == nil; !done && !errors.Is(err, halt) {
			t.Fatal(err)
		}
		if err := d.Finish(); done != (err == nil) || !done && !errors.Is(err, dataset.ErrIncomplete) {
			t.Fatalf("done %t, Finish says %v", done, err)
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		wantWhole(t, disk, want)
		if _, err := disk.Lstat(root + "/_SUCCESS"); (err == nil) != done {
			t.Fatalf("done %t, but _SUCCESS: %v", done, err)
		}
	}
	if rounds < 4 {
		t.Errorf("%d rounds: too few to test anything", rounds)
	}
	wantFiles(t, disk, want)
}

// TestUntilAnew begins anew with a plan that a finished dataset has decided.
func TestUntilAnew(t *testing.T) {
	plan := smallUntil(t)
	disk, again := crashdisk.New(), crashdisk.New()
	if err := runOn(t, disk, plan, dataset.Options{}); err != nil {
		t.Fatal(err)
	}
	if err := runOn(t, again, openPlan(t, disk), dataset.Options{}); err != nil {
		t.Fatal(err)
	}
	wantFiles(t, again, lasting(disk))
}

// TestUntilShards has shards take turns, in two orders, until they are done: each
// draws its share, and whoever finds a stage complete opens the next.
func TestUntilShards(t *testing.T) {
	plan := smallUntil(t)
	want, _ := undisturbed(t, plan)
	for _, order := range [][]int{{0, 1, 2}, {2, 1, 0}} {
		disk := crashdisk.New()
		for round := 0; ; round++ {
			finished := false
			for _, i := range order {
				err := runOn(t, disk, plan, dataset.Options{Shard: dataset.Shard{Index: i, Count: 3}})
				if err != nil && !errors.Is(err, dataset.ErrIncomplete) {
					t.Fatal(err)
				}
				finished = err == nil
				wantWhole(t, disk, want)
			}
			if finished {
				break
			}
			if round > 20 {
				t.Fatal("the shards do not come to an end")
			}
		}
		wantFiles(t, disk, want)
	}
}

// TestUntilBeside has a run that is behind meet one that has gone on: it has what it
// knows of, takes no part that it does not know for a stranger, and catches up.
func TestUntilBeside(t *testing.T) {
	plan := smallUntil(t)
	want, _ := undisturbed(t, plan)
	disk := crashdisk.New()
	behind, err := dataset.Create(root, plan, dataset.Options{FS: disk, NoLocks: true})
	if err != nil {
		t.Fatal(err)
	}
	reader, err := dataset.Open(root, dataset.Options{FS: disk})
	if err != nil {
		t.Fatal(err)
	}
	if err := runOn(t, disk, plan, dataset.Options{NoLocks: true}); err != nil {
		t.Fatal(err)
	}
	if _, networks, err := reader.Published(); err != nil || networks != reader.Plan().Networks() {
		t.Errorf("who looked before sees %d networks, %v; want %d", networks, err, reader.Plan().Networks())
	}
	has := 0
	for part := range behind.Parts() {
		if there, err := behind.Has(part); there && err == nil {
			has++
		}
	}
	if before := behind.Plan().PartCount(); has != before {
		t.Errorf("who began before has %d of the %d parts that it knows", has, before)
	}
	if err := behind.Finish(); err != nil || behind.Plan().Networks() <= reader.Plan().Networks() {
		t.Errorf("finishing after another run: %v, of %d networks", err, behind.Plan().Networks())
	}
	if err := errors.Join(sampler.Run(t.Context(), behind, sampler.Options{Workers: 1}), behind.Close()); err != nil {
		t.Fatal(err)
	}
	wantFiles(t, disk, want)
}

// TestLostCheckpoint takes checkpoints away or garbles them, and the plan with
// them: the rows decide again.
func TestLostCheckpoint(t *testing.T) {
	plan := smallUntil(t)
	want, _ := undisturbed(t, plan)
	var names []string
	for name := range want {
		if strings.HasPrefix(path.Base(name), "checkpoint-") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, tt := range []struct {
		name string
		harm func(*crashdisk.Disk) error
	}{
		{"first gone", func(d *crashdisk.Disk) error { return d.Remove(names[0]) }},
		{"second gone", func(d *crashdisk.Disk) error { return d.Remove(names[1]) }},
		{"last gone", func(d *crashdisk.Disk) error { return d.Remove(names[len(names)-1]) }},
		{"second garbled", func(d *crashdisk.Disk) error {
			return put(d, names[1], strings.Replace(string(want[names[1]]), `"open":[`, `"open":[0,`, 1))
		}},
		{"another's in its place", func(d *crashdisk.Disk) error { return put(d, names[1], string(want[names[0]])) }},
		{"one that cannot be", func(d *crashdisk.Disk) error {
			return put(d, names[0], string(dataset.EncodeCheckpoint(plan, 0, dataset.Checkpoint{Open: []int{1, 2, 99}})))
		}},
		{"first empty", func(d *crashdisk.Disk) error { return put(d, names[0], "") }},
		{"plan gone", func(d *crashdisk.Disk) error { return d.Remove(root + "/_nodal/plan.json") }},
		{"plan and one gone", func(d *crashdisk.Disk) error {
			return errors.Join(d.Remove(root+"/_nodal/plan.json"), d.Remove(names[1]))
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			disk := crashdisk.New()
			if err := runOn(t, disk, plan, dataset.Options{}); err != nil {
				t.Fatal(err)
			}
			if err := tt.harm(disk); err != nil {
				t.Fatal(err)
			}
			if v, err := dataset.Verify(root, dataset.Bytes, dataset.Options{FS: disk}); err == nil && (v.Finished() || len(v.Problems) == 0) {
				t.Errorf("a verification finds it finished: %t, problems %v", v.Finished(), v.Problems)
			}
			if err := runOn(t, disk, plan, dataset.Options{}); err != nil {
				t.Fatal(err)
			}
			wantFiles(t, disk, want)
			v, err := dataset.Verify(root, dataset.Rows, dataset.Options{FS: disk})
			if err != nil || !v.Finished() || len(v.Problems) > 0 {
				t.Errorf("afterwards: %v, problems %v", err, v.Problems)
			}
		})
	}
}

// put gives a file that content.
func put(d *crashdisk.Disk, name, content string) error {
	if err := d.Remove(name); err != nil {
		return err
	}
	file, err := d.Create(name)
	if err != nil {
		return err
	}
	_, err = file.Write([]byte(content))
	return errors.Join(err, file.Sync(), file.Close())
}
