package crashdisk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Every operation can be made to fail, once, and then leaves files and folders as
// they were. All of them count, and the log has them under their names.
func TestEveryOperationFailsOnce(t *testing.T) {
	checked := 0
	for name := range everyOperation(nil, nil, nil) {
		t.Run(name, func(t *testing.T) {
			d := New()
			d.PutFolder("/d")
			held := durable(t, d, "/d/a", "x")
			lock, err := d.Lock("/d/lock", true)
			must(t, err)
			before, ops := d.Files(), d.Ops()
			d.FailAt(2, Fault{Err: syscall.ENOSPC})
			_, err = d.Stat("/")
			must(t, err)
			err = everyOperation(d, held, lock)[name]()
			var path *fs.PathError
			var link *os.LinkError
			if !errors.Is(err, syscall.ENOSPC) || !errors.As(err, &path) && !errors.As(err, &link) {
				t.Errorf("got %v, want ENOSPC with a path", err)
			}
			if diff := cmp.Diff(text(before), text(d.Files())); diff != "" {
				t.Errorf("it changed files (-before +after)\n%s", diff)
			}
			if name == "unlock" { // it gives the lock back though it fails
				again, err := d.Lock("/d/lock", true)
				must(t, err)
				must(t, again.Close())
			}
			switch err := everyOperation(d, held, lock)[name](); {
			case name == "close" && !errors.Is(err, fs.ErrClosed):
				t.Errorf("the second Close = %v, want ErrClosed: the first closes though it fails", err)
			case name != "close" && err != nil:
				t.Errorf("the second time it fails too: %v", err)
			}
			log := d.Log()
			if op := log[ops+1]; op.Name != name || op.N != ops+2 || !errors.Is(op.Err, syscall.ENOSPC) {
				t.Errorf("the log has %+v, want %s as number %d with ENOSPC", op, name, ops+2)
			}
			if len(log) != d.Ops() {
				t.Errorf("%d operations, %d of them in the log", d.Ops(), len(log))
			}
		})
		checked++
	}
	if checked != 18 { // those that Op.Name lists
		t.Errorf("%d kinds of operations, want 18", checked)
	}
}

func TestShortWrite(t *testing.T) {
	for _, tt := range []struct {
		name  string
		fault Fault
		n     int
		want  string
	}{
		{"whole", Fault{Err: syscall.ENOSPC}, 0, "ab"},
		{"short", Fault{Err: syscall.ENOSPC, Short: true}, 2, "abcd"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := New()
			f := put(t, d, "/a", "ab", false)
			d.FailAt(1, tt.fault)
			if n, err := f.Write([]byte("cdefg")); n != tt.n || !errors.Is(err, syscall.ENOSPC) {
				t.Errorf("Write = %d, %v; want %d, ENOSPC", n, err, tt.n)
			}
			sameFiles(t, "after", d.Files(), map[string]string{"/a": tt.want})
			fill(t, f, "h")
			sameFiles(t, "after the next write", d.Files(), map[string]string{"/a": tt.want + "h"})
		})
	}
}

// A full disk refuses what needs space until it is healed, and a read-only one
// refuses every change.
func TestFailFrom(t *testing.T) {
	full := []string{"append", "create", "link", "lock", "mkdir", "write"}
	for _, tt := range []struct {
		err  error
		want []string
	}{
		{syscall.ENOSPC, full},
		{syscall.EROFS, append([]string{"remove", "rename"}, full...)},
	} {
		t.Run(tt.err.Error(), func(t *testing.T) {
			want := slices.Sorted(slices.Values(tt.want))
			var refused []string
			for name := range everyOperation(nil, nil, nil) {
				d := New()
				d.PutFolder("/d")
				held := durable(t, d, "/d/a", "x")
				lock, err := d.Lock("/d/lock", true)
				must(t, err)
				d.FailFrom(2, tt.err)
				must(t, d.Mkdir("/d/before"))
				switch err := everyOperation(d, held, lock)[name](); {
				case errors.Is(err, tt.err):
					refused = append(refused, name)
				case err != nil:
					t.Errorf("%s = %v", name, err)
				}
				must(t, lock.Close())
				lock, err = d.Lock("/d/lock", true)
				must(t, err) // its file is there, so it needs no space
				d.FailAt(1, Fault{})
				d.Heal()
				must(t, d.Mkdir("/d/healed"))
				must(t, lock.Close())
			}
			slices.Sort(refused)
			if diff := cmp.Diff(want, refused); diff != "" {
				t.Errorf("refused operations (-want +got)\n%s", diff)
			}
		})
	}
}

