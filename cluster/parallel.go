package cluster

import (
	"fmt"
	"strings"

	"nodal/dataset"
)

// Parallel says how a sweep runs on hosts that ssh reaches and that share a disk, by
// GNU parallel. Paths are absolute, and the same on every host.
type Parallel struct {
	Program string   // nodal
	Sweep   string   // the sweep file
	Out     string   // the dataset directory
	Hosts   []string // as parallel --sshlogin takes them
	Tasks   int
	Stages  bool // it draws in stages, so that shards are to run again
}

// turns is how many tasks there are for each host, at least: the fast ones take more
// of them, and at the end none waits long for the last.
const turns = 4

// CutForHosts shares a plan out to hosts that take one task after the other. It is
// [Cut] with no fewer than four tasks for each host, as long as there are parts enough.
func CutForHosts(plan *dataset.Plan, workers, hosts int) Tasks {
	tasks := Cut(plan, workers, 0)
	if wanted := min(hosts*turns, plan.Longest().PartCount()); wanted > tasks.Count {
		return Cut(plan, workers, wanted)
	}
	return tasks
}

// Line returns the line to paste into a shell.
//
// Every host draws one shard at a time, with all its processors. A shard that fails is
// tried on other hosts, three times in all. There is no --joblog to go on from: the
// dataset knows what is there, and a log of another sweep would leave out shards.
//
// Where the sweep draws in stages, a shard that has done its share of one ends with
// code 75. That is no failure there; the shards run again until the dataset is complete.
func (p Parallel) Line() string {
	shard := fmt.Sprintf("%s run %s --out %s --shard {}/%d", remoteWord(p.Program), remoteWord(p.Sweep), remoteWord(p.Out), p.Tasks)
	if p.Stages {
		shard += " || test $? -eq 75"
	}
	line := fmt.Sprintf("seq 0 %d | parallel --jobs 1 --sshlogin %s --retries 3 --line-buffer --tag %s",
		p.Tasks-1, shellWord(strings.Join(p.Hosts, ",")), shellQuoted(shard))
	if p.Stages {
		line = fmt.Sprintf("until test -e %s; do %s || break; done", shellWord(p.Out+"/_SUCCESS"), line)
	}
	return line + "\n"
}

// remoteWord returns text as a word of the command that parallel has a shell run. In
// that, parallel replaces what is between braces: two quotes inside keep it from that.
func remoteWord(text string) string { return strings.ReplaceAll(shellWord(text), "{", "{''") }
