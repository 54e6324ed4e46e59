//go:build unix

package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// These are for the tests that run nodal as a process.

// successName is the mark of a complete dataset.
const successName = "_SUCCESS"

// faultsSweep makes one part of some 45 kB, half of it fields.
const faultsSweep = `version: 1
name: faults
seed: 9
networks: 60
keep_fields: 20
grid: {from: -1, to: 1, points: 100}
cases:
  - name: a
    hidden: [[], [3], [2, 2]]
`

// threeParts makes three parts of 19 MB in all.
const threeParts = `version: 1
name: three
seed: 9
networks: 300000
keep_fields: 3
grid: {from: -1, to: 1, points: 2}
cases:
  - name: a
    hidden: []
    activation: identity
`

// prepare writes a sweep file and does an undisturbed run of it. It returns the
// path of the one and the files of the other.
func prepare(t *testing.T, text string) (sweep string, want map[string]fileSum) {
	t.Helper()
	folder := t.TempDir()
	sweep = filepath.Join(folder, "sweep.yaml")
	must(t, os.WriteFile(sweep, []byte(text), 0o666))
	out := filepath.Join(folder, "undisturbed")
	if code, output := nodalCode(t, "run", sweep, "--out", out); code != exitComplete {
		t.Fatalf("an undisturbed run ends with code %d: %s", code, output)
	}
	return sweep, datasetFiles(t, out)
}

// nodalCode runs a command to its end and returns its exit code and what it
// said.
func nodalCode(t *testing.T, args ...string) (int, string) {
	t.Helper()
	return codeOf(t, nodal(args...))
}

// wantCode runs a command to its end and wants that exit code and those words
// among what it says.
func wantCode(t *testing.T, want int, words string, args ...string) {
	t.Helper()
	if code, output := nodalCode(t, args...); code != want || !strings.Contains(output, words) {
		t.Errorf("%s: code %d, want %d and %q: %s", strings.Join(args, " "), code, want, words, output)
	}
}

// codeOf runs a command to its end and returns its exit code and what it said.
// The test fails if it panicked.
func codeOf(t *testing.T, cmd *exec.Cmd) (int, string) {
	t.Helper()
	output, err := cmd.CombinedOutput()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if bytes.Contains(output, []byte("goroutine ")) {
		t.Errorf("a panic: %s", output)
	}
	return cmd.ProcessState.ExitCode(), string(output)
}

// must ends the test on an error of what it prepares.
func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// notRun skips a test for which the machine lacks something, and fails it where
// everything is supposed to be there.
func notRun(t *testing.T, why error) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatal(why)
	}
	t.Skip("NOT RUN: ", why)
}
