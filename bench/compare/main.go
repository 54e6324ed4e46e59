// Command compare measures nodal against the peer programs of bench/peers and
// writes a table of networks per second.
//
//	go run ./bench/compare -out bench/results/CPU-peers.md
//
// Contenders take turns, one run each in every round, so that whatever else the
// machine does hits all alike; the table has medians. Everyone is pinned to the
// same cores. nodal's time is that of the whole command, from its start to the
// last row on disk; the peers time themselves after start-up, compilation and
// the choice of their settings, compute no statistic but one and write nothing.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

type options struct {
	nodal, python, sweeps, scripts string
	workloads, peers, cpus         string
	rounds                         int
	seconds                        float64
	out                            string
}

func main() {
	var o options
	flag.StringVar(&o.nodal, "nodal", "bin/nodal", "the nodal to measure")
	flag.StringVar(&o.python, "python", "bench/.venv/bin/python", "Python with the peers' packages")
	flag.StringVar(&o.sweeps, "sweeps", "bench/sweeps", "folder of the workloads' sweep files")
	flag.StringVar(&o.scripts, "scripts", "bench/peers", "folder of the peer programs")
	flag.StringVar(&o.workloads, "workloads", "W1,W2,W3,W4", "workloads to run")
	flag.StringVar(&o.peers, "peers", "numpy,jax", "peers to run: numpy, jax, torch")
	flag.StringVar(&o.cpus, "cpus", "0,1", "CPUs to use, one and then two")
	flag.IntVar(&o.rounds, "rounds", 5, "runs of each contender")
	flag.Float64Var(&o.seconds, "seconds", 2, "length of a run, roughly")
	flag.StringVar(&o.out, "out", "", "file to write; stdout always gets the table too")
	flag.Parse()
	if err := compare(o, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}

// compare runs all matches and writes the report.
func compare(o options, stdout io.Writer) error {
	if o.rounds < 1 || o.seconds <= 0 {
		return fmt.Errorf("-rounds %d, -seconds %g: want at least one round and more than no time", o.rounds, o.seconds)
	}
	if err := findTaskset(); err != nil {
		return err
	}
	peers, missing := findPeers(o)
	r := report{Machine: describeMachine(o.nodal), Rounds: o.rounds, Missing: missing}
	var err error
	if r.Matches, err = playAll(o, peers, false); err != nil {
		return err
	}
	switch has, missing := hasAVX2(o.nodal), !slices.Contains(peers, "numpy"); {
	case !has:
		fmt.Fprintln(os.Stderr, "NOT RUN: the AVX2 table: nodal has no such path on this machine")
	case missing:
		fmt.Fprintln(os.Stderr, "NOT RUN: the AVX2 table: no NumPy")
	default:
		if r.AVX2, err = playAll(o, []string{"numpy"}, true); err != nil {
			return err
		}
	}
	text := r.markdown()
	if _, err := io.WriteString(stdout, text); err != nil {
		return err
	}
	return save(o.out, text, r.Missing)
}

// save writes the table to a file, unless it is of no use there.
func save(path, text string, missing []string) error {
	if path == "" {
		return nil
	}
	if len(missing) > 0 {
		return fmt.Errorf("%s is left as it is: %s did not run", path, strings.Join(missing, ", "))
	}
	return os.WriteFile(path, []byte(text), 0o666)
}

// playAll plays every workload on one core and then on two.
func playAll(o options, peers []string, avx2 bool) ([]match, error) {
	var matches []match
	cpus := strings.Split(o.cpus, ",")
	for name := range strings.SplitSeq(o.workloads, ",") {
		for cores := 1; cores <= min(2, len(cpus)); cores++ {
			m := match{Workload: name, Cores: cores}
			if err := m.play(o, strings.Join(cpus[:cores], ","), peers, avx2); err != nil {
				return nil, fmt.Errorf("%s on %d cores: %w", name, cores, err)
			}
			matches = append(matches, m)
		}
	}
	return matches, nil
}
