package compare

import (
	"fmt"
	"slices"
	"strings"

	"nodal/schema"
)

// setting is a configuration without its hidden layers: what configurations of
// different depth have in common.
type setting struct {
	inputs, outputs              int
	activation, outputActivation schema.Activation
	weights, biases              schema.Law
	grid                         string
	connectivity                 int
}

func settingOf(c *schema.Configuration) setting {
	return setting{
		inputs: c.Inputs, outputs: c.Outputs,
		activation: c.Activation, outputActivation: c.OutputActivation,
		weights: c.Weights, biases: c.Biases,
		grid: c.Grid.String(), connectivity: c.Connectivity,
	}
}

// connectivityWord is the place of connectivity among the words.
const connectivityWord = 7

// words returns what the sides of a group have in common, one entry for each part
// of it, empty where it goes without saying: the activation if that is what is
// compared, that of the output if it is the hidden layers', and connectivity with
// one input.
func (g *Group) words() [8]string {
	c := &g.Sides[0].Configuration
	w := [8]string{
		string(c.Activation), "weights " + c.Weights.String(),
		plural(c.Inputs, "input"), plural(c.Outputs, "output"), "output " + string(c.OutputActivation),
		"biases " + c.Biases.String(), "grid " + c.Grid.String(), fmt.Sprintf("connectivity %d", c.Connectivity),
	}
	if g.Kind == SameWeights {
		w[0] = ""
	}
	if g.throughout() || g.Kind != SameWeights && c.OutputActivation == c.Activation {
		w[4] = ""
	}
	if c.Inputs == 1 {
		w[connectivityWord] = ""
	}
	return w
}

// throughout reports whether activations are compared that are those of the
// outputs too.
func (g *Group) throughout() bool {
	return g.Kind == SameWeights && g.Sides[0].Configuration.OutputActivation != g.Sides[1].Configuration.OutputActivation
}

// Setting returns in words what all sides of a group have in common.
func (g *Group) Setting() string {
	w := g.words()
	return joined(w[:])
}

// telling sets the words that the sentences of every group begin with: activation
// and weights, and of the others those that differ within the table.
func telling(groups []Group) {
	if len(groups) == 0 {
		return
	}
	var differs [8]bool
	all := groups[0].words()
	first := map[bool][8]string{} // words with one input and with two: connectivity is said of two alone
	for i := range groups {
		plane, w := groups[i].Sides[0].Configuration.Inputs > 1, groups[i].words()
		if _, ok := first[plane]; !ok {
			first[plane] = w
		}
		for p, word := range w {
			reference := all[p]
			if p == connectivityWord {
				reference = first[plane][p]
			}
			differs[p] = differs[p] || word != reference
		}
	}
	for i := range groups {
		w := groups[i].words()
		for p := 2; p < len(w); p++ {
			if !differs[p] {
				w[p] = ""
			}
		}
		groups[i].told = joined(w[:])
	}
}

func joined(parts []string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), ", ")
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
