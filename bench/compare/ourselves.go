package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// ourselves runs nodal in a match.
type ourselves struct {
	match    *match
	place    string // a folder for the sweep file and the rows
	nodal    string
	cpus     string
	avx2     bool
	sweep    []byte // text of the sweep file
	networks int    // that a run draws
}

// prepare finds how many networks take about as long as a run should.
func (n *ourselves) prepare(o options) error {
	var err error
	n.sweep, err = os.ReadFile(filepath.Join(o.sweeps, strings.ToLower(n.match.Workload)+".yaml"))
	if err != nil {
		return err
	}
	for n.networks = 64; ; n.networks *= 4 {
		rate, _, err := n.run()
		if err != nil {
			return err
		}
		if float64(n.networks) > o.seconds/4*rate {
			n.networks = int(o.seconds * rate)
			return nil
		}
	}
}

// run runs the sweep once into a new dataset, which it deletes.
func (n *ourselves) run() (rate, mean float64, err error) {
	sweep, out := filepath.Join(n.place, "sweep.yaml"), filepath.Join(n.place, "out")
	text, err := withNetworks(n.sweep, n.networks)
	if err != nil {
		return 0, 0, err
	}
	if err := os.WriteFile(sweep, text, 0o666); err != nil {
		return 0, 0, err
	}
	workers := strconv.Itoa(n.match.Cores)
	cmd := exec.Command("taskset", "-c", n.cpus, n.nodal, "run", sweep, "--out", out, "--workers", workers, "--progress", "none")
	cmd.Env = environment(n.avx2)
	start := time.Now()
	said, err := cmd.CombinedOutput()
	seconds := time.Since(start).Seconds()
	if err != nil {
		return 0, 0, fmt.Errorf("%s: %w\n%s", cmd, err, said)
	}
	n.match.Memory = max(n.match.Memory, peakMemory(cmd.ProcessState))
	mean, err = n.summarize(out)
	if err != nil {
		return 0, 0, err
	}
	return float64(n.networks) / seconds, mean, os.RemoveAll(out)
}

// summarize returns the mean of what the peers count too: crossings with one
// input, regions with two.
func (n *ourselves) summarize(dataset string) (float64, error) {
	out, err := exec.Command(n.nodal, "summarize", dataset, "--format", "csv").Output()
	if err != nil {
		return 0, fmt.Errorf("summarize: %w", err)
	}
	table, err := csv.NewReader(bytes.NewReader(out)).ReadAll()
	if err != nil || len(table) != 2 {
		return 0, fmt.Errorf("summarize: %d lines, want a head and one configuration: %w", len(table), err)
	}
	value := func(column string) string {
		if i := slices.Index(table[0], column); i >= 0 {
			return table[1][i]
		}
		return ""
	}
	column := "crossings_mean"
	if value("inputs") == "2" {
		column = "regions_mean"
	}
	return strconv.ParseFloat(value(column), 64)
}

var networksLine = regexp.MustCompile(`(?m)^networks: \d+$`)

// withNetworks returns the sweep with another number of networks.
func withNetworks(sweep []byte, networks int) ([]byte, error) {
	if len(networksLine.FindAll(sweep, 2)) != 1 {
		return nil, fmt.Errorf("sweep file: want one line networks: NUMBER")
	}
	return networksLine.ReplaceAll(sweep, fmt.Appendf(nil, "networks: %d", networks)), nil
}

// environment returns that of this process, with nodal's fastest path or with AVX2.
func environment(avx2 bool) []string {
	env := slices.DeleteFunc(os.Environ(), func(s string) bool { return strings.HasPrefix(s, "NODAL_CPU=") })
	if avx2 {
		env = append(env, "NODAL_CPU=avx2")
	}
	return env
}
