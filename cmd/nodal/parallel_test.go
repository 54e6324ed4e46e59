//go:build unix

package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// untilSweep takes several stages of two parts or more.
const untilSweep = `version: 1
name: until
seed: 9
networks: {until: {column: crossings, relative_error: 0.005}, max: 300000}
grid: {from: -1, to: 1, points: 9}
cases:
  - name: a
    hidden: [[2], [3]]
`

// The line draws the same files as a run by itself, and again does no harm. Folders have
// names that both shells and parallel would take for something else.
func TestParallelDrawsTheDataset(t *testing.T) {
	if _, err := exec.LookPath("parallel"); err != nil {
		t.Skip("NOT RUN: GNU parallel is not installed")
	}
	for name, text := range map[string]string{"plain": threeParts, "until": untilSweep} {
		t.Run(name, func(t *testing.T) {
			sweep, want := prepare(t, text)
			folder := filepath.Join(t.TempDir(), `it's {} {#} $HOME "a" \`)
			must(t, os.Mkdir(folder, 0o777))
			content, err := os.ReadFile(sweep)
			must(t, err)
			sweep = filepath.Join(folder, "sweep {.}.yaml")
			must(t, os.WriteFile(sweep, content, 0o666))
			out := filepath.Join(folder, "out")
			line, err := nodal("parallel", sweep, "--hosts", ":", "--out", out, "--tasks", "3").Output()
			must(t, err)
			for range 2 {
				runLine(t, string(line))
				wantSameDataset(t, datasetFiles(t, out), want)
			}
		})
	}
}

// runLine has a shell run a line, without the settings of this user's parallel.
func runLine(t *testing.T, line string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute) // where stages never end
	defer cancel()
	cmd := exec.CommandContext(ctx, "sh", "-c", line)
	cmd.WaitDelay = time.Second
	cmd.Env = append(os.Environ(), "GOMAXPROCS=2", "PARALLEL_HOME="+t.TempDir(), "SHELL=/bin/sh")
	output, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v of\n%s%s", err, line, output)
	}
}
