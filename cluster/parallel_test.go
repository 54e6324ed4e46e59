package cluster

import (
	"os/exec"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"nodal/dataset"
	"nodal/schema"
)

func TestParallelLine(t *testing.T) {
	for _, tt := range []struct {
		name string
		p    Parallel
		want string
	}{
		{"plain", Parallel{Program: "/bin/nodal", Sweep: "/a/s.yaml", Out: "/a/out", Hosts: []string{"ada", "me@emmy", ":"}, Tasks: 12},
			`seq 0 11 | parallel --jobs 1 --sshlogin ada,me@emmy,: --retries 3 --line-buffer --tag '/bin/nodal run /a/s.yaml --out /a/out --shard {}/12'`},
		{"quoted twice", Parallel{Program: "/bin/nodal", Sweep: "/my {}/s.yaml", Out: "/it's", Hosts: []string{"ssh -p 22 ada"}, Tasks: 1},
			`seq 0 0 | parallel --jobs 1 --sshlogin 'ssh -p 22 ada' --retries 3 --line-buffer --tag '/bin/nodal run '\''/my {'\'''\''}/s.yaml'\'' --out '\''/it'\''\'\'''\''s'\'' --shard {}/1'`},
		{"stages", Parallel{Program: "nodal", Sweep: "s", Out: "/my out", Hosts: []string{"a"}, Tasks: 2, Stages: true},
			`until test -e '/my out/_SUCCESS'; do seq 0 1 | parallel --jobs 1 --sshlogin a --retries 3 --line-buffer --tag 'nodal run s --out '\''/my out'\'' --shard {}/2 || test $? -eq 75' || break; done`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.p.Line(); got != tt.want+"\n" {
				t.Errorf("got\n%swant\n%s", got, tt.want)
			}
		})
	}
}

// A shell reads back what is quoted, and parallel finds no braces together in it.
func TestShellWord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("ab/ '\"$`\\{}*!~#&;|<>()[]=\nä"))).Draw(t, "text")
		word := remoteWord(text)
		got, err := exec.Command("sh", "-c", "printf %s. "+word).Output()
		if err != nil || string(got) != text+"." {
			t.Fatalf("a shell reads %q as %q, %v, want %q", word, got, err, text)
		}
		if bare := strings.ReplaceAll(word, "{''", ""); strings.Contains(bare, "{") {
			t.Errorf("%q has a brace that parallel may take for its own", word)
		}
	})
}

func TestCutForHosts(t *testing.T) {
	for _, tt := range []struct {
		name            string
		networks, hosts int
		want            int
	}{
		{"fewer parts than turns", 300_000, 3, 3},
		{"four for each host", 3_000_000, 3, 12},
		{"half an hour each", 20_000_000_000, 2, 12}, // 1,008 ns a network, see dataset.Cost
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := schema.Configuration{
				Case: "a", Networks: int64(tt.networks), Inputs: 1, Outputs: 1, Activation: schema.Identity, OutputActivation: schema.Identity,
				Grid:         schema.Grid{{From: -1, To: 1, Points: 2}},
				Weights:      schema.Law{Distribution: schema.Uniform, Low: -1, High: 1},
				Biases:       schema.Law{Distribution: schema.Uniform, Low: -1, High: 1},
				Connectivity: 6,
			}
			plan := dataset.NewPlan("s", 1, nil, []schema.Configuration{c}, "3")
			if got := CutForHosts(plan, 1, tt.hosts).Count; got != tt.want {
				t.Errorf("%d tasks of %d parts, want %d", got, plan.PartCount(), tt.want)
			}
		})
	}
}
