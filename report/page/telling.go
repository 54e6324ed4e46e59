package page

import (
	"slices"
	"strings"
)

// tellings returns, for each configuration, what tells it from others of the same case,
// layers and activations: those of its laws and its grid that differ; "" where there
// are no others.
func tellings(configurations []Configuration) []string {
	type key struct{ name, title string }
	alike := map[key][]int{}
	for i := range configurations {
		c := &configurations[i]
		k := key{c.Case, c.title()}
		alike[k] = append(alike[k], i)
	}
	texts := make([]string, len(configurations))
	for _, group := range alike {
		for _, of := range []func(*Configuration) string{
			func(c *Configuration) string { return c.Weights },
			func(c *Configuration) string { return c.Biases },
			func(c *Configuration) string { return c.Grid },
		} {
			first := of(&configurations[group[0]])
			if !slices.ContainsFunc(group, func(i int) bool { return of(&configurations[i]) != first }) {
				continue
			}
			for _, i := range group {
				texts[i] = strings.TrimPrefix(texts[i]+", "+of(&configurations[i]), ", ")
			}
		}
	}
	return texts
}
