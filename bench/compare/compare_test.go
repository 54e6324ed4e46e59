package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nodal/sampler"
	"nodal/schema"
)

func TestSweepsAreTheStandardWorkloads(t *testing.T) {
	for _, w := range sampler.Workloads() {
		t.Run(w.Name, func(t *testing.T) {
			path := filepath.Join("..", "sweeps", strings.ToLower(w.Name)+".yaml")
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			text, err = withNetworks(text, 12345)
			if err != nil {
				t.Fatal(err)
			}
			sweep, err := schema.ParseSweep(path, text, schema.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			got := sweep.Configurations()
			if len(got) != 1 {
				t.Fatalf("%d configurations, want one", len(got))
			}
			if got[0].ID() != w.Configuration.ID() {
				t.Errorf("configuration differs (-workload +sweep file):\n%s", cmp.Diff(w.Configuration, got[0]))
			}
			if got[0].Networks != 12345 {
				t.Errorf("%d networks, want the 12345 asked for", got[0].Networks)
			}
		})
	}
}

func TestWithNetworksNeedsOneLine(t *testing.T) {
	for _, sweep := range []string{"", "networks: 1\nnetworks: 2\n", "  networks: 5\n"} {
		if _, err := withNetworks([]byte(sweep), 7); err == nil {
			t.Errorf("withNetworks(%q): no error", sweep)
		}
	}
}

// A shell plays the peer.
func TestPeerTakesTurns(t *testing.T) {
	p, err := newPeer(exec.Command("sh", "-c", `echo '{"processes": 2, "chunk": [16, 1001, "dot"], "environment": {"A": "b"}}'
		while read turn; do echo '{"networks_per_second": 1500.5, "mean": 1.25}'; done`))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := p.about.choice(), "16 1001 dot; A=b"; got != want || p.about.Processes != 2 {
		t.Errorf("choice %q and %d processes, want %q and 2", got, p.about.Processes, want)
	}
	for range 2 {
		if rate, mean, err := p.run(); rate != 1500.5 || mean != 1.25 || err != nil {
			t.Errorf("run: got %g, %g, %v", rate, mean, err)
		}
	}
	if err := p.stop(); err != nil {
		t.Error(err)
	}
}

func TestPeerThatFails(t *testing.T) {
	for name, script := range map[string]string{
		"ends at once":    "exit 3",
		"no JSON":         "echo hello",
		"ends at a turn":  "echo '{}'; read turn",
		"nothing counted": "echo '{}'; read turn; echo '{}'",
	} {
		t.Run(name, func(t *testing.T) {
			p, err := newPeer(exec.Command("sh", "-c", script))
			if err == nil {
				_, _, err = p.run()
			}
			if err == nil {
				t.Error("no error")
			}
		})
	}
}

func TestMarkdown(t *testing.T) {
	play := func(workload string, cores int, nodal ...float64) match {
		return match{Workload: workload, Cores: cores, Memory: 50e6, Contenders: []contender{
			{Name: "nodal", Rates: nodal, Mean: 1.1},
			{Name: "numpy", Rates: []float64{20, 10, 30}, Mean: 1.1, About: about{Processes: cores, Versions: map[string]string{"numpy": "2.4.6"}}},
			{Name: "jax", Rates: []float64{25, 25, 26}, Mean: 1.1, About: about{Processes: cores}},
		}}
	}
	r := report{Machine: machine{CPU: "Some CPU"}, Rounds: 3, Matches: []match{play("W1", 1, 100, 50, 1e6), play("W1", 2, 190, 190, 190)}}
	text := r.markdown()
	for _, line := range []string{
		"# nodal against its peers: Some CPU",
		"numpy 2.4.6.",
		"| workload | cores | nodal | numpy | jax | nodal / best peer |",
		"| W1 | 1 | 100.0 (50.0–1,000,000) | 20.0 (10.0–30.0) | 25.0 (25.0–26.0) | **4.00** |",
		"| W1 | 2 | 190.0 (190.0–190.0) | 20.0 (10.0–30.0) | 25.0 (25.0–26.0) | **7.60** |",
		"| W1 | 1.90 | 50 MB | 50 MB |",
	} {
		if !strings.Contains(text, line+"\n") {
			t.Errorf("no line %q in\n%s", line, text)
		}
	}
	if strings.Contains(text, "NOT RUN") || strings.Contains(text, "AVX-512") {
		t.Errorf("speaks of what there is not:\n%s", text)
	}
}

func TestSaveKeepsAWholeTable(t *testing.T) {
	path := filepath.Join(t.TempDir(), "table.md")
	if err := save(path, "whole", nil); err != nil {
		t.Fatal(err)
	}
	if err := save(path, "half", []string{"jax"}); err == nil || !strings.Contains(err.Error(), "jax did not run") {
		t.Errorf("a table without jax: error %v", err)
	}
	if got, err := os.ReadFile(path); string(got) != "whole" {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestCount(t *testing.T) {
	for x, want := range map[float64]string{0.04: "0.0", 999.94: "999.9", 1000: "1,000", 54321.5: "54,322", 1234567: "1,234,567"} {
		if got := count(x); got != want {
			t.Errorf("count(%g) = %q, want %q", x, got, want)
		}
	}
}
