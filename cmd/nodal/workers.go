package main

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
)

// cpusVariable is where Slurm says how many processors a task has, if its script
// asked for a number.
const cpusVariable = "SLURM_CPUS_PER_TASK"

// maxWorkers is far more than any processor has, and few enough to start.
const maxWorkers = 4096

// heedTask keeps Go to the processors that a Slurm task was given, which not every
// cluster enforces. What is confined by affinity or a control group Go sees itself.
func heedTask() {
	if cpus, err := taskWorkers(); err == nil && cpus > 0 && cpus < runtime.GOMAXPROCS(0) && os.Getenv("GOMAXPROCS") == "" {
		runtime.GOMAXPROCS(cpus)
	}
}

// defaultWorkers is one for each processor of the Slurm task that this is, or else
// of those that this process may use. It is 0 if Slurm's number cannot be read, which
// checkWorkers refuses.
func defaultWorkers() int {
	switch cpus, err := taskWorkers(); {
	case err != nil:
		return 0
	case cpus > 0:
		return cpus
	}
	return runtime.GOMAXPROCS(0)
}

// taskWorkers returns the number of processors that Slurm gave this task, 0 if it
// does not say.
func taskWorkers() (int, error) {
	text, set := os.LookupEnv(cpusVariable)
	if !set {
		return 0, nil
	}
	cpus, err := strconv.ParseUint(text, 10, 32)
	if err != nil || cpus < 1 || cpus > maxWorkers {
		return 0, usageError{fmt.Errorf("%s: got %q, want a whole number from 1 to %d; or give --workers", cpusVariable, text, maxWorkers)}
	}
	return int(cpus), nil
}

// checkWorkers refuses a number of workers that no run can have.
func checkWorkers(workers int) error {
	if _, err := taskWorkers(); workers == 0 && err != nil { // not given, see defaultWorkers
		return err
	}
	if workers < 1 || workers > maxWorkers {
		return usageError{fmt.Errorf("--workers: got %d, want a whole number from 1 to %d", workers, maxWorkers)}
	}
	return nil
}
