package main

import (
	"fmt"
	"io"
	"os"
	"runtime"

	"github.com/spf13/cobra"

	"nodal/kernels"
)

// pathVariable names the environment variable that chooses among the
// implementations of the kernels. All give the same rows.
const pathVariable = "NODAL_CPU"

// choosePath makes the kernels take the path that the environment names, the
// fastest one if it names none.
func choosePath(*cobra.Command, []string) error {
	path, err := kernels.ParsePath(os.Getenv(pathVariable))
	if err != nil {
		return usageError{fmt.Errorf("%s: %w", pathVariable, err)}
	}
	kernels.Use(path)
	return nil
}

// warnPortable says that the processor has no faster path, for commands that
// compute. A user who asked for the portable path knows.
func warnPortable(w io.Writer) {
	if kernels.ActivePath() == kernels.Portable && os.Getenv(pathVariable) == "" {
		fmt.Fprintf(w, "this %s processor has no AVX2: portable Go computes the same rows, many times slower\n", runtime.GOARCH)
	}
}
