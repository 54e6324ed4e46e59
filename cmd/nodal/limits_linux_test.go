package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestLimits runs the program where there is too little of something.
func TestLimits(t *testing.T) {
	program := buildNodal(t)
	t.Run("128 MiB", func(t *testing.T) { runIn128MiB(t, program) })
	t.Run("small disk", func(t *testing.T) { runOnSmallDisk(t, program) })
	t.Run("no permission", func(t *testing.T) { runWithoutPermission(t, program) })
}

// buildNodal builds the program as users have it: without cgo, whose threads take
// much more of a data limit, and without the race detector.
func buildNodal(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("NOT RUN in short mode: builds the program")
	}
	program := filepath.Join(openTemp(t), "nodal")
	build := exec.Command("go", "build", "-o", program, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if text, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, text)
	}
	return program
}

// openTemp is t.TempDir, but other users may go through it.
func openTemp(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	for _, path := range []string{filepath.Dir(folder), folder} {
		if err := os.Chmod(path, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// outcome runs a command to its end and returns its exit code and standard error.
func outcome(t *testing.T, cmd *exec.Cmd) (code int, stderr string) {
	t.Helper()
	var text bytes.Buffer
	cmd.Stderr = &text
	err := cmd.Run()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), text.String()
}

// unavailable skips the test where the machine lacks what it needs.
func unavailable(t *testing.T, what string, output []byte) {
	t.Helper()
	t.Skipf("NOT RUN: %s: %s", what, bytes.TrimSpace(output))
}

// oneCase returns a sweep of one case.
func oneCase(networks, keep int, points int, lines ...string) string {
	return fmt.Sprintf(`version: 1
name: limits
seed: 1
networks: %d
keep_fields: %d
grid: {from: -1, to: 1, points: %d}
cases:
  - name: only
    activation: tanh
    weights: {distribution: normal, std: 2, scale: fan_in}
    biases: {distribution: normal, std: 0.5}
    %s
`, networks, keep, points, strings.Join(lines, "\n    "))
}

// With 128 MiB a run fits, or is refused before anything is created. Where the
// kernel says no to an allocation Go ends with code 2, and a wrong estimate shows.
func runIn128MiB(t *testing.T, program string) {
	limited := func(args ...string) *exec.Cmd {
		// What the runtime takes at the start depends on the number of processors.
		return exec.Command("sh", append([]string{"-c", `ulimit -d 131072 && export GOMAXPROCS=2 && exec "$@"`, "sh"}, args...)...)
	}
	if text, err := limited("true").CombinedOutput(); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("NOT RUN: no data limit: %v: %s", err, text)
		}
		unavailable(t, "no data limit", text)
	}
	var sizes []string
	for i := range 5000 {
		sizes = append(sizes, fmt.Sprintf("[%d, %d]", i/100+1, i%100+1))
	}
	for _, tt := range []struct {
		name, sweep string
		workers     string
		want        int
	}{
		{"tiny", oneCase(100_000, 0, 101, "hidden: [8]"), "2", exitComplete},
		{"deep", oneCase(50, 0, 101, "depth: 200", "width: 32"), "2", exitComplete},
		{"wide", oneCase(10, 0, 101, "hidden: [4096]"), "2", exitComplete},
		{"wide and square", oneCase(2, 0, 101, "hidden: [4096, 4096]"), "1", exitResources},
		{"fine grid", oneCase(20, 0, 448, "inputs: 2", "hidden: [16]"), "2", exitComplete},
		{"too fine a grid", oneCase(1, 0, 4096, "inputs: 2", "hidden: [16]"), "1", exitResources},
		{"many outputs", oneCase(5000, 0, 101, "outputs: 64", "hidden: [16]"), "1", exitComplete},
		{"fields", oneCase(20_000, 20_000, 101, "hidden: [8]"), "1", exitComplete},
		{"long fields", oneCase(20, 20, 1_000_000, "hidden: [4]"), "1", exitResources},
		{"many workers", oneCase(100, 0, 101, "hidden: [8]"), "64", exitResources},
		{"many configurations", oneCase(1, 0, 33, "hidden: ["+strings.Join(sizes, ", ")+"]"), "1", exitComplete},
	} {
		t.Run(tt.name, func(t *testing.T) {
			folder := t.TempDir()
			sweep, out := filepath.Join(folder, "sweep.yaml"), filepath.Join(folder, "out")
			if err := os.WriteFile(sweep, []byte(tt.sweep), 0o666); err != nil {
				t.Fatal(err)
			}
			code, text := outcome(t, limited(program, "run", sweep, "--out", out, "--workers", tt.workers, "--progress", "none"))
			if code != tt.want {
				t.Fatalf("exit code %d, want %d: %.2000s", code, tt.want, text)
			}
			if finished := exists(filepath.Join(out, "_SUCCESS")); finished != (code == exitComplete) || exists(out) != finished {
				t.Errorf("exit code %d, and the directory is there: %v, finished: %v", code, exists(out), finished)
			}
			if code == exitResources && !strings.Contains(text, sweep) && !strings.Contains(text, "memory") {
				t.Errorf("refused without saying why: %s", text)
			}
		})
	}
}

