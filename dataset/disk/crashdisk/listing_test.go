package crashdisk

import (
	"fmt"
	"math/rand/v2"
	"path"
	"slices"
	"testing"
)

// TestListing holds a folder that is listed now and then against what is in it, while
// files come, go and change their names.
func TestListing(t *testing.T) {
	d, r := New(), rand.New(rand.NewPCG(1, 2))
	d.PutFolder("/d")
	name := func() string { return fmt.Sprintf("/d/%d", r.IntN(40)) }
	for step := range 2000 {
		switch r.IntN(4) {
		case 0, 1:
			if f, err := d.Create(name()); err == nil {
				must(t, f.Close())
			}
		case 2:
			d.Remove(name())
		case 3:
			d.Rename(name(), name())
		}
		if step == 1000 {
			d = d.Restart(0.5, 1)
		}
		if r.IntN(3) > 0 {
			continue
		}
		var want, got []string
		for _, p := range d.Paths() {
			if p != "/d" {
				want = append(want, path.Base(p))
			}
		}
		list, err := d.ReadDir("/d")
		must(t, err)
		for _, e := range list {
			if info, err := e.Info(); err != nil || info.Name() != e.Name() || e.IsDir() || e.Type() != 0 {
				t.Errorf("%v: %v, %v", e, info, err)
			}
			got = append(got, e.Name())
		}
		if slices.Sort(want); !slices.Equal(got, want) {
			t.Fatalf("step %d: %v, want %v", step, got, want)
		}
		if len(list) > 0 { // the list is the caller's
			list[0] = nil
		}
	}
}

// TestFlush checks that what was there at a flush outlasts a crash, and what came after
// does not.
func TestFlush(t *testing.T) {
	d := New()
	must(t, d.Mkdir("/d"))
	f := put(t, d, "/d/a", "old", false)
	must(t, d.Rename("/d/a", "/d/b"))
	d.Flush()
	fill(t, f, "new")
	put(t, d, "/d/c", "new", true)
	sameFiles(t, "after a crash", d.Restart(0, 1).Files(), map[string]string{"/d/b": "old"})
}

// TestNoLog checks that operations count without a log too.
func TestNoLog(t *testing.T) {
	d := New()
	must(t, d.Mkdir("/d"))
	d.NoLog(true)
	must(t, d.Mkdir("/e"))
	if d.Ops() != 2 || len(d.Log()) != 1 {
		t.Errorf("%d operations, %d in the log", d.Ops(), len(d.Log()))
	}
}
