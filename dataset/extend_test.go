package dataset_test

import (
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"

	"nodal/dataset"
	"nodal/dataset/disk/crashdisk"
	"nodal/schema"
)

// extendedSweep adds networks to one configuration of faultSweep and a
// configuration of its own, in front of the others in canonical order.
const extendedSweep = `version: 1
name: faults
seed: 5
networks: 40
keep_fields: 2
grid: {from: -1, to: 1, points: 5}
cases:
  - name: a
    hidden: [[2]]
    networks: 100
  - name: a-first
    hidden: [[4]]
    activation: relu
  - name: b
    hidden: [[3, 3]]
`

// Everything of faultSweep but its case names, which are part of a row.
var smallerSweep = strings.NewReplacer("hidden: [[2], [3]]", "hidden: [[2]]").Replace(faultSweep)

// rowsIn returns every row on a disk by configuration and network.
func rowsIn(t testing.TB, disk *crashdisk.Disk) map[string]schema.Row {
	t.Helper()
	r, err := dataset.Open(root, dataset.Options{FS: disk})
	if err != nil {
		t.Fatal(err)
	}
	rows := make(map[string]schema.Row)
	for batch, err := range r.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range batch {
			key := fmt.Sprintf("%s/%d", row.ConfigID, row.Network)
			if _, twice := rows[key]; twice {
				t.Errorf("%s is there twice", key)
			}
			row.ClassFraction, row.ClassRegions, row.ClassIslands = nil, nil, nil // which the reader reuses
			rows[key] = row
		}
	}
	return rows
}

// TestExtend checks that an extended dataset has the rows of a new one for the
// larger sweep, keeps every file that it had, and is the same whenever it was
// extended.
func TestExtend(t *testing.T) {
	dataset.SmallParts(t, 32)
	small, large := faultPlan(t, smallerSweep), faultPlan(t, extendedSweep)
	fresh := crashdisk.New()
	if err := runOn(t, fresh, large, dataset.Options{}); err != nil {
		t.Fatal(err)
	}
	before, operations := undisturbed(t, small)
	var first map[string][]byte
	for n := 1; n <= operations+1; n += 10 { // extended when this much of the small sweep is done
		disk := crashdisk.New()
		disk.CrashAt(n)
		if err := runOn(t, disk, small, dataset.Options{}); (err == nil) != (n > operations) {
			t.Fatal(err)
		}
		disk = disk.Restart(1, 1)
		started, _ := disk.Lstat(root + "/_nodal/plan.json")
		if started == nil {
			continue
		}
		if err := runOn(t, disk, large, dataset.Options{}); !errors.As(err, new(*dataset.DifferentSweepError)) || !strings.Contains(err.Error(), "--extend") {
			t.Fatalf("without Extend: %v, want a DifferentSweepError that tells of it", err)
		}
		if err := runOn(t, disk, large, dataset.Options{Extend: true}); err != nil {
			t.Fatal(err)
		}
		if got, want := rowsIn(t, disk), rowsIn(t, fresh); !maps.EqualFunc(got, want, sameRow) {
			t.Errorf("%d rows, want those of a fresh run, %d", len(got), len(want))
		}
		files := lasting(disk)
		for name, content := range before {
			if strings.HasSuffix(name, ".parquet") && string(files[name]) != string(content) {
				t.Errorf("%s changed", name)
			}
		}
		if first == nil {
			first = files
		}
		wantFiles(t, disk, first)
		// It is the larger sweep's dataset now, extended or not.
		for _, extend := range []bool{false, true} {
			if err := runOn(t, disk, large, dataset.Options{Extend: extend}); err != nil {
				t.Error(err)
			}
		}
		if err := runOn(t, disk, small, dataset.Options{}); !errors.As(err, new(*dataset.DifferentSweepError)) {
			t.Errorf("the smaller sweep: %v, want a DifferentSweepError", err)
		}
		wantFiles(t, disk, first)
	}
	if first == nil {
		t.Error("nothing was extended")
	}
}

func sameRow(a, b schema.Row) bool { return fmt.Sprint(a) == fmt.Sprint(b) }

