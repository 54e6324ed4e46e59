package main

import (
	"math"
	"syscall"
	"testing"
	"testing/fstest"
)

// The limits of control groups and of the process, as machines of all kinds show
// them below / .
func TestMemoryOf(t *testing.T) {
	const total, group, parent = 16 << 30, 256 << 20, 128 << 20
	machine := map[string]string{
		"proc/meminfo":     "MemTotal:       16777216 kB\nMemFree: 1 kB\n",
		"proc/self/status": "VmSize:\t 1048576 kB\nVmData:\t 65536 kB\n",
	}
	v1 := "33 31 0:31 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu\n35 31 0:32 / /sys/fs/cgroup/memory rw,relatime shared:9 - cgroup cgroup rw,memory\n"
	v2 := "31 23 0:28 / /sys/fs/cgroup rw,relatime - cgroup2 cgroup2 rw,nsdelegate\n"
	type files map[string]string
	for _, tt := range []struct {
		name  string
		files files
		data  uint64
		as    uint64
		want  int64
	}{
		{"no groups", nil, math.MaxUint64, math.MaxUint64, total},
		{"version 2", files{"proc/self/cgroup": "0::/a/b\n", "proc/self/mountinfo": v2,
			"sys/fs/cgroup/a/b/memory.max": "268435456\n"}, math.MaxUint64, math.MaxUint64, group},
		{"version 2, no limit", files{"proc/self/cgroup": "0::/a/b\n", "proc/self/mountinfo": v2,
			"sys/fs/cgroup/a/b/memory.max": "max\n"}, math.MaxUint64, math.MaxUint64, total},
		{"version 2, the parent's", files{"proc/self/cgroup": "0::/a/b\n", "proc/self/mountinfo": v2,
			"sys/fs/cgroup/a/b/memory.max": "268435456\n", "sys/fs/cgroup/a/memory.max": "134217728\n"}, math.MaxUint64, math.MaxUint64, parent},
		{"version 2, slowed down", files{"proc/self/cgroup": "0::/a\n", "proc/self/mountinfo": v2,
			"sys/fs/cgroup/a/memory.max": "268435456\n", "sys/fs/cgroup/a/memory.high": "134217728\n"}, math.MaxUint64, math.MaxUint64, parent},
		{"version 1", files{"proc/self/cgroup": "5:cpu:/\n4:memory:/a\n0::/\n", "proc/self/mountinfo": v1,
			"sys/fs/cgroup/memory/a/memory.limit_in_bytes": "268435456\n", "sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n"},
			math.MaxUint64, math.MaxUint64, group},
		{"version 1, elsewhere and with others", files{"proc/self/cgroup": "4:cpu,memory:/a\n",
			"proc/self/mountinfo":                    `35 31 0:32 / /cgroups\040of/mem rw - cgroup none rw,cpu,memory` + "\n",
			"cgroups of/mem/a/memory.limit_in_bytes": "268435456\n"}, math.MaxUint64, math.MaxUint64, group},
		{"container that sees its group alone", files{"proc/self/cgroup": "4:memory:/docker/1234\n",
			"proc/self/mountinfo":                        "35 31 0:32 /docker/1234 /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n",
			"sys/fs/cgroup/memory/memory.limit_in_bytes": "268435456\n"}, math.MaxUint64, math.MaxUint64, group},
		{"container known by another name", files{"proc/self/cgroup": "4:memory:/docker/12\n",
			"proc/self/mountinfo":                        "35 31 0:32 /docker/1234 /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n",
			"sys/fs/cgroup/memory/memory.limit_in_bytes": "268435456\n"}, math.MaxUint64, math.MaxUint64, group},
		{"data limit", nil, 192 << 20, math.MaxUint64, 128<<20 + startMemory},
		{"data limit used up", nil, 1 << 20, math.MaxUint64, 1},
		{"address limit", nil, math.MaxUint64, 2 << 30, 1<<30 + startMemory},
		{"the least of all", files{"proc/self/cgroup": "0::/\n", "proc/self/mountinfo": v2,
			"sys/fs/cgroup/memory.max": "268435456\n"}, 128 << 20, math.MaxUint64, 64<<20 + startMemory},
	} {
		t.Run(tt.name, func(t *testing.T) {
			root := fstest.MapFS{}
			for _, some := range []files{machine, tt.files} {
				for name, text := range some {
					root[name] = &fstest.MapFile{Data: []byte(text)}
				}
			}
			got := memoryOf(root, func(resource int) uint64 {
				return map[int]uint64{syscall.RLIMIT_DATA: tt.data, syscall.RLIMIT_AS: tt.as}[resource]
			})
			if got != tt.want {
				t.Errorf("memoryOf = %d, want %d", got, tt.want)
			}
		})
	}
	if got := memoryOf(fstest.MapFS{}, func(int) uint64 { return math.MaxUint64 }); got != 0 {
		t.Errorf("without /proc: memoryOf = %d, want 0", got)
	}
}
