package crashdisk

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"nodal/dataset/disk"
)

// After any history: at 1 a crash leaves what reads show; a file written by
// offsets reads as a slice written alike; a disk that was restarted earlier does
// not see later writes; and once every file and folder is synced, nothing is
// lost at 0.
func TestHistories(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := history{New(), map[string]disk.File{}, map[disk.File][]byte{}}
		h.d.PutFolder("/d")
		h.d.PutFolder("/e")
		var earlier *Disk
		var then map[string][]byte
		paths := rapid.SampledFrom([]string{"/d/a", "/d/b", "/e/a", "/e/b"})
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			h.step(rapid.IntRange(0, 6).Draw(t, "step"), paths.Draw(t, "path"), paths.Draw(t, "to"),
				rapid.SliceOfN(rapid.Byte(), 0, 5).Draw(t, "bytes"), rapid.Int64Range(0, 8).Draw(t, "offset"))
			if rapid.IntRange(0, 3).Draw(t, "crash") == 0 {
				earlier = h.d.Restart(0.5, rapid.Uint64().Draw(t, "seed"))
				then = earlier.Files()
			}
		}
		for f, want := range h.wrote {
			size, err := f.Size()
			got := make([]byte, size)
			if n, _ := f.ReadAt(got, 0); err != nil || string(got[:n]) != string(want) {
				t.Fatalf("%s reads %q, %v; %q was written", f.Name(), got[:n], err, want)
			}
		}
		shows := text(h.d.Files())
		if diff := cmp.Diff(shows, text(h.d.Restart(1, 0).Files())); diff != "" {
			t.Fatalf("kept 1 (-shown +left)\n%s", diff)
		}
		if earlier != nil {
			if diff := cmp.Diff(text(then), text(earlier.Files())); diff != "" {
				t.Fatalf("a disk restarted earlier changed (-then +now)\n%s", diff)
			}
		}
		h.syncAll(t)
		if diff := cmp.Diff(shows, text(h.d.Restart(0, 0).Files())); diff != "" {
			t.Fatalf("all synced, kept 0 (-shown +left)\n%s", diff)
		}
	})
}

// history is a disk and the files made on it, each with a slice that is written
// alike.
type history struct {
	d     *Disk
	made  map[string]disk.File // by the path they were made under
	wrote map[disk.File][]byte
}

// step does one thing, whatever comes of it.
func (h history) step(kind int, path, to string, p []byte, off int64) {
	switch f := h.made[path]; kind {
	case 0:
		if f, err := h.d.Create(path); err == nil {
			h.made[path], h.wrote[f] = f, nil
		}
	case 1, 2:
		if f == nil {
			return
		}
		if n, err := f.WriteAt(p, off); n == len(p) && err == nil && n > 0 {
			grown := make([]byte, max(len(h.wrote[f]), int(off)+n))
			copy(grown, h.wrote[f])
			copy(grown[off:], p)
			h.wrote[f] = grown
		}
	case 3:
		if f != nil {
			f.Sync()
		}
	case 4:
		h.d.Link(path, to)
	case 5:
		h.d.Rename(path, to)
	case 6:
		h.d.Remove(path)
	}
	if off == 0 {
		h.d.SyncFolder(filepath.Dir(to))
	}
}

// syncAll syncs every file and folder.
func (h history) syncAll(t *rapid.T) {
	for path := range h.d.Files() {
		f, err := h.d.Append(path)
		if err == nil {
			err = f.Sync()
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, folder := range []string{"/d", "/e"} {
		if err := h.d.SyncFolder(folder); err != nil {
			t.Fatal(err)
		}
	}
}

// What tests pay: a run of 100 parts of 10 kB, restarted.
func BenchmarkRestart(b *testing.B) {
	d := New()
	d.PutFolder("/networks")
	for i := range 100 {
		f, _ := d.Create("/networks" + name(i))
		for range 10 {
			f.Write(make([]byte, 1000))
		}
		if i%2 == 0 {
			f.Sync()
		}
	}
	for b.Loop() {
		d.Restart(0.5, 1)
	}
}
