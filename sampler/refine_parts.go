package sampler

import (
	"context"
	"slices"

	"nodal/dataset"
	"nodal/schema"
)

// refineAgreements is how many grids in a row shall resolve a network that its own
// does not: one alone may miss what the one before missed.
const refineAgreements = 2

// PartRefined says what became of the unresolved networks of one part.
type PartRefined struct {
	Part     dataset.Part
	Networks int  // refined
	Resolved int  // of these
	Present  bool // before; the numbers are 0
}

// RefineOptions says how to refine the networks of a dataset. It changes no byte of
// the result but for the limit. Workers and Report must not be nil.
type RefineOptions struct {
	Limit   dataset.RefineLimit
	Workers func(schema.Configuration) int // goroutines for networks of a configuration
	Stop    <-chan struct{}                // ends it, with ErrStopped, once it is closed; nil never does
	Report  func(PartRefined)              // is told of every part that has unresolved networks
}

// RefineParts draws the networks that their grid does not resolve again on finer
// grids, part after part of those that reader finds and into is for, and writes what
// comes out into the folder of refined networks. Parts that were refined up to the
// same limit are left alone; a part without such networks gets no file. Errors are
// those of reading, writing and [Refine], and [ErrStopped]; what was written before
// stays.
func RefineParts(ctx context.Context, reader *dataset.Reader, into *dataset.Refined, o RefineOptions) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	go func() {
		select {
		case <-o.Stop:
			cancel(ErrStopped)
		case <-ctx.Done():
		}
	}()
	for part := range into.Parts() {
		present, err := into.Has(part)
		if err != nil {
			return err
		}
		if present {
			o.Report(PartRefined{Part: part, Present: true})
			continue
		}
		if err := refinePart(ctx, reader, into, part, o); err != nil {
			return err
		}
	}
	return nil
}

func refinePart(ctx context.Context, reader *dataset.Reader, into *dataset.Refined, part dataset.Part, o RefineOptions) error {
	networks, err := unresolved(reader, part)
	if err != nil || len(networks) == 0 {
		return err
	}
	workers := o.Workers(*networks[0].Configuration)
	for i := 1; i < len(networks); i++ {
		if c := networks[i].Configuration; c != networks[i-1].Configuration {
			workers = min(workers, o.Workers(*c))
		}
	}
	rows, resolved := make([]schema.Refined, 0, len(networks)), 0
	err = Refine(ctx, part.Plan, networks, Refining{Limit: o.Limit, Agreements: refineAgreements}, workers, func(r *Refinement) error {
		row := r.Row()
		if row.Resolved {
			resolved++
		}
		rows = append(rows, row)
		return nil
	})
	if err == nil {
		err = into.Publish(part, rows)
	}
	if err == nil {
		o.Report(PartRefined{Part: part, Networks: len(rows), Resolved: resolved})
	}
	return err
}

// unresolved returns the networks of a part that are finite and not resolved.
func unresolved(reader *dataset.Reader, part dataset.Part) ([]Network, error) {
	var networks []Network
	configurations := make(map[string]*schema.Configuration, len(part.Units))
	for _, u := range part.Units {
		c := &part.Plan.Configurations[u.Configuration]
		configurations[c.ID()] = c
	}
	for rows, err := range reader.RowsOf(part) {
		if err != nil {
			return nil, err
		}
		for i := range rows {
			if r := &rows[i]; r.Status == schema.StatusOK && !r.Resolved {
				networks = append(networks, Network{configurations[r.ConfigID], r.Network})
			}
		}
	}
	return slices.Clip(networks), nil
}
