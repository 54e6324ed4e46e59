//go:build unix

package disk_test

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"nodal/dataset/disk"
)

// Open neither follows a link nor waits for the other end of a pipe.
func TestOpenTakesRegularFiles(t *testing.T) {
	for _, tt := range []struct {
		name  string
		plant func(path string) error
		want  error
	}{
		{"file", func(path string) error { return os.WriteFile(path, nil, 0o666) }, nil},
		{"pipe", func(path string) error { return syscall.Mkfifo(path, 0o666) }, disk.ErrNotRegular},
		{"folder", func(path string) error { return os.Mkdir(path, 0o777) }, disk.ErrNotRegular},
		{"dangling link", func(path string) error { return os.Symlink("none", path) }, disk.ErrNotRegular},
		{"link to a file", func(path string) error {
			target := path + ".target"
			return errors.Join(os.WriteFile(target, nil, 0o666), os.Symlink(target, path))
		}, disk.ErrNotRegular},
		{"link to a device", func(path string) error { return os.Symlink(os.DevNull, path) }, disk.ErrNotRegular},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a")
			if err := tt.plant(path); err != nil {
				t.Fatal(err)
			}
			opened := make(chan error, 1)
			go func() {
				f, err := disk.OS{}.Open(path)
				if err == nil {
					err = f.Close()
				}
				opened <- err
			}()
			select {
			case err := <-opened:
				if !errors.Is(err, tt.want) || (err == nil) != (tt.want == nil) {
					t.Errorf("Open = %v, want %v", err, tt.want)
				}
			case <-time.After(10 * time.Second): // it takes microseconds
				t.Error("Open hangs")
			}
		})
	}
}
