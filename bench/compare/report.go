package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// report is all that a run of compare found.
type report struct {
	Machine machine
	Rounds  int
	Missing []string // peers that could not run
	Matches []match
	AVX2    []match // nodal's AVX2 path against NumPy without AVX-512
}

// markdown returns the report; equal results give equal text.
func (r *report) markdown() string {
	var b strings.Builder
	m := r.Machine
	fmt.Fprintf(&b, "# nodal against its peers: %s\n\n", m.CPU)
	fmt.Fprintf(&b, "%s, %d cores, load %s before the start. %s.\n%s.\n\n", m.Date, m.Cores, known(m.Load), m.Nodal, r.versions())
	fmt.Fprintf(&b, `Networks per second: median (smallest to largest) of %d rounds in which all take
turns on the same pinned cores. nodal is timed from the start of the command to
the last row in Parquet, with all default statistics. Peers time themselves after
start-up, compilation and the choice of their settings; they count crossings
(W1, W2) or 4-connected regions (W3, W4), nothing else, and write nothing.

`, r.Rounds)
	for _, name := range r.Missing {
		fmt.Fprintf(&b, "**NOT RUN: %s**\n\n", name)
	}
	b.WriteString(table(r.Matches))
	if len(r.AVX2) > 0 {
		b.WriteString("\n## Without AVX-512\n\nnodal with NODAL_CPU=avx2, NumPy with " + strings.Join(limited, " and ") + ".\n\n")
		b.WriteString(table(r.AVX2))
	}
	b.WriteString("\n## nodal on two cores, and its memory\n\n")
	b.WriteString(r.scaling())
	b.WriteString("\n## What they counted\n\nCrossings or regions per network; nodal's regions are 6-connected, so a little fewer.\n\n")
	b.WriteString(means(r.Matches))
	b.WriteString("\n## What the peers chose\n\nNetworks and points at a time, and environment.\n\n")
	b.WriteString(choices(r.Matches))
	return b.String()
}

func known(s string) string {
	if s == "" {
		return "unknown"
	}
	return s
}

// versions lists the versions of the peers' packages.
func (r *report) versions() string {
	all := map[string]string{}
	for _, m := range r.Matches {
		for _, c := range m.Contenders {
			maps.Copy(all, c.About.Versions)
		}
	}
	var words []string
	for _, name := range slices.Sorted(maps.Keys(all)) {
		words = append(words, name+" "+all[name])
	}
	if len(words) == 0 {
		return "No peers"
	}
	return strings.Join(words, ", ")
}

// table has a line for each match and a column for each contender.
func table(matches []match) string {
	var b strings.Builder
	heading(&b, matches, "nodal / best peer")
	for _, m := range matches {
		fmt.Fprintf(&b, "| %s | %d |", m.Workload, m.Cores)
		for _, c := range m.Contenders {
			fmt.Fprintf(&b, " %s (%s–%s) |", count(c.median()), count(slices.Min(c.Rates)), count(slices.Max(c.Rates)))
		}
		ratio := "–"
		if best := m.bestPeer(); best > 0 {
			ratio = fmt.Sprintf("**%.2f**", m.Contenders[0].median()/best)
		}
		fmt.Fprintf(&b, " %s |\n", ratio)
	}
	return b.String()
}

// means is the table of what was counted.
func means(matches []match) string {
	var b strings.Builder
	heading(&b, matches, "")
	for _, m := range matches {
		fmt.Fprintf(&b, "| %s | %d |", m.Workload, m.Cores)
		for _, c := range m.Contenders {
			fmt.Fprintf(&b, " %.3f |", c.Mean)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// heading writes the head of a table of contenders.
func heading(b *strings.Builder, matches []match, last string) {
	columns := []string{"workload", "cores"}
	if len(matches) > 0 {
		for _, c := range matches[0].Contenders {
			columns = append(columns, c.Name)
		}
	}
	if last != "" {
		columns = append(columns, last)
	}
	fmt.Fprintf(b, "| %s |\n|%s\n", strings.Join(columns, " | "), strings.Repeat("---|", len(columns)))
}

// scaling compares nodal on one core and on two.
func (r *report) scaling() string {
	var b strings.Builder
	b.WriteString("| workload | two cores / one | peak memory, one core | two cores |\n|---|---|---|---|\n")
	for i := 1; i < len(r.Matches); i++ {
		one, two := r.Matches[i-1], r.Matches[i]
		if one.Workload != two.Workload {
			continue
		}
		ratio := two.Contenders[0].median() / one.Contenders[0].median()
		fmt.Fprintf(&b, "| %s | %.2f | %.0f MB | %.0f MB |\n", one.Workload, ratio, float64(one.Memory)/1e6, float64(two.Memory)/1e6)
	}
	return b.String()
}

// choices lists the settings of the peers.
func choices(matches []match) string {
	var b strings.Builder
	b.WriteString("| workload | cores | peer | processes | setting |\n|---|---|---|---|---|\n")
	for _, m := range matches {
		for _, c := range m.Contenders[1:] {
			fmt.Fprintf(&b, "| %s | %d | %s | %d | %s |\n", m.Workload, m.Cores, c.Name, c.About.Processes, c.About.choice())
		}
	}
	return b.String()
}

// count writes a rate with thousands separated; small ones with a decimal.
func count(x float64) string {
	if x < 1000 {
		return fmt.Sprintf("%.1f", x)
	}
	n := int64(x + 0.5)
	if n < 1e6 {
		return fmt.Sprintf("%d,%03d", n/1000, n%1000)
	}
	return fmt.Sprintf("%d,%03d,%03d", n/1e6, n/1000%1000, n%1000)
}
