package sampler

import (
	"os"
	"testing"

	"nodal/kernels"
)

// TestMain runs the tests on the path of the kernels that NODAL_CPU names, the
// fastest if it names none.
func TestMain(m *testing.M) {
	path, err := kernels.ParsePath(os.Getenv("NODAL_CPU"))
	if err != nil {
		panic("NODAL_CPU: " + err.Error())
	}
	kernels.Use(path)
	os.Exit(m.Run())
}

// eachPath runs f on every path that the processor has.
func eachPath(t *testing.T, f func(t *testing.T)) {
	t.Helper()
	defer kernels.Use(kernels.ActivePath())
	for _, p := range kernels.Paths() {
		kernels.Use(p)
		t.Run("path="+p.String(), f)
	}
}
