package sampler

import (
	"context"
	"fmt"
	"math"
	"slices"

	"nodal/analysis"
	"nodal/dataset"
	"nodal/schema"
)

// Checkpoint tells of a checkpoint of a run, see [dataset.Checkpoint]: of the
// configurations that want networks until a mean is certain, how many are, how many
// have all networks that they may without being certain, and how many go on.
type Checkpoint struct {
	Networks                 int64 // of each configuration that was decided upon
	Next                     int64 // at the next checkpoint; 0 if none goes on
	Certain, Uncertain, Open int
	Worst                    *Uncertainty // of those that it found uncertain at last; nil if there is none
}

// Uncertainty is a mean that never became certain.
type Uncertainty struct {
	Configuration       schema.Configuration
	Mean, StandardError float64
}

// relative returns the standard error as a share of the mean, infinite if that is
// zero.
func (u *Uncertainty) relative() float64 {
	if u.Mean == 0 {
		return math.Inf(1)
	}
	return u.StandardError / math.Abs(u.Mean)
}

// estimates are the means that a run waits for, of all networks with an index
// below some bound.
type estimates struct {
	means map[int]*analysis.ColumnMean // by index of the configuration
	bound int64
}

// checkpoint decides what the rows that are there decide and puts it on record. It
// reports whether there is more to draw now: nothing is decided while parts are
// missing, which other runs may be at.
func (e *estimates) checkpoint(ctx context.Context, d *dataset.Directory, o Options) (goesOn bool, err error) {
	defer recovered(&err, func() string { return "a checkpoint" })
	plan := d.Plan()
	if plan.Settled() {
		return false, nil
	}
	missing, _, err := d.Missing()
	if err != nil {
		return false, err
	}
	if k := len(plan.Checkpoints); len(d.Plan().Checkpoints) > k { // others have decided it
		said := told(d.Plan())
		return said.Open > 0, o.Checkpoint(said)
	}
	if missing > 0 {
		return false, nil
	}
	reader, err := d.Reader()
	if err != nil {
		return false, err
	}
	if err := e.gather(ctx, plan, reader, o.Stop); err != nil {
		return false, err
	}
	decision, said := e.decide(plan)
	if err := d.Decide(decision); err != nil {
		return false, err
	}
	return said.Open > 0, o.Checkpoint(said)
}

// wish is the networks from first up to end of a configuration, whose values of a
// column a mean lacks.
type wish struct {
	column     schema.MeasuredColumn
	mean       *analysis.ColumnMean
	first, end int64
}

// gather takes the networks that came to the plan with its last checkpoint into the
// means, or all of them if these are the first.
func (e *estimates) gather(ctx context.Context, plan *dataset.Plan, reader *dataset.Reader, stop <-chan struct{}) error {
	k := len(plan.Checkpoints)
	wishes := make(map[string]wish) // by config_id
	means := make(map[int]*analysis.ColumnMean)
	bound := int64(0)
	for _, i := range plan.Undecided() {
		c := plan.Configurations[i]
		if means[i] = e.means[i]; means[i] == nil {
			means[i] = analysis.NewColumnMean(c.Until.Column)
		}
		w := wish{c.Until.Column, means[i], e.bound, dataset.Target(c, k)}
		wishes[c.ID()], bound = w, max(bound, w.end)
	}
	for part := range plan.Parts() {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-stop:
			return ErrStopped
		default:
		}
		if err := fulfil(part, wishes, reader); err != nil {
			return fmt.Errorf("estimating at a checkpoint: %w", err)
		}
	}
	e.means, e.bound = means, bound
	return nil
}

