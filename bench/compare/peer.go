package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// about is the first line of a peer: what it is and how it chose to run.
type about struct {
	Processes   int               `json:"processes"`
	Environment map[string]string `json:"environment"`
	Chunk       []any             `json:"chunk"`
	Versions    map[string]string `json:"versions"`
	SIMD        string            `json:"simd"`
}

// peer is a peer program that has chosen its settings and waits for its turn.
type peer struct {
	cmd   *exec.Cmd
	turn  io.WriteCloser
	lines *bufio.Reader
	about about
}

// modules names what a peer imports.
var modules = map[string]string{"numpy": "numpy, scipy", "jax": "jax, scipy", "torch": "torch, scipy"}

// findPeers returns the peers that can run here and those that cannot, loudly.
func findPeers(o options) (found, missing []string) {
	for name := range strings.SplitSeq(o.peers, ",") {
		if out, err := exec.Command(o.python, "-c", "import "+modules[name]).CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "NOT RUN: %s: %s: %v\n%s", name, o.python, err, out)
			missing = append(missing, name)
			continue
		}
		found = append(found, name)
	}
	return found, missing
}

// limited makes OpenBLAS and NumPy forget AVX-512. The names are NumPy's groups
// of dispatched features; those it does not know on a processor it ignores.
var limited = []string{"OPENBLAS_CORETYPE=Haswell", "NPY_DISABLE_CPU_FEATURES=X86_V4 AVX512_ICL AVX512_SPR"}

// startPeer starts a peer on these CPUs and lets it choose its settings.
func startPeer(o options, name string, m *match, cpus string, avx2 bool) (*peer, error) {
	fmt.Fprintf(os.Stderr, "%s, %d cores: %s chooses its settings\n", m.Workload, m.Cores, name)
	script := filepath.Join(o.scripts, name+"_peer.py")
	cmd := exec.Command("taskset", "-c", cpus, o.python, script, m.Workload, "--cores", strconv.Itoa(m.Cores),
		"--runs", strconv.Itoa(o.rounds), "--seconds", fmt.Sprint(o.seconds), "--wait")
	if avx2 {
		cmd.Env = append(os.Environ(), limited...)
	}
	p, err := newPeer(cmd)
	if err != nil {
		return nil, err
	}
	if avx2 && (p.about.SIMD == "" || p.about.SIMD == "X86_V4" || strings.Contains(p.about.SIMD, "AVX512")) {
		return nil, errors.Join(fmt.Errorf("its tanh uses %q though AVX-512 was forbidden", p.about.SIMD), p.stop())
	}
	return p, nil
}

// newPeer starts a program that speaks as the peers do and reads its first line.
func newPeer(cmd *exec.Cmd) (*peer, error) {
	cmd.Stderr = os.Stderr
	turn, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &peer{cmd: cmd, turn: turn, lines: bufio.NewReader(out)}
	if err := p.read(&p.about); err != nil {
		return nil, errors.Join(err, p.stop())
	}
	return p, nil
}

// run gives the peer its turn.
func (p *peer) run() (rate, mean float64, err error) {
	if _, err := io.WriteString(p.turn, "go\n"); err != nil {
		return 0, 0, err
	}
	var result struct {
		Rate float64 `json:"networks_per_second"`
		Mean float64 `json:"mean"`
	}
	if err := p.read(&result); err != nil {
		return 0, 0, err
	}
	if result.Rate <= 0 {
		return 0, 0, fmt.Errorf("got %g networks/s", result.Rate)
	}
	return result.Rate, result.Mean, nil
}

// read reads a line of JSON.
func (p *peer) read(v any) error {
	line, err := p.lines.ReadBytes('\n')
	if err != nil {
		return fmt.Errorf("no answer: %w", err)
	}
	if err := json.Unmarshal(line, v); err != nil {
		return fmt.Errorf("answer %q: %w", line, err)
	}
	return nil
}

// stop ends the peer, which has nothing more to do when its input ends.
func (p *peer) stop() error {
	return errors.Join(p.turn.Close(), p.cmd.Wait())
}

// choice says how the peer chose to run, on one line.
func (a about) choice() string {
	words := []string{strings.Trim(fmt.Sprint(a.Chunk), "[]")}
	for _, name := range slices.Sorted(maps.Keys(a.Environment)) {
		if name != "JAX_PLATFORMS" {
			words = append(words, name+"="+a.Environment[name])
		}
	}
	return strings.Join(words, "; ")
}
