package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"nodal/kernels"
)

func TestMain(m *testing.M) {
	if filepath.Base(os.Args[0]) != "nodal" { // not the command, which some tests give these
		for _, name := range []string{slurmTask, kubernetesIndex, cpusVariable} {
			os.Unsetenv(name) // the tests may themselves be a task
		}
	}
	testscript.Main(m, map[string]func(){"nodal": main})
}

// TestScripts runs the command lines of testdata/script, each in a folder of
// its own. The condition [path:avx2] holds where the processor has that path.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Condition: func(condition string) (bool, error) {
			name, ok := strings.CutPrefix(condition, "path:")
			if !ok {
				return false, fmt.Errorf("unknown condition %q", condition)
			}
			_, err := kernels.ParsePath(name)
			return err == nil, nil
		},
	})
}

// exists reports whether there is something of that name.
func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
