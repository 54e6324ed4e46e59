package main

import (
	"testing"

	"nodal/dataset"
)

func TestParseShard(t *testing.T) {
	for _, tt := range []struct {
		text string
		want dataset.Shard // none: a usage error
	}{
		{"", dataset.Shard{Count: 1}},
		{"0/1", dataset.Shard{Count: 1}},
		{"3/4", dataset.Shard{Index: 3, Count: 4}},
		{"99999/100000", dataset.Shard{Index: 99_999, Count: 100_000}},
		{"4/4", dataset.Shard{}},
		{"0/0", dataset.Shard{}},
		{"0/100001", dataset.Shard{}},
		{"-1/4", dataset.Shard{}},
		{"+1/4", dataset.Shard{}},
		{"1/+4", dataset.Shard{}},
		{"1.0/4", dataset.Shard{}},
		{"1", dataset.Shard{}},
		{"1/", dataset.Shard{}},
		{"/4", dataset.Shard{}},
		{"1/4/8", dataset.Shard{}},
		{" 1/4", dataset.Shard{}},
		{"1of4", dataset.Shard{}},
		{"0/18446744073709551617", dataset.Shard{}},
	} {
		got, err := parseShard(tt.text)
		if got != tt.want || (err != nil) != (tt.want.Count == 0) {
			t.Errorf("parseShard(%q) = %+v, %v, want %+v", tt.text, got, err, tt.want)
		}
		if err != nil && exitCode(err) != exitUsage {
			t.Errorf("parseShard(%q): code %d, want %d", tt.text, exitCode(err), exitUsage)
		}
	}
}
