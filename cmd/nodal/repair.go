package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"nodal/dataset"
	"nodal/sampler"
)

// repair moves what a report found wrong to the quarantine and draws what is
// missing.
func repair(cmd *cobra.Command, dir string, f verifyFlags, r *report) error {
	notice := func(s string) { fmt.Fprintln(cmd.ErrOrStderr(), s) }
	engine, err := sampler.EngineOf(r.plan.Numerics)
	if err != nil {
		return fmt.Errorf("%s: %w", dir, err)
	}
	d, err := dataset.Create(dir, r.plan, dataset.Options{Vet: vetInChild, Notice: notice, Repair: r.damage})
	if err != nil {
		return err
	}
	parts, networks := d.Published()
	notice(fmt.Sprintf("%s: drawing %s networks in %s parts", dir,
		formatCount(d.Plan().Networks()-networks), formatCount(int64(d.Plan().PartCount()-parts))))
	if err = sampler.Run(context.Background(), d, sampler.Options{Workers: f.workers, Engine: engine}); err == nil {
		err = d.Finish()
	}
	return errors.Join(err, d.Close())
}
