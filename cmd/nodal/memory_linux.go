package main

import (
	"bufio"
	"bytes"
	"os"
	"path"
	"strconv"
	"strings"
)

// machineMemory returns the bytes of memory that this process may use: the
// machine's, or less where a control group limits it; 0 if unknown.
func machineMemory() int64 {
	memory := totalMemory()
	for _, limit := range groupLimits() {
		if limit > 0 && (memory == 0 || limit < memory) {
			memory = limit
		}
	}
	return memory
}

// totalMemory reads MemTotal from /proc/meminfo, which counts in KiB.
func totalMemory() int64 {
	data, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(data)) {
		if fields := strings.Fields(line); len(fields) >= 2 && fields[0] == "MemTotal:" {
			kib, err := strconv.ParseInt(fields[1], 10, 64)
			if err != nil {
				return 0
			}
			return kib << 10
		}
	}
	return 0
}

// groupLimits returns the memory limits of the control groups (version 2, and
// version 1's memory controller) that this process is in, and of their parents.
func groupLimits() []int64 {
	data, err := os.ReadFile("/proc/self/cgroup")
	if err != nil {
		return nil
	}
	var limits []int64
	for scanner := bufio.NewScanner(bytes.NewReader(data)); scanner.Scan(); {
		parts := strings.SplitN(scanner.Text(), ":", 3)
		if len(parts) != 3 {
			continue
		}
		root, file := "/sys/fs/cgroup", "memory.max"
		if parts[0] != "0" {
			if !strings.Contains(","+parts[1]+",", ",memory,") {
				continue
			}
			root, file = "/sys/fs/cgroup/memory", "memory.limit_in_bytes"
		}
		for group := path.Clean("/" + parts[2]); ; group = path.Dir(group) {
			if limit, err := readLimit(path.Join(root, group, file)); err == nil {
				limits = append(limits, limit)
			}
			if group == "/" {
				break
			}
		}
	}
	return limits
}

// readLimit returns the number in a control file; "max" is an error.
func readLimit(file string) (int64, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return 0, err
	}
	return strconv.ParseInt(strings.TrimSpace(string(data)), 10, 64)
}
