// Package python finds the interpreter for tests that check nodal against
// DuckDB, pandas, Polars, NumPy and SciPy, and the browser for one that opens the
// report.
package python

import (
	"os"
	"path/filepath"
	"testing"
)

// Interpreter returns the Python that has the packages of requirements.txt: the
// one named by NODAL_PYTHON, or else that of the repository's .venv, which make
// test creates. The caller's package has to lie one or two folders below the root.
//
// Without one the test is skipped, and under CI it fails; what says what was
// not run then.
func Interpreter(t testing.TB, what string) string {
	t.Helper()
	if python := os.Getenv("NODAL_PYTHON"); python != "" {
		return python
	}
	for _, root := range []string{"..", "../.."} {
		python, err := filepath.Abs(filepath.Join(root, ".venv/bin/python"))
		if err == nil {
			_, err = os.Stat(python)
		}
		if err == nil {
			return python
		}
	}
	if os.Getenv("CI") != "" {
		t.Fatalf("NOT RUN: %s: no Python; run make test, or set NODAL_PYTHON", what)
	}
	t.Skipf("NOT RUN: %s: no Python; run make test, or set NODAL_PYTHON", what)
	return ""
}
