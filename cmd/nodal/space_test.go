package main

import (
	"context"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"nodal/dataset"
	"nodal/dataset/disk"
	"nodal/sampler"
)

// The estimate of a shipped sweep is no less than what it takes, and no more than
// 1.6 times as much. This one has both kinds of grid, kept fields and few networks,
// so that what parts take beside their rows shows.
func TestDiskEstimate(t *testing.T) {
	if testing.Short() {
		t.Skip("NOT RUN in short mode: runs a whole sweep")
	}
	_, plan, err := readPlan("../../sweeps/normalised-inputs.yaml", sampler.Fused)
	if err != nil {
		t.Fatal(err)
	}
	out := t.TempDir()
	d, err := dataset.Create(out, plan, dataset.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	need := plan.Missing(out, dataset.Shard{})
	if err := sampler.Run(context.Background(), d, sampler.Options{}); err != nil {
		t.Fatal(err)
	}
	var taken dataset.Size
	err = filepath.WalkDir(out, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err == nil && info.Mode().IsRegular() {
			taken.Bytes += (info.Size() + 4095) / 4096 * 4096
		}
		taken.Files++
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if ratio := float64(need.Bytes) / float64(taken.Bytes); ratio < 1 || ratio > 1.6 || need.Files < taken.Files {
		t.Errorf("estimate %+v, taken %+v: %.2f times the bytes, want 1 to 1.6", need, taken, ratio)
	}
	if left := plan.Missing(out, dataset.Shard{}); left != (dataset.Size{}) {
		t.Errorf("all parts are there and %+v are missing", left)
	}
}

func TestCheckSpace(t *testing.T) {
	need := dataset.Size{Bytes: 5 << 20, Files: 30}
	for _, tt := range []struct {
		name string
		need dataset.Size
		free disk.Space
		want string // part of the message; "" for none
	}{
		{"just enough", need, disk.Space{Bytes: 5 << 20, Files: 30}, ""},
		{"a byte short", need, disk.Space{Bytes: 5<<20 - 1, Files: 30}, "out/x: needs up to 5.0 MiB of disk and its file system has 5.0 MiB free"},
		{"a file short", need, disk.Space{Bytes: 5 << 20, Files: 29}, "out/x: needs up to 30 files and its file system has room for 29"},
		{"no inodes left", need, disk.Space{Bytes: 5 << 20}, "30 files"},
		{"files without number", need, disk.Space{Bytes: 5 << 20, Files: -1}, ""},
		{"nothing missing on a full disk", dataset.Size{}, disk.Space{}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var warned strings.Builder
			err := checkSpace(&warned, "out/x", tt.need, tt.free, false)
			if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
				t.Errorf("checkSpace = %v, want %q", err, tt.want)
			}
			if err != nil && (exitCode(err) != exitResources || !strings.Contains(err.Error(), "--force")) {
				t.Errorf("checkSpace = %v with code %d, want advice and code %d", err, exitCode(err), exitResources)
			}
			if warned.Len() > 0 {
				t.Errorf("warned without --force: %s", &warned)
			}
			if err := checkSpace(&warned, "out/x", tt.need, tt.free, true); err != nil {
				t.Errorf("with --force: %v", err)
			}
			if !strings.Contains(warned.String(), tt.want) || (warned.Len() > 0) != (tt.want != "") {
				t.Errorf("with --force: warned %q, want %q", &warned, tt.want)
			}
		})
	}
}
