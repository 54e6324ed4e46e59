package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
)

// match is one workload on so many cores: nodal and the peers in rounds.
type match struct {
	Workload   string
	Cores      int
	Contenders []contender // nodal first
	Memory     int64       // nodal's largest peak of resident memory, bytes
}

// contender is one program of a match.
type contender struct {
	Name  string
	About about                                  // what a peer says of itself
	Rates []float64                              // networks per second of each run
	Mean  float64                                // crossings or regions per network in the last run
	run   func() (rate, mean float64, err error) // one run
}

// play runs the match. With avx2 nobody uses AVX-512.
func (m *match) play(o options, cpus string, peers []string, avx2 bool) (err error) {
	place, err := os.MkdirTemp("", "nodal-compare-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(place)) }()
	ours := &ourselves{match: m, place: place, nodal: o.nodal, cpus: cpus, avx2: avx2}
	if err := ours.prepare(o); err != nil {
		return err
	}
	m.Contenders = []contender{{Name: "nodal", run: ours.run}}
	for _, name := range peers {
		p, failed := startPeer(o, name, m, cpus, avx2)
		if failed != nil {
			return fmt.Errorf("%s: %w", name, failed)
		}
		defer func() { err = errors.Join(err, p.stop()) }()
		m.Contenders = append(m.Contenders, contender{Name: name, About: p.about, run: p.run})
	}
	for range o.rounds {
		for i := range m.Contenders {
			c := &m.Contenders[i]
			rate, mean, err := c.run()
			if err != nil {
				return fmt.Errorf("%s: %w", c.Name, err)
			}
			fmt.Fprintf(os.Stderr, "%s, %d cores: %s %.0f networks/s\n", m.Workload, m.Cores, c.Name, rate)
			c.Rates, c.Mean = append(c.Rates, rate), mean
		}
	}
	return nil
}

// median returns the middle of the rates, the upper one of two.
func (c *contender) median() float64 {
	sorted := slices.Sorted(slices.Values(c.Rates))
	return sorted[len(sorted)/2]
}

// bestPeer returns the largest median of the others, 0 if there are none.
func (m *match) bestPeer() float64 {
	best := 0.0
	for i := range m.Contenders[1:] {
		best = max(best, m.Contenders[1+i].median())
	}
	return best
}
