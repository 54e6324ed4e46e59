package crashdisk

import (
	"errors"
	"io/fs"
	"syscall"
	"testing"

	"nodal/dataset/disk"
)

// What a crash leaves of one short history, with nothing and with all of what
// was not synced. "" is a file that is there and empty; a path that is not named
// must be gone.
func TestCrashLeavesWhatIsPromised(t *testing.T) {
	for _, tt := range []struct {
		name       string
		do         func(*testing.T, *Disk)
		none, full map[string]string
	}{
		{"nothing synced", func(t *testing.T, d *Disk) {
			put(t, d, "/d/a", "bytes", false)
		}, nil, map[string]string{"/d/a": "bytes"}},
		{"bytes synced, name not", func(t *testing.T, d *Disk) {
			put(t, d, "/d/a", "bytes", true)
		}, nil, map[string]string{"/d/a": "bytes"}},
		{"name synced, bytes not", func(t *testing.T, d *Disk) {
			put(t, d, "/d/a", "bytes", false)
			must(t, d.SyncFolder("/d"))
		}, map[string]string{"/d/a": ""}, map[string]string{"/d/a": "bytes"}},
		{"both synced", func(t *testing.T, d *Disk) {
			put(t, d, "/d/a", "bytes", true)
			must(t, d.SyncFolder("/d"))
		}, map[string]string{"/d/a": "bytes"}, map[string]string{"/d/a": "bytes"}},
		{"name synced in a folder whose name is not", func(t *testing.T, d *Disk) {
			must(t, d.Mkdir("/d/in"))
			put(t, d, "/d/in/a", "bytes", true)
			must(t, d.SyncFolder("/d/in"))
		}, nil, map[string]string{"/d/in/a": "bytes"}},
		{"link without its folder", func(t *testing.T, d *Disk) {
			durable(t, d, "/d/a", "bytes")
			must(t, d.Link("/d/a", "/d/b"))
		}, map[string]string{"/d/a": "bytes"}, map[string]string{"/d/a": "bytes", "/d/b": "bytes"}},
		{"rename without its folder", func(t *testing.T, d *Disk) {
			durable(t, d, "/d/a", "bytes")
			must(t, d.Rename("/d/a", "/d/b"))
		}, map[string]string{"/d/a": "bytes"}, map[string]string{"/d/b": "bytes"}},
		{"rename over a file", func(t *testing.T, d *Disk) {
			durable(t, d, "/d/a", "new")
			durable(t, d, "/d/b", "old")
			must(t, d.Rename("/d/a", "/d/b"))
			must(t, d.SyncFolder("/d"))
		}, map[string]string{"/d/b": "new"}, map[string]string{"/d/b": "new"}},
		{"rename, only the new folder synced", func(t *testing.T, d *Disk) {
			durable(t, d, "/d/a", "bytes")
			must(t, d.Rename("/d/a", "/e/a"))
			must(t, d.SyncFolder("/e"))
		}, map[string]string{"/d/a": "bytes", "/e/a": "bytes"}, map[string]string{"/e/a": "bytes"}},
		{"removal without its folder", func(t *testing.T, d *Disk) {
			durable(t, d, "/d/a", "bytes")
			must(t, d.Remove("/d/a"))
		}, map[string]string{"/d/a": "bytes"}, nil},
		{"second line of a journal not synced", func(t *testing.T, d *Disk) {
			durable(t, d, "/d/a", "one\n")
			f := opened(t)(d.Append("/d/a"))
			fill(t, f, "two\n")
		}, map[string]string{"/d/a": "one\n"}, map[string]string{"/d/a": "one\ntwo\n"}},
		{"overwritten and not synced", func(t *testing.T, d *Disk) {
			f := durable(t, d, "/d/a", "bytes")
			_, err := f.WriteAt([]byte("AB"), 0)
			must(t, err)
		}, map[string]string{"/d/a": "bytes"}, map[string]string{"/d/a": "ABtes"}},
		{"failed sync, then sync", func(t *testing.T, d *Disk) {
			f := durable(t, d, "/d/a", "one")
			fill(t, f, "two")
			d.FailAt(1, Fault{})
			if err := f.Sync(); !errors.Is(err, syscall.EIO) {
				t.Errorf("Sync = %v, want EIO", err)
			}
			fill(t, f, "3")
			must(t, f.Sync())
			if got, _ := d.ReadFile("/d/a"); string(got) != "onetwo3" {
				t.Errorf("before the crash the file holds %q, want onetwo3", got)
			}
		}, map[string]string{"/d/a": "one\x00\x00\x003"}, map[string]string{"/d/a": "one\x00\x00\x003"}},
		{"failed sync of a folder, then sync", func(t *testing.T, d *Disk) {
			put(t, d, "/d/a", "bytes", true)
			d.FailAt(1, Fault{})
			if err := d.SyncFolder("/d"); !errors.Is(err, syscall.EIO) {
				t.Errorf("SyncFolder = %v, want EIO", err)
			}
			must(t, d.SyncFolder("/d"))
		}, map[string]string{"/d/a": "bytes"}, map[string]string{"/d/a": "bytes"}},
		{"planted in a folder that was not synced", func(t *testing.T, d *Disk) {
			must(t, d.Mkdir("/d/in"))
			d.Put("/d/in/a", []byte("bytes"))
		}, map[string]string{"/d/in/a": "bytes"}, map[string]string{"/d/in/a": "bytes"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := New()
			d.PutFolder("/d")
			d.PutFolder("/e")
			tt.do(t, d)
			shows := d.Files()
			sameFiles(t, "kept 0", d.Restart(0, 1).Files(), tt.none)
			sameFiles(t, "kept 1", d.Restart(1, 1).Files(), tt.full)
			for seed := range uint64(50) {
				half := d.Restart(0.5, seed)
				sameFiles(t, "restarted again", half.Restart(0, seed).Files(), text(half.Files()))
			}
			sameFiles(t, "the crashed disk itself", d.Files(), text(shows))
		})
	}
}

