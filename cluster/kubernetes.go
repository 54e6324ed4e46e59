package cluster

import (
	_ "embed"
	"fmt"
	"math"
	"regexp"
	"strings"
	"text/template"
	"time"
)

// Kubernetes says how a sweep runs as an Indexed Job, whose pods have numbers from 0
// on: each draws the shard of its number.
type Kubernetes struct {
	Sweep       string        // its name
	Text        []byte        // the sweep file
	Tasks       Tasks         // how it is shared out
	Stages      bool          // it draws in stages, so that shards wait for each other
	Parallelism int           // pods at the same time; 0: all
	Memory      int64         // bytes that a pod may use
	Room        int64         // bytes that the dataset takes
	Grace       time.Duration // time that a pod has to finish a part when it is to go
	Image       string        // with nodal as its entry point
	Namespace   string        // "": what kubectl takes
	Claim       string        // PersistentVolumeClaim that the dataset goes to
	Out         string        // the dataset directory, below the root of the claim
}

// maxData is what a ConfigMap may hold (Kubernetes, "ConfigMaps": the data cannot
// exceed 1 MiB, which is a limit of etcd).
const maxData = 1 << 20

// maxPods is how many numbers a Job with limits by number may have without more limits
// (the API's validation: completionsSoftLimit).
const maxPods = 100_000

// settle is the time that a pod has beyond its grace, to write what is finished
// through to a disk that is far away.
const settle = 40 * time.Second

//go:embed kubernetes.yaml.tmpl
var manifest string

var manifestTemplate = template.Must(template.New("manifest").Funcs(template.FuncMap{"quote": yamlQuoted}).Parse(manifest))

// Manifest returns what kubectl apply is to read: a ConfigMap with the sweep file and
// the Job. The same sweep and settings make the same text. The error names the setting
// that Kubernetes would refuse, by its flag.
func (k Kubernetes) Manifest() (string, error) {
	if k.Parallelism == 0 {
		k.Parallelism = k.Tasks.Count
	}
	if err := k.check(); err != nil {
		return "", err
	}
	name := jobName(k.Sweep)
	if k.Out == "" {
		k.Out = k.Sweep
	}
	var text strings.Builder
	err := manifestTemplate.Execute(&text, struct {
		Kubernetes
		Name, Block, Duration string
		Mebibytes, Gibibytes  int64
		GraceSeconds, Allowed int64
		MaxFailed             int
	}{
		Kubernetes:   k,
		Name:         name,
		Block:        yamlBlock(string(k.Text), "    "),
		Duration:     roughly(k.Tasks.Seconds),
		Mebibytes:    ceilDiv(k.Memory, 1<<20),
		Gibibytes:    ceilDiv(k.Room, 1<<30),
		GraceSeconds: ceilDiv(int64(k.Grace), int64(time.Second)),
		Allowed:      ceilDiv(int64(k.Grace+settle), int64(time.Second)),
		MaxFailed:    max(1, k.Tasks.Count/10),
	})
	if err != nil {
		panic("cluster: Manifest: " + err.Error()) // the template is ours
	}
	return text.String(), nil
}

// What Kubernetes takes for names, and what needs no quoting anywhere for paths: it
// replaces $ in arguments.
var (
	dnsLabel  = regexp.MustCompile(`^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$`)                              // DNS-1123
	dnsName   = regexp.MustCompile(`^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$`) // DNS-1123
	imageName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._:/@-]*$`)
	innerPath = regexp.MustCompile(`^([A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*$`)
)

// check returns what is wrong with the settings.
func (k Kubernetes) check() error {
	switch n := k.Tasks.Count; {
	case n > maxPods:
		return fmt.Errorf("tasks: got %d, want at most %d, which a Job takes", n, maxPods)
	case k.Parallelism < 1 || k.Parallelism > n:
		return fmt.Errorf("parallelism: got %d, want a whole number from 1 to %d, the number of tasks", k.Parallelism, n)
	case k.Stages && k.Parallelism < n:
		// The controller fills free places with the lowest numbers alone, even those it
		// makes wait (firstPendingIndexes in pkg/controller/job): these would come again
		// and again, and the others never.
		return fmt.Errorf("parallelism: got %d, want %d, the number of tasks: the sweep draws in stages, whose tasks wait for each other (fewer --tasks make do with fewer pods)", k.Parallelism, n)
	case len(k.Text) > maxData:
		return fmt.Errorf("sweep file: got %d bytes, want at most %d, which a ConfigMap holds", len(k.Text), maxData)
	case !imageName.MatchString(k.Image):
		return fmt.Errorf("image: got %q, want an image such as registry.example/nodal:1.0", k.Image)
	case k.Namespace != "" && !dnsLabel.MatchString(k.Namespace):
		return fmt.Errorf("namespace: got %q, want up to 63 of a-z, 0-9 and -, neither the first nor the last of them a -", k.Namespace)
	case len(k.Claim) > 253 || !dnsName.MatchString(k.Claim):
		return fmt.Errorf("claim: got %q, want the name of a PersistentVolumeClaim, of a-z, 0-9, - and .", k.Claim)
	case k.Out != "" && !innerPath.MatchString(k.Out):
		return fmt.Errorf("out: got %q, want a path below the root of the claim, such as studies/depth, of letters, digits, ., _ and -", k.Out)
	}
	return nil
}

// roughly says how long that many seconds are.
func roughly(seconds float64) string {
	switch {
	case seconds < 100:
		return fmt.Sprintf("%.0f s", math.Ceil(seconds))
	case seconds < 100*60:
		return fmt.Sprintf("%.0f min", seconds/60)
	}
	return fmt.Sprintf("%.0f h", seconds/3600)
}

// ceilDiv returns how many units hold n.
func ceilDiv(n, unit int64) int64 { return (n + unit - 1) / unit }
