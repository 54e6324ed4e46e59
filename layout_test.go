// Package nodal_test keeps the rooms of the house apart.
package nodal_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// arrows says which of our packages each may import, by top folder. A folder
// may always import its own sub-packages.
var arrows = map[string][]string{
	"schema":   {},
	"kernels":  {},
	"analysis": {"kernels", "schema"},
	"dataset":  {"schema"},
	"sampler":  {"kernels", "schema", "analysis", "dataset"},
	"report":   {"schema", "analysis", "dataset", "sampler"},
	"sweeps":   {},
	"cmd":      {"schema", "kernels", "analysis", "dataset", "sampler", "report", "sweeps"},
}

func TestImportsPointOneWay(t *testing.T) {
	list, err := exec.Command("go", "list", "-f", `{{.ImportPath}}{{range .Imports}} {{.}}{{end}}`, "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for line := range strings.Lines(string(list)) {
		packages := strings.Fields(line)
		from := folder(packages[0])
		allowed, known := arrows[from]
		if !known && from != "" {
			t.Errorf("%s: a folder without arrows; say in arrows what it may import", packages[0])
		}
		for _, p := range packages[1:] {
			to := folder(p)
			if to == "" || to == from {
				continue
			}
			checked++
			if !slices.Contains(allowed, to) {
				t.Errorf("%s imports %s, but %s may import only %v", packages[0], p, from, allowed)
			}
		}
	}
	if checked == 0 {
		t.Error("no import between our packages was seen")
	}
}

// No package but sampler starts goroutines, so that there is one place to look
// for what runs at the same time.
func TestGoroutinesOnlyInSampler(t *testing.T) {
	files, err := exec.Command("go", "list", "-f", `{{range .GoFiles}}{{$.Dir}}/{{.}}{{"\n"}}{{end}}`, "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	grep := exec.Command("xargs", "grep", "-lE", `^\s*go (func|[a-zA-Z_.]+\()`)
	grep.Stdin = strings.NewReader(string(files))
	found, _ := grep.Output() // grep's status 1 says that there is none
	for file := range strings.Lines(string(found)) {
		if !strings.Contains(file, "/sampler/") {
			t.Errorf("%s starts a goroutine", strings.TrimSpace(file))
		}
	}
}

// folder returns the top folder of one of our packages, "" for others'.
func folder(importPath string) string {
	rest, ours := strings.CutPrefix(importPath, "nodal/")
	if !ours {
		return ""
	}
	top, _, _ := strings.Cut(rest, "/")
	return top
}
