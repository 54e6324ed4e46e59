package cluster

import (
	_ "embed"
	"fmt"
	"io"
	"math"
	"strings"
	"text/template"

	"nodal/dataset"
)

// Minutes of a task. What takes longer is cut into slices: the task is stopped before
// its limit and requeued.
const (
	leastMinutes = 10
	mostMinutes  = 60
	spareMinutes = 2 // to start, and to stop before the limit
	offBy        = 2 // the factor by which nominal times may be too short, see [dataset.Cost]
)

// Seconds in which a task stops. Slurm says up to a minute earlier than it was told
// to, never later, that the limit is near. The grace fits the 30 s, unless a cluster
// sets another KillWait, from Slurm's SIGTERM to its SIGKILL as well.
const (
	leadSeconds  = 60
	graceSeconds = 20
)

// How often a task may be requeued on top of its slices. One that waits for the next
// stage of a plan that draws until means are certain looks every two minutes, for
// which Slurm holds back what is requeued.
const (
	spareRestarts = 20  // lost machines, preemption, slow machines
	stageRestarts = 100 // for each stage: three hours of waiting for other tasks
)

// What the job that checks the dataset takes: for 2.2 million rows of 152 MB verify
// took 0.1 s, verify --full 8.6 s and summarize 7.7 s, of one core and 82 MB. A far
// disk and a slow core may take three times as long. Beyond fullRows the rows are not
// checked one by one, since that would take more than three hours.
const (
	leastCheckMinutes = 10
	summaryRows       = 5_000_000 // a minute
	fullRows          = 1_000_000_000
	verifyBytes       = 4 << 30 // a minute, at 70 MB/s
	leastCheckMemory  = 1 << 30
)

const (
	megabyte     = 1 << 20       // what Slurm calls M
	surroundings = 32 * megabyte // the shell and the commands of Slurm beside nodal
)

// Slurm is a batch script of Slurm: an array of tasks that draw a dataset, and a job
// after them that checks it.
type Slurm struct {
	Plan    *dataset.Plan
	Tasks   Tasks
	Nodal   string   // the program: an absolute path, or a name that the tasks look for
	Sweep   string   // the sweep file, an absolute path
	Out     string   // the dataset directory, an absolute path
	Memory  int64    // bytes that nodal needs in a task
	NoLock  bool     // tasks take no locks
	Options []string // more of sbatch, for tasks and check: "--partition=short"
}

//go:embed slurm.sh.tmpl
var slurmText string

var slurmScript = template.Must(template.New("slurm").Funcs(template.FuncMap{"quote": shellQuoted}).Parse(slurmText))

// Write writes the script. Paths and options may hold anything but line breaks and
// NUL, which are an error; nothing is written then.
func (s *Slurm) Write(w io.Writer) error {
	texts := []struct{ what, text string }{{"program", s.Nodal}, {"sweep file", s.Sweep}, {"dataset directory", s.Out}}
	for _, option := range s.Options {
		texts = append(texts, struct{ what, text string }{"option of sbatch", option})
	}
	for _, t := range texts {
		if strings.ContainsAny(t.text, "\n\r\x00") {
			return fmt.Errorf("%s: got %q, want a text of one line", t.what, t.text)
		}
	}
	return slurmScript.Execute(w, s)
}

// LastTask returns the number of the last task.
func (s *Slurm) LastTask() int { return s.Tasks.Count - 1 }

// Minutes returns the time limit of a task: twice what it takes at the nominal speed,
// from 10 to 60.
func (s *Slurm) Minutes() int {
	return int(max(leastMinutes, min(math.Ceil(s.Tasks.Seconds*offBy/60)+spareMinutes, mostMinutes)))
}

// Slices returns how many time limits a task takes if the nominal times are too short
// by a factor of two.
func (s *Slurm) Slices() int {
	return int(max(1, math.Ceil(s.Tasks.Seconds*offBy/60/(mostMinutes-spareMinutes))))
}

// Restarts returns how often a task may be requeued.
func (s *Slurm) Restarts() int {
	return s.Slices() - 1 + spareRestarts + stageRestarts*len(s.Plan.Longest().Checkpoints)
}

// Megabytes returns the memory of a task in MiB.
func (s *Slurm) Megabytes() int64 { return (s.Memory + surroundings + megabyte - 1) / megabyte }

// CheckMegabytes returns the memory of the check in MiB.
func (s *Slurm) CheckMegabytes() int64 { return max(s.Megabytes(), leastCheckMemory/megabyte) }

// CheckRows reports whether the check looks at every row.
func (s *Slurm) CheckRows() bool { return s.Plan.Longest().Networks() <= fullRows }

// CheckMinutes returns the time limit of the check.
func (s *Slurm) CheckMinutes() int64 {
	longest := s.Plan.Longest()
	minutes := leastCheckMinutes + longest.Networks()/summaryRows
	if s.CheckRows() {
		return minutes + longest.Networks()/summaryRows
	}
	return minutes + longest.Size().Bytes/verifyBytes
}

// Lead returns how many seconds before its time limit a task is told.
func (s *Slurm) Lead() int { return leadSeconds }

// Grace returns the seconds in which nodal may finish a part.
func (s *Slurm) Grace() int { return graceSeconds }
