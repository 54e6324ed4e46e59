package main

import "golang.org/x/sys/unix"

// impose limits this process, which leaves no core file either. The limit on
// memory is one on private writable pages: if Go's runtime cannot have more, it
// ends the process. The system kills it for its time.
func (l vetLimits) impose() error {
	for _, limit := range []struct {
		resource int
		most     int64
	}{{unix.RLIMIT_CORE, 0}, {unix.RLIMIT_DATA, l.memory}, {unix.RLIMIT_CPU, l.seconds}} {
		if err := unix.Setrlimit(limit.resource, &unix.Rlimit{Cur: uint64(limit.most), Max: uint64(limit.most)}); err != nil {
			return err
		}
	}
	return nil
}

// ownProgram returns a path to this program, also after it was replaced by
// another version or removed.
func ownProgram() (string, error) { return "/proc/self/exe", nil }
