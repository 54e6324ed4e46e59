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

// warnPortable says that there is no faster path than portable Go here, for
// commands that compute or say how long that takes. A user who asked for it knows.
func warnPortable(w io.Writer) {
	if kernels.ActivePath() == kernels.Portable && os.Getenv(pathVariable) == "" {
		fmt.Fprintf(w, "nodal has no vector kernels for this %s processor, or was built without: portable Go computes the same rows, tens of times slower\n", runtime.GOARCH)
	}
}
