package sampler

import (
	"context"
	"errors"
	"time"

	"nodal/dataset"
	"nodal/schema"
)

// benchSeed is the seed of the networks that are measured: any will do, as long as
// it is the same each time.
const benchSeed = 7

// Rate returns how many networks per second a whole run does that draws, evaluates
// and measures the given number of networks of configuration c with the given
// number of workers and writes them to a new dataset in dir, which must not exist.
// Creating and finishing the dataset counts.
//
// It returns the errors of [dataset.Create], [Run], [dataset.Directory.Finish] and
// [dataset.Directory.Close].
func Rate(ctx context.Context, dir string, c schema.Configuration, networks int64, workers int) (perSecond float64, err error) {
	c.Networks = networks
	plan := dataset.NewPlan("bench", benchSeed, nil, []schema.Configuration{c}, Fused.Numerics())
	start := time.Now()
	d, err := dataset.Create(dir, plan, dataset.Options{})
	if err != nil {
		return 0, err
	}
	err = Run(ctx, d, Options{Workers: workers})
	if err == nil {
		err = d.Finish()
	}
	if err = errors.Join(err, d.Close()); err != nil {
		return 0, err
	}
	return float64(networks) / time.Since(start).Seconds(), nil
}

// SecondsPerNetwork returns how long one worker takes to draw, evaluate and
// measure a network of configuration c, as the median of five batches of about
// the given seconds each. No rows are written.
func SecondsPerNetwork(c *schema.Configuration, batch float64) float64 {
	w := NewWorker(Fused, "bench", benchSeed)
	rows := make([]schema.Row, 1)
	measure := func() float64 {
		start := time.Now()
		w.Measure(rows, nil, c, 0)
		return time.Since(start).Seconds() / float64(len(rows))
	}
	measure() // makes the buffers
	once := measure()
	rows = make([]schema.Row, min(max(int(batch/once), 1), batchRows))
	measure()
	return medianOf(measure)
}
