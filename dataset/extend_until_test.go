package dataset_test

import (
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"

	"nodal/dataset"
	"nodal/dataset/disk/crashdisk"
	"nodal/sampler"
)

// TestLostCheckpointBeforeExtending checks that nothing is extended whose parts are
// not all known.
func TestLostCheckpointBeforeExtending(t *testing.T) {
	plan := smallUntil(t)
	larger := faultPlan(t, strings.Replace(untilSweep, "0.15", "0.1", 1))
	disk := crashdisk.New()
	if err := runOn(t, disk, plan, dataset.Options{}); err != nil {
		t.Fatal(err)
	}
	if err := disk.Remove(fmt.Sprintf("%s/_nodal/checkpoint-%.8s-01.json", root, plan.Hash())); err != nil {
		t.Fatal(err)
	}
	before := lasting(disk)
	err := runOn(t, disk, larger, dataset.Options{Extend: true})
	if !errors.As(err, new(*dataset.IntegrityError)) || !strings.Contains(err.Error(), "-01.json is missing: part-") {
		t.Errorf("got %v, want an IntegrityError for the checkpoint", err)
	}
	wantFiles(t, disk, before)
	for _, o := range []struct {
		plan   *dataset.Plan
		extend bool
	}{{plan, false}, {larger, true}} {
		if err := runOn(t, disk, o.plan, dataset.Options{Extend: o.extend}); err != nil {
			t.Fatal(err)
		}
	}
}

// TestUntilExtends extends one sweep to another, finished or after its first
// checkpoint. All rows stay, and where the second asks for no fewer of anything the
// rows are those of a fresh run.
func TestUntilExtends(t *testing.T) {
	const certain = "networks: {until: {column: crossings, relative_error: 0.15}, max: 1000}"
	for _, tt := range []struct {
		name, from, to string
		fresh          bool   // the rows of a fresh run
		refused        string // or why not
	}{
		{"smaller error", certain, strings.Replace(certain, "0.15", "0.1", 1), true, ""},
		{"larger max", "networks: {until: {column: crossings, relative_error: 0.05}, max: 60}", certain, false, ""},
		{"larger max, same error", strings.Replace(certain, "1000", "40", 1), certain, true, ""},
		{"larger error", certain, strings.Replace(certain, "0.15", "0.3", 1), false, ""},
		{"another column", certain, strings.Replace(certain, "crossings", "margin_mean", 1), false, ""},
		{"from a number", "networks: 13", certain, false, ""},
		{"from a larger number", "networks: 100", certain, false, ""},
		{"to a number", certain, "networks: 1500", true, ""},
		{"to too small a number", certain, "networks: 10", false, "10 wanted"},
		{"too small a max", "networks: 100", strings.Replace(certain, "1000", "99", 1), false, "at most 99) wanted"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			smallUntil(t)
			from, to := faultPlan(t, strings.Replace(untilSweep, certain, tt.from, 1)), faultPlan(t, strings.Replace(untilSweep, certain, tt.to, 1))
			fresh := crashdisk.New()
			if err := runOn(t, fresh, to, dataset.Options{}); err != nil {
				t.Fatal(err)
			}
			for _, halted := range []bool{false, true} {
				disk := crashdisk.New()
				d, err := dataset.Create(root, from, dataset.Options{FS: disk})
				if err != nil {
					t.Fatal(err)
				}
				err = sampler.Run(t.Context(), d, sampler.Options{Checkpoint: func(sampler.Checkpoint) error {
					if halted {
						return errors.New("halt")
					}
					return nil
				}})
				if err == nil {
					err = d.Finish()
				}
				if d.Close(); (err == nil) == halted {
					t.Fatal(err)
				}
				before := lasting(disk)
				err = runOn(t, disk, to, dataset.Options{Extend: true})
				if tt.refused != "" {
					if !halted && (!errors.As(err, new(*dataset.DifferentSweepError)) || !strings.Contains(err.Error(), tt.refused)) {
						t.Errorf("got %v, want a refusal with %q", err, tt.refused)
					}
					continue
				}
				if err != nil {
					t.Fatal(err)
				}
				for name, content := range before {
					if strings.HasSuffix(name, ".parquet") && string(lasting(disk)[name]) != string(content) {
						t.Errorf("%s changed", name)
					}
				}
				got, want := rowsIn(t, disk), rowsIn(t, fresh)
				if tt.fresh && !maps.EqualFunc(got, want, sameRow) {
					t.Errorf("halted %t: %d rows, want those of a fresh run, %d", halted, len(got), len(want))
				}
				for key, row := range want {
					if there, ok := got[key]; !ok || !sameRow(there, row) {
						t.Fatalf("halted %t: %s of a fresh run is not there", halted, key)
					}
				}
				// The first networks decide, also where there are more.
				if got, want := openPlan(t, disk).Checkpoints, openPlan(t, fresh).Checkpoints; fmt.Sprint(got) != fmt.Sprint(want) {
					t.Errorf("halted %t: checkpoints %v, want those of a fresh run, %v", halted, got, want)
				}
				if got := openPlan(t, disk); got.Networks() != int64(len(rowsIn(t, disk))) || !got.Settled() {
					t.Errorf("the plan has %d networks, the dataset %d", got.Networks(), len(rowsIn(t, disk)))
				}
				after := lasting(disk)
				if err := runOn(t, disk, to, dataset.Options{}); err != nil {
					t.Errorf("once more: %v", err)
				}
				wantFiles(t, disk, after)
			}
		})
	}
}
