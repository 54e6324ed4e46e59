package main

import (
	"errors"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// memoryUsed returns the largest size that a process had in memory, 0 if that
// cannot be told: it counts what this process had when it started the other.
func memoryUsed(state *os.ProcessState) int64 {
	var own syscall.Rusage
	used := state.SysUsage().(*syscall.Rusage).Maxrss
	if syscall.Getrusage(syscall.RUSAGE_SELF, &own) == nil && used <= own.Maxrss {
		return 0
	}
	return used << 10
}

// hoard keeps what TestImposedLimits takes from being collected.
var hoard [][]byte

// TestImposedLimits runs itself in a process that imposes limits on itself and
// then breaks them, and expects the process to die and its death to be told.
func TestImposedLimits(t *testing.T) {
	if which := os.Getenv("NODAL_TEST_BREAK"); which != "" {
		if err := (vetLimits{memory: 128 << 20, seconds: 2}).impose(); err != nil {
			t.Fatal(err)
		}
		for end := time.Now().Add(20 * time.Second); time.Now().Before(end); {
			if which == "memory" {
				hoard = append(hoard, make([]byte, 16<<20))
			}
		}
		os.Exit(0) // the limits do not hold
	}
	for which, want := range map[string]string{"memory": "exit status 2", "time": "killed after"} {
		cmd := exec.CommandContext(t.Context(), "/proc/self/exe", "-test.run=^TestImposedLimits$")
		cmd.Env = []string{"NODAL_TEST_BREAK=" + which, "GOTRACEBACK=none"}
		_, err := runVet(cmd, "file")
		if !errors.Is(err, errVetDied) || exitCode(err) != exitIntegrity || !strings.Contains(strings.ToLower(err.Error()), want) {
			t.Errorf("%s: %v, want that the process died with %q", which, err, want)
		}
		if used := memoryUsed(cmd.ProcessState); used > 128<<20 {
			t.Errorf("%s: the process took %d bytes", which, used)
		}
	}
}

func TestInterruptedVetIsNoDamage(t *testing.T) {
	for signal, want := range map[string]int{"TERM": exitInterrupted, "INT": exitInterrupted, "KILL": exitResources} {
		_, err := runVet(exec.CommandContext(t.Context(), "sh", "-c", "kill -"+signal+" $$"), "file")
		if exitCode(err) != want {
			t.Errorf("after %s: %v with code %d, want %d", signal, err, exitCode(err), want)
		}
	}
}

func TestVetWithoutAnswer(t *testing.T) {
	cmd := exec.CommandContext(t.Context(), "sh", "-c", "head -c 10000000 /dev/zero | tr '\\0' x; echo first line >&2; echo second >&2; exit 0")
	_, err := runVet(cmd, "file")
	if want := "it cannot be read safely: first line (exit status 0 after 0s of processor time)"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("runVet = %.300v, want %q", err, want)
	}
}
