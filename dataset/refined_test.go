package dataset_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path"
	"strings"
	"syscall"
	"testing"

	"nodal/dataset"
	"nodal/dataset/disk/crashdisk"
	"nodal/sampler"
	"nodal/schema"
)

// refineSweep makes three parts of 32 rows at most; the networks of the first two,
// sines of steep lines, are mostly unresolved, those of the last never are.
const refineSweep = `version: 1
name: refine
seed: 5
networks: 64
grid: {from: -1, to: 1, points: 9}
cases:
  - name: a
    activation: sin
    output_activation: identity
    hidden: [[2]]
    weights: {distribution: normal, std: 25}
  - name: b
    networks: 32
    hidden: [[]]
    activation: identity
`

var smallLimit = dataset.RefineLimit{Line: 100, Plane: 9}

// refineOn refines the networks of a dataset up to a limit and returns what it
// reported, a line a part.
func refineOn(disk *crashdisk.Disk, limit dataset.RefineLimit, workers int, o dataset.Options) (lines []string, err error) {
	o.FS = disk
	reader, err := dataset.Open(root, o)
	if err != nil {
		return nil, err
	}
	into, err := dataset.OpenRefined(root, limit, o)
	if err != nil {
		return nil, err
	}
	err = sampler.RefineParts(context.Background(), reader, into, sampler.RefineOptions{
		Limit: limit, Workers: func(schema.Configuration) int { return workers },
		Report: func(p sampler.PartRefined) {
			lines = append(lines, fmt.Sprintf("%d: %d of %d, %t", p.Part.Seq, p.Resolved, p.Networks, p.Present))
		},
	})
	return lines, errors.Join(err, into.Close())
}

// refinedFiles returns the files of refined networks.
func refinedFiles(disk *crashdisk.Disk) map[string][]byte {
	files := make(map[string][]byte)
	for name, content := range disk.Files() {
		if ok, _ := path.Match(root+"/refined/*", name); ok {
			files[path.Base(name)] = content
		}
	}
	return files
}

// refinable returns a disk with the dataset of refineSweep, and its plan.
func refinable(t testing.TB) (*crashdisk.Disk, *dataset.Plan) {
	t.Helper()
	dataset.SmallParts(t, 32)
	plan := faultPlan(t, refineSweep)
	disk := crashdisk.New()
	if err := runOn(t, disk, plan, dataset.Options{}); err != nil {
		t.Fatal(err)
	}
	return disk, plan
}

