package cluster

import (
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v4"
)

// twelve is a job that Kubernetes takes.
func twelve() Kubernetes {
	return Kubernetes{
		Sweep:  "shapes",
		Text:   []byte("version: 1 # of the format\nname: shapes\n\n---\t\n  "),
		Tasks:  Tasks{Count: 12, Workers: 4, Seconds: 1500},
		Memory: 600<<20 + 1, // one byte into the next MiB
		Room:   3 << 30,
		Grace:  20 * time.Second,
		Image:  "registry.example:5000/nodal:0.1.0",
		Claim:  "studies",
		Out:    "2026/shapes",
	}
}

func TestManifest(t *testing.T) {
	got, err := twelve().Manifest()
	if err != nil {
		t.Fatal(err)
	}
	wantGolden(t, "kubernetes.yaml", got)
}

func TestManifestHoldsTheSweepFile(t *testing.T) {
	for _, text := range awkwardTexts {
		k := twelve()
		k.Text = []byte(text)
		manifest, err := k.Manifest()
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		var configMap struct{ Data map[string]string }
		if err := yaml.NewDecoder(strings.NewReader(manifest)).Decode(&configMap); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if got := configMap.Data["sweep.yaml"]; got != text {
			t.Errorf("the ConfigMap holds %q, want %q", got, text)
		}
	}
}

func TestManifestRefuses(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(k *Kubernetes)
		want   string // how the error begins, "" for none
	}{
		{"nothing", func(k *Kubernetes) {}, ""},
		{"as many as it takes", func(k *Kubernetes) { k.Tasks.Count = 100_000 }, ""},
		{"too many tasks", func(k *Kubernetes) { k.Tasks.Count = 100_001 }, "tasks: got 100001"},
		{"some at a time", func(k *Kubernetes) { k.Parallelism = 3 }, ""},
		{"none at a time", func(k *Kubernetes) { k.Parallelism = -1 }, "parallelism: got -1"},
		{"more at a time than there are", func(k *Kubernetes) { k.Parallelism = 13 }, "parallelism: got 13, want a whole number from 1 to 12"},
		{"stages", func(k *Kubernetes) { k.Stages = true }, ""},
		{"stages whose tasks do not all run", func(k *Kubernetes) { k.Stages, k.Parallelism = true, 11 }, "parallelism: got 11, want 12"},
		{"a MiB", func(k *Kubernetes) { k.Text = make([]byte, 1<<20) }, ""},
		{"more than a MiB", func(k *Kubernetes) { k.Text = make([]byte, 1<<20+1) }, "sweep file: got 1048577 bytes"},
		{"no image", func(k *Kubernetes) { k.Image = "" }, "image: "},
		{"an image of two lines", func(k *Kubernetes) { k.Image = "nodal\nprivileged: true" }, "image: "},
		{"an image by its digest", func(k *Kubernetes) { k.Image = "a.b/nodal@sha256:" + strings.Repeat("0", 64) }, ""},
		{"a namespace with a dot", func(k *Kubernetes) { k.Namespace = "a.b" }, "namespace: "},
		{"a long namespace", func(k *Kubernetes) { k.Namespace = strings.Repeat("n", 63) }, ""},
		{"too long a namespace", func(k *Kubernetes) { k.Namespace = strings.Repeat("n", 64) }, "namespace: "},
		{"no claim", func(k *Kubernetes) { k.Claim = "" }, "claim: "},
		{"a claim in capitals", func(k *Kubernetes) { k.Claim = "Studies" }, "claim: "},
		{"a claim with a dot", func(k *Kubernetes) { k.Claim = "a.b" }, ""},
		{"no directory", func(k *Kubernetes) { k.Out = "" }, ""},
		{"an absolute directory", func(k *Kubernetes) { k.Out = "/data" }, "out: "},
		{"a directory outside", func(k *Kubernetes) { k.Out = "a/../../b" }, "out: "},
		{"a variable", func(k *Kubernetes) { k.Out = "$(HOSTNAME)" }, "out: "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			k := twelve()
			tt.change(&k)
			text, err := k.Manifest()
			switch {
			case tt.want == "" && err != nil:
				t.Error(err)
			case tt.want != "" && (err == nil || text != "" || !strings.HasPrefix(err.Error(), tt.want)):
				t.Errorf("error %v and %d bytes, want an error %q and none", err, len(text), tt.want)
			}
		})
	}
}

func TestRoughly(t *testing.T) {
	for seconds, want := range map[float64]string{0.2: "1 s", 90: "90 s", 1800: "30 min", 36000: "10 h", 1e12: "277777778 h"} {
		if got := roughly(seconds); got != want {
			t.Errorf("roughly(%g) = %q, want %q", seconds, got, want)
		}
	}
}
