package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os/signal"

	"github.com/spf13/cobra"

	"nodal/dataset"
	"nodal/dataset/disk"
)

// vetAnswer is what nodal vet prints, as one line of JSON: one of its members.
type vetAnswer struct {
	Vetted  *dataset.Vetted `json:"vetted,omitempty"`
	Damaged string          `json:"damaged,omitempty"` // what is wrong with the file
	Failed  string          `json:"failed,omitempty"`  // why it could not be checked
}

// newVet returns the command that reads a part file which may have been made to
// do harm. Other commands start it as a process of its own, see vetInChild.
func newVet() *cobra.Command {
	var limits vetLimits
	cmd := &cobra.Command{
		Use:    "vet DIR networks|fields NAME",
		Short:  "Check one part file of unknown origin, within limits",
		Hidden: true,
		Args:   usageArgs(cobra.ExactArgs(3)),
		RunE: func(cmd *cobra.Command, args []string) error {
			// Whoever started this process decides; it ends soon in any case.
			signal.Ignore(stopSignals...)
			if err := limits.impose(); err != nil {
				return resourceError{fmt.Errorf("limiting this process: %w", err)}
			}
			answer, err := vet(args[0], dataset.Kind(args[1]), args[2])
			if jsonErr := json.NewEncoder(cmd.OutOrStdout()).Encode(answer); jsonErr != nil {
				return jsonErr
			}
			return err
		},
	}
	cmd.Flags().Int64Var(&limits.memory, "memory", 256<<20, "bytes of memory that it may use")
	cmd.Flags().Int64Var(&limits.seconds, "seconds", 2, "seconds of processor time that it may use")
	return cmd
}

// vet checks the file of the given kind of the part of that name.
func vet(dir string, kind dataset.Kind, name string) (vetAnswer, error) {
	fail := func(err error) (vetAnswer, error) { return vetAnswer{Failed: err.Error()}, err }
	if kind != dataset.Networks && kind != dataset.Fields {
		return fail(usageError{fmt.Errorf("got %q, want %s or %s", kind, dataset.Networks, dataset.Fields)})
	}
	plan, err := dataset.OpenPlan(dir, dataset.Options{})
	if err != nil {
		return fail(err)
	}
	part, found := plan.Part(name)
	if !found {
		return fail(usageError{fmt.Errorf("the plan of %s has no part %q", dir, name)})
	}
	vetted, err := dataset.Vet(disk.OS{}, dir, part, kind)
	if damage := (*dataset.IntegrityError)(nil); errors.As(err, &damage) {
		return vetAnswer{Damaged: damage.Cause()}, err
	}
	if err != nil {
		return fail(err)
	}
	return vetAnswer{Vetted: &vetted}, nil
}
