//go:build unix

package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// TestUnderfoot takes things away from a run that is at work. It completes the
// dataset or says what is wrong, with the path; it does not call complete what is
// not, and the next run completes it.
func TestUnderfoot(t *testing.T) {
	sweep, want := prepare(t, threeParts)
	removing := func(pattern string) func(string) error {
		return func(out string) error {
			found, err := filepath.Glob(filepath.Join(out, pattern))
			if len(found) == 0 {
				err = errors.New("there is no " + pattern)
			}
			for _, path := range found {
				err = errors.Join(err, os.RemoveAll(path))
			}
			return err
		}
	}
	// Moves something aside and puts something else there.
	replacing := func(name string, put func(path, aside string) error) func(string) error {
		return func(out string) error {
			found, err := filepath.Glob(filepath.Join(out, name))
			if err != nil || len(found) != 1 {
				return errors.Join(err, errors.New("there is no single "+name))
			}
			aside := filepath.Join(filepath.Dir(out), "aside")
			return errors.Join(os.Rename(found[0], aside), put(found[0], aside))
		}
	}
	link := func(path, aside string) error { return os.Symlink(aside, path) }
	folder := func(path, _ string) error { return os.Mkdir(path, 0o777) }
	file := func(path, _ string) error { return os.WriteFile(path, nil, 0o666) }
	const first, temp = "networks/part-*-000000.parquet", "networks/.part-*-000001.*.tmp"
	for _, tt := range []struct {
		name  string
		harm  func(out string) error
		codes []int
		undo  bool // the next run needs the thing back
	}{
		{"dataset removed", removing(""), []int{exitResources}, false},
		{"networks removed", removing("networks"), []int{exitResources}, false},
		{"fields removed", removing("fields"), []int{exitResources, exitIntegrity}, false},
		{"_nodal removed", removing("_nodal"), []int{exitResources, exitIntegrity}, false},
		{"locks removed", removing("_nodal/locks"), []int{exitComplete}, false},
		{"journal removed", removing("_nodal/journal"), []int{exitComplete}, false},
		{"plan removed", removing("_nodal/plan.json"), []int{exitIntegrity}, false},
		{"sweep file removed", removing("_nodal/sweep.yaml"), []int{exitComplete}, false},
		{"part removed", removing(first), []int{exitIntegrity}, false},
		{"part truncated", func(out string) error {
			found, err := filepath.Glob(filepath.Join(out, first))
			return errors.Join(err, os.Truncate(found[0], 1000))
		}, []int{exitIntegrity}, false},
		{"temporary file removed", removing(temp), []int{exitResources}, false},
		{"dataset behind a link", replacing("", link), []int{exitComplete}, true},
		{"another folder", replacing("", folder), []int{exitResources}, false},
		{"a file for the dataset", replacing("", file), []int{exitResources}, true},
		{"networks behind a link", replacing("networks", link), []int{exitComplete}, true},
		{"a file for networks", replacing("networks", file), []int{exitResources}, true},
		{"a file for _nodal", replacing("_nodal", file), []int{exitResources}, true},
		{"a link for a part", replacing(first, link), []int{exitIntegrity}, true},
		{"a folder for a part", replacing(first, folder), []int{exitIntegrity}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			out := filepath.Join(t.TempDir(), "out")
			var output bytes.Buffer
			cmd := nodal("run", sweep, "--out", out, "--workers", "1", "--progress", "none")
			cmd.Stdout, cmd.Stderr = &output, &output
			must(t, cmd.Start())
			waitFor(t, filepath.Join(out, first))
			waitFor(t, filepath.Join(out, temp)) // the journal has the first part then
			must(t, cmd.Process.Signal(syscall.SIGSTOP))
			err := tt.harm(out)
			must(t, cmd.Process.Signal(syscall.SIGCONT))
			cmd.Wait()
			must(t, err)
			code, text := cmd.ProcessState.ExitCode(), output.String()
			if !slices.Contains(tt.codes, code) || !strings.Contains(text, out) || strings.Contains(text, "goroutine ") {
				t.Errorf("code %d, want one of %d, and the path: %s", code, tt.codes, text)
			}
			if _, err := os.Stat(filepath.Join(out, successName)); (err == nil) != (code == exitComplete) {
				t.Errorf("code %d and %s: %v", code, successName, err)
			}
			if tt.undo {
				undo(t, out)
			}
			if code == exitComplete {
				wantSameDataset(t, datasetFiles(t, out), want)
			}
			wantCode(t, exitComplete, "", "run", sweep, "--out", out)
			must(t, os.RemoveAll(filepath.Join(out, "_nodal", "quarantine")))
			wantSameDataset(t, datasetFiles(t, out), want)
		})
	}
}

// undo puts back what was moved aside.
func undo(t *testing.T, out string) {
	t.Helper()
	aside := filepath.Join(filepath.Dir(out), "aside")
	info, err := os.Stat(aside)
	must(t, err)
	target := out
	switch {
	case !info.IsDir():
		found, err := filepath.Glob(filepath.Join(out, "networks", "part-*-000000.parquet"))
		must(t, err)
		target = found[0]
	case exists(filepath.Join(aside, "plan.json")):
		target = filepath.Join(out, "_nodal")
	case !exists(filepath.Join(aside, "_nodal")):
		target = filepath.Join(out, "networks")
	}
	must(t, os.Remove(target))
	must(t, os.Rename(aside, target))
}
