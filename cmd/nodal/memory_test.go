package main

import (
	"math"
	"strings"
	"testing"

	"nodal/dataset"
	"nodal/sampler"
	"nodal/schema"
)

func TestCheckMemory(t *testing.T) {
	plan := dataset.NewPlan("check", 1, nil, []schema.Configuration{{Inputs: 1, Outputs: 1, Networks: 1,
		Grid: schema.Grid{{From: 0, To: 1, Points: 1 << 20}}}}, "1")
	need := sampler.MemoryOf(plan)
	for _, tt := range []struct {
		name      string
		workers   int
		available int64
		want      string // part of the error; "" for none
	}{
		{"unknown machine", 4096, 0, ""},
		{"fits", 3, need.With(3), ""},
		{"one worker too many", 4, need.With(3), "use --workers 3"},
		{"not even one", 1, need.With(1) - 1, "use a coarser grid"},
		{"next to nothing", 1, 1, "use a coarser grid"},
		{"no limit", 4096, math.MaxInt64, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := checkMemory(plan, tt.workers, tt.available)
			if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
				t.Errorf("checkMemory = %v, want %q", err, tt.want)
			}
			if err != nil && exitCode(err) != exitResources {
				t.Errorf("exit code %d, want %d", exitCode(err), exitResources)
			}
		})
	}
}

func TestFormats(t *testing.T) {
	for _, tt := range []struct{ name, got, want string }{
		{"bytes", formatBytes(1023), "1023 B"},
		{"kibibytes", formatBytes(1536), "1.5 KiB"},
		{"seconds", formatSeconds(0.44), "0.4s"},
		{"minutes", formatSeconds(185), "3m05s"},
		{"hours", formatSeconds(7260), "2h01m"},
		{"days", formatSeconds(4 * 86400), "4d00h"},
		{"years", formatSeconds(1e12), "31688 years"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, tt.got, tt.want)
		}
	}
}
