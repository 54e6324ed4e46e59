package disk_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"nodal/dataset/disk"
)

// What [disk.FS] promises of OS; package crashdisk holds both to one table of
// calls, this file looks at what only the machine has.

func TestCreateIsExclusive(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a")
	for i, want := range []error{nil, fs.ErrExist} {
		f, err := disk.OS{}.Create(path)
		if !errors.Is(err, want) {
			t.Fatalf("Create number %d = %v, want %v", i+1, err, want)
		}
		if err == nil {
			_, err := f.Write([]byte("first"))
			if err := errors.Join(err, f.Close()); err != nil {
				t.Fatal(err)
			}
		}
	}
	if got, err := os.ReadFile(path); string(got) != "first" {
		t.Errorf("the file holds %q, %v; the second Create touched it", got, err)
	}
}

func TestLinkReplacesNothing(t *testing.T) {
	folder := t.TempDir()
	a, b := filepath.Join(folder, "a"), filepath.Join(folder, "b")
	for path, content := range map[string]string{a: "a", b: "b"} {
		if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := (disk.OS{}).Link(a, b); !errors.Is(err, fs.ErrExist) {
		t.Errorf("Link = %v, want ErrExist", err)
	}
	if got, err := os.ReadFile(b); string(got) != "b" {
		t.Errorf("the file that was there holds %q, %v", got, err)
	}
}

func TestSyncFolder(t *testing.T) {
	folder := t.TempDir()
	if err := (disk.OS{}).SyncFolder(folder); err != nil {
		t.Errorf("SyncFolder = %v", err)
	}
}

// A lock belongs to who took it, not to the process: two of this one exclude each
// other.
func TestLock(t *testing.T) {
	for _, tt := range []struct {
		name          string
		first, second bool // exclusive
		want          error
	}{
		{"exclusive, exclusive", true, true, disk.ErrLocked},
		{"exclusive, shared", true, false, disk.ErrLocked},
		{"shared, exclusive", false, true, disk.ErrLocked},
		{"shared, shared", false, false, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "lock")
			lock := func(exclusive bool, want error) io.Closer {
				t.Helper()
				held, err := disk.OS{}.Lock(path, exclusive)
				if errors.Is(err, errors.ErrUnsupported) {
					t.Skip("no locks here")
				}
				if !errors.Is(err, want) {
					t.Fatalf("Lock(exclusive=%v) = %v, want %v", exclusive, err, want)
				}
				return held
			}
			first := lock(tt.first, nil)
			if second := lock(tt.second, tt.want); tt.want == nil {
				if err := second.Close(); err != nil {
					t.Error(err)
				}
			}
			if err := first.Close(); err != nil {
				t.Error(err)
			}
			if err := lock(true, nil).Close(); err != nil {
				t.Error(err)
			}
		})
	}
}