// fulfil takes into the means what a part has for them.
func fulfil(part dataset.Part, wishes map[string]wish, reader *dataset.Reader) error {
	units := make([]wish, len(part.Units)) // what is wanted of each; the zero wish if nothing is
	var columns []schema.MeasuredColumn
	for n, u := range part.Units {
		w, known := wishes[part.Plan.Configurations[u.Configuration].ID()]
		if w.first, w.end = max(w.first, u.First), min(w.end, u.First+u.Count); !known || w.first >= w.end {
			continue
		}
		units[n] = w
		if !slices.Contains(columns, w.column) {
			columns = append(columns, w.column)
		}
	}
	for _, column := range columns {
		n, network := 0, part.Units[0].First // of the next value
		for values, err := range reader.ColumnOf(part, column) {
			if err != nil {
				return err
			}
			for len(values) > 0 {
				u, w := part.Units[n], units[n]
				count := min(int64(len(values)), u.First+u.Count-network)
				if first, end := max(w.first, network), min(w.end, network+count); w.column == column && first < end {
					w.mean.Add(values[first-network : end-network])
				}
				values = values[count:]
				if network += count; network == u.First+u.Count && n+1 < len(part.Units) {
					n++
					network = part.Units[n].First
				}
			}
		}
	}
	return nil
}

// decide returns the next checkpoint of the plan and what there is to say of it.
func (e *estimates) decide(plan *dataset.Plan) (decision dataset.Checkpoint, said Checkpoint) {
	k := len(plan.Checkpoints)
	for _, i := range plan.Undecided() {
		c := plan.Configurations[i]
		mean, standardError := e.means[i].Moments()
		switch {
		case c.Until.Certain(mean, standardError):
		case dataset.Target(c, k) < c.Networks:
			decision.Open = append(decision.Open, i)
			said.Next = max(said.Next, dataset.Target(c, k+1))
		default:
			decision.Uncertain = append(decision.Uncertain, i)
			if u := (&Uncertainty{c, mean, standardError}); said.Worst == nil || u.relative() > said.Worst.relative() {
				said.Worst = u
			}
		}
	}
	said.Networks = e.bound
	said.count(plan, append(plan.Checkpoints[:k:k], decision))
	return decision, said
}

// count fills in how many configurations of a plan are certain, uncertain and open
// after some checkpoints.
func (said *Checkpoint) count(plan *dataset.Plan, checkpoints []dataset.Checkpoint) {
	said.Open = len(checkpoints[len(checkpoints)-1].Open)
	for _, c := range checkpoints {
		said.Uncertain += len(c.Uncertain)
	}
	for i := range plan.Configurations {
		if plan.Configurations[i].Until != nil {
			said.Certain++
		}
	}
	said.Certain -= said.Open + said.Uncertain
}

// told returns what there is to tell of the last checkpoint of a plan, which another
// run has decided: all but who is least certain.
func told(plan *dataset.Plan) Checkpoint {
	var said Checkpoint
	k := len(plan.Checkpoints) - 1
	said.count(plan, plan.Checkpoints)
	for _, i := range plan.Before(k).Undecided() {
		said.Networks = max(said.Networks, dataset.Target(plan.Configurations[i], k))
	}
	for _, i := range plan.Undecided() {
		said.Next = max(said.Next, dataset.Target(plan.Configurations[i], k+1))
	}
	return said
}

// CheckDecisions decides every checkpoint of a complete dataset again, those of what
// it extends included, and returns those that its rows decide otherwise.
func CheckDecisions(ctx context.Context, r *dataset.Reader) (wrong []*dataset.IntegrityError, err error) {
	for plan := r.Plan(); plan != nil; plan = plan.Base {
		var means estimates
		for k, recorded := range plan.Checkpoints {
			before := plan.Before(k)
			if err := means.gather(ctx, before, r, nil); err != nil {
				return nil, err
			}
			decision, _ := means.decide(before)
			if !slices.Equal(decision.Open, recorded.Open) || !slices.Equal(decision.Uncertain, recorded.Uncertain) {
				wrong = append(wrong, r.WrongCheckpoint(plan, k))
				break
			}
		}
	}
	return wrong, nil
}
