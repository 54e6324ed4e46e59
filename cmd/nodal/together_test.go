//go:build unix

package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// These tests let several processes work on one directory.

// fourParts makes four parts of the cheapest networks.
const fourParts = `version: 1
name: four
seed: 9
networks: 400000
keep_fields: 3
grid: {from: -1, to: 1, points: 2}
cases:
  - name: a
    hidden: []
    activation: identity
`

// wantTogether runs a sweep with the flags of every process at once and wants
// each to end well and the dataset to be that of an undisturbed run. It returns
// what they said.
func wantTogether(t *testing.T, sweep, out string, want map[string]fileSum, processes ...string) string {
	t.Helper()
	outputs := make([]string, len(processes))
	var group sync.WaitGroup
	for i, flags := range processes {
		group.Go(func() {
			var code int
			args := append([]string{"run", sweep, "--out", out, "--workers", "1", "--progress", "none"}, strings.Fields(flags)...)
			if code, outputs[i] = nodalCode(t, args...); code != exitComplete {
				t.Errorf("process %d with %q: code %d: %s", i, flags, code, outputs[i])
			}
		})
	}
	group.Wait()
	wantSameDataset(t, datasetFiles(t, out), want)
	return strings.Join(outputs, "")
}

// TestTogether has processes begin, draw and finish the same dataset at the same
// time.
func TestTogether(t *testing.T) {
	for _, tt := range []struct {
		name      string
		sweep     string
		processes []string
		rounds    int
	}{
		{"four without locks", fourParts, []string{"--no-lock", "--no-lock", "--no-lock", "--no-lock"}, 1},
		{"one with locks, one without", fourParts, []string{"", "--no-lock"}, 1},
		{"four shards", fourParts, []string{"--shard 0/4", "--shard 1/4", "--shard 2/4", "--shard 3/4"}, 1},
		{"the same shard twice without locks", fourParts, []string{"--shard 0/2 --no-lock", "--shard 0/2 --no-lock", "--shard 1/2"}, 1},
		{"shards of different numbers", fourParts, []string{"--shard 0/2", "--shard 1/2", "--shard 0/3", "--shard 1/3", "--shard 2/3"}, 1},
		{"a short sweep without locks", faultsSweep, []string{"--no-lock", "--no-lock", "--no-lock", "--no-lock"}, 15},
		{"shards without parts", faultsSweep, []string{"--shard 0/3", "--shard 1/3", "--shard 2/3"}, 15},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sweep, want := prepare(t, tt.sweep)
			for round := range tt.rounds {
				wantTogether(t, sweep, filepath.Join(t.TempDir(), fmt.Sprint(round)), want, tt.processes...)
			}
		})
	}
}

// TestTwoFinishers has processes that find every part there write the manifest
// and _SUCCESS at the same time.
func TestTwoFinishers(t *testing.T) {
	sweep, want := prepare(t, faultsSweep)
	out := filepath.Join(t.TempDir(), "out")
	wantTogether(t, sweep, out, want, "")
	for _, lost := range [][]string{{successName}, {successName, "_nodal/manifest.json"}, {successName, "_nodal/journal"}} {
		for range 6 {
			for _, name := range lost {
				must(t, os.RemoveAll(filepath.Join(out, name)))
			}
			wantTogether(t, sweep, out, want, "--shard 0/2", "--shard 1/2", "--no-lock")
		}
	}
}

// TestShardsInTurn runs the shards of a dataset one after the other, in any order.
func TestShardsInTurn(t *testing.T) {
	sweep, want := prepare(t, fourParts)
	out := filepath.Join(t.TempDir(), "out")
	for there, shard := range rand.New(rand.NewPCG(4, 4)).Perm(4) {
		code, output := nodalCode(t, "run", sweep, "--out", out, "--shard", fmt.Sprintf("%d/4", shard))
		said := fmt.Sprintf("out: shard %d/4 is done: 1 part; %d of 4 parts of the dataset are there", shard, there+1)
		if there == 3 {
			said = "out: 400,000 networks in"
		}
		if code != exitComplete || !strings.Contains(output, said) {
			t.Errorf("shard %d: code %d: %s", shard, code, output)
		}
		if _, err := os.Stat(filepath.Join(out, successName)); (err == nil) != (there == 3) {
			t.Errorf("after %d shards: %s: %v", there+1, successName, err)
		}
	}
	wantSameDataset(t, datasetFiles(t, out), want)
}

// TestLocked starts a second run where one is at work: the locks keep it out,
// with code 5, and the first is not disturbed.
func TestLocked(t *testing.T) {
	sweep, want := prepare(t, fourParts)
	for _, flags := range []string{"", "--shard 1/2"} {
		out := filepath.Join(t.TempDir(), "out")
		args := append([]string{"run", sweep, "--out", out}, strings.Fields(flags)...)
		first := nodal(args...)
		must(t, first.Start())
		waitFor(t, out+"/networks/.part-*.tmp")
		must(t, first.Process.Signal(syscall.SIGSTOP)) // so that it does not end meanwhile
		if code, output := nodalCode(t, args...); code != exitLocked || !strings.Contains(output, out) {
			t.Errorf("the second run ends with code %d, want %d: %s", code, exitLocked, output)
		}
		must(t, first.Process.Signal(syscall.SIGCONT))
		if err := first.Wait(); err != nil {
			t.Error(err)
		}
		if flags != "" {
			must(t, nodal("run", sweep, "--out", out).Run())
		}
		wantSameDataset(t, datasetFiles(t, out), want)
	}
}

// TestUnlockedStays starts a run with locks where one without is at work: nobody
// can tell that the temporary files of that one are not those of a dead run, so
// they have to stay.
func TestUnlockedStays(t *testing.T) {
	sweep, want := prepare(t, fourParts)
	out := filepath.Join(t.TempDir(), "out")
	first := nodal("run", sweep, "--out", out, "--no-lock", "--workers", "1")
	must(t, first.Start())
	waitFor(t, out+"/networks/.part-*.unlocked.*.tmp")
	wantCode(t, exitComplete, "", "run", sweep, "--out", out)
	if err := first.Wait(); err != nil {
		t.Error(err)
	}
	wantSameDataset(t, datasetFiles(t, out), want)
}

// waitFor waits until there is a file that matches a pattern.
func waitFor(t *testing.T, pattern string) {
	t.Helper()
	for end := time.Now().Add(time.Minute); ; time.Sleep(time.Millisecond) {
		found, err := filepath.Glob(pattern)
		must(t, err)
		if len(found) > 0 {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("there is no %s after a minute", pattern)
		}
	}
}
