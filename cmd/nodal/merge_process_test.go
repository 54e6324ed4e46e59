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

// sevenParts makes seven parts of the cheapest networks.
var sevenParts = strings.NewReplacer("four", "seven", "400000", "800000").Replace(fourParts)

// threeFolders draws the seven shards of sevenParts into three folders, some twice, and
// returns the folders, the sweep and the files of an undisturbed run.
func threeFolders(t *testing.T) (sweep string, want map[string]fileSum, folders []string) {
	t.Helper()
	sweep, want = prepare(t, sevenParts)
	for i, shards := range [][]int{{0, 1, 2}, {5, 2, 3}, {6, 4, 0}} {
		folders = append(folders, filepath.Join(t.TempDir(), fmt.Sprint("folder", i)))
		for _, shard := range shards {
			wantCode(t, exitComplete, "", "run", sweep, "--out", folders[i], "--shard", fmt.Sprintf("%d/7", shard), "--progress", "none")
		}
	}
	return sweep, want, folders
}

// TestMergeFolders merges folders of shards in random order, one at a time and all at
// once, and has merges killed, stopped and met by others.
func TestMergeFolders(t *testing.T) {
	sweep, want, folders := threeFolders(t)
	before := make([]map[string]fileSum, len(folders))
	for i := range folders {
		before[i] = everyFile(t, folders[i])
	}
	random := rand.New(rand.NewPCG(8, 8))
	shuffled := func() []string {
		all := append([]string{}, folders...)
		random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		return all
	}
	args := func(out string, from ...string) []string { return append([]string{"merge", out}, from...) }
	newOut := func(t *testing.T) string { return filepath.Join(t.TempDir(), "out") }

	t.Run("in any order", func(t *testing.T) {
		for range 2 {
			out, order := newOut(t), shuffled()
			wantCode(t, exitComplete, "is complete: 7 parts, 800,000 networks", args(out, order...)...)
			wantSameDataset(t, datasetFiles(t, out), want)
		}
		out, order := newOut(t), shuffled()
		for i, folder := range order {
			said := "is not complete"
			if i == len(order)-1 {
				said = "is complete"
			}
			wantCode(t, exitComplete, said, args(out, folder)...)
		}
		wantSameDataset(t, datasetFiles(t, out), want)
	})

	t.Run("killed", func(t *testing.T) {
		if testing.Short() {
			t.Skip("the reader takes ten seconds")
		}
		began := time.Now()
		wantCode(t, exitComplete, "", args(newOut(t), folders...)...)
		life, kills, out := time.Since(began), 0, newOut(t)
		reader := startReader(out, want)
		for range 10 {
			cmd := nodal(args(out, shuffled()...)...)
			must(t, cmd.Start())
			timer := time.AfterFunc(time.Duration(random.Int64N(int64(life))), func() { cmd.Process.Kill() })
			if cmd.Wait() != nil {
				kills++
			}
			timer.Stop()
		}
		wantCode(t, exitComplete, "is complete", args(out, shuffled()...)...)
		if err := reader.end(); err != nil || len(reader.found) != 800_000 {
			t.Errorf("the reader saw %d networks, %v", len(reader.found), err)
		}
		wantSameDataset(t, datasetFiles(t, out), want)
		if kills < 3 {
			t.Errorf("%d kills: too few to test anything", kills)
		}
		t.Logf("%d kills", kills)
	})

	t.Run("stopped", func(t *testing.T) {
		for _, signal := range []os.Signal{syscall.SIGTERM, syscall.SIGINT} {
			out := newOut(t)
			cmd := nodal(args(out, folders...)...)
			var output strings.Builder
			cmd.Stdout, cmd.Stderr = &output, &output
			must(t, cmd.Start())
			waitFor(t, out+"/networks/.part-*.tmp")
			must(t, cmd.Process.Signal(signal))
			cmd.Wait()
			if code := cmd.ProcessState.ExitCode(); code != exitInterrupted || !strings.Contains(output.String(), "of 7 parts were copied; run the same command again to continue") {
				t.Errorf("%v: code %d: %s", signal, code, output.String())
			}
			if left, _ := filepath.Glob(out + "/*/.part-*.tmp"); len(left) > 0 || exists(filepath.Join(out, successName)) {
				t.Errorf("%v leaves %v", signal, left)
			}
			wantCode(t, exitComplete, "is complete", args(out, folders...)...)
			wantSameDataset(t, datasetFiles(t, out), want)
		}
	})

	t.Run("two at once", func(t *testing.T) {
		for _, flag := range []string{"", "--no-lock"} {
			out := newOut(t)
			wantCode(t, exitComplete, "", args(out, folders[1])...)
			var group sync.WaitGroup
			var codes [2]int
			for i := range codes {
				order := shuffled()
				group.Go(func() { codes[i], _ = nodalCode(t, strings.Fields(strings.Join(args(out, order...), " ")+" "+flag)...) })
			}
			group.Wait()
			for i, code := range codes {
				if code != exitComplete && (flag != "" || code != exitLocked || codes[1-i] != exitComplete) {
					t.Errorf("with %q: codes %v", flag, codes)
				}
			}
			wantSameDataset(t, datasetFiles(t, out), want)
		}
	})

	t.Run("beside shards", func(t *testing.T) {
		out := newOut(t)
		var group sync.WaitGroup
		for i := range 4 {
			group.Go(func() {
				command := []string{"run", sweep, "--out", out, "--shard", fmt.Sprintf("%d/3", i), "--progress", "none", "--workers", "1"}
				if i == 3 {
					command = args(out, folders...)
				}
				wantCode(t, exitComplete, "", command...)
			})
		}
		group.Wait()
		wantSameDataset(t, datasetFiles(t, out), want)
	})

	t.Run("locked", func(t *testing.T) {
		out := newOut(t)
		first := nodal("run", sweep, "--out", out)
		must(t, first.Start())
		waitFor(t, out+"/networks/.part-*.tmp")
		must(t, first.Process.Signal(syscall.SIGSTOP))
		wantCode(t, exitLocked, out, args(out, folders...)...)
		must(t, first.Process.Signal(syscall.SIGCONT))
		must(t, first.Wait())
		wantSameDataset(t, datasetFiles(t, out), want)
	})

	for i := range folders {
		wantSameDataset(t, everyFile(t, folders[i]), before[i]) // they were only read
	}
}

// everyFile returns the files of a folder, all of them.
func everyFile(t *testing.T, root string) map[string]fileSum {
	t.Helper()
	files := datasetFiles(t, root)
	for _, folder := range []string{"locks", "journal"} {
		for name, sum := range datasetFiles(t, filepath.Join(root, "_nodal", folder)) {
			files["_nodal/"+folder+"/"+name] = sum
		}
	}
	return files
}
