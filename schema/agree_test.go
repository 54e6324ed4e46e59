package schema

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"
)

// editor returns the shipped JSON Schema, as an editor uses it.
func editor(t *testing.T) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(SchemaFile()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("sweep.schema.json", document); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile("sweep.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

// document returns a text as the values that a JSON Schema sees.
func document(t *testing.T, text string) any {
	t.Helper()
	var n yaml.Node
	if err := yaml.Load([]byte(text), &n); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return valueOf(n.Content[0])
}

func valueOf(n *yaml.Node) any {
	switch n.Kind {
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i < len(n.Content); i += 2 {
			m[n.Content[i].Value] = valueOf(n.Content[i+1])
		}
		return m
	case yaml.SequenceNode:
		list := make([]any, len(n.Content))
		for i, item := range n.Content {
			list[i] = valueOf(item)
		}
		return list
	}
	switch n.Tag {
	case "!!null":
		return nil
	case "!!bool":
		return n.Value == "true"
	case "!!int", "!!float":
		if json.Valid([]byte(n.Value)) {
			return json.Number(n.Value)
		}
		var x float64
		if n.Load(&x) == nil && x-x == 0 { // JSON has no other numbers
			return x
		}
	}
	return n.Value
}

// The JSON Schema accepts what nodal accepts.
func TestEditorAcceptsGoodSweeps(t *testing.T) {
	files, err := filepath.Glob("../sweeps/*.yaml")
	if err != nil || len(files) < 3 {
		t.Fatalf("shipped sweeps: %v, %v", files, err)
	}
	good := map[string]string{"starter": string(StarterSweep())}
	for _, file := range append(files, "testdata/design.yaml") {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		good[file] = string(data)
	}
	for name, lines := range map[string]string{
		"no hidden layer":  "hidden: []",
		"architectures":    "hidden: [[], [100], [11, 9]]",
		"units":            "depth: [1, 2], units: [48, 96]",
		"parameters":       "depth: 1, parameters: 1000",
		"bare laws":        "hidden: [], weights: he_normal, biases: none",
		"list of laws":     "hidden: [], weights: [he_normal, {distribution: [lecun_normal, he_uniform], gain: [1, 2]}], biases: {distribution: none}",
		"scale":            "hidden: [], weights: {distribution: uniform, low: -1, high: [.5, 1e3], scale: [none, fan_in]}",
		"two axes":         "inputs: 2, hidden: [], grid: {from: [-1, 0], to: 2, points: [3, 4]}",
		"all activations":  "hidden: [], activation: [" + strings.Join(texts(Activations()), ", ") + "]",
		"settings":         "hidden: [], networks: 1, keep_fields: 1, connectivity: 8",
		"columns":          "hidden: [3], activation: relu, columns: [pieces, crossings_exact]",
		"one column":       "hidden: [3], activation: relu, columns: breakpoints",
		"text like a date": "hidden: [], name: 2024-01-02",
		"until certain":    "hidden: [], networks: {until: {column: margin_mean, relative_error: 1}, max: 1000000000000}",
	} {
		good[name] = withCase(lines)
	}
	good["text like a date"] = strings.Replace(good["text like a date"], "name: c, ", "", 1)
	schema := editor(t)
	for name, text := range good {
		parse(t, text)
		if err := schema.Validate(document(t, text)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What the JSON Schema refuses, nodal refuses too; and an editor shows all
// mistakes but those that take knowledge of several values.
func TestEditorRefusesBadSweeps(t *testing.T) {
	schema := editor(t)
	good := withCase("hidden: [3]")
	for _, tt := range []struct {
		name, text string
		editor     bool // whether an editor sees the mistake
	}{
		{"no networks", strings.Replace(good, "networks: 10\n", "", 1), true},
		{"no grid", strings.Replace(good, "grid: {from: -6, to: 6, points: 101}\n", "", 1), true},
		{"networks list", strings.Replace(good, "networks: 10", "networks: [10]", 1), true},
		{"until without max", strings.Replace(good, "networks: 10", "networks: {until: {column: crossings, relative_error: 0.1}}", 1), true},
		{"until an unknown column", strings.Replace(good, "networks: 10", "networks: {until: {column: resolved, relative_error: 0.1}, max: 5}", 1), true},
		{"relative error 0", strings.Replace(good, "networks: 10", "networks: {until: {column: crossings, relative_error: 0}, max: 5}", 1), true},
		{"relative error 2", strings.Replace(good, "networks: 10", "networks: {until: {column: crossings, relative_error: 2}, max: 5}", 1), true},
		{"no seed", strings.Replace(good, "seed: 1\n", "", 1), true},
		{"version", strings.Replace(good, "version: 1", "version: 2", 1), true},
		{"name", strings.Replace(good, "name: s", "name: S", 1), true},
		{"number as a name", strings.Replace(good, "name: s", "name: 12", 1), true},
		{"truth as a name", strings.Replace(good, "name: s", "name: true", 1), true},
		{"seed -1", strings.Replace(good, "seed: 1", "seed: -1", 1), true},
		{"unknown key", strings.Replace(good, "seed: 1", "seed: 1\nsed: 2", 1), true},
		{"unknown key in case", withCase("hidden: []", "widht: 3"), true},
		{"unknown key in grid", withCase("hidden: []", "grid: {from: 0, to: 1, points: 3, step: 1}"), true},
		{"unknown key in law", withCase("hidden: []", "weights: {distribution: normal, std: 1, sd: 2}"), true},
		{"width 0", withCase("depth: 1", "width: 0"), true},
		{"width 2.5", withCase("depth: 1", "width: 2.5"), true},
		{"width quoted", withCase("depth: 1", "width: '8'"), true},
		{"width empty", withCase("depth: 1", "width: []"), true},
		{"width null", withCase("depth: 1", "width: null"), true},
		{"width octal", withCase("depth: 1", "width: 010"), false},
		{"hidden number", withCase("hidden: 3"), true},
		{"hidden mixed", withCase("hidden: [3, [4]]"), true},
		{"hidden and depth", withCase("hidden: [3]", "depth: 1"), true},
		{"hidden and width", withCase("hidden: [3]", "width: 1"), true},
		{"no shape", withCase("activation: tanh"), true},
		{"depth alone", withCase("depth: 1"), true},
		{"two sizes", withCase("depth: 1", "width: 2", "units: 2"), true},
		{"activation", withCase("hidden: []", "activation: tahn"), true},
		{"activations", withCase("hidden: []", "activation: [tanh, 3]"), true},
		{"inputs 3", withCase("inputs: 3", "hidden: []"), true},
		{"outputs 0", withCase("outputs: 0", "hidden: []"), true},
		{"connectivity 5", withCase("connectivity: 5", "hidden: []"), true},
		{"weights none", withCase("hidden: []", "weights: none"), true},
		{"weights none in a list", withCase("hidden: []", "weights: [he_normal, none]"), true},
		{"weights none in a mapping", withCase("hidden: []", "weights: {distribution: none}"), true},
		{"bare uniform", withCase("hidden: []", "weights: uniform"), true},
		{"uniform without high", withCase("hidden: []", "weights: {distribution: uniform, low: 1}"), true},
		{"normal with gain", withCase("hidden: []", "weights: {distribution: normal, std: 1, gain: 1}"), true},
		{"he with scale", withCase("hidden: []", "weights: {distribution: he_normal, scale: fan_in}"), true},
		{"none with std", withCase("hidden: []", "biases: {distribution: none, std: 1}"), true},
		{"std -1", withCase("hidden: []", "weights: {distribution: normal, std: -1}"), true},
		{"gain 0", withCase("hidden: []", "weights: {distribution: he_normal, gain: 0}"), true},
		{"points 1", withCase("hidden: []", "grid: {from: 0, to: 1, points: 1}"), true},
		{"three axes", withCase("hidden: []", "grid: {from: [0, 0, 0], to: 1, points: 2}"), true},
		{"infinite", withCase("hidden: []", "grid: {from: 0, to: .inf, points: 2}"), true},
		{"no points", withCase("hidden: []", "grid: {from: 0, to: 1}"), true},
		{"no cases", "version: 1\nname: s\nseed: 1\ncases: []\n", true},
		{"a list", "[1]", true},
		{"from above to", withCase("hidden: []", "grid: {from: 1, to: 0, points: 2}"), false},
		{"twins", withCase("hidden: [[1], [1]]"), false},
		{"units below depth", withCase("depth: 4", "units: 3"), false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			refused := schema.Validate(document(t, tt.text)) != nil
			if refused != tt.editor {
				t.Errorf("the JSON Schema refuses: %t, want %t", refused, tt.editor)
			}
			if _, err := ParseSweep("f.yaml", []byte(tt.text), Limits{}); err == nil {
				t.Error("nodal accepts it")
			}
		})
	}
}

// Every key has a text that an editor can show.
func TestEditorTexts(t *testing.T) {
	type object struct {
		Properties map[string]struct{ Description string }
	}
	var root struct {
		object
		Defs map[string]object `json:"$defs"`
	}
	if err := json.Unmarshal(SchemaFile(), &root); err != nil {
		t.Fatal(err)
	}
	root.Defs["Sweep"] = root.object
	keys := 0
	for name, definition := range root.Defs {
		for key, property := range definition.Properties {
			keys++
			if len(property.Description) < 20 || strings.Contains(property.Description, "\n") {
				t.Errorf("%s.%s: description %q", name, key, property.Description)
			}
		}
	}
	if keys < 30 {
		t.Errorf("only %d keys", keys)
	}
}
