package crashdisk

import (
	"io"
	"strings"
	"testing"
)

// Each rule of publishing, broken once and kept once. want is part of the one
// violation, "" where all is well.
func TestViolations(t *testing.T) {
	for _, tt := range []struct {
		name string
		do   func(*testing.T, *Disk)
		want string
	}{
		{"publish by link", func(t *testing.T, d *Disk) {
			must(t, put(t, d, "/networks/.part.tmp", "x", true).Close())
			must(t, d.Link("/networks/.part.tmp", "/networks/part"))
			must(t, d.SyncFolder("/networks"))
			must(t, d.Remove("/networks/.part.tmp"))
		}, ""},
		{"publish by rename", func(t *testing.T, d *Disk) {
			must(t, put(t, d, "/plan.tmp", "x", true).Close())
			must(t, d.Rename("/plan.tmp", "/plan"))
		}, ""},
		{"journal that gets its name by rename", func(t *testing.T, d *Disk) {
			put(t, d, "/journal.tmp", "x", true)
			must(t, d.Rename("/journal.tmp", "/journal"))
			f := opened(t)(d.Append("/journal"))
			fill(t, f, "line")
			must(t, f.Sync())
			must(t, f.Sync())
		}, ""},
		{"sync after a failed sync", func(t *testing.T, d *Disk) {
			f := put(t, d, "/a", "x", false)
			d.FailAt(1, Fault{})
			failed(t, f.Sync())
			must(t, f.Sync())
		}, "sync of /a after a failed sync"},
		{"sync through another handle after a failed sync", func(t *testing.T, d *Disk) {
			f := put(t, d, "/a", "x", false)
			d.FailAt(1, Fault{})
			failed(t, f.Sync())
			must(t, opened(t)(d.Append("/a")).Sync())
		}, "sync of /a after a failed sync"},
		{"second failed sync", func(t *testing.T, d *Disk) {
			f := put(t, d, "/a", "x", false)
			for range 2 {
				d.FailAt(1, Fault{})
				failed(t, f.Sync())
			}
		}, "sync of /a after a failed sync"},
		{"failed sync of another file", func(t *testing.T, d *Disk) {
			f := put(t, d, "/a", "x", false)
			d.FailAt(1, Fault{})
			failed(t, f.Sync())
			put(t, d, "/b", "x", true)
		}, ""},
		{"write under two names", func(t *testing.T, d *Disk) {
			f := put(t, d, "/a.tmp", "x", true)
			must(t, d.Link("/a.tmp", "/b.tmp"))
			fill(t, f, "y")
		}, "write to /a.tmp, which has 2 names"},
		{"write after publishing", func(t *testing.T, d *Disk) {
			f := put(t, d, "/a.tmp", "x", true)
			must(t, d.Rename("/a.tmp", "/a"))
			_, err := f.WriteAt([]byte("y"), 0)
			must(t, err)
		}, "write to /a.tmp, which has its final name"},
		{"append to a part", func(t *testing.T, d *Disk) {
			d.Put("/networks/part", []byte("x"))
			fill(t, opened(t)(d.Append("/networks/part")), "y")
		}, "write to /networks/part, which readers see"},
		{"written in the sight of readers", func(t *testing.T, d *Disk) {
			put(t, d, "/fields/part", "x", true)
		}, "write to /fields/part, which readers see"},
		{"published before sync", func(t *testing.T, d *Disk) {
			put(t, d, "/networks/.part.tmp", "x", false)
			must(t, d.Link("/networks/.part.tmp", "/networks/part"))
		}, "link of /networks/.part.tmp to /networks/part before its bytes are synced"},
		{"published after a failed sync", func(t *testing.T, d *Disk) {
			f := put(t, d, "/plan.tmp", "x", false)
			d.FailAt(1, Fault{})
			failed(t, f.Sync())
			must(t, d.Rename("/plan.tmp", "/plan"))
		}, "rename of /plan.tmp to /plan before its bytes are synced"},
		{"rename over a part of other bytes", func(t *testing.T, d *Disk) {
			d.Put("/networks/part", []byte("x"))
			put(t, d, "/networks/.part.tmp", "y", true)
			must(t, d.Rename("/networks/.part.tmp", "/networks/part"))
		}, "rename of /networks/.part.tmp over /networks/part, which holds other bytes"},
		{"rename over a part of the same bytes", func(t *testing.T, d *Disk) {
			d.Put("/networks/part", []byte("x"))
			put(t, d, "/networks/.part.tmp", "x", true)
			must(t, d.Rename("/networks/.part.tmp", "/networks/part"))
		}, ""},
		{"rename over another file", func(t *testing.T, d *Disk) {
			d.Put("/manifest", []byte("x"))
			put(t, d, "/manifest.tmp", "y", true)
			must(t, d.Rename("/manifest.tmp", "/manifest"))
		}, ""},
		{"part put away", func(t *testing.T, d *Disk) {
			d.Put("/networks/part", []byte("x"))
			must(t, d.Rename("/networks/part", "/quarantine/part"))
		}, ""},
		{"the test itself may do anything", func(t *testing.T, d *Disk) {
			d.Put("/networks/part", []byte("x"))
			fill(t, opened(t)(d.Quiet().Append("/networks/part")), "y")
		}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := New()
			for _, folder := range []string{"/networks", "/fields", "/quarantine"} {
				d.PutFolder(folder)
			}
			tt.do(t, d)
			got := strings.Join(d.Violations(), "\n")
			if (tt.want == "") != (got == "") || !strings.HasSuffix(got, tt.want) || strings.Contains(got, "\n") {
				t.Errorf("violations %q, want %q", got, tt.want)
			}
		})
	}
}

func failed(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		t.Error("it did not fail")
	}
}

// What is not a regular file is described and not opened.
func TestPlanted(t *testing.T) {
	d := New()
	d.Put("/in/a", []byte("x"))
	d.Pipe("/in/pipe")
	d.Symlink("a", "/in/link")
	d.Symlink("/in", "/folder")
	for path, want := range map[string]string{
		"/in": "drwxr-xr-x", "/in/a": "-rw-r--r--", "/in/pipe": "prw-r--r--", "/in/link": "Lrwxrwxrwx", "/folder/link": "Lrwxrwxrwx",
	} {
		is, err := d.Lstat(path)
		must(t, err)
		if got := is.Mode().String(); got != want {
			t.Errorf("Lstat(%s) = %s, want %s", path, got, want)
		}
		if _, err := d.Open(path); class(err) != map[bool]string{true: "ok", false: "not regular"}[is.Mode().IsRegular()] {
			t.Errorf("Open(%s) = %v", path, err)
		}
	}
	through := opened(t)(d.Open("/folder/a"))
	if got, err := io.ReadAll(through); string(got) != "x" || err != nil {
		t.Errorf("through a linked folder: %q, %v", got, err)
	}
	for what, plant := range map[string]func(){
		"relative path":   func() { d.Put("a", nil) },
		"below a file":    func() { d.Put("/in/a/b", nil) },
		"over a folder":   func() { d.Put("/in", nil) },
		"the root itself": func() { d.Put("/", nil) },
	} {
		t.Run(what, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("Put did not panic")
				}
			}()
			plant()
		})
	}
}
