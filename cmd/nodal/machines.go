package main

import (
	"fmt"
	"io"
	"os"

	"nodal/dataset"
	"nodal/sampler"
	"nodal/schema"
)

// What slurm, k8s and parallel have in common: they plan for other machines.

// checkTasks refuses a number of tasks that no cluster takes; 0 is the default.
func checkTasks(tasks int) error {
	if tasks < 0 || tasks > maxShards {
		return usageError{fmt.Errorf("--tasks: got %d, want a whole number from 1 to %d", tasks, maxShards)}
	}
	return nil
}

// readPlanAndText reads a sweep file once, which may be a pipe, and plans its dataset
// for other machines: how much memory this one has does not matter.
func readPlanAndText(path string) ([]byte, *dataset.Plan, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer file.Close()                                            // nothing was written
	text, err := io.ReadAll(io.LimitReader(file, largestSweep+1)) // one more is refused below
	if err != nil {
		return nil, nil, fmt.Errorf("read sweep file: %w", err)
	}
	sweep, err := schema.ParseSweep(path, text, schema.Limits{})
	if err != nil {
		return nil, nil, err
	}
	return text, dataset.NewPlan(sweep.Name, sweep.Seed, sweep.Canonical(), sweep.Configurations(), sampler.Fused.Numerics()), nil
}

// largestSweep is more than a sweep file may have.
const largestSweep = 1 << 20

// taskMemory returns what a run of a plan is allowed where it has a limit to itself:
// the run, and a process that vets a file beside it, which takes no more than half of
// what there is, see [limitsOf].
func taskMemory(plan *dataset.Plan, workers int) int64 {
	vet := int64(0)
	for part := range plan.Longest().Parts() {
		vet = max(vet, limitsOf(part, dataset.Networks, 0).memory, limitsOf(part, dataset.Fields, 0).memory)
	}
	return max(sampler.MemoryOf(plan).With(workers), vet) + vet
}
