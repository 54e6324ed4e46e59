package main

import (
	"strings"
	"testing"

	"nodal/dataset"
)

func TestTaskShard(t *testing.T) {
	slurm := func(id, first, step, count string) string {
		return "SLURM_ARRAY_TASK_ID=" + id + " SLURM_ARRAY_TASK_MIN=" + first + " SLURM_ARRAY_TASK_STEP=" + step + " SLURM_ARRAY_TASK_COUNT=" + count
	}
	for _, tt := range []struct {
		name string
		env  string
		want dataset.Shard // none: a usage error
		says string
	}{
		{"no task", "SLURM_JOB_ID=7 SLURM_ARRAY_TASK_COUNT=3 NODAL_SHARDS=4", dataset.Shard{Count: 1}, ""},
		{"--array=0-7, first", slurm("0", "0", "1", "8"), dataset.Shard{Index: 0, Count: 8}, "SLURM_ARRAY_TASK_ID"},
		{"--array=0-7, last", slurm("7", "0", "1", "8"), dataset.Shard{Index: 7, Count: 8}, "SLURM_ARRAY_TASK_ID"},
		{"--array=1-8", slurm("8", "1", "1", "8"), dataset.Shard{Index: 7, Count: 8}, "SLURM_ARRAY_TASK_ID"},
		{"--array=10-30:5", slurm("25", "10", "5", "5"), dataset.Shard{Index: 3, Count: 5}, "SLURM_ARRAY_TASK_ID"},
		{"--array=5", slurm("5", "5", "1", "1"), dataset.Shard{Index: 0, Count: 1}, "SLURM_ARRAY_TASK_ID"},
		{"an array with gaps, before them", slurm("2", "1", "1", "3"), dataset.Shard{Index: 1, Count: 3}, "SLURM_ARRAY_TASK_ID"},
		{"an array with gaps, behind them", slurm("7", "1", "1", "3"), dataset.Shard{}, "SLURM_ARRAY_TASK_ID: got 7, want one of 1, 2, … up to 3 of them; give --shard I/N"},
		{"between steps", slurm("12", "10", "5", "5"), dataset.Shard{}, "SLURM_ARRAY_TASK_ID: got 12, want one of 10, 15, …"},
		{"before the first", slurm("9", "10", "1", "5"), dataset.Shard{}, "SLURM_ARRAY_TASK_ID: got 9"},
		{"not a number", slurm("three", "0", "1", "8"), dataset.Shard{}, `SLURM_ARRAY_TASK_ID: got "three", want this task of the array, a whole number from 0 to`},
		{"empty", slurm("", "0", "1", "8"), dataset.Shard{}, `SLURM_ARRAY_TASK_ID: got ""`},
		{"negative", slurm("-1", "0", "1", "8"), dataset.Shard{}, `SLURM_ARRAY_TASK_ID: got "-1"`},
		{"too large for any integer", slurm("99999999999999999999", "0", "1", "8"), dataset.Shard{}, "SLURM_ARRAY_TASK_ID: got"},
		{"no count", "SLURM_ARRAY_TASK_ID=3", dataset.Shard{}, "SLURM_ARRAY_TASK_COUNT: got nothing, want the tasks of the array, a whole number from 1 to 100,000"},
		{"no first", "SLURM_ARRAY_TASK_ID=3 SLURM_ARRAY_TASK_COUNT=8", dataset.Shard{}, "SLURM_ARRAY_TASK_MIN: got nothing"},
		{"no step", "SLURM_ARRAY_TASK_ID=3 SLURM_ARRAY_TASK_COUNT=8 SLURM_ARRAY_TASK_MIN=0", dataset.Shard{}, "SLURM_ARRAY_TASK_STEP: got nothing"},
		{"step zero", slurm("0", "0", "0", "8"), dataset.Shard{}, `SLURM_ARRAY_TASK_STEP: got "0"`},
		{"count zero", slurm("0", "0", "1", "0"), dataset.Shard{}, `SLURM_ARRAY_TASK_COUNT: got "0"`},
		{"count too large", slurm("0", "0", "1", "100001"), dataset.Shard{}, `SLURM_ARRAY_TASK_COUNT: got "100001"`},
		{"a pod", "JOB_COMPLETION_INDEX=3 NODAL_SHARDS=4", dataset.Shard{Index: 3, Count: 4}, "JOB_COMPLETION_INDEX"},
		{"a pod beyond the last", "JOB_COMPLETION_INDEX=4 NODAL_SHARDS=4", dataset.Shard{}, `JOB_COMPLETION_INDEX: got "4", want the index of this pod, a whole number from 0 to 3`},
		{"a pod of nobody knows how many", "JOB_COMPLETION_INDEX=3", dataset.Shard{}, "NODAL_SHARDS: got nothing, want the completions of the job"},
		{"a pod without a number", "JOB_COMPLETION_INDEX=x NODAL_SHARDS=4", dataset.Shard{}, `JOB_COMPLETION_INDEX: got "x"`},
		{"Slurm in a pod", slurm("1", "0", "1", "2") + " JOB_COMPLETION_INDEX=3 NODAL_SHARDS=4", dataset.Shard{Index: 1, Count: 2}, "SLURM_ARRAY_TASK_ID"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			shard, variable, err := taskShard(environmentOf(tt.env))
			if shard != tt.want && tt.want.Count > 0 || (err != nil) != (tt.want.Count == 0) {
				t.Fatalf("%+v, %v, want %+v", shard, err, tt.want)
			}
			if err == nil && variable != tt.says {
				t.Errorf("from %q, want %q", variable, tt.says)
			}
			if err != nil && (exitCode(err) != exitUsage || !strings.Contains(err.Error(), tt.says)) {
				t.Errorf("code %d, %v, want %q", exitCode(err), err, tt.says)
			}
		})
	}
}

// environmentOf returns an environment of words such as NAME=value.
func environmentOf(words string) environment {
	values := make(map[string]string)
	for word := range strings.FieldsSeq(words) {
		name, value, _ := strings.Cut(word, "=")
		values[name] = value
	}
	return func(name string) (string, bool) {
		value, set := values[name]
		return value, set
	}
}

func TestDefaultWorkers(t *testing.T) {
	for _, tt := range []struct {
		text string
		want int // 0: a usage error
	}{
		{"1", 1}, {"3", 3}, {"4096", 4096},
		{"", 0}, {"0", 0}, {"-2", 0}, {"4(x2)", 0}, {"1.5", 0}, {"4097", 0}, {"+1", 0},
	} {
		t.Setenv(cpusVariable, tt.text)
		got := defaultWorkers()
		err := checkWorkers(got)
		if got != tt.want || (err != nil) != (tt.want == 0) {
			t.Errorf("%s=%q: %d workers, %v, want %d", cpusVariable, tt.text, got, err, tt.want)
		}
		if err != nil && (exitCode(err) != exitUsage || !strings.HasPrefix(err.Error(), cpusVariable+": got \"")) {
			t.Errorf("%s=%q: code %d, %v", cpusVariable, tt.text, exitCode(err), err)
		}
	}
}
