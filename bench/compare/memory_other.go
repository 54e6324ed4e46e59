//go:build !unix

package main

import "os"

// peakMemory is not known here; nor is there a taskset, so that nobody asks.
func peakMemory(*os.ProcessState) int64 { return 0 }