// In between, every mix of what was not synced turns up for some seed, and none
// that the model excludes.
func TestCrashKeepsHalf(t *testing.T) {
	for _, tt := range []struct {
		name  string
		do    func(*testing.T, *Disk)
		wants []string // all there is to see, as text of list
	}{
		{"two names", func(t *testing.T, d *Disk) {
			put(t, d, "/d/a", "", true)
			put(t, d, "/d/b", "", true)
		}, []string{"", "a= ", "b= ", "a= b= "}},
		{"rename is whole", func(t *testing.T, d *Disk) {
			durable(t, d, "/d/a", "x")
			must(t, d.Rename("/d/a", "/d/b"))
		}, []string{"a=x ", "b=x "}},
		{"rename over a file is whole", func(t *testing.T, d *Disk) {
			durable(t, d, "/d/a", "x")
			durable(t, d, "/d/b", "y")
			must(t, d.Rename("/d/a", "/d/b"))
		}, []string{"a=x b=y ", "b=x "}},
		{"what was synced does not come back", func(t *testing.T, d *Disk) {
			durable(t, d, "/d/a", "x")
			must(t, d.Remove("/d/a"))
			must(t, d.SyncFolder("/d"))
			put(t, d, "/d/b", "y", true)
		}, []string{"", "b=y "}},
		{"removed without what was renamed there before", func(t *testing.T, d *Disk) {
			durable(t, d, "/d/a", "x")
			durable(t, d, "/d/b", "y")
			must(t, d.Rename("/d/b", "/d/a"))
			must(t, d.Remove("/d/a"))
		}, []string{"", "a=y ", "a=x b=y ", "b=y "}},
		{"torn write", func(t *testing.T, d *Disk) {
			f := durable(t, d, "/d/a", "")
			fill(t, f, "xyz")
		}, []string{"a= ", "a=x ", "a=xy ", "a=xyz ", "a=000 "}},
		{"later write without the earlier", func(t *testing.T, d *Disk) {
			f := durable(t, d, "/d/a", "")
			fill(t, f, "x")
			fill(t, f, "y")
		}, []string{"a= ", "a=x ", "a=0 ", "a=xy ", "a=0y ", "a=x0 ", "a=00 "}},
		{"overwritten bytes are old or new", func(t *testing.T, d *Disk) {
			f := durable(t, d, "/d/a", "xx")
			_, err := f.WriteAt([]byte("yy"), 0)
			must(t, err)
		}, []string{"a=xx ", "a=yx ", "a=yy "}},
		{"a failed sync saves no byte", func(t *testing.T, d *Disk) {
			f := durable(t, d, "/d/a", "x")
			fill(t, f, "yz")
			d.FailAt(1, Fault{})
			if f.Sync() == nil {
				t.Error("Sync did not fail")
			}
		}, []string{"a=x ", "a=x00 "}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := New()
			d.PutFolder("/d")
			tt.do(t, d)
			seen := map[string]int{}
			for seed := range uint64(300) {
				got := list(d.Restart(0.5, seed))
				if again := list(d.Restart(0.5, seed)); again != got {
					t.Fatalf("seed %d leaves %q and then %q", seed, got, again)
				}
				seen[got]++
			}
			for _, want := range tt.wants {
				if seen[want] == 0 {
					t.Errorf("no seed leaves %q", want)
				}
				delete(seen, want)
			}
			if len(seen) > 0 {
				t.Errorf("seeds leave %v, which no crash may", seen)
			}
		})
	}
}

