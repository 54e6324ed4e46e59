// Package nodal_test keeps the rooms of the house apart.
package nodal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// arrows says which of our packages each may import, by top folder. A folder
// may always import its own sub-packages.
var arrows = map[string][]string{
	"internal": {}, // for tests
	"schema":   {},
	"kernels":  {},
	"analysis": {"kernels", "schema"},
	"dataset":  {"schema"},
	"sampler":  {"kernels", "schema", "analysis", "dataset"},
	"report":   {"schema", "analysis", "dataset", "sampler"},
	"cluster":  {"dataset"},
	"cmd":      {"schema", "kernels", "analysis", "dataset", "sampler", "report", "cluster"},
	"bench":    {},
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
// for what runs at the same time: no go statement, and no call of a method Go,
// as errgroup and sync.WaitGroup have it.
func TestGoroutinesOnlyInSampler(t *testing.T) {
	checked := 0
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		name := entry.Name()
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (name == "sampler" || name == "testdata" || len(name) > 1 && strings.HasPrefix(name, ".")):
			return filepath.SkipDir
		case !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		checked++
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if startsGoroutine(n) {
				t.Errorf("%s starts a goroutine", files.Position(n.Pos()))
			}
			return true
		})
		return nil
	})
	if err != nil || checked == 0 {
		t.Fatalf("%d files checked, error %v", checked, err)
	}
}

func startsGoroutine(n ast.Node) bool {
	if call, ok := n.(*ast.CallExpr); ok {
		method, ok := call.Fun.(*ast.SelectorExpr)
		return ok && method.Sel.Name == "Go"
	}
	_, ok := n.(*ast.GoStmt)
	return ok
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
