package main

import (
	"io"
	"testing"

	"nodal/sampler"
)

// BenchmarkPlan does what nodal plan does for 10^10 networks of 10,000 configurations,
// from reading the sweep file to the last line.
func BenchmarkPlan(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_, plan, err := readPlan("../../bench/sweeps/ten-billion.yaml", sampler.Fused)
		if err != nil {
			b.Fatal(err)
		}
		if len(plan.Configurations) != 10_000 || plan.Networks() != 1e10 {
			b.Fatalf("%d configurations, %d networks", len(plan.Configurations), plan.Networks())
		}
		if err := printPlan(io.Discard, plan, 1000); err != nil {
			b.Fatal(err)
		}
	}
}
