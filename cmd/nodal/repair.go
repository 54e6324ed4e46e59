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
// missing. It does nothing to a dataset whose rows this version of nodal cannot
// draw.
func repair(cmd *cobra.Command, dir string, f verifyFlags, r *findings) error {
	notice := notice(cmd)
	engine, err := sampler.EngineOf(r.plan.Numerics)
	if err == nil {
		_, err = sampler.NewRecomputer(r.plan) // which looks at all that rows follow from
	}
	if err != nil {
		return fmt.Errorf("%s: %w", dir, err)
	}
	if err := checkResources(cmd, r.plan, dir, dataset.Shard{}, f.workers, false); err != nil {
		return err
	}
	stop := stopSignal(cmd.ErrOrStderr(), dir)
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
	err = sampler.Run(context.Background(), d, sampler.Options{Workers: f.workers, Engine: engine, Stop: stop, Grace: defaultGrace,
		Checkpoint: atCheckpoint(cmd, d, dir, dataset.Shard{}, false)})
	if errors.Is(err, sampler.ErrStopped) {
		err = interrupted(d)
	}
	if err == nil {
		err = d.Finish()
	}
	return errors.Join(err, d.Close())
}