// TestExtendTwice checks that extensions can be extended.
func TestExtendTwice(t *testing.T) {
	dataset.SmallParts(t, 32)
	disk, fresh := crashdisk.New(), crashdisk.New()
	sweep := extendedSweep
	for i, networks := range []string{"100", "150", "151"} {
		sweep = strings.Replace(extendedSweep, "100", networks, 1)
		if err := runOn(t, disk, faultPlan(t, sweep), dataset.Options{Extend: i > 0}); err != nil {
			t.Fatal(err)
		}
	}
	if err := runOn(t, fresh, faultPlan(t, sweep), dataset.Options{}); err != nil {
		t.Fatal(err)
	}
	if got, want := rowsIn(t, disk), rowsIn(t, fresh); !maps.EqualFunc(got, want, sameRow) {
		t.Errorf("%d rows, want those of a fresh run, %d", len(got), len(want))
	}
}

// TestExtendRefuses checks that an extension takes nothing away and changes
// nothing, and that a refusal leaves the dataset as it was.
func TestExtendRefuses(t *testing.T) {
	dataset.SmallParts(t, 32)
	for _, tt := range []struct{ name, old, new, want string }{
		{"fewer networks", "networks: 40", "networks: 39", "networks 40 there, 39 wanted"},
		{"a configuration gone", "[[2], [3]]", "[[2]]", "is no longer in the sweep"},
		{"another configuration", "[[2], [3]]", "[[2], [4]]", "is no longer in the sweep"},
		{"other fields", "keep_fields: 2", "keep_fields: 3", "keep_fields 2 there, 3 wanted"},
		{"another seed", "seed: 5", "seed: 6", "seed: 5 there, 6 wanted"},
		{"another name", "name: faults", "name: fault", "name: faults there, fault wanted"},
		{"another grid", "points: 5", "points: 6", "is no longer in the sweep"},
		{"another case name", "name: a\n", "name: b\n", "case a there, b wanted"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			disk := crashdisk.New()
			if err := runOn(t, disk, faultPlan(t, faultSweep), dataset.Options{}); err != nil {
				t.Fatal(err)
			}
			before := lasting(disk)
			changed := faultPlan(t, strings.Replace(faultSweep, tt.old, tt.new, 1))
			err := runOn(t, disk, changed, dataset.Options{Extend: true})
			var different *dataset.DifferentSweepError
			if !errors.As(err, &different) || !different.Refused || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want a refusal with %q", err, tt.want)
			}
			wantFiles(t, disk, before)
		})
	}
}

// TestExtendCrashes crashes after every operation of a run that extends.
func TestExtendCrashes(t *testing.T) {
	dataset.SmallParts(t, 32)
	small, large := faultPlan(t, smallerSweep), faultPlan(t, extendedSweep)
	done := crashdisk.New()
	if err := runOn(t, done, small, dataset.Options{}); err != nil {
		t.Fatal(err)
	}
	whole := done.Restart(1, 0)
	start := whole.Ops()
	if err := runOn(t, whole, large, dataset.Options{Extend: true}); err != nil {
		t.Fatal(err)
	}
	want := lasting(whole)
	for n := 1; n <= whole.Ops()-start; n++ {
		for _, kept := range []float64{0, 0.5, 1} {
			disk := done.Restart(1, 0)
			disk.CrashAt(n)
			first := runOn(t, disk, large, dataset.Options{Extend: true})
			after := disk.Restart(kept, uint64(n))
			// Whoever comes first finds a dataset that knows what it is.
			if plan := []*dataset.Plan{small, large}[n%2]; true {
				if err := runOn(t, after, plan, dataset.Options{}); err != nil && !errors.As(err, new(*dataset.DifferentSweepError)) {
					t.Fatalf("operation %d, kept %v: %v", n, kept, err)
				}
			}
			if err := runOn(t, after, large, dataset.Options{Extend: true}); err != nil {
				t.Fatalf("operation %d, kept %v, the run said %v; again: %v", n, kept, first, err)
			}
			wantFiles(t, after, want)
			if t.Failed() {
				t.Fatalf("operation %d, kept %v", n, kept)
			}
		}
	}
}
