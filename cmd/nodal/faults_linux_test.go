package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

// forced returns the flag that makes a run try a disk which seems too small,
// if there is one.
var forced = sync.OnceValue(func() []string {
	help, _ := nodal("run", "--help").Output()
	if bytes.Contains(help, []byte("--force")) {
		return []string{"--force"}
	}
	return nil
})

// runForced runs a sweep however small the disk seems.
func runForced(t *testing.T, sweep, out string, more ...string) (int, string) {
	t.Helper()
	args := append([]string{"run", sweep, "--out", out, "--progress", "none"}, forced()...)
	return nodalCode(t, append(args, more...)...)
}

// wantWholeParts checks that what readers find under root is whole, that no
// temporary file is left, and that _SUCCESS is only there if everything is. It
// returns how many parts there are.
func wantWholeParts(t *testing.T, root string, want map[string]fileSum) int {
	t.Helper()
	parts := 0
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, _ := filepath.Rel(root, path)
		switch {
		case strings.HasSuffix(name, ".tmp"):
			t.Errorf("%s is left", name)
		case strings.HasPrefix(name, "networks/"), strings.HasPrefix(name, "fields/"):
			content, err := os.ReadFile(path)
			if err != nil || sha256.Sum256(content) != want[name] {
				t.Errorf("%s is not whole: it has %d bytes, %v", name, len(content), err)
			}
			if strings.HasPrefix(name, "networks/") {
				parts++
			}
		case name == successName:
			wantSameDataset(t, datasetFiles(t, root), want)
		}
		return nil
	})
	if !errors.Is(err, fs.ErrNotExist) { // there may be no dataset at all
		must(t, err)
	}
	return parts
}

// randomName is what differs from run to run in the names of files.
var randomName = regexp.MustCompile(`\.[0-9a-z]+\.tmp|-[0-9a-f]{8}\.jsonl`)

// nameless returns what a run under root said without root and random names.
func nameless(output, root string) string {
	return randomName.ReplaceAllString(strings.ReplaceAll(output, root, ""), "")
}

// wantEnds checks that runs ended in all these ways.
func wantEnds(t *testing.T, ends map[string]bool, want ...string) {
	t.Helper()
	all := strings.Join(slices.Sorted(maps.Keys(ends)), "")
	for _, end := range want {
		if !strings.Contains(all, end) {
			t.Errorf("no run ended at %q, but so:\n%s", end, all)
		}
	}
	t.Log(all)
}

// wantNoRoom checks the end of a run for which there was no room.
func wantNoRoom(t *testing.T, code int, output, path string) {
	t.Helper()
	if code != exitResources || !strings.Contains(output, path) || !strings.Contains(output, "no space left on device") {
		t.Errorf("code %d, want %d, the path %s and why: %s", code, exitResources, path, output)
	}
}

// TestFullDisk runs on file systems of 1 MB that are full but for a few pages.
// Wherever the room ends, the run says so and leaves nothing half done, and
// the same run completes the dataset once there is room.
func TestFullDisk(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	sweep, want := prepare(t, faultsSweep)
	const page = 4096
	failed, ends := 0, map[string]bool{}
	for free := int64(0); free <= 24*page; free += page {
		t.Run(fmt.Sprintf("free=%d", free), func(t *testing.T) {
			disk := mountSmall(t, "size=1m")
			out, ballast := filepath.Join(disk.path, "out"), filepath.Join(disk.path, "ballast")
			disk.fill(t, ballast, free)
			code, output := runForced(t, sweep, out)
			if code != exitComplete {
				wantNoRoom(t, code, output, out)
				failed++
				ends[nameless(output, disk.path)] = true
			}
			wantWholeParts(t, out, want)
			must(t, os.Remove(ballast))
			if code, output := runForced(t, sweep, out); code != exitComplete {
				t.Fatalf("with room again: code %d: %s", code, output)
			}
			wantSameDataset(t, datasetFiles(t, out), want)
		})
	}
	wantEnds(t, ends, "/.plan.json", "/.sweep.yaml", "writing /out/fields/part", "writing /out/networks/part", "/journal/", "/.manifest.json", "/._SUCCESS")
	if failed == 25 {
		t.Error("no run had room")
	}
}