// A file system too small, in bytes or in files, is refused with nothing created;
// --force goes on, and what is complete needs no room.
func runOnSmallDisk(t *testing.T, program string) {
	sweep := filepath.Join(t.TempDir(), "sweep.yaml")
	if err := os.WriteFile(sweep, []byte(oneCase(100, 0, 101, "hidden: [8]")), 0o666); err != nil {
		t.Fatal(err)
	}
	onTemporary := func(options, script string) *exec.Cmd {
		return exec.Command("unshare", "-rm", "sh", "-c",
			"mount -t tmpfs -o "+options+" tmpfs /mnt && cd /mnt && "+script, program, sweep)
	}
	if text, err := onTemporary("size=1m", "true").CombinedOutput(); err != nil {
		unavailable(t, "no file system of one's own", text)
	}
	const run = `"$0" run "$1" --out out --progress none`
	for _, tt := range []struct {
		name, options, script string
		want                  int
		says                  string
	}{
		{"room", "size=1m", run, exitComplete, ""},
		{"little room", "size=64k", run + `; code=$?; test ! -e out && exit $code`, exitResources, "its file system has 64.0 KiB free"},
		{"few files", "size=1m,nr_inodes=12", run + `; code=$?; test ! -e out && exit $code`, exitResources, "its file system has room for"},
		{"forced", "size=64k", run + ` --force`, exitComplete, "going on because of --force"},
		{"nothing missing", "size=64k", run + ` --force && ` + run, exitComplete, "complete already"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			code, text := outcome(t, onTemporary(tt.options, tt.script))
			if code != tt.want || !strings.Contains(text, tt.says) {
				t.Errorf("exit code %d, want %d and %q: %s", code, tt.want, tt.says, text)
			}
		})
	}
}

// A directory that may not be made, or not be written, ends with code 3 and its
// path, and nothing is created.
func runWithoutPermission(t *testing.T, program string) {
	folder := openTemp(t)
	sweep, closed := filepath.Join(folder, "sweep.yaml"), filepath.Join(folder, "closed")
	if err := os.WriteFile(sweep, []byte(oneCase(10, 0, 101, "hidden: [8]")), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(closed, 0o555); err != nil {
		t.Fatal(err)
	}
	nobody := &syscall.SysProcAttr{}
	if os.Getuid() == 0 { // to whom nothing is forbidden
		nobody.Credential = &syscall.Credential{Uid: 65534, Gid: 65534}
	}
	try := exec.Command("true")
	try.SysProcAttr = nobody
	if text, err := try.CombinedOutput(); err != nil {
		unavailable(t, "no other user: "+err.Error(), text)
	}
	for _, tt := range []struct{ name, out, names string }{
		{"parent is read-only", filepath.Join(closed, "out"), filepath.Join(closed, "out")},
		{"parent is missing below a read-only folder", filepath.Join(closed, "a", "b", "out"), filepath.Join(closed, "a")},
		{"read-only itself", closed, closed},
		{"below a file", filepath.Join(sweep, "out"), filepath.Join(sweep, "out")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			cmd := exec.Command(program, "run", sweep, "--out", tt.out, "--progress", "none")
			cmd.Dir = folder
			cmd.SysProcAttr = nobody
			code, text := outcome(t, cmd)
			if code != exitResources || !strings.Contains(text, tt.names) {
				t.Errorf("exit code %d, want %d and the path %s: %s", code, exitResources, tt.names, text)
			}
			if entries, err := os.ReadDir(closed); err != nil || len(entries) > 0 {
				t.Errorf("the closed folder has %d entries (%v), want none", len(entries), err)
			}
		})
	}
}
