package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"nodal/cluster"
)

type k8sFlags struct {
	image       string
	claim       string
	namespace   string
	out         string
	workers     int
	tasks       int
	parallelism int
}

func newK8s() *cobra.Command {
	var f k8sFlags
	cmd := &cobra.Command{
		Use:   "k8s SWEEP",
		Short: "Print a Kubernetes manifest that draws a sweep on many machines",
		Long: `Prints a manifest for kubectl apply: a ConfigMap with the sweep file and an
Indexed Job whose pods each draw one shard, into one dataset directory on a
PersistentVolumeClaim that they share. Its first lines say what to do, from the
image (Containerfile in nodal's source is one) to the results. Runs and writes
nothing.

Pods that are evicted or stopped are replaced and go on where they were; one that
runs out of disk or memory is tried again six times. A mistake in the sweep file, or
a different sweep in the directory, ends the job at once.

A sweep that draws until means are certain does so in stages, whose pods wait for
each other: a pod whose share of a stage is done ends with code 75 and comes back
after 10 seconds, then 20, 40, ... up to 10 minutes. So every pod has to find room
on the cluster; fewer --tasks make it fewer.`,
		Example: `  nodal k8s sweep.yaml --image registry.example/nodal:0.1.0 > job.yaml
  nodal k8s sweep.yaml --cpus 16 --claim studies --out depth | kubectl apply --server-side -f -`,
		Args: usageArgs(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error { return printManifest(cmd.OutOrStdout(), args[0], f) },
	}
	cmd.Flags().StringVar(&f.image, "image", "nodal:"+cluster.ImageTag(version), "image with nodal as its entry point")
	cmd.Flags().StringVar(&f.claim, "claim", "nodal", "PersistentVolumeClaim for the dataset")
	cmd.Flags().StringVarP(&f.namespace, "namespace", "n", "", "namespace (default the one that kubectl is set to)")
	cmd.Flags().StringVarP(&f.out, "out", "o", "", "dataset directory, a path inside the claim (default the name of the sweep)")
	cmd.Flags().IntVar(&f.workers, "cpus", 4, "processors of each pod")
	cmd.Flags().IntVar(&f.tasks, "tasks", 0, "pods to share the sweep out to (default as many as take half an hour each)")
	cmd.Flags().IntVar(&f.parallelism, "parallelism", 0, "pods at the same time (default all)")
	return cmd
}

// printManifest prints the manifest of a sweep file.
func printManifest(w io.Writer, path string, f k8sFlags) error {
	if f.workers < 1 || f.workers > maxWorkers {
		return usageError{fmt.Errorf("--cpus: got %d, want a whole number from 1 to %d", f.workers, maxWorkers)}
	}
	if err := checkTasks(f.tasks); err != nil {
		return err
	}
	if f.parallelism < 0 {
		return usageError{fmt.Errorf("--parallelism: got %d, want a whole number from 1 on", f.parallelism)}
	}
	text, plan, err := readPlanAndText(path)
	if err != nil {
		return err
	}
	manifest, err := cluster.Kubernetes{
		Sweep:       plan.Sweep,
		Text:        text,
		Tasks:       cluster.Cut(plan, f.workers, f.tasks),
		Stages:      !plan.Settled(),
		Parallelism: f.parallelism,
		Memory:      taskMemory(plan, f.workers),
		Room:        plan.Longest().Size().Bytes,
		Grace:       defaultGrace,
		Image:       f.image,
		Namespace:   f.namespace,
		Claim:       f.claim,
		Out:         f.out,
	}.Manifest()
	if err != nil {
		return usageError{fmt.Errorf("--%w", err)}
	}
	_, err = io.WriteString(w, manifest)
	return err
}
