package main

import (
	"strings"
	"testing"

	"nodal/dataset"
	"nodal/dataset/disk"
)

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
