package main

import (
	"fmt"
	"strconv"

	"nodal/dataset"
	"nodal/report/number"
)

// Engines that start numbered tasks tell each which one it is in its environment:
// Slurm the tasks of a job array, Kubernetes the pods of an indexed job. Kubernetes
// does not say how many there are; the manifest of nodal k8s does, in NODAL_SHARDS.
const (
	slurmTask       = "SLURM_ARRAY_TASK_ID"
	slurmFirst      = "SLURM_ARRAY_TASK_MIN"
	slurmStep       = "SLURM_ARRAY_TASK_STEP"
	slurmCount      = "SLURM_ARRAY_TASK_COUNT"
	kubernetesIndex = "JOB_COMPLETION_INDEX"
	shardsVariable  = "NODAL_SHARDS"
)

// environment looks up a variable, as os.LookupEnv does.
type environment func(name string) (value string, set bool)

// number returns the whole number from least to most that a variable has to hold;
// what says what for.
func (env environment) number(name string, least, most int64, what string) (int64, error) {
	text, set := env(name)
	got := strconv.Quote(text)
	if !set {
		got = "nothing"
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < least || n > most {
		return 0, usageError{fmt.Errorf("%s: got %s, want %s, a whole number from %s to %s; --shard I/N goes before it", name, got, what, number.Count(least), number.Count(most))}
	}
	return n, nil
}

// taskShard returns the share of a dataset that belongs to the task of an array or
// an indexed job which this process is, and the variable that says so. It is all of
// it, and "", if the process is none.
func taskShard(env environment) (dataset.Shard, string, error) {
	if _, set := env(slurmTask); set {
		shard, err := slurmShard(env)
		return shard, slurmTask, err
	}
	if _, set := env(kubernetesIndex); set {
		shard, err := kubernetesShard(env)
		return shard, kubernetesIndex, err
	}
	return dataset.Shard{Count: 1}, "", nil
}

// slurmShard returns the share of a task of a Slurm job array: the tasks number
// MIN, MIN + STEP, … up to COUNT of them.
func slurmShard(env environment) (dataset.Shard, error) {
	const most = 1 << 32 // Slurm's numbers have 32 bits
	count, err := env.number(slurmCount, 1, maxShards, "the tasks of the array")
	if err != nil {
		return dataset.Shard{}, err
	}
	first, err := env.number(slurmFirst, 0, most, "the array's first task")
	if err != nil {
		return dataset.Shard{}, err
	}
	step, err := env.number(slurmStep, 1, most, "the distance of its tasks")
	if err != nil {
		return dataset.Shard{}, err
	}
	task, err := env.number(slurmTask, 0, most, "this task of the array")
	if err != nil {
		return dataset.Shard{}, err
	}
	index := (task - first) / step
	if task < first || (task-first)%step != 0 || index >= count {
		return dataset.Shard{}, usageError{fmt.Errorf("%s: got %d, want one of %d, %d, … up to %s of them; give --shard I/N where an array has gaps", slurmTask,
			task, first, first+step, number.Count(count))}
	}
	return dataset.Shard{Index: int(index), Count: int(count)}, nil
}

// kubernetesShard returns the share of a pod of an indexed job.
func kubernetesShard(env environment) (dataset.Shard, error) {
	count, err := env.number(shardsVariable, 1, maxShards, "the completions of the job")
	if err != nil {
		return dataset.Shard{}, err
	}
	index, err := env.number(kubernetesIndex, 0, count-1, "the index of this pod")
	return dataset.Shard{Index: int(index), Count: int(count)}, err
}
