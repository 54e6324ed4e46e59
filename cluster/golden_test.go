package cluster

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the texts of testdata anew")

// wantGolden holds a text against a file of testdata, and returns its path. The texts
// are contracts: what changes them is to be looked at, and tried with make test-slurm
// or make test-k8s.
func wantGolden(t *testing.T, name, got string) string {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("not %s (-update writes it):\n%s", path, diff)
	}
	return path
}