func mustRefine(t testing.TB, disk *crashdisk.Disk, limit dataset.RefineLimit, workers int) []string {
	t.Helper()
	lines, err := refineOn(disk, limit, workers, dataset.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

func sameRefined(got, want map[string][]byte) bool {
	if len(got) != len(want) {
		return false
	}
	for name := range want {
		if !bytes.Equal(got[name], want[name]) {
			return false
		}
	}
	return true
}

// Files are a function of part and limit: not of workers, of what was there before,
// or of how often they are made.
func TestRefinedFiles(t *testing.T) {
	disk, plan := refinable(t)
	first := mustRefine(t, disk, dataset.DefaultRefineLimit, 1)
	want := refinedFiles(disk)
	if len(want) != 2 || len(first) != 2 {
		t.Fatalf("%d files, %q; want one for each of the first two parts", len(want), first)
	}
	operations := disk.Ops()
	if again := strings.Join(mustRefine(t, disk, dataset.DefaultRefineLimit, 1), "; "); again != "0: 0 of 0, true; 1: 0 of 0, true" {
		t.Errorf("the second time: %s", again)
	}
	for _, op := range disk.Log()[operations:] {
		if op.Changes() {
			t.Errorf("the second time: %s %s", op.Name, op.Path)
		}
	}
	other := mustRefine(t, disk, smallLimit, 3)
	coarser := refinedFiles(disk)
	if sameRefined(coarser, want) || len(other) != 2 || strings.Contains(strings.Join(other, ""), "true") {
		t.Errorf("another limit: %q, the same files: %t", other, sameRefined(coarser, want))
	}
	mustRefine(t, disk, dataset.DefaultRefineLimit, 4)
	if !sameRefined(refinedFiles(disk), want) {
		t.Error("four workers make other files")
	}
	fresh, _ := refinable(t)
	mustRefine(t, fresh, smallLimit, 1)
	if !sameRefined(refinedFiles(fresh), coarser) {
		t.Error("what was there before changes the files")
	}
	if f := mustVerify(t, disk, dataset.Rows); len(f.lines) > 0 {
		t.Errorf("a verification finds %s", f)
	}
	if err := runOn(t, disk, plan, dataset.Options{}); err != nil { // a run does not mind them
		t.Error(err)
	}
	if v := disk.Violations(); len(v) > 0 {
		t.Error(v)
	}
	if !sameRefined(refinedFiles(disk.Restart(0, 1)), want) {
		t.Error("what was written does not outlast the power")
	}
}

// The rows are the unresolved networks of the part, in order, with their own numbers.
func TestRefinedRows(t *testing.T) {
	disk, plan := refinable(t)
	mustRefine(t, disk, smallLimit, 2)
	reader, err := dataset.Open(root, dataset.Options{FS: disk})
	if err != nil {
		t.Fatal(err)
	}
	grown, open := 0, 0
	for part := range plan.Parts() {
		refined, limit, err := reader.Refined(part)
		if err != nil {
			t.Fatal(err)
		}
		if len(refined) > 0 && limit != "line=100 plane=9" {
			t.Errorf("the limit is %q", limit)
		}
		for rows, err := range reader.RowsOf(part) {
			if err != nil {
				t.Fatal(err)
			}
			for i := range rows {
				if rows[i].Resolved {
					continue
				}
				if len(refined) == 0 || !refined[0].Of(&rows[i]) {
					t.Fatalf("network %d of part %d is not refined", rows[i].Network, part.Seq)
				}
				if r := refined[0]; r.CrossingsRefined > r.Crossings {
					grown++
				}
				if r := refined[0]; !r.Resolved {
					open++
					if r.Doublings != 3 || r.Resolution != 65 {
						t.Errorf("network %d is not resolved by %d points, %d doublings, within a limit of 100", r.Network, r.Resolution, r.Doublings)
					}
				}
				refined = refined[1:]
			}
		}
		if len(refined) > 0 {
			t.Errorf("part %d has %d refined networks too many", part.Seq, len(refined))
		}
	}
	if t.Logf("%d networks have more crossings, %d are not resolved", grown, open); grown == 0 || open == 0 {
		t.Error("this tests less than it seems to")
	}
}

// Whatever operation fails, or is the last before the power goes, files are whole or
// not there, the parts are untouched, and refining again gives the same files.
func TestRefinedFaults(t *testing.T) {
	base, _ := refinable(t)
	parts := lasting(base)
	ready := base.Restart(1, 1)
	mustRefine(t, ready, smallLimit, 1)
	want, operations := refinedFiles(ready), ready.Ops()
	check := func(disk *crashdisk.Disk, what string) {
		t.Helper()
		for name, content := range refinedFiles(disk) {
			if strings.HasSuffix(name, ".parquet") && !bytes.Equal(content, want[name]) {
				t.Errorf("%s: a reader sees %s, which is not whole", what, name)
			}
		}
		if _, err := refineOn(disk, smallLimit, 1, dataset.Options{}); err != nil {
			t.Fatalf("%s: refining again: %v", what, err)
		}
		if !sameRefined(refinedFiles(disk), want) {
			t.Errorf("%s: refining again gives other files", what)
		}
		for name := range parts {
			if !bytes.Equal(disk.Files()[name], parts[name]) {
				t.Errorf("%s: %s differs", what, name)
			}
		}
		if v := disk.Violations(); len(v) > 0 {
			t.Errorf("%s: %v", what, v)
		}
	}
	for n := 1; n <= operations; n++ {
		for _, fault := range []crashdisk.Fault{{Err: syscall.EIO}, {Err: syscall.ENOSPC, Short: true}} {
			disk := base.Restart(1, 1)
			disk.FailAt(n, fault)
			what := fmt.Sprintf("operation %d failing with %v", n, fault.Err)
			if _, err := refineOn(disk, smallLimit, 1, dataset.Options{}); err != nil && !errors.Is(err, fault.Err) {
				t.Errorf("%s: the error does not say why: %v", what, err)
			}
			disk.Heal()
			check(disk, what)
		}
		disk := base.Restart(1, 1)
		disk.CrashAt(n)
		refineOn(disk, smallLimit, 1, dataset.Options{}) // it dies
		for _, kept := range []float64{0, 1} {
			check(disk.Restart(kept, uint64(n)), fmt.Sprintf("a crash with operation %d, %v kept", n, kept))
		}
		if t.Failed() {
			return
		}
	}
	t.Logf("%d operations", operations)
}

// Every flipped byte is found, by a verification and by the next refinement, which
// makes the file anew; so are strangers and rows of another time.
func TestRefinedDamage(t *testing.T) {
	disk, plan := refinable(t)
	mustRefine(t, disk, smallLimit, 1)
	want := refinedFiles(disk)
	name := root + "/refined/" + partNames(plan)[0] + ".parquet"
	content := want[path.Base(name)]
	for at := 0; at < len(content); at += 13 {
		broken := bytes.Clone(content)
		broken[at] ^= 0x10
		disk.Put(name, broken)
		if f := mustVerify(t, disk, dataset.Bytes); len(f.lines) != 1 || !strings.Contains(f.String(), "refined/") {
			t.Fatalf("byte %d of %d flipped: a verification finds %q", at, len(content), f.lines)
		}
	}
	var notices []string
	if _, err := refineOn(disk, smallLimit, 1, dataset.Options{Notice: func(s string) { notices = append(notices, s) }}); err != nil {
		t.Fatal(err)
	}
	if len(notices) != 1 || !strings.Contains(notices[0], "is damaged") || !sameRefined(refinedFiles(disk), want) {
		t.Errorf("damage is not mended: %q", notices)
	}
	second := want[partNames(plan)[1]+".parquet"]
	disk.Put(name, second) // sound, but of another part
	if f := mustVerify(t, disk, dataset.Bytes); len(f.lines) != 1 {
		t.Errorf("the file of another part: a verification finds %q", f.lines)
	}
	disk.Put(name, content)
	disk.Put(root+"/refined/part-00000000-000000.parquet", content)
	if f := mustVerify(t, disk, dataset.Quick); len(f.lines) != 1 || !strings.Contains(f.String(), "part-00000000") {
		t.Errorf("a stranger: a verification finds %q", f.lines)
	}
}

// Stopping ends between networks; what was written stays, and the rest comes later.
func TestRefinedStops(t *testing.T) {
	disk, _ := refinable(t)
	want := func() map[string][]byte {
		other, _ := refinable(t)
		mustRefine(t, other, smallLimit, 1)
		return refinedFiles(other)
	}()
	o := dataset.Options{FS: disk}
	reader, err := dataset.Open(root, o)
	if err != nil {
		t.Fatal(err)
	}
	into, err := dataset.OpenRefined(root, smallLimit, o)
	if err != nil {
		t.Fatal(err)
	}
	stop := make(chan struct{})
	err = sampler.RefineParts(context.Background(), reader, into, sampler.RefineOptions{
		Limit: smallLimit, Stop: stop, Workers: func(schema.Configuration) int { return 1 },
		Report: func(p sampler.PartRefined) {
			if p.Part.Seq == 0 {
				close(stop)
			}
		},
	})
	if err == nil { // it was faster than the stop
		t.Log("not stopped")
	} else if !errors.Is(err, sampler.ErrStopped) {
		t.Errorf("error %v, want ErrStopped", err)
	}
	if n := len(refinedFiles(disk)); n == 0 {
		t.Error("the first part was not written")
	}
	if err := into.Close(); err != nil {
		t.Fatal(err)
	}
	mustRefine(t, disk, smallLimit, 1)
	if !sameRefined(refinedFiles(disk), want) {
		t.Error("the rest makes other files")
	}
}
