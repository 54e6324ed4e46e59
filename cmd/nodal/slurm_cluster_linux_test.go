package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// slurmCluster is a Slurm of two nodes, n1 and n2, on this machine: munged, slurmctld
// and two slurmd, which listen on the loopback interface alone and keep everything in
// a folder of the test.
type slurmCluster struct {
	t       *testing.T
	folder  string
	servers map[string]*exec.Cmd
	hurried map[string]bool // jobs and their restarts
}

// slurmVariable asks for the tests with a real Slurm, which want its programs and
// root, and some minutes.
const slurmVariable = "NODAL_SLURM"

// slurmConf configures a cluster whose nodes have two processors, whatever the
// machine has, and whose servers soon notice what happens.
const slurmConf = `ClusterName=nodal
SlurmctldHost=%[1]s(127.0.0.1)
SlurmctldPort=%[3]d
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=%[2]s/munge.socket
CredType=cred/munge
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
StateSaveLocation=%[2]s/state
SlurmdSpoolDir=%[2]s/spool-%%n
SlurmctldPidFile=%[2]s/slurmctld.pid
SlurmdPidFile=%[2]s/%%n.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/builtin
SchedulerParameters=sched_interval=1,batch_sched_delay=0
SlurmdParameters=config_overrides
ReturnToService=2
SlurmdTimeout=5
KillWait=30
MinJobAge=3600
NodeName=n1 NodeHostname=%[1]s NodeAddr=127.0.0.1 Port=%[4]d CPUs=2 RealMemory=4000
NodeName=n2 NodeHostname=%[1]s NodeAddr=127.0.0.1 Port=%[5]d CPUs=2 RealMemory=4000
PartitionName=all Nodes=n1,n2 Default=YES
`

// startSlurm starts a cluster, which ends with the test. The processes of each
// server, jobs too, are in a PID namespace, so that none outlives it.
func startSlurm(t *testing.T) *slurmCluster {
	t.Helper()
	if os.Getenv(slurmVariable) == "" {
		t.Skipf("a real Slurm is wanted by %s=1 only (make test-slurm)", slurmVariable)
	}
	if os.Getuid() != 0 {
		t.Fatal("slurmd wants root")
	}
	c := &slurmCluster{t: t, folder: t.TempDir(), servers: make(map[string]*exec.Cmd), hurried: make(map[string]bool)}
	for folder := c.folder; folder != os.TempDir() && folder != "/"; folder = filepath.Dir(folder) {
		must(t, os.Chmod(folder, 0o755)) // munged refuses others
	}
	host, err := os.Hostname()
	must(t, err)
	host, _, _ = strings.Cut(host, ".")
	ports := freePorts(t, 3)
	t.Setenv("SLURM_CONF", c.path("slurm.conf"))
	must(t, os.WriteFile(c.path("slurm.conf"), fmt.Appendf(nil, slurmConf, host, c.folder, ports[0], ports[1], ports[2]), 0o644))
	must(t, os.WriteFile(c.path("munge.key"), []byte(strings.Repeat("not a secret: it serves one test. ", 8)), 0o600))
	must(t, os.Mkdir(c.path("state"), 0o755))
	t.Cleanup(c.end)
	c.start("munged", "munged", "--foreground", "--force", "--key-file="+c.path("munge.key"), "--socket="+c.path("munge.socket"),
		"--pid-file="+c.path("munge.pid"), "--log-file="+c.path("munge.log"), "--seed-file="+c.path("munge.seed"))
	c.waitFor("munged", 10*time.Second, func() bool { return exists(c.path("munge.socket")) })
	c.start("slurmctld", "slurmctld", "-D")
	c.startNode("n1")
	c.startNode("n2")
	c.waitFor("two idle nodes", 30*time.Second, func() bool {
		output, _ := exec.Command("sinfo", "--noheader", "--Node", "--format=%T").Output()
		return string(output) == "idle\nidle\n"
	})
	c.wantLoopback(ports)
	return c
}

func (c *slurmCluster) path(name string) string { return filepath.Join(c.folder, name) }

// freePorts returns ports of the loopback interface that nobody listens on.
func freePorts(t *testing.T, n int) []int {
	t.Helper()
	var ports []int
	for range n {
		l, err := net.Listen("tcp4", "127.0.0.1:0")
		must(t, err)
		defer l.Close()
		ports = append(ports, l.Addr().(*net.TCPAddr).Port)
	}
	return ports
}

