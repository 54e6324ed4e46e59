package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"nodal/dataset"
)

// vetLimits is what a process that vets a file may use.
type vetLimits struct {
	memory  int64 // bytes
	seconds int64 // of processor time
	short   bool  // the machine has less memory than a good file can take
}

// limitsOf returns the limits for a file of a part, on a machine with that much
// memory (0: unknown). They follow from what the plan allows in the file: memory
// for its largest row, on top of what any file takes, and time for all of them.
// A core checks 200,000 networks or ten million field values in a second; a
// tenth of that will do.
func limitsOf(part dataset.Part, kind dataset.Kind, machine int64) vetLimits {
	var values, largest int64
	for _, u := range part.Units {
		c := &part.Plan.Configurations[u.Configuration]
		points := int64(c.Grid.Points())
		kept := max(0, min(u.Count, c.KeepFields-u.First))
		if kind == dataset.Fields && kept > 0 {
			values += kept * int64(c.Outputs) * points
			largest = max(largest, points)
		}
	}
	limits := vetLimits{memory: 256<<20 + 160*largest, seconds: 2 + part.Networks()/20_000 + values/1_000_000}
	// It reads the plan first: some kilobytes for each configuration.
	for plan := part.Plan; plan != nil; plan = plan.Base {
		thousands := int64(len(plan.Configurations)) / 1000
		limits.memory += thousands * (8 << 20)
		limits.seconds += thousands / 10
	}
	if half := machine / 2; half > 0 && half < limits.memory {
		limits.memory, limits.short = half, true
	}
	return limits
}

// wall is how long a process with these limits may take by the clock. It is
// generous: a busy machine says nothing about the file.
func (l vetLimits) wall() time.Duration { return time.Duration(20+10*l.seconds) * time.Second }

// vetInChild is a [dataset.VetFunc] that vets in a process of its own. If the
// process dies, by its limits or by what the file does to it, the file is
// damaged.
func vetInChild(root string, part dataset.Part, kind dataset.Kind) (dataset.Vetted, error) {
	limits := limitsOf(part, kind, machineMemory())
	ctx, cancel := context.WithTimeout(context.Background(), limits.wall())
	defer cancel()
	name := part.Name()
	path := filepath.Join(root, string(kind), name+".parquet")
	cmd, err := vetCommand(ctx, limits, root, string(kind), name)
	if err != nil {
		return dataset.Vetted{}, resourceError{fmt.Errorf("checking %s: %w", path, err)}
	}
	vetted, err := runVet(cmd, path)
	damage := (*dataset.IntegrityError)(nil)
	switch {
	case ctx.Err() != nil:
		err = resourceError{fmt.Errorf("checking %s took more than %v; see what keeps the machine busy and run again", path, limits.wall())}
	case limits.short && errors.As(err, &damage) && errors.Is(err, errVetDied):
		err = resourceError{fmt.Errorf("%w; it may only lack memory, of which it had %s: check it on a larger machine", err, formatBytes(limits.memory))}
	}
	return vetted, err
}

// errVetDied says that a process died while it read a file.
var errVetDied = errors.New("it cannot be read safely")

// runVet runs nodal vet and returns what it found out about the file at path.
func runVet(cmd *exec.Cmd, path string) (dataset.Vetted, error) {
	var stdout, stderr head
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		return dataset.Vetted{}, resourceError{fmt.Errorf("checking %s: starting a process for it: %w", path, err)}
	}
	var answer vetAnswer
	if json.Unmarshal(stdout.kept.Bytes(), &answer) != nil {
		answer = vetAnswer{} // it died while it wrote
	}
	switch code := cmd.ProcessState.ExitCode(); {
	case code == exitComplete && answer.Vetted != nil:
		return *answer.Vetted, nil
	case code == exitIntegrity && answer.Damaged != "":
		return dataset.Vetted{}, &dataset.IntegrityError{Path: path, Reason: answer.Damaged}
	case answer.Failed != "":
		return dataset.Vetted{}, resourceError{fmt.Errorf("checking %s: %s", path, answer.Failed)}
	case wasInterrupted(cmd.ProcessState):
		return dataset.Vetted{}, fmt.Errorf("checking %s: %w", path, errInterrupted)
	case wasKilled(cmd.ProcessState):
		return dataset.Vetted{}, resourceError{fmt.Errorf("checking %s: somebody or the system killed the process that read it; see whether memory is short and run again", path)}
	}
	return dataset.Vetted{}, &dataset.IntegrityError{Path: path, Err: fmt.Errorf("%w: %s", errVetDied, stderr.why(cmd.ProcessState))}
}

// vetCommand returns the command line of nodal vet. Its environment holds
// nothing but what keeps Go's heap below the limit and its last words short.
func vetCommand(ctx context.Context, limits vetLimits, args ...string) (*exec.Cmd, error) {
	self, err := ownProgram()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, self)
	cmd.Args = append([]string{"nodal", "vet", "--memory", strconv.FormatInt(limits.memory, 10),
		"--seconds", strconv.FormatInt(limits.seconds, 10), "--"}, args...)
	cmd.Env = []string{"GOMAXPROCS=2", "GOTRACEBACK=none", "GOGC=50", fmt.Sprintf("GOMEMLIMIT=%d", limits.memory/2)}
	if root, set := os.LookupEnv("SystemRoot"); set { // Windows programs do not start without
		cmd.Env = append(cmd.Env, "SystemRoot="+root)
	}
	return cmd, nil
}

// wasInterrupted reports whether a process ended because somebody asked it to.
func wasInterrupted(state *os.ProcessState) bool {
	status, ok := state.Sys().(syscall.WaitStatus)
	return ok && status.Signaled() && (status.Signal() == syscall.SIGHUP || slices.Contains(stopSignals, os.Signal(status.Signal())))
}

// wasKilled reports whether a process was killed before it can have used up its
// time, which says nothing about what it read. The shortest limit is two seconds.
func wasKilled(state *os.ProcessState) bool {
	status, ok := state.Sys().(syscall.WaitStatus)
	return ok && status.Signaled() && status.Signal() == syscall.SIGKILL && state.UserTime()+state.SystemTime() < 900*time.Millisecond
}

// head keeps the first 64 KiB of what is written to it. The buffer has a name so
// that nobody finds its ReadFrom, which knows no bound.
type head struct{ kept bytes.Buffer }

// Write keeps what there is room for and says that all was written.
func (h *head) Write(p []byte) (int, error) {
	room := max(0, 64<<10-h.kept.Len())
	h.kept.Write(p[:min(room, len(p))])
	return len(p), nil
}

// why returns the first line that a process wrote before it died, how it died,
// and when: that tells whether it was killed for its time.
func (h *head) why(state *os.ProcessState) string {
	line, _, _ := strings.Cut(strings.TrimSpace(h.kept.String()), "\n")
	used := (state.UserTime() + state.SystemTime()).Round(100 * time.Millisecond)
	return strings.TrimPrefix(fmt.Sprintf("%.200s (%v after %v of processor time)", strings.ToValidUTF8(line, "?"), state, used), " ")
}
