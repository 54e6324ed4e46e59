package cluster

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"

	"nodal/dataset"
	"nodal/schema"
)

// script returns a script of a plan.
func script(plan *dataset.Plan, workers, count int) *Slurm {
	return &Slurm{Plan: plan, Tasks: Cut(plan, workers, count), Nodal: "/opt/nodal", Sweep: "/home/it's here/sweep.yaml",
		Out: `/scratch/a "b" $HOME %j` + "`c`", Memory: 100 << 20}
}

// written returns the text of a script.
func written(t *testing.T, s *Slurm) string {
	t.Helper()
	var b bytes.Buffer
	if err := s.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestSlurmScript holds a script against testdata/slurm.sh, which bash has to parse.
// What it does, cmd/nodal tests.
func TestSlurmScript(t *testing.T) {
	s := script(planOf(slow(20_000_000)), 4, 0)
	s.NoLock = true
	s.Options = []string{"--partition=short", "--account=physics"}
	got := written(t, s)
	golden := wantGolden(t, "slurm.sh", got)
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("NOT RUN: ", err)
	}
	if output, err := exec.Command(bash, "-n", golden).CombinedOutput(); err != nil {
		t.Errorf("bash -n %s: %v\n%s", golden, err, output)
	}
}

func TestSlurmLimits(t *testing.T) {
	until := slow(20_000)
	until.Until = &schema.Until{}
	for _, tt := range []struct {
		name                                   string
		plan                                   *dataset.Plan
		workers, count                         int
		minutes, slices, restarts, checkMinute int
	}{
		{"nothing to do", planOf(line(2, 1)), 1, 0, 10, 1, 20, 10},
		{"ten minutes", planOf(slow(100_000)), 1, 0, 10, 1, 20, 10},                           // 2.5 min
		{"twice the time", planOf(slow(500_000)), 1, 1, 28, 1, 20, 10},                        // 12.7 min
		{"an hour at most", planOf(slow(1_140_000)), 1, 1, 60, 1, 20, 10},                     // 28.9 min
		{"just too long for one", planOf(slow(1_150_000)), 1, 1, 60, 2, 21, 10},               // 29.2 min
		{"many slices", planOf(slow(20_000_000)), 1, 1, 60, 18, 37, 18},                       // 507 min
		{"more workers", planOf(slow(20_000_000)), 32, 1, 34, 1, 20, 18},                      // 15.8 min
		{"too many rows to check each", planOf(line(2, 2_000_000_000)), 4, 1, 19, 1, 20, 447}, // 37 for 160 GB,
		{"five stages of 1,000 to 16,000 and all", planOf(until), 1, 1, 10, 1, 620, 10},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := script(tt.plan, tt.workers, tt.count)
			if s.Minutes() != tt.minutes || s.Slices() != tt.slices || s.Restarts() != tt.restarts || s.CheckMinutes() != int64(tt.checkMinute) {
				t.Errorf("%d minutes, %d slices, %d restarts, %d minutes of the check; want %+v", s.Minutes(), s.Slices(), s.Restarts(), s.CheckMinutes(), tt)
			}
		})
	}
}

// The check looks at every row where that takes no more than some hours.
func TestSlurmCheck(t *testing.T) {
	for networks, want := range map[int64]bool{1_000_000_000: true, 1_000_000_001: false} {
		text := written(t, script(planOf(line(2, networks)), 1, 1))
		if got := strings.Contains(text, `"$nodal" verify "$out" --full`); got != want || !strings.Contains(text, `"$nodal" verify "$out"`) {
			t.Errorf("%d networks: verify --full is there %v, want %v:\n%s", networks, got, want, text)
		}
	}
}

func TestSlurmMemory(t *testing.T) {
	for _, tt := range []struct {
		memory      int64
		task, check int64
	}{
		{0, 32, 1024},
		{1, 33, 1024},
		{1 << 20, 33, 1024},
		{2 << 30, 2080, 2080},
	} {
		s := &Slurm{Memory: tt.memory}
		if s.Megabytes() != tt.task || s.CheckMegabytes() != tt.check {
			t.Errorf("%d bytes: %d and %d MiB, want %d and %d", tt.memory, s.Megabytes(), s.CheckMegabytes(), tt.task, tt.check)
		}
	}
}

// TestSlurmRefuses checks that no text can end a line of the script.
func TestSlurmRefuses(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*Slurm)
	}{
		{"program", func(s *Slurm) { s.Nodal += "\nrm" }},
		{"sweep file", func(s *Slurm) { s.Sweep += "\r" }},
		{"dataset directory", func(s *Slurm) { s.Out += "\x00" }},
		{"option of sbatch", func(s *Slurm) { s.Options = []string{"--comment=a\nrm"} }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := script(planOf(), 1, 1)
			tt.change(s)
			var b bytes.Buffer
			if err := s.Write(&b); err == nil || !strings.HasPrefix(err.Error(), tt.name+": got ") || !strings.HasSuffix(err.Error(), "want a text of one line") || b.Len() > 0 {
				t.Errorf("error %v, and %d bytes", err, b.Len())
			}
		})
	}
}