func TestWithoutLinksAndLocks(t *testing.T) {
	d := New()
	d.Put("/a", nil)
	d.NoLinks(true)
	d.NoLocks(true)
	for _, d := range []*Disk{d, d.Restart(1, 0)} {
		if err := d.Link("/a", "/b"); !errors.Is(err, errors.ErrUnsupported) {
			t.Errorf("Link = %v, want ErrUnsupported", err)
		}
		if _, err := d.Lock("/lock", true); !errors.Is(err, errors.ErrUnsupported) {
			t.Errorf("Lock = %v, want ErrUnsupported", err)
		}
	}
	d.NoLinks(false)
	must(t, d.Link("/a", "/b"))
}

// A reader that watches sees the disk after every operation, the one that stops
// the machine too, and leaves no trace.
func TestWatch(t *testing.T) {
	d := New()
	var seen []string
	d.Watch(func(op Op) {
		seen = append(seen, op.Name+" "+list(d.Quiet()))
		reader := opened(t)(d.Quiet().Open("/a"))
		_, err := reader.Size()
		must(t, errors.Join(err, reader.Close()))
	})
	f := put(t, d, "/a", "x", false)
	d.FailAt(1, Fault{Short: true})
	if _, err := f.Write([]byte("yz")); err == nil {
		t.Error("the write did not fail")
	}
	d.CrashAt(1)
	must(t, f.Sync())
	want := []string{"create a= ", "write a=x ", "write a=xy ", "sync a=xy "}
	if diff := cmp.Diff(want, seen); diff != "" || d.Ops() != len(want) {
		t.Errorf("%d operations; watched (-want +got)\n%s", d.Ops(), diff)
	}
}

// Used from several goroutines, operations are whole and each counts once. It
// is for the race detector too.
func TestConcurrent(t *testing.T) {
	d := New()
	var watching atomic.Bool
	d.Watch(func(Op) {
		if watching.Swap(true) {
			t.Error("two operations are watched at a time")
		}
		d.Quiet().Paths()
		runtime.Gosched()
		watching.Store(false)
	})
	var all sync.WaitGroup
	journal := opened(t)(d.Append("/journal"))
	before := d.Ops()
	const goroutines, rounds = 4, 50
	created := make([]int, goroutines)
	for g := range goroutines {
		all.Go(func() {
			for i := range rounds {
				if f, err := d.Create(name(i)); err == nil {
					created[g]++
					f.Close()
				}
				journal.Write([]byte("line\n"))
				d.Restart(0.5, uint64(i)).Files()
			}
		})
	}
	all.Wait()
	total := 0
	for _, n := range created {
		total += n
	}
	if total != rounds {
		t.Errorf("%d files created under %d names", total, rounds)
	}
	if got, want := d.Ops()-before, 2*goroutines*rounds+rounds; got != want {
		t.Errorf("%d operations, want %d", got, want)
	}
	if size := len(text(d.Files())["/journal"]); size != goroutines*rounds*len("line\n") {
		t.Errorf("the journal has %d bytes", size)
	}
}

func name(i int) string { return "/" + string(rune('a'+i%26)) + string(rune('a'+i/26)) }

// A test that crashes after every operation may leave out those that do not
// change the disk, nor what a crash leaves of it.
func TestChanges(t *testing.T) {
	state := func(d *Disk) string {
		var s string
		for _, kept := range []float64{0, 0.5, 1} {
			after := d.Restart(kept, 5)
			s += fmt.Sprintln(after.Paths(), list(after))
		}
		return s
	}
	for name := range everyOperation(nil, nil, nil) {
		d := New()
		d.PutFolder("/d")
		held := durable(t, d, "/d/a", "x")
		fill(t, held, "unsynced")
		lock, err := d.Lock("/d/lock", true)
		must(t, err)
		before := state(d)
		must(t, everyOperation(d, held, lock)[name]())
		if changed := state(d) != before; changed != (Op{Name: name}).Changes() {
			t.Errorf("Op %s: Changes = %v, but it did: %v", name, !changed, changed)
		}
	}
}
