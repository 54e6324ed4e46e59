package main

import "golang.org/x/sys/unix"

// impose limits this process: its memory to what the limit says, its processor
// time to the second after the limit, and it leaves no core file. The limit on
// memory is one on private writable pages: memory that Go's runtime takes beyond
// it ends the process.
func (l vetLimits) impose() error {
	for _, limit := range []struct {
		resource   int
		soft, hard int64
	}{
		{unix.RLIMIT_CORE, 0, 0},
		{unix.RLIMIT_DATA, l.memory, l.memory},
		{unix.RLIMIT_CPU, l.seconds, l.seconds + 1},
	} {
		if err := unix.Setrlimit(limit.resource, &unix.Rlimit{Cur: uint64(limit.soft), Max: uint64(limit.hard)}); err != nil {
			return err
		}
	}
	return nil
}

// ownProgram returns a path to this program, also after it was replaced by
// another version or removed.
func ownProgram() (string, error) { return "/proc/self/exe", nil }
