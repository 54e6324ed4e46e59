//go:build !linux

package main

import (
	"os"
	"runtime/debug"
)

// impose limits this process as well as this system can: the limit on memory
// makes Go collect garbage harder, but a single claim can exceed it, and only
// the clock limits its time.
func (l vetLimits) impose() error {
	debug.SetMemoryLimit(l.memory)
	return nil
}

// ownProgram returns the path of this program.
func ownProgram() (string, error) { return os.Executable() }
