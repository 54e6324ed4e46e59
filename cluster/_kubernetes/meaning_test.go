package kubernetes

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
)

// What the fields say, after Kubernetes has filled in the others.
func TestJob(t *testing.T) {
	o := manifest(t, sweepFile(t, sweeps["large"]), "--tasks", "40", "--parallelism", "7", "--cpus", "3", "--namespace", "science")
	spec, pod := o.job.Spec, o.job.Spec.Template.Spec
	container := pod.Containers[0]
	for _, tt := range []struct {
		name      string
		got, want any
	}{
		{"name", o.job.Name, "nodal-large"},
		{"namespace", o.job.Namespace, "science"},
		{"namespace of the ConfigMap", o.configMap.Namespace, "science"},
		{"completionMode", *spec.CompletionMode, batchv1.IndexedCompletion},
		{"completions", *spec.Completions, int32(40)},
		{"parallelism", *spec.Parallelism, int32(7)},
		{"backoffLimit", *spec.BackoffLimit, int32(math.MaxInt32)}, // only that by number counts
		{"backoffLimitPerIndex", *spec.BackoffLimitPerIndex, int32(6)},
		{"maxFailedIndexes", *spec.MaxFailedIndexes, int32(4)},
		{"podReplacementPolicy", *spec.PodReplacementPolicy, batchv1.Failed},
		{"restartPolicy", pod.RestartPolicy, corev1.RestartPolicyNever},
		{"time to end", *pod.TerminationGracePeriodSeconds, int64(60)},
		{"args", container.Args, []string{"run", "/sweep/sweep.yaml", "--out=/data/large", "--workers=3", "--grace=20s", "--progress=plain"}},
		{"env", container.Env, []corev1.EnvVar{{Name: "NODAL_SHARDS", Value: "40"}}},
		{"processors asked for", container.Resources.Requests.Cpu().Value(), int64(3)},
		{"processors granted", container.Resources.Limits.Cpu().Value(), int64(3)},
		{"memory", container.Resources.Requests.Memory().Cmp(*container.Resources.Limits.Memory()), 0},
		{"sweep", pod.Volumes[0].ConfigMap.Name, o.configMap.Name},
		{"claim", pod.Volumes[1].PersistentVolumeClaim.ClaimName, "nodal"},
		{"claim written to", pod.Volumes[1].PersistentVolumeClaim.ReadOnly, false},
	} {
		if diff := cmp.Diff(tt.want, tt.got); diff != "" {
			t.Errorf("%s:\n%s", tt.name, diff)
		}
	}
	if memory := container.Resources.Limits.Memory().Value(); memory < 300<<20 || memory > 2<<30 {
		t.Errorf("%d bytes of memory", memory)
	}
}

// An exit code of nodal has the consequence that it is to have: the rules are read as
// the controller reads them, first match first (pkg/controller/job/pod_failure_policy.go).
func TestExitCodes(t *testing.T) {
	policy := manifest(t, sweepFile(t, sweeps["plain"])).job.Spec.PodFailurePolicy
	for code, want := range map[int32]batchv1.PodFailurePolicyAction{
		1: "", 2: "FailJob", 3: "", 4: "FailIndex", 5: "", 6: "FailJob", 75: "Ignore", 137: "", 143: "",
	} {
		if got := action(policy, code, false); got != want {
			t.Errorf("exit code %d: %q, want %q", code, got, want)
		}
		if got := action(policy, code, true); got != "Ignore" {
			t.Errorf("exit code %d of a pod that was evicted: %q, want Ignore", code, got)
		}
	}
}

// action returns what the first rule that fits has done to a pod, "" if none fits:
// then its failure counts.
func action(policy *batchv1.PodFailurePolicy, code int32, disrupted bool) batchv1.PodFailurePolicyAction {
	for _, rule := range policy.Rules {
		if codes := rule.OnExitCodes; codes != nil {
			for _, v := range codes.Values {
				if v == code && codes.Operator == batchv1.PodFailurePolicyOnExitCodesOpIn && *codes.ContainerName == "nodal" {
					return rule.Action
				}
			}
		}
		for _, condition := range rule.OnPodConditions {
			if disrupted && condition.Type == corev1.DisruptionTarget && condition.Status == corev1.ConditionTrue {
				return rule.Action
			}
		}
	}
	return ""
}

// Sweeps that draw in stages have all their pods at the same time.
func TestStages(t *testing.T) {
	job := manifest(t, sweepFile(t, sweeps["until"]), "--tasks", "5").job
	if *job.Spec.Completions != 5 || *job.Spec.Parallelism != 5 {
		t.Errorf("%d of %d pods at the same time, want all", *job.Spec.Parallelism, *job.Spec.Completions)
	}
}

// The claim in the comments, to copy, is one; it has room for the dataset.
func TestClaimInComments(t *testing.T) {
	text := manifest(t, sweepFile(t, sweeps["large"]), "--claim", "studies", "--namespace", "science").text
	_, claim, found := strings.Cut(text, "#      apiVersion: v1\n")
	claim, _, ends := strings.Cut(claim, "# 3.")
	if !found || !ends {
		t.Fatalf("no claim in\n%.2000s", text)
	}
	objects, err := decode([]byte("apiVersion: v1\n" + strings.ReplaceAll(claim, "#      ", "")))
	if err != nil {
		t.Fatal(err)
	}
	c := objects[0].(*corev1.PersistentVolumeClaim)
	if c.Name != "studies" || c.Namespace != "science" || len(c.Spec.AccessModes) != 1 || c.Spec.AccessModes[0] != corev1.ReadWriteMany {
		t.Errorf("the claim is %+v", c)
	}
	if room := c.Spec.Resources.Requests.Storage().Value(); room < 1e9*60 {
		t.Errorf("room for %d bytes, want 60 for each of a billion networks", room)
	}
}

// What pods are told of their number agrees with how many there are.
func TestShards(t *testing.T) {
	for _, path := range everySweep(t) {
		job := manifest(t, path).job
		env := job.Spec.Template.Spec.Containers[0].Env[0]
		if env.Name != "NODAL_SHARDS" || env.Value != strconv.Itoa(int(*job.Spec.Completions)) {
			t.Errorf("%s=%s for %d pods", env.Name, env.Value, *job.Spec.Completions)
		}
	}
}
