package main

import (
	"fmt"
	"math"
	"os"
	"runtime/debug"
	"sync"

	"nodal/dataset"
	"nodal/sampler"
)

// checkMemory refuses a run that needs more memory than there is for it. A machine
// that does not tell (available 0) is not checked.
func checkMemory(plan *dataset.Plan, workers int, available int64) error {
	need := sampler.MemoryOf(plan)
	if available == 0 || need.With(workers) <= available {
		return nil
	}
	advice := "use a coarser grid, narrower layers or fewer kept fields"
	if fits := need.Fits(available, workers); fits > 0 {
		advice = fmt.Sprintf("use --workers %d", fits)
	}
	return resourceError{fmt.Errorf("%d workers need up to %s of memory and this machine has %s for them: %s",
		workers, formatBytes(need.With(workers)), formatBytes(available), advice)}
}

// limitCollector has the collector work harder where memory becomes scarce, rather
// than let the system kill the run: from an eighth below what is available, which is
// for what the collector does not count. GOMEMLIMIT in the environment wins.
func limitCollector(available int64) {
	if available > 0 && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(available - available/8)
	}
}

// availableMemory returns the bytes of memory that this run may use: the machine's,
// or less where a control group, a limit of the process or GOMEMLIMIT says so; 0 if
// nothing is known. It is what there was when it was first asked for, which is to be
// before the sweep is read: what the sweep takes is part of the estimate.
var availableMemory = sync.OnceValue(func() int64 {
	memory := machineMemory()
	if limit := debug.SetMemoryLimit(-1); limit < math.MaxInt64 && (memory == 0 || limit < memory) {
		memory = max(limit, 1)
	}
	return memory
})

// formatBytes returns a size such as "1.5 GiB".
func formatBytes(n int64) string {
	const unit = 1024
	value, prefixes := float64(n), "KMGTPE"
	if n < unit {
		return fmt.Sprintf("%d B", n)
	}
	i := -1
	for value >= unit && i < len(prefixes)-1 {
		value /= unit
		i++
	}
	return fmt.Sprintf("%.1f %ciB", value, prefixes[i])
}
