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

	"nodal/schema"
)

// TestKill kills runs with SIGKILL at random moments, 200 of them, while a reader
// loops over the glob. Whenever a run comes to its end the files are those of a run
// that nobody disturbed, and a new dataset is begun. Most kills of the long sweep
// meet a part on its way, most of the short one the plan, a name, the journal, the
// manifest or _SUCCESS.
func TestKill(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	for _, tt := range []struct {
		name  string
		sweep string
		rows  int
		kills int
		share time.Duration // a run lives for less than its time divided by this
	}{
		{"three parts", threeParts, 300_000, 120, 2},
		{"a short run", faultsSweep, 180, 80, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sweep, want := prepare(t, tt.sweep)
			began := time.Now()
			if err := nodal("run", sweep, "--out", filepath.Join(t.TempDir(), "timed")).Run(); err != nil {
				t.Fatal(err)
			}
			life := time.Since(began) / tt.share
			random := rand.New(rand.NewPCG(4, 2))
			for killed := 0; killed < tt.kills && !t.Failed(); {
				killed += killUntilDone(t, sweep, want, tt.rows, tt.kills-killed, func() time.Duration {
					return time.Duration(random.Int64N(int64(life)))
				})
			}
		})
	}
}

// killUntilDone begins a dataset and kills its runs until one outlives its life or
// there were enough, has it completed and compares. It returns the kills.
func killUntilDone(t *testing.T, sweep string, want map[string]fileSum, rows, enough int, life func() time.Duration) (killed int) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	defer os.RemoveAll(out)
	reader := startReader(out, want)
	for killed < enough && runAndKill(t, sweep, out, life()) {
		killed++
	}
	if output, err := nodal("run", sweep, "--out", out).CombinedOutput(); err != nil {
		t.Errorf("after %d kills: %v\n%s", killed, err, output)
	}
	if err := reader.end(); err != nil {
		t.Errorf("the reader after %d kills: %v", killed, err)
	}
	if len(reader.found) != rows {
		t.Errorf("the reader saw %d networks in the end, want %d", len(reader.found), rows)
	}
	wantSameDataset(t, datasetFiles(t, out), want)
	t.Logf("%d kills, %d looks by the reader", killed, reader.looks)
	return killed
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
	root  string
	want  map[string]fileSum // of a complete dataset
	stop  chan struct{}
	group sync.WaitGroup
	seen  map[string]fs.FileInfo
	found map[network]string // where each network is
	looks int
	err   error
}

// network is what tells networks apart.
type network struct {
	ConfigID string `parquet:"config_id"`
	Network  int64  `parquet:"network"`
}

func startReader(root string, want map[string]fileSum) *globReader {
	r := &globReader{root: root, want: want, stop: make(chan struct{}),
		seen: make(map[string]fs.FileInfo), found: make(map[network]string)}
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
	if err := r.lookAtMark(); err != nil {
		return err
	}
	paths, err := filepath.Glob(filepath.Join(r.root, "networks", "*.parquet"))
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

// lookAtMark checks that if there is a _SUCCESS everything else is there.
func (r *globReader) lookAtMark() error {
	mark, err := os.ReadFile(filepath.Join(r.root, successName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil || sha256.Sum256(mark) != r.want[successName] {
		return fmt.Errorf("%s says %q, %w", successName, mark, err)
	}
	for name := range r.want {
		if _, err := os.Stat(filepath.Join(r.root, name)); err != nil {
			return fmt.Errorf("%s is there: %w", successName, err)
		}
	}
	return nil
}

// allColumns is how many files the reader takes the identities of for one of which
// it reads everything.
const allColumns = 4

// read enters the networks of a file. The fields that a part keeps are there before
// its networks are.
func (r *globReader) read(path string) error {
	fields := filepath.Join("fields", filepath.Base(path))
	if want, kept := r.want[filepath.ToSlash(fields)]; kept {
		if content, err := os.ReadFile(filepath.Join(r.root, fields)); err != nil || sha256.Sum256(content) != want {
			return fmt.Errorf("its fields are others, %d bytes: %w", len(content), err)
		}
	}
	if len(r.seen)%allColumns == 1 {
		if _, err := parquet.ReadFile[schema.Row](path); err != nil {
			return err
		}
	}
	rows, err := parquet.ReadFile[network](path)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if other, twice := r.found[row]; twice {
			return fmt.Errorf("%v is in %s too", row, other)
		}
		r.found[row] = path
	}
	return nil
}