// wantLoopback wants the servers to listen on 127.0.0.1 and nowhere else.
func (c *slurmCluster) wantLoopback(ports []int) {
	c.t.Helper()
	const listens = "0A"
	for _, port := range ports {
		var at []string
		for _, file := range []string{"/proc/net/tcp", "/proc/net/tcp6"} {
			table, _ := os.ReadFile(file)
			for line := range strings.Lines(string(table)) {
				if f := strings.Fields(line); len(f) > 3 && strings.HasSuffix(f[1], fmt.Sprintf(":%04X", port)) && f[3] == listens {
					at = append(at, f[1])
				}
			}
		}
		if want := fmt.Sprintf("0100007F:%04X", port); len(at) != 1 || at[0] != want {
			c.t.Fatalf("a server listens at %v, want %s", at, want)
		}
	}
}

// start starts a server as the first process but one of a PID namespace.
func (c *slurmCluster) start(name string, command ...string) {
	c.t.Helper()
	log, err := os.OpenFile(c.path(name+".log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	must(c.t, err)
	defer log.Close()
	// The shell, which is the first, reaps the orphans.
	cmd := exec.Command("unshare", append([]string{"--pid", "--fork", "--kill-child", "--mount-proc", "bash", "-c", `"$@" & wait`, name}, command...)...)
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	must(c.t, cmd.Start())
	c.servers[name] = cmd
}

func (c *slurmCluster) startNode(name string) { c.start(name, "slurmd", "-D", "-N", name) }

// kill loses a server with all its processes at once, as a machine is lost.
func (c *slurmCluster) kill(name string) {
	c.t.Helper()
	cmd := c.servers[name]
	delete(c.servers, name)
	must(c.t, cmd.Process.Kill())
	if err := cmd.Wait(); cmd.ProcessState.Exited() {
		c.t.Errorf("%s had ended by itself: %v", name, err)
	}
}

// end stops everything and, if the test failed, tells what the servers and jobs said.
func (c *slurmCluster) end() {
	for name := range c.servers {
		c.kill(name)
	}
	if !c.t.Failed() {
		return
	}
	logs, _ := filepath.Glob(c.path("*.log"))
	for _, log := range logs {
		text, err := os.ReadFile(log)
		c.t.Logf("%s: %v\n%s", filepath.Base(log), err, text[max(0, len(text)-20_000):])
	}
}

// waitFor waits until something holds.
func (c *slurmCluster) waitFor(what string, atMost time.Duration, holds func() bool) {
	c.t.Helper()
	for end := time.Now().Add(atMost); !holds(); time.Sleep(100 * time.Millisecond) {
		if time.Now().After(end) {
			c.t.Fatalf("waited %s for %s\n%s", atMost, what, c.do("squeue", "--array", "--states=all"))
		}
	}
}

// do runs a command of Slurm in the cluster's folder and returns what it says.
func (c *slurmCluster) do(command ...string) string {
	c.t.Helper()
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Dir = c.folder
	output, err := cmd.CombinedOutput()
	if err != nil {
		c.t.Fatalf("%s: %v\n%s", strings.Join(command, " "), err, output)
	}
	return strings.TrimSpace(string(output))
}

// slurmJob is a job or a task of an array.
type slurmJob struct{ id, name, state, reason, node, restarts string }

// jobs returns every job that there is or was.
func (c *slurmCluster) jobs() []slurmJob {
	c.t.Helper()
	var jobs []slurmJob
	for line := range strings.Lines(c.do("squeue", "--noheader", "--array", "--states=all", "--Format=JobArrayID:|,Name:|,State:|,Reason:|,NodeList:|,RestartCnt:|")) {
		f := strings.Split(line, "|")
		jobs = append(jobs, slurmJob{f[0], f[1], f[2], f[3], f[4], f[5]})
	}
	return jobs
}

// job returns a job, which has to be there.
func (c *slurmCluster) job(id string) slurmJob {
	c.t.Helper()
	for _, j := range c.jobs() {
		if j.id == id {
			return j
		}
	}
	c.t.Fatalf("no job %s in %v", id, c.jobs())
	return slurmJob{}
}

// ended reports whether a job is at its end.
func (j slurmJob) ended() bool {
	switch j.state {
	case "PENDING", "RUNNING", "COMPLETING", "SUSPENDED", "CONFIGURING":
		return false
	}
	return true
}

// hurry has the jobs that Slurm holds back for two minutes after a requeue start soon.
// At once they would fail: a node takes no job that it has ended in the same second.
func (c *slurmCluster) hurry() {
	for _, j := range c.jobs() {
		if once := j.id + "/" + j.restarts; j.state == "PENDING" && j.reason == "BeginTime" && !c.hurried[once] {
			c.hurried[once] = true
			c.do("scontrol", "update", "JobId="+j.id, "StartTime=now+3")
		}
	}
}

// log returns what a job has said.
func (c *slurmCluster) log(name string) string {
	text, err := os.ReadFile(c.path(name))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		c.t.Error(err)
	}
	return string(text)
}
