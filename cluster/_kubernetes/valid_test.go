package kubernetes

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/apis/batch"
	batchvalidation "k8s.io/kubernetes/pkg/apis/batch/validation"
	"k8s.io/kubernetes/pkg/apis/core"
	corevalidation "k8s.io/kubernetes/pkg/apis/core/validation"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
)

// The API server would take every manifest, and a namespace that enforces the
// restricted Pod Security Standard its pods.
func TestManifestsAreValid(t *testing.T) {
	for _, path := range everySweep(t) {
		for _, flags := range [][]string{
			nil,
			{"--tasks", "1"},
			{"--tasks", "100000", "--cpus", "64"},
			{"--namespace", "science", "--claim", "a.b", "--out", "x/y", "--image", "registry.example:5000/a/nodal@sha256:" + strings.Repeat("0", 64)},
		} {
			valid(t, manifest(t, append([]string{path}, flags...)...))
		}
	}
}

// Names of sweeps that are no names of Kubernetes' make some.
func TestNamesAreValid(t *testing.T) {
	for _, name := range []string{strings.Repeat("a", 64), "-", "--a", "a-", strings.Repeat("a-", 32), "0", strings.Repeat("-", 64)} {
		valid(t, manifest(t, sweepFile(t, strings.Replace(sweeps["plain"], "plain", `"`+name+`"`, 1)), "--tasks", "100000"))
	}
}

// valid fails where Kubernetes would.
func valid(t *testing.T, o objects) {
	t.Helper()
	for _, err := range append(configMapErrors(o.configMap), jobErrors(t, o.job)...) {
		t.Errorf("%s: %v", o.job.Name, err)
	}
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	if err != nil {
		t.Fatal(err)
	}
	restricted := api.LevelVersion{Level: api.LevelRestricted, Version: api.LatestVersion()}
	template := o.job.Spec.Template
	for _, result := range evaluator.EvaluatePod(restricted, &template.ObjectMeta, &template.Spec) {
		if !result.Allowed {
			t.Errorf("%s is not restricted: %s: %s", o.job.Name, result.ForbiddenReason, result.ForbiddenDetail)
		}
	}
}

// configMapErrors returns what the API server would say against a ConfigMap.
func configMapErrors(configMap *corev1.ConfigMap) field.ErrorList {
	c := configMap.DeepCopy()
	if c.Namespace == "" {
		c.Namespace = "default"
	}
	var internal core.ConfigMap
	if err := legacyscheme.Scheme.Convert(c, &internal, nil); err != nil {
		return field.ErrorList{field.InternalError(nil, err)}
	}
	return corevalidation.ValidateConfigMap(&internal)
}

// jobErrors returns what the API server would say against a Job, after it has given it
// an identity and its pods labels, as it does (pkg/registry/batch/job/strategy.go).
func jobErrors(t *testing.T, job *batchv1.Job) field.ErrorList {
	t.Helper()
	j := job.DeepCopy()
	if j.Namespace == "" {
		j.Namespace = "default"
	}
	j.UID = "1"
	labels := map[string]string{"controller-uid": "1", "job-name": j.Name, batchv1.ControllerUidLabel: "1", batchv1.JobNameLabel: j.Name}
	for name := range j.Spec.Template.Labels {
		t.Errorf("pods have the label %s; this test knows of none", name)
	}
	j.Spec.Template.Labels = labels
	j.Spec.Selector = &metav1.LabelSelector{MatchLabels: map[string]string{batchv1.ControllerUidLabel: "1"}}
	var internal batch.Job
	if err := legacyscheme.Scheme.Convert(j, &internal, nil); err != nil {
		return field.ErrorList{field.InternalError(nil, err)}
	}
	return batchvalidation.ValidateJobCreate(&internal, batchvalidation.JobValidationOptions{RequirePrefixedLabels: true})
}

