package schema

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestCanonical(t *testing.T) {
	got := string(parse(t, `
# Not in the canonical form: comments, layout, order and defaults.
seed: 7
cases:
- {name: "on", inputs: 2, outputs: 1, hidden: [[11, 9], [], [4]], grid: {to: [1, 1.0], from: [-0, -2], points: [3, 3]}, keep_fields: 0}
- biases: {scale: none, std: [5e-1, .25], distribution: normal}
  weights: [{gain: 1, distribution: he_normal}, {low: -1.0, high: 1, distribution: uniform}]
  name: laws
  output_activation: tanh
  hidden: [[3]]
  networks: 4
  grid: {from: -6, to: 6, points: 101}
connectivity: 6
networks: 10
name: s
version: 1
`).Canonical())
	want := `version: 1
name: s
seed: 7
cases:
  - name: laws
    networks: 4
    grid: {from: -6, to: 6, points: 101}
    hidden: [3]
    weights: [{distribution: uniform, low: -1, high: 1}, he_normal]
    biases: {distribution: normal, std: [0.25, 0.5]}
  - name: "on"
    networks: 10
    grid: {from: [0, -2], to: 1, points: 3}
    inputs: 2
    hidden: [[], [4], [11, 9]]
`
	if got != want {
		t.Errorf("canonical form\n%s\nwant\n%s", got, want)
	}
}

// The canonical form means the same sweep and is its own canonical form.
func checkCanonical(t fataler, s *Sweep) {
	text := s.Canonical()
	again, err := ParseSweep("canonical.yaml", text, Limits{})
	if err != nil {
		t.Fatalf("canonical form does not parse: %v\n%s", err, text)
	}
	if diff := cmp.Diff(s.Configurations(), again.Configurations()); diff != "" {
		t.Fatalf("canonical form means other configurations (-first +second)\n%s\n%s", diff, text)
	}
	if s.Name != again.Name || s.Seed != again.Seed {
		t.Fatalf("canonical form has name %q and seed %d, want %q and %d", again.Name, again.Seed, s.Name, s.Seed)
	}
	if !bytes.Equal(again.Canonical(), text) {
		t.Fatalf("canonical form of the canonical form\n%s\nwant\n%s", again.Canonical(), text)
	}
}

// fataler is what the tests of package testing and of rapid share.
type fataler interface{ Fatalf(string, ...any) }

// Writing a sweep in another order or style changes neither its configurations
// nor its canonical form.
func TestOrderIndependence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sweep := drawSweep(t)
		a, errA := ParseSweep("a.yaml", []byte(sweep.text(rapid.Just(false), t)), Limits{})
		b, errB := ParseSweep("b.yaml", []byte(sweep.text(rapid.Bool(), t)), Limits{})
		if errA != nil || errB != nil {
			t.Fatalf("%v\n%v", errA, errB)
		}
		if diff := cmp.Diff(a.Configurations(), b.Configurations()); diff != "" {
			t.Fatalf("configurations differ\n%s", diff)
		}
		if !bytes.Equal(a.Canonical(), b.Canonical()) {
			t.Fatalf("canonical forms differ\n%s\n%s", a.Canonical(), b.Canonical())
		}
		checkCanonical(t, a)
		checkConfigurations(t, a)
	})
}

// tree is a sweep file as nested maps ([]pair), lists ([]any) and scalars.
type (
	pair struct {
		key   string
		value any
	}
	mapping []pair
	set     []any // a list whose order says nothing
)

// drawSweep draws a sweep file without mistakes.
func drawSweep(t *rapid.T) mapping {
	cases := set{}
	for i := range rapid.IntRange(1, 3).Draw(t, "cases") {
		// A connectivity of its own keeps a case from repeating another.
		c := drawCase(t, "case-"+strconv.Itoa(i))
		cases = append(cases, append(c, pair{"connectivity", 4 + 2*i}))
	}
	return mapping{
		{"version", 1}, {"name", rapid.StringMatching(`[a-z0-9-]{1,8}`).Draw(t, "name")},
		{"seed", rapid.Int64Min(0).Draw(t, "seed")}, {"networks", drawNetworks(t)},
		{"grid", mapping{{"from", -6}, {"to", 6}, {"points", 9}}}, {"cases", cases},
	}
}

// drawNetworks draws a number of networks, or what they are to make certain.
func drawNetworks(t *rapid.T) any {
	most := rapid.IntRange(1, 9).Draw(t, "networks")
	if rapid.Bool().Draw(t, "number") {
		return most
	}
	return mapping{{"max", most}, {"until", mapping{{"column", string(rapid.SampledFrom(MeasuredColumns()).Draw(t, "column"))},
		{"relative_error", rapid.Float64Range(1e-30, 1).Draw(t, "error")}}}}
}