// Two names of a file are of one file after a crash too.
func TestCrashKeepsLinks(t *testing.T) {
	d := New()
	durable(t, d, "/a", "x")
	must(t, d.Link("/a", "/b"))
	d = d.Restart(1, 0)
	fill(t, opened(t)(d.Append("/a")), "y")
	sameFiles(t, "written through a", d.Files(), map[string]string{"/a": "xy", "/b": "xy"})
	if len(d.Violations()) != 0 {
		t.Errorf("violations %q", d.Violations())
	}
}

// A folder that two unsynced renames could leave inside itself is in one place.
func TestCrashLeavesNoCycle(t *testing.T) {
	d := New()
	d.PutFolder("/a/b")
	must(t, d.Rename("/a/b", "/b"))
	must(t, d.Rename("/a", "/b/a"))
	for seed := range uint64(100) {
		d.Restart(0.5, seed).Paths() // does not end in a cycle
	}
}

func TestCrashStopsEverything(t *testing.T) {
	d := New()
	d.PutFolder("/d")
	held := opened(t)(d.Create("/d/a"))
	lock, err := d.Lock("/d/lock", true)
	must(t, err)
	before := d.Ops()
	d.CrashAt(2)
	fill(t, held, "x")
	fill(t, held, "y") // still done
	for name, operation := range everyOperation(d, held, lock) {
		err := operation()
		var path *fs.PathError
		if !errors.Is(err, ErrCrashed) || !errors.As(err, &path) {
			t.Errorf("%s = %v, want ErrCrashed in a *fs.PathError", name, err)
		}
	}
	if !d.Crashed() || d.Ops() != before+2 || len(d.Log()) != d.Ops() {
		t.Errorf("crashed %v after %d operations, %d in the log; want %d", d.Crashed(), d.Ops(), len(d.Log()), before+2)
	}
	sameFiles(t, "restarted", d.Restart(1, 0).Files(), map[string]string{"/d/a": "xy", "/d/lock": ""})
	after := d.Restart(1, 0)
	if _, err := after.Lock("/d/lock", true); err != nil || after.Crashed() {
		t.Errorf("after the restart Lock = %v, crashed %v", err, after.Crashed())
	}
}

// Killed at an operation, everything written is there, still as unsynced as it
// was, and the handles of the dead process do nothing.
func TestKill(t *testing.T) {
	d := New()
	d.PutFolder("/d")
	held := opened(t)(d.Create("/d/a"))
	lock, err := d.Lock("/d/lock", true)
	must(t, err)
	d.CrashAt(1)
	fill(t, held, "x")
	d.Kill()
	ops := d.Ops()
	if _, err := held.Write([]byte("y")); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("write of the dead process = %v, want fs.ErrClosed", err)
	}
	if d.Ops() != ops {
		t.Error("the dead process counts")
	}
	again, err := d.Lock("/d/lock", true)
	must(t, err)
	if err := lock.Close(); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("unlock of the dead process = %v, want fs.ErrClosed", err)
	}
	if _, err := d.Lock("/d/lock", true); !errors.Is(err, disk.ErrLocked) {
		t.Errorf("Lock = %v, want ErrLocked: the dead process gave it back", err)
	}
	must(t, again.Close())
	sameFiles(t, "killed", d.Files(), map[string]string{"/d/a": "x", "/d/lock": ""})
	sameFiles(t, "killed, then power cut", d.Restart(0, 0).Files(), nil)
}
