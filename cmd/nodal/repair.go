package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"nodal/dataset"
	"nodal/sampler"
)

// repair moves what a report found wrong to the quarantine and draws what is
// missing. It does nothing to a dataset whose rows this version of nodal cannot
// draw.
func repair(cmd *cobra.Command, dir string, f verifyFlags, r *report) error {
	notice := func(s string) { fmt.Fprintln(cmd.ErrOrStderr(), s) }
	if _, err := sampler.NewRecomputer(r.plan); err != nil {
		return fmt.Errorf("%s: %w", dir, err)
	}
	engine, err := sampler.EngineOf(r.plan.Numerics)
	if err != nil {
		return fmt.Errorf("%s: %w", dir, err)
	}
	if err := checkMemory(r.plan.Configurations, f.workers, machineMemory()); err != nil {
		return err
	}
	damage := append([]*dataset.IntegrityError{}, r.damage...) // never nil: this is a repair
	d, err := dataset.Create(dir, r.plan, dataset.Options{Vet: vetInChild, Notice: notice, Repair: damage})
	if err != nil {
		return err
	}
	parts, networks := d.Published()
	if missing := d.Plan().PartCount() - parts; missing > 0 {
		notice(fmt.Sprintf("%s: drawing %s in %s", dir, counted(d.Plan().Networks()-networks, "network", "networks"),
			counted(int64(missing), "part", "parts")))
	}
	if err = redrawMissing(d, sampler.Options{Workers: f.workers, Engine: engine}); err == nil {
		err = d.Finish()
	}
	return errors.Join(err, d.Close())
}

// redrawMissing draws the parts that are missing. SIGINT or SIGTERM ends it with
// errInterrupted, a second one kills the process as usual.
func redrawMissing(d *dataset.Directory, o sampler.Options) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	err := sampler.Run(ctx, d, o)
	if ctx.Err() != nil && errors.Is(err, context.Cause(ctx)) {
		return errInterrupted
	}
	return err
}