func drawCase(t *rapid.T, name string) mapping {
	inputs := rapid.IntRange(1, 2).Draw(t, "inputs")
	c := mapping{{"name", name}, {"inputs", inputs}}
	if rapid.Bool().Draw(t, "own networks") {
		c = append(c, pair{"networks", drawNetworks(t)})
	}
	if rapid.Bool().Draw(t, "grid") {
		to := drawSet(t, "to", rapid.Float64Range(0.5, 100), inputs)
		for len(to) < inputs {
			to = append(to, 7.0)
		}
		ends := []any(to) // per axis, so its order counts
		c = append(c, pair{"grid", mapping{{"from", -0.25}, {"to", ends}, {"points", 5}}})
		if inputs == 1 {
			c[len(c)-1].value.(mapping)[1].value = ends[0]
		}
	}
	widths := rapid.IntRange(1, 30)
	switch rapid.IntRange(0, 2).Draw(t, "shape") {
	case 0:
		architectures := set{}
		for depth := range rapid.IntRange(1, 4).Draw(t, "architectures") {
			architectures = append(architectures, slices.Repeat([]any{widths.Draw(t, "width")}, depth))
		}
		c = append(c, pair{"hidden", architectures})
	case 1:
		c = append(c, pair{"depth", drawSet(t, "depth", rapid.IntRange(1, 4), 3)}, pair{"width", drawSet(t, "width", widths, 3)})
	case 2:
		c = append(c, pair{"depth", drawSet(t, "depth", rapid.IntRange(1, 4), 3)},
			pair{"units", drawSet(t, "units", rapid.IntRange(4, 50), 3)})
	}
	if rapid.Bool().Draw(t, "output") {
		c = append(c, pair{"output_activation", drawSet(t, "output", rapid.SampledFrom(Activations()), 3)})
	}
	normal := mapping{{"distribution", "normal"}, {"std", drawSet(t, "std", rapid.Float64Range(0, 1e30), 3)},
		{"scale", drawSet(t, "scale", rapid.SampledFrom(ScaleNames()), 2)}}
	return append(c,
		pair{"outputs", drawSet(t, "outputs", rapid.IntRange(1, 256), 2)},
		pair{"activation", drawSet(t, "activation", rapid.SampledFrom(Activations()), 3)},
		pair{"weights", set{"he_normal", normal}},
		pair{"biases", set{"none", mapping{{"distribution", "he_uniform"}, {"gain", drawSet(t, "gain", rapid.Float64Range(1e-30, 9), 2)}}}})
}

// drawSet draws between one and most different values.
func drawSet[T comparable](t *rapid.T, label string, values *rapid.Generator[T], most int) set {
	var s set
	for _, v := range rapid.SliceOfNDistinct(values, 1, most, rapid.ID[T]).Draw(t, label) {
		s = append(s, v)
	}
	return s
}

// text writes the sweep in flow style, shuffling keys and sets and changing
// spaces and comments where shake says so.
func (m mapping) text(shake *rapid.Generator[bool], t *rapid.T) string {
	order := func(n int) []int {
		indexes := make([]int, n)
		for i := range indexes {
			indexes[i] = i
		}
		if n > 1 && shake.Draw(t, "shuffle") {
			return rapid.Permutation(indexes).Draw(t, "order")
		}
		return indexes
	}
	gap := func() string {
		if shake.Draw(t, "gap") {
			return " # a comment\n  "
		}
		return " "
	}
	var flow func(v any) string
	list := func(items []any, order []int) string {
		var texts []string
		for _, i := range order {
			texts = append(texts, flow(items[i]))
		}
		return "[" + strings.Join(texts, ","+gap()) + gap() + "]"
	}
	flow = func(v any) string {
		switch v := v.(type) {
		case mapping:
			var pairs []string
			for _, i := range order(len(v)) {
				pairs = append(pairs, v[i].key+": "+flow(v[i].value))
			}
			return "{" + strings.Join(pairs, ","+gap()) + "}"
		case set:
			return list(v, order(len(v)))
		case []any:
			return list(v, slices.Collect(indexes(len(v))))
		case string:
			return strconv.Quote(v)
		case float64:
			if shake.Draw(t, "exponent") {
				return strconv.FormatFloat(v, 'e', -1, 64)
			}
			return strconv.FormatFloat(v, 'g', -1, 64)
		}
		return fmt.Sprint(v)
	}
	return flow(m)
}

func indexes(n int) func(func(int) bool) {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

// Names that YAML could read as something else keep being names.
func TestNamesSurvive(t *testing.T) {
	for _, name := range []string{"on", "null", "y", "true", "7", "1e3", "0o17", "0b1", "-", "--", "-a", "2024-01-02", "e5", "a-b"} {
		s := parse(t, strings.Replace(withCase("hidden: []"), "name: s", "name: '"+name+"'", 1))
		checkCanonical(t, s)
		if s.Name != name {
			t.Errorf("name %q, want %q", s.Name, name)
		}
	}
}
