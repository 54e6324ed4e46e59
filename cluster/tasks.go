package cluster

import (
	"math"
	"slices"

	"nodal/dataset"
)

// The size of a task: long enough that starting it costs nothing, short enough that
// schedulers find room for it and a lost machine loses little.
const (
	taskSeconds = 30 * 60 // what a task is to take
	maxTasks    = 1000    // what Slurm takes in one array unless it is configured otherwise
)

// Tasks is how a plan is shared out: task i of Count draws shard i of Count.
type Tasks struct {
	Count   int
	Workers int     // processors of each
	Seconds float64 // nominal time of the longest on its processors, see [dataset.Cost]
	Total   float64 // nominal seconds of one core of all
}

// Cut shares a plan out to tasks of that many workers: into count of them, or, if
// count is 0, into tasks of about half an hour, 1 to 1,000 of them and no more than
// there are parts. A plan that draws until means are certain is taken as it ends if
// none becomes so. It panics if workers is not positive or count is negative.
func Cut(plan *dataset.Plan, workers, count int) Tasks {
	if workers < 1 || count < 0 {
		panic("cluster: Cut: workers and tasks have to be positive")
	}
	plan = plan.Longest()
	if count == 0 {
		wanted := math.Ceil(sum(plan.ShardWork(1)) / 1e9 / float64(workers) / taskSeconds)
		count = int(max(1, min(wanted, maxTasks, float64(plan.PartCount()))))
	}
	work := plan.ShardWork(count)
	return Tasks{
		Count:   count,
		Workers: workers,
		Seconds: slices.Max(work) / 1e9 / float64(workers),
		Total:   sum(work) / 1e9,
	}
}

// sum adds up.
func sum(x []float64) float64 {
	total := 0.0
	for _, v := range x {
		total += v
	}
	return total
}
