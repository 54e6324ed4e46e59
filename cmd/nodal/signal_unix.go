//go:build unix

package main

import (
	"os"
	"syscall"
)

// stopSignals ask a run to stop. Slurm sends SIGUSR1 ahead of a time limit where a
// script asks for it (sbatch --signal).
var stopSignals = []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGUSR1}
