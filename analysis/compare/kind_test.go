package compare

import (
	"fmt"
	"strings"
	"testing"

	"nodal/schema"
)

// made returns a configuration with the given hidden layers: one input, one output,
// tanh with the identity behind it, 400 networks.
func made(hidden ...int) schema.Configuration {
	return schema.Configuration{
		Case: "a", Inputs: 1, Outputs: 1, Hidden: hidden,
		Activation: schema.Tanh, OutputActivation: schema.Identity,
		Weights: schema.Law{Distribution: schema.Normal, Std: 2, Scale: schema.FanIn}, Biases: schema.Law{Distribution: schema.None},
		Grid: schema.Grid{{From: -1, To: 1, Points: 11}}, Connectivity: 6, Networks: 400,
	}
}

// with returns c after a change.
func with(c schema.Configuration, change func(*schema.Configuration)) schema.Configuration {
	change(&c)
	return c
}

func inCase(name string, c schema.Configuration) schema.Configuration {
	return with(c, func(c *schema.Configuration) { c.Case = name })
}

func activated(hidden, output schema.Activation, c schema.Configuration) schema.Configuration {
	return with(c, func(c *schema.Configuration) { c.Activation, c.OutputActivation = hidden, output })
}

// Which configurations are compared, by their places in the plan, the baseline
// first. Numbers of parameters of one input and output: 3n+1 in one hidden layer of
// n, n²+4n+1 in two, 2n²+5n+1 in three.
func TestGrouped(t *testing.T) {
	finer := func(c *schema.Configuration) { c.Grid = schema.Grid{{From: -1, To: 1, Points: 21}} }
	wider := func(c *schema.Configuration) { c.Weights.Std = 3 }
	plane := func(c *schema.Configuration) { c.Inputs, c.Grid = 2, schema.Grid{c.Grid[0], c.Grid[0]} }
	tanh, relu, identity := schema.Tanh, schema.ReLU, schema.Identity
	for _, tt := range []struct {
		name string
		kind Kind
		cs   []schema.Configuration
		want string
	}{
		{"nothing", EqualUnits, nil, ""},
		{"alone", EqualUnits, []schema.Configuration{made(4)}, ""},
		{"deeper ones with the shallowest", EqualUnits, []schema.Configuration{made(8), made(4, 4), made(3, 3, 2), made(9)}, "0,1,2"},
		{"shallowest in a later case", EqualUnits, []schema.Configuration{made(4, 4), made(3, 3, 2), inCase("b", made(8))}, "2,0,1"},
		{"one baseline of several, same depth is no comparison", EqualUnits, []schema.Configuration{made(4, 4), made(5, 3), made(3, 3, 2)}, "0,2"},
		{"deeper ones of one depth", EqualUnits, []schema.Configuration{made(8), made(4, 4), made(5, 3)}, "0,1,2"},
		{"another grid is another setting", EqualUnits, []schema.Configuration{made(8), with(made(4, 4), finer)}, ""},
		{"another law", EqualUnits, []schema.Configuration{made(8), with(made(4, 4), wider)}, ""},
		{"another activation", EqualUnits, []schema.Configuration{made(8), activated(relu, identity, made(4, 4))}, ""},
		{"another output activation", EqualUnits, []schema.Configuration{made(8), activated(tanh, tanh, made(4, 4))}, ""},
		{"two settings", EqualUnits, []schema.Configuration{made(8), with(made(8), finer), made(4, 4), with(made(4, 4), finer)}, "0,2 1,3"},

		{"301, 286 as no two equal widths come nearer", EqualParameters, []schema.Configuration{made(100), made(15, 15)}, "0,1"},
		{"301, 321 though 15-15 is nearer", EqualParameters, []schema.Configuration{made(100), made(16, 16)}, ""},
		{"2956, 3022: 2.2 %, though 52-52 is nearer", EqualParameters, []schema.Configuration{made(985), made(53, 53)}, "0,1"},
		{"2947, 3022: 2.54 %, and 52-52 is nearer", EqualParameters, []schema.Configuration{made(982), made(53, 53)}, ""},
		{"40, 46: 15 %, though nothing is nearer", EqualParameters, []schema.Configuration{made(13), made(5, 5)}, ""},
		{"the own case before the nearest", EqualParameters,
			[]schema.Configuration{inCase("a", made(100)), inCase("a", made(15, 15)), inCase("b", made(95))}, "0,1"},
		{"the nearest of other cases", EqualParameters,
			[]schema.Configuration{inCase("a", made(100)), inCase("c", made(15, 15)), inCase("b", made(95))}, "2,1"},
		{"same depth is no comparison", EqualParameters, []schema.Configuration{made(100), made(101), made(102)}, ""},
		{"one group each", EqualParameters, []schema.Configuration{made(100), made(101), made(15, 15), made(11, 11, 11)}, "0,2,3"},
		{"another activation", EqualParameters, []schema.Configuration{made(100), activated(relu, identity, made(15, 15))}, ""},

		{"the same layers", SameWeights, []schema.Configuration{made(4), activated(relu, identity, made(4)), made(5)}, "0,1"},
		{"each with the first", SameWeights, []schema.Configuration{activated(identity, identity, made(4)), made(4), activated(relu, identity, made(4))}, "0,1,2"},
		{"activations in their order", SameWeights, []schema.Configuration{activated(relu, identity, made(4)), inCase("b", made(4))}, "1,0"},
		{"throughout", SameWeights, []schema.Configuration{activated(identity, identity, made(4)), activated(tanh, tanh, made(4)), activated(relu, relu, made(4))}, "0,1,2"},
		{"a shared output before throughout", SameWeights, []schema.Configuration{
			activated(identity, identity, made(4)), activated(tanh, identity, made(4)), activated(tanh, tanh, made(4)), activated(relu, relu, made(4))}, "0,1 2,3"},
		{"neither shared nor throughout", SameWeights, []schema.Configuration{activated(tanh, identity, made(4)), activated(relu, tanh, made(4))}, ""},
		{"another law", SameWeights, []schema.Configuration{made(4), with(activated(relu, identity, made(4)), wider)}, ""},

		{"the article's", Article, []schema.Configuration{made(100), made(11, 9), made(9, 11)}, "0,1"},
		{"the article's in the plane", Article, []schema.Configuration{with(made(100), plane), with(made(11, 9), plane)}, ""},
		{"one of the article's", Article, []schema.Configuration{made(100), with(made(11, 9), finer)}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.ReplaceAll(strings.Trim(fmt.Sprint(commas(grouped(tt.kind, tt.cs))), "[]"), "] [", " "); got != tt.want {
				t.Errorf("groups %s, want %s", got, tt.want)
			}
		})
	}
}

func commas(groups [][]int) []string {
	var texts []string
	for _, g := range groups {
		texts = append(texts, strings.ReplaceAll(strings.Trim(fmt.Sprint(g), "[]"), " ", ","))
	}
	return texts
}

// Groups of one setting stand together, in the order of the plan.
func TestBySetting(t *testing.T) {
	relu := func(c schema.Configuration) schema.Configuration {
		return activated(schema.ReLU, schema.Identity, c)
	}
	cs := []schema.Configuration{made(8), relu(made(8)), made(4, 4), relu(made(4, 4)), made(9), relu(made(9)), made(5, 4), relu(made(5, 4))}
	var got []string
	for _, g := range newTable(cs, Options{Kinds: []string{"equal_units"}}).Groups {
		c := &g.Sides[0].Configuration
		got = append(got, fmt.Sprint(c.Activation, c.Units()))
	}
	if want := "[tanh8 tanh9 relu8 relu9]"; fmt.Sprint(got) != want {
		t.Errorf("groups %v, want %s", got, want)
	}
}
