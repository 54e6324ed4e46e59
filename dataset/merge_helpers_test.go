package dataset_test

import (
	"bytes"
	"errors"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"nodal/dataset"
	"nodal/dataset/disk/crashdisk"
)

// These are for the tests of merging, which lay out several datasets on one disk.

// mergeParts makes eleven parts of faultSweep, of which some keep fields.
const mergeParts = 8

// drawn returns the files of what runs of these shards leave, all of them, by their
// path in the dataset.
func drawn(t testing.TB, plan *dataset.Plan, shards ...dataset.Shard) map[string][]byte {
	t.Helper()
	disk := crashdisk.New()
	for _, shard := range shards {
		err := runOn(t, disk, plan, dataset.Options{Shard: shard})
		if err != nil && !errors.Is(err, dataset.ErrIncomplete) {
			t.Fatal(err)
		}
	}
	return inside(disk, root)
}

// inside returns the files of a dataset on a disk, by their path in it.
func inside(disk *crashdisk.Disk, at string) map[string][]byte {
	files := make(map[string][]byte)
	for name, content := range disk.Files() {
		if name, in := strings.CutPrefix(name, at+"/"); in {
			files[name] = content
		}
	}
	return files
}

// lay puts files on a disk as a dataset.
func lay(disk *crashdisk.Disk, at string, files map[string][]byte) {
	for name, content := range files {
		disk.Put(at+"/"+name, content)
	}
}

// share returns shard i of n.
func share(i, n int) dataset.Shard { return dataset.Shard{Index: i, Count: n} }

// mergeOn merges datasets into root.
func mergeOn(disk *crashdisk.Disk, o dataset.MergeOptions, from ...string) (dataset.Merged, error) {
	o.FS = disk
	m, err := dataset.OpenMerge(root, from, o)
	if err == nil {
		err = m.Verify()
	}
	if err != nil {
		return dataset.Merged{}, err
	}
	return m.Copy()
}

// mustMerge merges and wants no error.
func mustMerge(t testing.TB, disk *crashdisk.Disk, from ...string) dataset.Merged {
	t.Helper()
	merged, err := mergeOn(disk, dataset.MergeOptions{}, from...)
	if err != nil {
		t.Fatal(err)
	}
	return merged
}

// wantMerged compares the target with the files that it should have: those that every
// finished run leaves alike.
func wantMerged(t testing.TB, disk *crashdisk.Disk, want map[string][]byte) {
	t.Helper()
	got := make(map[string][]byte)
	for name, content := range lasting(disk) {
		if strings.HasPrefix(name, root+"/") {
			got[name] = content
		}
	}
	if g, w := slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)); !slices.Equal(g, w) {
		t.Fatalf("files %v, want %v", g, w)
	}
	for name := range want {
		if !bytes.Equal(got[name], want[name]) {
			t.Errorf("%s differs", name)
		}
	}
}

// wantWholeTarget checks that every part which a reader of the target sees is whole,
// and has its fields.
func wantWholeTarget(t testing.TB, disk *crashdisk.Disk, want map[string][]byte) {
	t.Helper()
	files := disk.Files()
	for name, content := range files {
		if !strings.HasPrefix(name, root+"/") || !strings.HasSuffix(name, ".parquet") {
			continue
		}
		if !bytes.Equal(content, want[name]) {
			t.Errorf("a reader sees %s with %d bytes, which is not whole", name, len(content))
		}
		fields := root + "/fields/" + path.Base(name)
		if files[fields] == nil && want[fields] != nil {
			t.Errorf("a reader sees %s without its fields", name)
		}
	}
	if _, marked := files[root+"/_SUCCESS"]; marked {
		for name := range want {
			if files[name] == nil {
				t.Errorf("it is marked complete without %s", name)
			}
		}
	}
}

// wantNothingWritten checks that no operation since the first changed a dataset that
// is only read.
func wantNothingWritten(t testing.TB, disk *crashdisk.Disk, first int, at ...string) {
	t.Helper()
	for _, op := range disk.Log()[first:] {
		for _, root := range at {
			if op.Changes() && strings.HasPrefix(op.Path+"/", root+"/") {
				t.Errorf("%s %s", op.Name, op.Path)
			}
		}
	}
}
