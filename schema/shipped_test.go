package schema

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// shipped returns a sweep file that comes with nodal, checked as such.
func shipped(t *testing.T, name string) *Sweep {
	t.Helper()
	data, err := os.ReadFile("../sweeps/" + name + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	if first, _, _ := strings.Cut(string(data), "\n"); first != "# yaml-language-server: $schema=../schema/sweep.schema.json" {
		t.Errorf("%s: first line %q does not name the JSON Schema", name, first)
	}
	s, err := ParseSweep(name+".yaml", data, Limits{Memory: 1 << 30})
	if err != nil {
		t.Fatal(err)
	}
	if s.Name != name {
		t.Errorf("%s: name %q", name, s.Name)
	}
	checkConfigurations(t, s)
	checkCanonical(t, s)
	return s
}

// family names what a picture of the article shows: activation and layers.
func family(c Configuration) string {
	return fmt.Sprintf("%s [%s]", c.Activation, joinInts(c.Layers(), ","))
}

func TestArticleSweep(t *testing.T) {
	families := []string{
		"identity [1,1]", "identity [2,1]", "identity [1,100,1]", "identity [1,64,1]", "identity [1,16,16,1]",
		"logistic [1,1]", "logistic [2,1]",
		"tanh [1,1]", "tanh [1,100,1]", "tanh [1,64,1]", "tanh [1,11,9,1]", "tanh [1,16,16,1]", "tanh [2,64,1]",
		"tanh [2,16,16,1]", "tanh [1,16,16,2]", "tanh [1,16,16,3]", "tanh [2,16,16,3]",
		"relu [1,16,16,1]", "relu [2,16,16,1]",
	}
	var want []string
	for _, f := range families {
		if strings.Contains(f, "[2,") {
			want = append(want, f+" [-6,6]:101x[-6,6]:101")
		} else {
			want = append(want, f+" [-6,6]:100", f+" [-6,6]:1001")
		}
	}
	var got []string
	article := Law{Distribution: Uniform, Low: -1, High: 1}
	for _, c := range shipped(t, "article").Configurations() {
		got = append(got, family(c)+" "+c.Grid.String())
		if c.OutputActivation != c.Activation || c.Weights != article || c.Biases != article || c.KeepFields != 16 {
			t.Errorf("not as in the article: %+v", c)
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("families\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestDepthVsWidthSweep(t *testing.T) {
	budgets := map[string]int{} // configurations by activation, inputs, depth and units or parameters
	for _, c := range shipped(t, "depth-vs-width").Configurations() {
		budget := c.Units()
		if strings.HasSuffix(c.Case, "-parameters") {
			// Equal widths come within half a step of the budget.
			budget = 300
			if c.Parameters() > 600 {
				budget = 1000
			}
			if off := float64(c.Parameters())/float64(budget) - 1; off < -0.1 || off > 0.1 {
				t.Errorf("%s: %d parameters, want about %d", family(c), c.Parameters(), budget)
			}
		}
		budgets[fmt.Sprintf("%s %d %d %d", c.Activation, c.Inputs, c.Depth(), budget)]++
	}
	for _, activation := range []Activation{Tanh, ReLU} {
		for _, inputs := range []int{1, 2} {
			for _, depth := range []int{1, 2, 3, 4, 5} {
				for _, budget := range []int{24, 48, 96, 300, 1000} {
					key := fmt.Sprintf("%s %d %d %d", activation, inputs, depth, budget)
					if budgets[key] != 1 {
						t.Errorf("%d configurations for %s, want 1", budgets[key], key)
					}
					delete(budgets, key)
				}
			}
		}
	}
	if len(budgets) > 0 {
		t.Errorf("further configurations: %v", budgets)
	}
}

func TestNormalisedInputsSweep(t *testing.T) {
	grids := map[string][]string{} // ranges by everything that makes the networks
	for _, c := range shipped(t, "normalised-inputs").Configurations() {
		networks := fmt.Sprint(family(c), c.OutputActivation, c.Weights, c.Biases, c.Networks)
		grids[networks] = append(grids[networks], fmt.Sprintf("[%g,%g]", c.Grid[0].From, c.Grid[0].To))
	}
	for networks, got := range grids {
		if want := []string{"[-1,1]", "[-6,6]", "[-60,60]"}; !slices.Equal(got, want) {
			t.Errorf("%s is seen on %v, want %v", networks, got, want)
		}
	}
}

func TestStarterSweep(t *testing.T) {
	text := string(StarterSweep())
	if !strings.HasPrefix(text, "# yaml-language-server: $schema=sweep.schema.json\n") {
		t.Error("first line does not name the JSON Schema")
	}
	work := 0.0 // multiply-adds
	s := parse(t, text)
	for _, c := range s.Configurations() {
		work += float64(c.Networks) * float64(c.Grid.Points()) * float64(c.Parameters())
	}
	if work > 5e9 { // a few seconds at 1 GFlop/s
		t.Errorf("%.2g multiply-adds are too many to begin with", work)
	}
	checkCanonical(t, s)
}

// TestTheorySweep checks that there are enough wide networks to hold theory against,
// of every activation.
func TestTheorySweep(t *testing.T) {
	wide, activations := 0, map[Activation]bool{}
	for _, c := range shipped(t, "theory").Configurations() {
		if c.Case != "narrow" {
			wide++
			activations[c.Activation] = true
		}
		if c.Networks != 20_000 {
			t.Errorf("%s: %d networks, want 20,000", c.Canonical(), c.Networks)
		}
	}
	if wide < 30 {
		t.Errorf("%d wide configurations, want 30", wide)
	}
	for _, a := range Activations() {
		if !activations[a] {
			t.Errorf("no networks of %s", a)
		}
	}
}
