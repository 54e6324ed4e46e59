package dataset

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"nodal/schema"
)

func TestPlanHash(t *testing.T) {
	base := func() *Plan { return smallPlan() }
	want := base().Hash()
	if len(want) != 64 || strings.Trim(want, "0123456789abcdef") != "" {
		t.Fatalf("Hash() = %q, want 64 hexadecimal digits", want)
	}
	t.Run("nil hidden is empty hidden", func(t *testing.T) {
		a, b := configuration(8, 1, 0), configuration(8, 1, 0)
		a.Hidden, b.Hidden = nil, []int{}
		if h, g := planOf(a).Hash(), planOf(b).Hash(); h != g {
			t.Errorf("hashes %s and %s", h, g)
		}
	})
	// Everything that can change a byte of a part file has to change the hash.
	for _, tt := range []struct {
		name   string
		change func(name *string, seed *int64, source *string, c []schema.Configuration, numerics *string)
	}{
		{"name", func(name *string, _ *int64, _ *string, _ []schema.Configuration, _ *string) { *name = "other" }},
		{"seed", func(_ *string, seed *int64, _ *string, _ []schema.Configuration, _ *string) { *seed++ }},
		{"source", func(_ *string, _ *int64, source *string, _ []schema.Configuration, _ *string) { *source += "\n" }},
		{"numerics", func(_ *string, _ *int64, _ *string, _ []schema.Configuration, n *string) { *n = "1-blas" }},
		{"case", func(_ *string, _ *int64, _ *string, c []schema.Configuration, _ *string) { c[0].Case = "other" }},
		{"inputs", func(_ *string, _ *int64, _ *string, c []schema.Configuration, _ *string) { c[0].Inputs++ }},
		{"outputs", func(_ *string, _ *int64, _ *string, c []schema.Configuration, _ *string) { c[1].Outputs++ }},
		{"hidden", func(_ *string, _ *int64, _ *string, c []schema.Configuration, _ *string) { c[1].Hidden = nil }},
		{"activation", func(_ *string, _ *int64, _ *string, c []schema.Configuration, _ *string) {
			c[0].Activation = schema.Sin
		}},
		{"output activation", func(_ *string, _ *int64, _ *string, c []schema.Configuration, _ *string) {
			c[0].OutputActivation = schema.Sin
		}},
		{"weights", func(_ *string, _ *int64, _ *string, c []schema.Configuration, _ *string) {
			c[0].Weights.Std = math.Nextafter(1, 2)
		}},
		{"biases", func(_ *string, _ *int64, _ *string, c []schema.Configuration, _ *string) { c[0].Biases.Low = -2 }},
		{"grid", func(_ *string, _ *int64, _ *string, c []schema.Configuration, _ *string) {
			c[0].Grid = schema.Grid{{From: -6, To: 6, Points: 102}}
		}},
		{"connectivity", func(_ *string, _ *int64, _ *string, c []schema.Configuration, _ *string) { c[0].Connectivity = 8 }},
		{"networks", func(_ *string, _ *int64, _ *string, c []schema.Configuration, _ *string) { c[0].Networks++ }},
		{"kept fields", func(_ *string, _ *int64, _ *string, c []schema.Configuration, _ *string) { c[0].KeepFields++ }},
		{"order", func(_ *string, _ *int64, _ *string, c []schema.Configuration, _ *string) { slices.Reverse(c) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := base()
			tt.change(&p.Sweep, &p.Seed, &p.Source, p.Configurations, &p.Numerics)
			got := NewPlan(p.Sweep, p.Seed, []byte(p.Source), p.Configurations, p.Numerics)
			if got.Hash() == want {
				t.Errorf("the hash did not change")
			}
		})
	}
}

// TestPlanKeepsItsConfigurations checks that a plan does not change with the
// slice that it was made from.
func TestPlanKeepsItsConfigurations(t *testing.T) {
	configurations := []schema.Configuration{configuration(8, 1, 0)}
	p := NewPlan("small", 7, nil, configurations, "1")
	configurations[0].Networks = 2
	if got := p.Networks(); got != 1 {
		t.Errorf("Networks() = %d, want 1", got)
	}
}

func TestPlanRoundTrip(t *testing.T) {
	extreme := configuration(1, 1, 0)
	extreme.Hidden = nil
	extreme.Weights = schema.Law{Distribution: schema.Uniform, Low: -math.MaxFloat64, High: math.SmallestNonzeroFloat64}
	extreme.Grid = schema.Grid{{From: -0.1, To: 0.30000000000000004, Points: 2}, {From: 1e-30, To: 1e30, Points: 3}}
	want := NewPlan("round-trip", math.MaxInt64, []byte("version: 1 # <&>\u2028 é\n"), []schema.Configuration{extreme}, "1-blas")
	text, err := want.encode()
	if err != nil {
		t.Fatal(err)
	}
	got, err := decodePlan(text)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(Plan{})); diff != "" {
		t.Errorf("decode(encode(plan)) differs (-want +got):\n%s", diff)
	}
	if got.Hash() != want.Hash() {
		t.Errorf("its hash is %s, want %s", got.Hash(), want.Hash())
	}
}

func TestDecodePlanRefuses(t *testing.T) {
	text, err := smallPlan().encode()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, old, new, want string }{
		{"edited number", `"seed": 7`, `"seed": 8`, "hash"},
		{"unknown key", `"seed": 7`, `"seed": 7, "sed": 8`, "unknown field"},
		{"cut short", "}\n", "", "unexpected end"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			i := strings.LastIndex(string(text), tt.old)
			_, err := decodePlan([]byte(string(text[:i]) + tt.new + string(text[i+len(tt.old):])))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want an error with %q", err, tt.want)
			}
		})
	}
}

func planOf(configurations ...schema.Configuration) *Plan {
	return NewPlan("test", 7, nil, configurations, "1")
}
