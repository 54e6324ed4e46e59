package main

import (
	"io/fs"
	"math"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// machineMemory returns the bytes of memory that this process may use: the
// machine's, or less where a control group or a limit of the process (ulimit) says
// so; 0 if unknown.
func machineMemory() int64 {
	return memoryOf(os.DirFS("/"), func(resource int) (limit uint64) {
		var r syscall.Rlimit
		if err := syscall.Getrlimit(resource, &r); err != nil {
			return math.MaxUint64
		}
		return r.Cur
	})
}

// memoryOf is machineMemory for a file system with /proc and /sys, and the limits
// of a process.
func memoryOf(root fs.FS, rlimit func(resource int) uint64) int64 {
	limits := append(groupLimits(root), processLimits(root, rlimit)...)
	memory := statusBytes(root, "proc/meminfo", "MemTotal:")
	for _, limit := range limits {
		if memory == 0 || limit < memory {
			memory = limit
		}
	}
	return memory
}

// processLimits returns the memory that RLIMIT_DATA and RLIMIT_AS leave. They bound
// addresses, of which Go takes more than it uses: the runtime alone has some 80 MiB
// of data at the start and reserves a GiB. So what counts is what is left of them,
// and startMemory, which the estimate of a run has in it too. If nothing is left, it
// is one byte: 0 would mean that nobody knows.
func processLimits(root fs.FS, rlimit func(resource int) uint64) []int64 {
	const endless = 1 << 62
	var limits []int64
	for _, l := range []struct {
		resource int
		key      string
	}{{syscall.RLIMIT_DATA, "VmData:"}, {syscall.RLIMIT_AS, "VmSize:"}} {
		used := statusBytes(root, "proc/self/status", l.key)
		if limit := rlimit(l.resource); limit < endless {
			limits = append(limits, max(int64(limit)-used+startMemory, 1))
		}
	}
	return limits
}

// startMemory is what the program has in memory before a run begins.
const startMemory = 12 << 20

// statusBytes returns a number that a file of /proc gives in KiB, 0 if it does not.
func statusBytes(root fs.FS, file, key string) int64 {
	data, err := fs.ReadFile(root, file)
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(data)) {
		if fields := strings.Fields(line); len(fields) >= 2 && fields[0] == key {
			kib, err := strconv.ParseInt(fields[1], 10, 64)
			if err != nil {
				return 0
			}
			return kib << 10
		}
	}
	return 0
}
