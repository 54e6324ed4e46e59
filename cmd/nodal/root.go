package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

const rootLong = `nodal draws thousands of random neural networks per configuration, evaluates
each on a dense grid, measures the function it sees (zero crossings, connected
regions, islands, boundary length, ...) and writes one row per network to
Parquet, ready for DuckDB and pandas.

A sweep file says what to draw. Start with:

  nodal init                               writes sweep.yaml to edit
  nodal run sweep.yaml --out out           draws, measures, writes
  nodal summarize out                      a table by configuration
  nodal compare out                        depth against width, with intervals

NODAL_CPU=avx512, avx2 or portable chooses the instructions that compute; the
rows are the same. Without it the fastest that the processor has are used.

Exit codes: 0 complete, 1 internal error, 2 usage or sweep file, 3 I/O or
resources, 4 integrity, 5 locked by another run, 6 a different sweep in that
directory, 75 interrupted and resumable.`

// newRoot returns the command tree.
func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:           "nodal",
		Short:         "What functions do random neural networks make?",
		Long:          rootLong,
		SilenceErrors: true,
		SilenceUsage:  true,

		PersistentPreRunE: choosePath,

		Args: usageArgs(knownCommand),
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usageError{fmt.Errorf("%w\nrun %q for help", err, cmd.CommandPath()+" --help")}
	})
	root.AddCommand(newRun(), newPlan(), newSummarize(), newCompare(), newShow(), newFigures(), newReport(), newVerify(), newMerge(), newSlurm(), newK8s(), newParallel(), newInit(), newBench(), newVersion(), newVet())
	return root
}

// complete offers values for a flag to the shell.
func complete(cmd *cobra.Command, flag string, values ...string) {
	if err := cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic("nodal: " + err.Error()) // there is no such flag
	}
}

// knownCommand refuses a word that is no command, with the nearest ones.
func knownCommand(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	root.SuggestionsMinimumDistance = 2
	hint := `; run "nodal --help" for the commands`
	if near := root.SuggestionsFor(args[0]); len(near) > 0 {
		hint = " (did you mean " + strings.Join(near, " or ") + "?)" + hint
	}
	return fmt.Errorf("%q is no command%s", args[0], hint)
}

// usageArgs makes a wrong number of arguments a usage error.
func usageArgs(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return usageError{fmt.Errorf("%w\nusage: %s", err, cmd.UseLine())}
		}
		return nil
	}
}
