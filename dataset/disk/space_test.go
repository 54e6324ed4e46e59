package disk

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// What is not there yet has the space of the folder that it would lie in.
func TestFree(t *testing.T) {
	if runtime.GOOS != "linux" && runtime.GOOS != "darwin" && runtime.GOOS != "windows" {
		t.Skip("NOT RUN: the space on a disk is not known here")
	}
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "file"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	t.Chdir(folder)
	for _, path := range []string{folder, filepath.Join(folder, "a", "b"), filepath.Join(folder, "file", "a"), "a", "."} {
		free, ok := Free(path)
		if !ok || free.Bytes <= 0 || free.Files < -1 {
			t.Errorf("Free(%s) = %+v, %v, want some space", path, free, ok)
		}
	}
}
