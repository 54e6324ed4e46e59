package kubernetes

import (
	"bytes"
	"errors"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer/json"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	_ "k8s.io/kubernetes/pkg/apis/batch/install"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
)

// nodal is the program, built once.
var nodal string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "nodal-k8s-")
		if err != nil {
			panic(err)
		}
		defer os.RemoveAll(dir)
		nodal = filepath.Join(dir, "nodal")
		build := exec.Command("go", "-C", "../..", "build", "-o", nodal, "./cmd/nodal")
		build.Stderr = os.Stderr
		if err := build.Run(); err != nil {
			return 1
		}
		return m.Run()
	}())
}

// objects are what a manifest holds.
type objects struct {
	text      string
	configMap *corev1.ConfigMap
	job       *batchv1.Job // with Kubernetes' defaults
}

// manifest runs nodal k8s and reads what it prints.
func manifest(t *testing.T, args ...string) objects {
	t.Helper()
	cmd := exec.Command(nodal, append([]string{"k8s"}, args...)...)
	cmd.Stderr = os.Stderr
	text, err := cmd.Output()
	if err != nil {
		t.Fatalf("nodal k8s %q: %v", args, err)
	}
	found, err := decode(text)
	if err != nil {
		t.Fatalf("nodal k8s %q: %v", args, err)
	}
	if len(found) != 2 {
		t.Fatalf("nodal k8s %q prints %d objects, want 2", args, len(found))
	}
	configMap, isMap := found[0].(*corev1.ConfigMap)
	job, isJob := found[1].(*batchv1.Job)
	if !isMap || !isJob {
		t.Fatalf("nodal k8s %q prints %T and %T, want a ConfigMap and a Job", args, found[0], found[1])
	}
	return objects{string(text), configMap, job}
}

// decode reads the documents of a stream as the API server does with strict field
// validation, which kubectl asks for: unknown fields and keys given twice are errors.
// Fields that are not given get their defaults.
func decode(text []byte) ([]runtime.Object, error) {
	scheme := legacyscheme.Scheme
	strict := json.NewSerializerWithOptions(json.DefaultMetaFactory, scheme, scheme, json.SerializerOptions{Yaml: true, Strict: true})
	documents := utilyaml.NewDocumentDecoder(io.NopCloser(bytes.NewReader(text)))
	defer documents.Close()
	var found []runtime.Object
	buffer := make([]byte, 8<<20)
	for {
		n, err := documents.Read(buffer)
		if errors.Is(err, io.EOF) {
			return found, nil
		}
		if err != nil {
			return nil, err
		}
		if onlyComments(string(buffer[:n])) {
			continue
		}
		object, _, err := strict.Decode(bytes.Clone(buffer[:n]), nil, nil)
		if err != nil {
			return nil, err
		}
		scheme.Default(object)
		found = append(found, object)
	}
}

// onlyComments reports whether a document has nothing in it.
func onlyComments(document string) bool {
	for line := range strings.Lines(document) {
		if line = strings.TrimSpace(line); line != "" && line != "---" && line[0] != '#' {
			return false
		}
	}
	return true
}

// sweeps are written to files by [sweepFile].
var sweeps = map[string]string{
	"plain": "version: 1\nname: plain\nseed: 1\nnetworks: 100\ngrid: {from: -1, to: 1, points: 9}\ncases:\n  - {name: a, hidden: [3]}\n",
	"until": "version: 1\nname: until\nseed: 1\nnetworks: {until: {column: crossings, relative_error: 0.1}, max: 100000}\ngrid: {from: -1, to: 1, points: 9}\ncases:\n  - {name: a, hidden: [3]}\n",
	"large": "version: 1\nname: large\nseed: 1\nnetworks: 1000000000\ngrid: {from: -1, to: 1, points: 1001}\ncases:\n  - {name: a, hidden: [100]}\n",
}

// sweepFile writes a text to a sweep file.
func sweepFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sweep.yaml")
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

// everySweep returns files with all sweeps, those that ship with nodal too.
func everySweep(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../../sweeps/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d sweeps, %v", len(files), err)
	}
	for _, name := range slices.Sorted(maps.Keys(sweeps)) {
		files = append(files, sweepFile(t, sweeps[name]))
	}
	return files
}
