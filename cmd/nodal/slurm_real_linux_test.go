package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// sixteenParts makes sixteen parts of nearly two million networks, in seconds.
const sixteenParts = `version: 1
name: sixteen
seed: 9
networks: 1950000
grid: {from: -1, to: 1, points: 2}
cases:
  - name: a
    hidden: []
    activation: identity
`

// longParts makes parts of half a minute of one core.
const longParts = `version: 1
name: long
seed: 9
networks: 40000
grid: {from: -1, to: 1, points: 200}
cases:
  - name: a
    inputs: 2
    hidden: [100, 100]
`

// TestSlurm runs scripts of nodal slurm, as they are printed, in a real Slurm.
func TestSlurm(t *testing.T) {
	c := startSlurm(t)
	program := c.path("nodal")
	if output, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	t.Run("lost machine", func(t *testing.T) { c.in(t).lostMachine(program) })
	t.Run("time limit and scancel", func(t *testing.T) { c.in(t).limitAndCancel(program) })
}

// in returns the cluster for a part of its test.
func (c *slurmCluster) in(t *testing.T) *slurmCluster {
	inner := *c
	inner.t = t
	return &inner
}

// submit prints a script, submits it and returns the number of the job.
func (c *slurmCluster) submit(program, sweep, out, tasks string, options ...string) string {
	c.t.Helper()
	script := sweep + ".sh"
	cmd := exec.Command(program, "slurm", sweep, "--out", out, "--cpus", "1", "--tasks", tasks)
	text, err := cmd.Output()
	must(c.t, err)
	must(c.t, os.WriteFile(script, text, 0o666))
	return c.do(append(append([]string{"sbatch", "--parsable"}, options...), script)...)
}

// lostMachine draws a dataset while a machine dies and comes back and a task is
// requeued, and wants the files of a run that nobody disturbed, and their check.
func (c *slurmCluster) lostMachine(program string) {
	sweep, want := prepare(c.t, sixteenParts)
	out := filepath.Join(c.t.TempDir(), "it's out")
	job := c.submit(program, sweep, out, "8")
	var kept, lost []string
	c.waitFor("tasks on both nodes", time.Minute, func() bool {
		kept, lost = c.running("n1"), c.running("n2")
		return len(kept) > 0 && len(lost) > 0 && exists(filepath.Join(out, "networks"))
	})
	c.kill("n2")
	c.do("scontrol", "requeue", kept[0])
	c.waitFor("the loss to be seen", time.Minute, func() bool {
		return strings.Contains(c.do("sinfo", "--noheader", "--nodes=n2", "--format=%T"), "down")
	})
	c.startNode("n2")
	c.waitFor("the end", 3*time.Minute, func() bool {
		c.hurry()
		for _, j := range c.jobs() {
			if !j.ended() {
				return false
			}
		}
		return true
	})
	for _, j := range c.jobs() {
		c.t.Logf("%+v", j)
		if j.state != "COMPLETED" {
			c.t.Errorf("%+v, want COMPLETED", j)
		}
	}
	for _, id := range append(lost, kept[0]) {
		if j := c.job(id); j.restarts == "0" {
			c.t.Errorf("%+v was on the machine that was lost, or requeued", j)
		}
	}
	said := c.log("sixteen-check-" + c.named("sixteen-check-"+job).id + ".log")
	for _, want := range []string{"is whole: 1,950,000 networks in 16 parts", "every byte and every row checked", "turning points"} {
		if !strings.Contains(said, want) {
			c.t.Errorf("the check does not say %q: %s", want, said)
		}
	}
	wantSameDataset(c.t, datasetFiles(c.t, out), want)
}

// running returns the tasks that run on a node.
func (c *slurmCluster) running(node string) []string {
	var ids []string
	for _, j := range c.jobs() {
		if j.node == node && j.state == "RUNNING" {
			ids = append(ids, j.id)
		}
	}
	return ids
}

// limitAndCancel tells a task that its time limit is near, and wants it requeued; then
// it cancels the task, which is to stay away, and be checked all the same.
func (c *slurmCluster) limitAndCancel(program string) {
	folder := c.t.TempDir()
	sweep := filepath.Join(folder, "long.yaml")
	must(c.t, os.WriteFile(sweep, []byte(longParts), 0o666))
	out := filepath.Join(folder, "out")
	job := c.submit(program, sweep, out, "4", "--array=2")
	task := job + "_2"
	check := "long-check-" + job
	log := "long-" + task + ".log"
	draws := func() bool {
		c.hurry()
		begun, _ := filepath.Glob(filepath.Join(out, "networks", ".*"))
		return c.job(task).state == "RUNNING" && len(begun) > 0
	}
	c.waitFor("a part", time.Minute, draws)
	c.do("scancel", "--batch", "--signal=USR1", task)
	c.waitFor("the requeue", time.Minute, func() bool { return c.job(task).restarts == "1" })
	if j := c.job(task); j.state != "PENDING" && j.state != "COMPLETING" && j.state != "RUNNING" {
		c.t.Errorf("%+v after USR1", j)
	}
	if said := c.log(log); !strings.Contains(said, "task 2: requeued, restart 1 of at most 20") {
		c.t.Error(said)
	}
	c.waitFor("a part of the next slice", time.Minute, draws)
	c.do("scancel", task)
	c.waitFor("the end of what was cancelled", time.Minute, func() bool { return strings.Contains(c.log(log), "task 2: ended by Slurm") })
	c.waitFor("the check", time.Minute, func() bool { return c.named(check).ended() })
	if j := c.job(task); j.state != "CANCELLED" || j.restarts != "1" {
		c.t.Errorf("%+v, want it cancelled for good", j)
	}
	if j := c.named(check); j.state != "FAILED" {
		c.t.Errorf("%+v of an unfinished dataset, want FAILED", j)
	}
}

// named returns the one job of a name.
func (c *slurmCluster) named(name string) slurmJob {
	c.t.Helper()
	var found []slurmJob
	for _, j := range c.jobs() {
		if j.name == name {
			found = append(found, j)
		}
	}
	if len(found) != 1 {
		c.t.Fatalf("%d jobs %s in %v, want one", len(found), name, c.jobs())
	}
	return found[0]
}
