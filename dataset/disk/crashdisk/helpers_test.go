package crashdisk

import (
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nodal/dataset/disk"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// opened takes the results of a call that opens a file.
func opened(t *testing.T) func(disk.File, error) disk.File {
	return func(f disk.File, err error) disk.File {
		t.Helper()
		must(t, err)
		return f
	}
}

func fill(t *testing.T, f disk.File, s string) {
	t.Helper()
	if n, err := f.Write([]byte(s)); n != len(s) || err != nil {
		t.Fatalf("write of %q = %d, %v", s, n, err)
	}
}

// put makes a file through the front door.
func put(t *testing.T, d *Disk, path, content string, sync bool) disk.File {
	t.Helper()
	f := opened(t)(d.Create(path))
	fill(t, f, content)
	if sync {
		must(t, f.Sync())
	}
	return f
}

// durable makes a file whose bytes and name are durable, and leaves it open.
func durable(t *testing.T, d *Disk, path, content string) disk.File {
	t.Helper()
	f := put(t, d, path, content, true)
	must(t, d.SyncFolder(filepath.Dir(path)))
	return f
}

func text(files map[string][]byte) map[string]string {
	out := map[string]string{}
	for path, content := range files {
		out[filepath.ToSlash(path)] = string(content)
	}
	return out
}

func sameFiles(t *testing.T, name string, got map[string][]byte, want map[string]string) {
	t.Helper()
	if want == nil {
		want = map[string]string{}
	}
	if diff := cmp.Diff(want, text(got)); diff != "" {
		t.Errorf("%s: files (-want +got)\n%s", name, diff)
	}
}

// list is all files of a disk as text: "a=bytes b=… ", with 0 for zero bytes.
func list(d *Disk) string {
	files := d.Files()
	var b strings.Builder
	for _, path := range slices.Sorted(maps.Keys(files)) {
		b.WriteString(filepath.Base(path) + "=" + strings.ReplaceAll(string(files[path]), "\x00", "0") + " ")
	}
	return b.String()
}

// everyOperation is one call of every operation that counts, on a folder /d with
// a file a that is open, by name in the log.
func everyOperation(d *Disk, held disk.File, lock io.Closer) map[string]func() error {
	buffer := make([]byte, 1)
	return map[string]func() error{
		"open":       func() error { _, err := d.Open("/d/a"); return err },
		"create":     func() error { _, err := d.Create("/d/new"); return err },
		"append":     func() error { _, err := d.Append("/d/journal"); return err },
		"link":       func() error { return d.Link("/d/a", "/d/linked") },
		"rename":     func() error { return d.Rename("/d/a", "/d/renamed") },
		"remove":     func() error { return d.Remove("/d/a") },
		"mkdir":      func() error { return d.Mkdir("/d/in") },
		"stat":       func() error { _, err := d.Stat("/d/a"); return err },
		"lstat":      func() error { _, err := d.Lstat("/d/a"); return err },
		"readdir":    func() error { _, err := d.ReadDir("/d"); return err },
		"syncfolder": func() error { return d.SyncFolder("/d") },
		"lock":       func() error { _, err := d.Lock("/d/other", true); return err },
		"unlock":     func() error { return lock.Close() },
		"read":       func() error { _, err := held.ReadAt(buffer, 0); return err },
		"write":      func() error { _, err := held.Write(buffer); return err },
		"sync":       func() error { return held.Sync() },
		"size":       func() error { _, err := held.Size(); return err },
		"close":      func() error { return held.Close() },
	}
}
