package page

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// combination is configurations that differ in depth and width alone: one heat map.
type combination struct {
	Name           string `json:"name"`
	Configurations []int  `json:"configurations"` // indices
}

// combinations returns those with two sizes or more, the one with the most first.
func combinations(configurations []Configuration) []combination {
	type key struct {
		name, activation, output, weights, biases, grid string
		inputs, outputs                                 int
	}
	var order []key
	members := map[key][]int{}
	for i, c := range configurations {
		k := key{c.Case, c.Activation, c.OutputActivation, c.Weights, c.Biases, c.Grid, c.Inputs, c.Outputs}
		if members[k] == nil {
			order = append(order, k)
		}
		members[k] = append(members[k], i)
	}
	var all []combination
	for _, k := range order {
		if sizes(configurations, members[k]) > 1 {
			all = append(all, combination{combinationName(&configurations[members[k][0]]), members[k]})
		}
	}
	tellApart(all, configurations)
	slices.SortStableFunc(all, func(a, b combination) int { return cmp.Compare(len(b.Configurations), len(a.Configurations)) })
	return all
}

// sizes returns the number of different (depth, width).
func sizes(configurations []Configuration, indices []int) int {
	seen := map[[2]int]bool{}
	for _, i := range indices {
		seen[[2]int{configurations[i].Depth, configurations[i].Width}] = true
	}
	return len(seen)
}

func combinationName(c *Configuration) string {
	return fmt.Sprintf("%s · %s · %s, %s", c.Case, c.activations(), count(int64(c.Inputs), "input"), count(int64(c.Outputs), "output"))
}

// tellApart adds laws and grid to names that occur more than once.
func tellApart(all []combination, configurations []Configuration) {
	times := map[string]int{}
	for _, c := range all {
		times[c.Name]++
	}
	for i := range all {
		if times[all[i].Name] > 1 {
			c := &configurations[all[i].Configurations[0]]
			all[i].Name = strings.Join([]string{all[i].Name, c.Weights, c.Biases, c.Grid}, " · ")
		}
	}
}
