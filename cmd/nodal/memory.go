package main

import (
	"fmt"

	"nodal/schema"
)

// baseMemory is what the program needs beside its workers: the runtime, the
// rows that wait for their turn and the row group being written.
const baseMemory = 64 << 20

// checkMemory refuses a run whose workers need more memory than the machine
// has. A machine that does not tell (available 0) is not checked.
func checkMemory(configurations []schema.Configuration, workers int, available int64) error {
	if available <= baseMemory {
		return nil
	}
	one := largestMemory(configurations)
	fits := (available - baseMemory) / one
	if int64(workers) <= fits {
		return nil
	}
	advice := "use a coarser grid or narrower layers"
	if fits > 0 {
		advice = fmt.Sprintf("use --workers %d", fits)
	}
	return resourceError{fmt.Errorf("%d workers need up to %s of memory and this machine has %s: %s",
		workers, formatBytes(baseMemory+int64(workers)*one), formatBytes(available), advice)}
}

// largestMemory returns the bytes that one worker needs for the most demanding
// configuration.
func largestMemory(configurations []schema.Configuration) int64 {
	largest := int64(1)
	for _, c := range configurations {
		largest = max(largest, c.Memory())
	}
	return largest
}

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