// TestFullDiskLater runs out of room when some parts are published: they stay as
// they are and are not drawn again.
func TestFullDiskLater(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	sweep, want := prepare(t, threeParts)
	for _, megabytes := range []int{1, 7, 8, 12, 16, 18} {
		t.Run(fmt.Sprintf("size=%dm", megabytes), func(t *testing.T) {
			disk := mountSmall(t, fmt.Sprintf("size=%dm", megabytes))
			out := filepath.Join(disk.path, "out")
			code, output := runForced(t, sweep, out)
			wantNoRoom(t, code, output, out)
			parts := wantWholeParts(t, out, want)
			if parts != megabytes/8 {
				t.Errorf("%d parts are published", parts)
			}
			before := modified(t, out)
			disk.remount(t, "size=30m")
			if code, output = runForced(t, sweep, out); code != exitComplete {
				t.Fatalf("with room again: code %d: %s", code, output)
			}
			wantSameDataset(t, datasetFiles(t, out), want)
			for path, info := range before {
				if now, err := os.Stat(path); err != nil || !os.SameFile(info, now) || !now.ModTime().Equal(info.ModTime()) {
					t.Errorf("%s was written again", path)
				}
			}
		})
	}
}

// modified describes the published files of a dataset.
func modified(t *testing.T, root string) map[string]fs.FileInfo {
	t.Helper()
	files := map[string]fs.FileInfo{}
	for _, folder := range []string{"networks", "fields"} {
		paths, err := filepath.Glob(filepath.Join(root, folder, "*.parquet"))
		must(t, err)
		for _, path := range paths {
			files[path], err = os.Stat(path)
			must(t, err)
		}
	}
	return files
}

// TestNoInodes runs where only so many files can be made. A second name takes
// an inode here too, so that links fail.
func TestNoInodes(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	sweep, want := prepare(t, faultsSweep)
	failed := 0
	ends := map[string]bool{}
	for inodes := 1; inodes <= 26; inodes++ {
		t.Run(fmt.Sprintf("inodes=%d", inodes), func(t *testing.T) {
			disk := mountSmall(t, fmt.Sprintf("size=1m,nr_inodes=%d", inodes))
			out := filepath.Join(disk.path, "out")
			code, output := runForced(t, sweep, out)
			if code != exitComplete {
				wantNoRoom(t, code, output, disk.path)
				failed++
				ends[nameless(output, disk.path)] = true
			}
			wantWholeParts(t, out, want)
			disk.remount(t, "size=1m,nr_inodes=100")
			if code, output := runForced(t, sweep, out); code != exitComplete {
				t.Fatalf("with room again: code %d: %s", code, output)
			}
			wantSameDataset(t, datasetFiles(t, out), want)
		})
	}
	wantEnds(t, ends, "mkdir /out:", "mkdir /out/_nodal:", "locks:", "/run.lock", "/0of1.lock", "mkdir /out/networks:", "open /out/_nodal/.plan.json",
		"link /out/_nodal/.plan.json", "open /out/networks/.part", "open /out/fields/.part", "link /out/fields/.part", "/journal/", "/.manifest.json", "/._SUCCESS")
	if failed == 26 {
		t.Error("no run had inodes enough")
	}
}

// TestReadOnly mounts datasets where nothing can be written. A complete one needs
// nothing and can be read; another one cannot be continued.
func TestReadOnly(t *testing.T) {
	if !inNamespace(t) {
		return
	}
	sweep, want := prepare(t, faultsSweep)
	for _, tt := range []struct {
		name   string
		remove string
		code   int
		says   string
	}{
		{"complete", "", exitComplete, "is complete already"},
		{"incomplete", "networks/*", exitResources, "read-only file system"},
		{"no mark", successName, exitResources, "read-only file system"},
		{"no plan", "_nodal/plan.json", exitResources, "read-only file system"},
		{"no locks", "_nodal/locks", exitComplete, "is complete already"},
		{"no dataset", "", exitResources, "read-only file system"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			disk := mountSmall(t, "size=1m")
			out := filepath.Join(disk.path, "out")
			if tt.name != "no dataset" {
				wantCode(t, exitComplete, "", "run", sweep, "--out", out)
			}
			remove(t, filepath.Join(out, tt.remove))
			disk.remount(t, "ro")
			wantCode(t, tt.code, tt.says, "run", sweep, "--out", out)
			wantCode(t, tt.code, out, "run", sweep, "--out", out, "--no-lock")
			if tt.code == exitComplete {
				wantCode(t, exitComplete, "", "verify", out)
				wantCode(t, exitComplete, "", "verify", "--full", out)
				wantCode(t, exitComplete, "", "summarize", out)
			}
			disk.remount(t, "rw")
			wantCode(t, exitComplete, "", "run", sweep, "--out", out)
			wantSameDataset(t, datasetFiles(t, out), want)
		})
	}
}

// remove removes what matches a pattern, but not the dataset itself.
func remove(t *testing.T, pattern string) {
	t.Helper()
	found, err := filepath.Glob(pattern)
	must(t, err)
	for _, path := range found {
		if filepath.Base(path) != "out" {
			must(t, os.RemoveAll(path))
		}
	}
}