// The tests above can fail: what is wrong with a manifest is found.
func TestWrongManifestsAreFound(t *testing.T) {
	good := manifest(t, sweepFile(t, sweeps["plain"]), "--tasks", "3").text
	for _, tt := range []struct{ name, old, new, want string }{
		{"an unknown field", "completionMode: Indexed", "completionMood: Indexed", `unknown field "spec.completionMood"`},
		{"an unknown field deep down", "readOnly: true}", "readonly: true}", `unknown field`},
		{"a key twice", "restartPolicy: Never", "restartPolicy: Never\n      restartPolicy: Never", "already"},
		{"a wrong type", "completions: 3", "completions: three", "cannot unmarshal"},
		{"a quantity that is none", "memory: 512Mi", "memory: 512MB", "quantities must match"},
		{"less granted than asked for", `limits: {cpu: "4"`, `limits: {cpu: "3"`, "must be less than or equal to cpu limit"},
		{"pods that are started again in place", "restartPolicy: Never", "restartPolicy: OnFailure", `only "Never" is supported when podFailurePolicy is specified`},
		{"pods that are replaced before they end", "podReplacementPolicy: Failed", "podReplacementPolicy: TerminatingOrFailed", `podReplacementPolicy: Unsupported value`},
		{"no limit by number", "backoffLimitPerIndex: 6", "backoffLimit: 6", "requires the backoffLimitPerIndex to be set"},
		{"numbers without order", "[2, 6]", "[6, 2]", "must be ordered"},
		{"a name that is too long", `name: "nodal-plain"`, `name: "` + strings.Repeat("n", 62) + `"`, "invalid DNS label"},
		{"a volume that is not there", "- {name: data, mountPath", "- {name: date, mountPath", "volumeMounts[1].name: Not found"},
		{"root", "runAsNonRoot: true", "runAsNonRoot: false", "runAsNonRoot"},
		{"capabilities", "drop: [ALL]", "drop: []", "capabilities"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := strings.ReplaceAll(good, tt.old, tt.new)
			if text == good {
				t.Fatalf("the manifest has no %q", tt.old)
			}
			if got := complaints(t, text); !strings.Contains(got, tt.want) {
				t.Errorf("found %q, want %q", got, tt.want)
			}
		})
	}
}

// complaints returns all that is wrong with a manifest.
func complaints(t *testing.T, text string) string {
	t.Helper()
	found, err := decode([]byte(text))
	if err != nil {
		return err.Error()
	}
	job := found[1].(*batchv1.Job)
	all := jobErrors(t, job).ToAggregate()
	said := ""
	if all != nil {
		said = all.Error()
	}
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	if err != nil {
		t.Fatal(err)
	}
	template := job.Spec.Template
	for _, result := range evaluator.EvaluatePod(api.LevelVersion{Level: api.LevelRestricted, Version: api.LatestVersion()}, &template.ObjectMeta, &template.Spec) {
		if !result.Allowed {
			said += " " + result.ForbiddenReason + result.ForbiddenDetail
		}
	}
	return said
}

// Sweep files reach the pods byte for byte, up to the largest; the API server has a
// limit of 3 MiB for a request, as JSON.
func TestConfigMapHoldsTheFile(t *testing.T) {
	plain := sweeps["plain"]
	texts := []string{
		plain, strings.TrimSuffix(plain, "\n"), plain + "\n\n", plain + "# \t \n   \n\t", "\n  \n" + plain,
		"--- \n" + plain + "...\n", strings.ReplaceAll(plain, "\n", "\r\n"), "\ufeff" + plain,
		plain + "# ä ≥ 東 😀 \u00a0 \u0085# \u2028# \u2029# \ue000 $(HOME) {{.}} |2 \\n\n",
		plain + "# \u2028", plain + "# \u0085",
		plain + strings.Repeat("#"+strings.Repeat(" long", 100)+"\n", 2100)[:1<<20-len(plain)-1] + "\n",
	}
	for _, path := range everySweep(t) {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(text))
	}
	for _, text := range texts {
		o := manifest(t, sweepFile(t, text))
		if got := o.configMap.Data["sweep.yaml"]; got != text || len(o.configMap.Data) != 1 || len(o.configMap.BinaryData) != 0 {
			t.Errorf("the ConfigMap holds %.200q, want %.200q", got, text)
		}
		if errs := configMapErrors(o.configMap); len(errs) > 0 {
			t.Errorf("%d bytes: %v", len(text), errs)
		}
		if request, err := json.Marshal(o.configMap); err != nil || len(request) > 3<<20 {
			t.Errorf("a request of %d bytes, %v", len(request), err)
		}
	}
}
