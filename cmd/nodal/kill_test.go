//go:build unix

package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
)

// killSweep makes eight parts of the cheapest networks: a part takes about a
// tenth of a second. The first one keeps fields.
const killSweep = `version: 1
name: kill
seed: 9
networks: 900000
keep_fields: 100
grid: {from: -1, to: 1, points: 2}
cases:
  - name: a
    hidden: []
    activation: identity
`

const kills = 200

// TestKill kills runs with SIGKILL at random moments while a reader loops over
// the glob. Whenever a run comes to its end the files are those of a run that
// nobody disturbed, and a new dataset is begun.
func TestKill(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	folder := t.TempDir()
	sweep := filepath.Join(folder, "kill.yaml")
	if err := os.WriteFile(sweep, []byte(killSweep), 0o666); err != nil {
		t.Fatal(err)
	}
	reference := filepath.Join(folder, "undisturbed")
	began := time.Now()
	if out, err := nodal("run", sweep, "--out", reference).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	life := time.Since(began) / 3 // of a run, at most
	want := datasetFiles(t, reference)

	random := rand.New(rand.NewPCG(4, 2))
	for killed, round := 0, 0; killed < kills; round++ {
		out := filepath.Join(folder, fmt.Sprint(round))
		reader := startReader(out)
		for killed < kills {
			if died := runAndKill(t, sweep, out, time.Duration(random.Int64N(int64(life)))); !died {
				break
			}
			killed++
		}
		if output, err := nodal("run", sweep, "--out", out).CombinedOutput(); err != nil {
			t.Errorf("after %d kills: %v\n%s", killed, err, output)
		}
		if err := reader.end(); err != nil {
			t.Errorf("the reader after %d kills: %v", killed, err)
		}
		if rows := reader.rows; rows != 900_000 {
			t.Errorf("the reader saw %d rows in the end, want 900000", rows)
		}
		wantSameDataset(t, datasetFiles(t, out), want)
		t.Logf("dataset %d: %d kills so far, %d looks by the reader", round, killed, reader.looks)
		if t.Failed() {
			return
		}
		os.RemoveAll(out)
	}
}

// nodal returns the command that this test binary is when it is called so.
func nodal(args ...string) *exec.Cmd {
	cmd := exec.Command("nodal", args...)
	cmd.Env = append(os.Environ(), "GOMAXPROCS=2")
	return cmd
}

// runAndKill kills a run after its life and reports whether it was still alive.
func runAndKill(t *testing.T, sweep, out string, life time.Duration) bool {
	t.Helper()
	var output bytes.Buffer
	cmd := nodal("run", sweep, "--out", out, "--progress", "none")
	cmd.Stdout, cmd.Stderr = &output, &output
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(life, func() { cmd.Process.Kill() })
	defer timer.Stop()
	err := cmd.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.Sys().(syscall.WaitStatus).Signal() == syscall.SIGKILL {
		return true
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, output.String())
	}
	return false
}

// fileSum stands for the content of a file.
type fileSum [sha256.Size]byte

// datasetFiles returns every file of a dataset but locks and journals.
func datasetFiles(t *testing.T, root string) map[string]fileSum {
	t.Helper()
	files := make(map[string]fileSum)
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, _ := filepath.Rel(root, path)
		if name = filepath.ToSlash(name); strings.HasPrefix(name, "_nodal/locks/") || strings.HasPrefix(name, "_nodal/journal/") {
			return nil
		}
		content, err := os.ReadFile(path)
		files[name] = sha256.Sum256(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func wantSameDataset(t *testing.T, got, want map[string]fileSum) {
	t.Helper()
	if g, w := slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)); !slices.Equal(g, w) {
		t.Fatalf("files %v, want %v", g, w)
	}
	for name := range want {
		if got[name] != want[name] {
			t.Errorf("%s differs", name)
		}
	}
}

// globReader looks at networks/*.parquet again and again, as DuckDB or pandas
// would.
type globReader struct {
	glob  string
	stop  chan struct{}
	group sync.WaitGroup
	seen  map[string]fs.FileInfo
	found []bool // networks, by their number
	rows  int64
	looks int
	err   error
}

func startReader(root string) *globReader {
	r := &globReader{glob: filepath.Join(root, "networks", "*.parquet"), stop: make(chan struct{}),
		seen: make(map[string]fs.FileInfo), found: make([]bool, 900_000)}
	r.group.Go(func() {
		for r.err == nil {
			select {
			case <-r.stop:
				r.err = r.look()
				return
			case <-time.After(time.Millisecond):
				r.err = r.look()
			}
		}
	})
	return r
}

// end has the reader look a last time and returns the first error.
func (r *globReader) end() error {
	close(r.stop)
	r.group.Wait()
	return r.err
}

// look reads what is new and checks that what was seen is as it was.
func (r *globReader) look() error {
	r.looks++
	paths, err := filepath.Glob(r.glob)
	if err != nil {
		return err
	}
	for path := range r.seen {
		if !slices.Contains(paths, path) {
			return fmt.Errorf("%s is gone", path)
		}
	}
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return err
		}
		if before, ok := r.seen[path]; ok {
			if !os.SameFile(before, info) || before.Size() != info.Size() || !before.ModTime().Equal(info.ModTime()) {
				return fmt.Errorf("%s has changed", path)
			}
			continue
		}
		r.seen[path] = info
		if err := r.read(path); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	return nil
}

// read counts the networks of a file.
func (r *globReader) read(path string) error {
	rows, err := parquet.ReadFile[struct {
		Network int64 `parquet:"network"`
	}](path)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if r.found[row.Network] {
			return fmt.Errorf("network %d is in another file too", row.Network)
		}
		r.found[row.Network] = true
	}
	r.rows += int64(len(rows))
	return nil
}
