package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"nodal/kernels"
	"nodal/schema"
)

// version is the release, set by the linker for release builds.
var version = "0.1.0"

func newVersion() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version of nodal and of its contracts",
		Long: `Prints the release, the revision it was built from where that is known, and
the versions of the contracts: rows of different versions are never mixed. The
last line says which instructions compute, see NODAL_CPU.`,
		Example: `  nodal version`,
		Args:    usageArgs(cobra.NoArgs),
		Run: func(cmd *cobra.Command, _ []string) {
			out := cmd.OutOrStdout()
			fmt.Fprintf(out, "nodal %s%s %s %s/%s\n", version, revision(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
			fmt.Fprintf(out, "sweep file %d, rows %d, streams %d, numerics %d\n",
				schema.SweepVersion, schema.RowVersion, schema.StreamVersion, schema.NumericsVersion)
			fmt.Fprintf(out, "kernels %s\n", kernels.ActivePath())
		},
	}
}

// revision returns " (abc123def456)" for a build from a checkout, "" otherwise.
func revision() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return " (" + s.Value[:12] + ")"
		}
	}
	return ""
}
