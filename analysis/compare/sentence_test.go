package compare

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"nodal/schema"
)

// numbers is what a sentence is made of.
type numbers struct {
	measure           string
	mean, baseline    float64
	difference, ratio Estimate
}

// ratioOf returns numbers of crossings whose ratio has an interval.
func ratioOf(mean, baseline, low, high float64) numbers {
	d := mean - baseline
	return numbers{"crossings", mean, baseline, Estimate{d, d - .1, d + .1}, Estimate{mean / baseline, low, high}}
}

// differenceOf returns numbers of crossings whose difference alone has one.
func differenceOf(mean, baseline, low, high float64) numbers {
	return numbers{"crossings", mean, baseline, Estimate{mean - baseline, low, high}, unknown}
}

func by(measure string, n numbers) numbers {
	n.measure = measure
	return n
}

// group returns a group of two sides with these numbers and 400 networks each.
func group(kind Kind, a, b schema.Configuration, n numbers) *Group {
	var m Measure
	for _, m = range measures {
		if m.Name == n.measure {
			break
		}
	}
	g := &Group{Kind: kind, Measures: []Measure{m}, Sides: []Side{
		{Configuration: a, Networks: 400, Blocks: 400, Means: []Estimate{{Value: n.baseline}}},
		{Configuration: b, Networks: 400, Blocks: 400, Means: []Estimate{{Value: n.mean}}, Comparisons: []Comparison{{
			Difference: n.difference, Ratio: n.ratio, Verdict: verdict(n.difference, n.ratio, n.mean, n.baseline),
		}}},
	}}
	groups := []Group{*g}
	telling(groups)
	return &groups[0]
}

const (
	at48    = "At 48 units, tanh, weights normal(std=2,scale=fan_in): "
	makes   = at48 + "4 layers of 12 make "
	unseen  = at48 + "no difference seen in crossings between 4 layers of 12 and 1 layer of 48 "
	between = " times as many crossings as 1 layer of 48 (95 % interval "
)

// What is printed is true of the printed numbers and of those behind them.
func TestSentence(t *testing.T) {
	for _, tt := range []struct {
		name string
		numbers
		want string
	}{
		{"more", ratioOf(.915, .64, 1.391, 1.467), makes + "1.43" + between + "1.39 to 1.47; 0.915 against 0.640 per network)."},
		{"fewer", ratioOf(.64, .92, .655, .742), makes + "0.70" + between + "0.65 to 0.75; 0.640 against 0.920 per network)."},
		{"ends are rounded outwards", ratioOf(1.5, 1, 1.4601, 1.5399), makes + "1.50" + between + "1.46 to 1.54; 1.50 against 1.00 per network)."},
		{"an end that is exact stays", ratioOf(1.5, 1, 1.4, 1.6), makes + "1.50" + between + "1.40 to 1.60; 1.50 against 1.00 per network)."},
		{"no ratio of 1.00 that differs", ratioOf(1.002, 1, 1.0005, 1.05), makes + "1.0020" + between + "1.0005 to 1.0500; 1.002 against 1.000 per network)."},
		{"no end at 1.00 that leaves it out", ratioOf(1.03, 1, 1.0004, 1.06), makes + "1.0300" + between + "1.0004 to 1.0600; 1.03 against 1.00 per network)."},
		{"nor from below", ratioOf(.97, 1, .94, .9996), makes + "0.9700" + between + "0.9400 to 0.9996; 0.970 against 1.00 per network)."},
		{"means have the ratio that is printed", ratioOf(.916, .6404, 1.39, 1.47), makes + "1.43" + between + "1.39 to 1.47; 0.916 against 0.640 per network)."},
		{"else they have more digits", ratioOf(1.4349, 1.0004, 1.4341, 1.4345), makes + "1.43433" + between + "1.43410 to 1.43450; 1.4349 against 1.0004 per network)."},
		{"equal to three digits, but fewer", ratioOf(100.04, 100.11, .9991, .9995), makes + "0.99930" + between + "0.99910 to 0.99950; 100.04 against 100.11 per network)."},
		{"no ratio of 0.00", ratioOf(.0004, 1, .0001, .05), makes + "0.0004" + between + "0.0001 to 0.0500; 0.000400 against 1.00 per network)."},
		{"none at all against some", ratioOf(0, 1, 0, 0), makes + "0.00" + between + "0.00 to 0.00; 0 against 1.00 per network)."},
		{"a large ratio", ratioOf(4000, 1, 3900.5, 4100.5), makes + "4000" + between + "3900 to 4101; 4000 against 1.00 per network)."},
		{"a huge ratio", ratioOf(2.9415e36, 1, 2.5736e36, 3.3394e36), makes + "2.9e+36" + between + "2.5e+36 to 3.4e+36; 2.94e+36 against 1.00 per network)."},
		{"a tiny ratio", ratioOf(1.234e-9, 1, 1.2e-9, 1.3e-9), makes + "1.23e-9" + between + "1.20e-9 to 1.30e-9; 1.23e-9 against 1.00 per network)."},
		{"constant means", ratioOf(2, 1, 2, 2), makes + "2.00" + between + "2.00 to 2.00; 2.00 against 1.00 per network)."},
		{"rounding is no difference", ratioOf(1, 1, 1+1e-15, 1+2e-15), unseen + "(1.00 against 1.00 per network; 95 % interval of the ratio 1.00 to 1.01)."},
		{"no difference", ratioOf(1.01, 1, .97, 1.05), unseen + "(1.01 against 1.00 per network; 95 % interval of the ratio 0.97 to 1.05)."},
		{"1 at the end of the interval", ratioOf(1.03, 1, 1, 1.06), unseen + "(1.03 against 1.00 per network; 95 % interval of the ratio 1.00 to 1.06)."},
		{"no difference, none of either", differenceOf(0, 0, 0, 0), unseen + "(0 against 0 per network; 95 % interval of the difference 0.00 to 0.00)."},

		{"more than none", differenceOf(.0312, 0, .011, .0521), makes + "0.031 more crossings than 1 layer of 48 (95 % interval 0.011 to 0.053; 0.0312 against 0 per network)."},
		{"fewer by a difference", differenceOf(.5, 1.25, -1.13, -.42), makes + "0.8 fewer crossings than 1 layer of 48 (95 % interval 0.4 to 1.2; 0.500 against 1.25 per network)."},
		{"no difference of 0.0", differenceOf(.03, .001, .0004, .4), makes + "0.0290 more crossings than 1 layer of 48 (95 % interval 0.0004 to 0.4000; 0.0300 against 0.00100 per network)."},
		{"difference not seen", differenceOf(.03, .01, -.02, .06), unseen + "(0.0300 against 0.0100 per network; 95 % interval of the difference -0.02 to 0.06)."},

		{"proportions", by("two_or_more", ratioOf(.147, .083, 1.6, 1.9)), at48 + "4 layers of 12 have two or more crossings 1.77 times as often as 1 layer of 48 (95 % interval 1.60 to 1.90; 0.147 against 0.0830 of networks)."},
		{"a share", by("two_or_more", differenceOf(.02, 0, .01, .03)), at48 + "4 layers of 12 have two or more crossings in a share of networks larger by 0.020 than 1 layer of 48 (95 % interval 0.010 to 0.030; 0.0200 against 0 of networks)."},
		{"real numbers", by("roughness", ratioOf(3, 6, .4, .6)), at48 + "4 layers of 12 have 0.50 times the mean roughness of 1 layer of 48 (95 % interval 0.40 to 0.60; 3.00 against 6.00 on average)."},
		{"a mean", by("range", differenceOf(1, 2, -1.5, -.5)), at48 + "4 layers of 12 have a mean range smaller by 1.0 than 1 layer of 48 (95 % interval 0.5 to 1.5; 1.00 against 2.00 on average)."},
		{"without an interval", numbers{"crossings", 1.5, 1, Estimate{.5, math.NaN(), math.NaN()}, Estimate{1.5, math.NaN(), math.NaN()}},
			at48 + "crossings: 1.50 for 4 layers of 12, 1.00 for 1 layer of 48; too few networks for an interval (400 and 400)."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := group(EqualUnits, made(48), made(12, 12, 12, 12), tt.numbers).sentence(1, 0); got != tt.want {
				t.Errorf("\n%s, want\n%s", got, tt.want)
			}
		})
	}
}

// Of 20,000 random comparisons what is printed is true: the interval lies within
// the printed one, which is at most 40 % wider; a difference that is claimed is
// one of the printed numbers too; the printed means are in the order of the verdict,
// and their quotient or difference is what is printed.
func TestPrintedIsTrue(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	seen := map[Verdict]int{}
	for range 20_000 {
		size := math.Pow(10, 12*random.Float64()-6)
		baseline, half := size*random.ExpFloat64(), math.Pow(10, -6*random.Float64())
		mean := baseline * (1 + 2*half*random.NormFloat64())
		c := Comparison{Difference: spread(random, mean-baseline, half*baseline), Ratio: spread(random, mean/baseline, half)}
		if random.IntN(2) == 0 {
			c.Ratio = unknown
		}
		c.Verdict = verdict(c.Difference, c.Ratio, mean, baseline)
		seen[c.Verdict]++
		what, p := c.printed()
		e, neutral := c.Ratio, 1.0
		if what == "difference" {
			e, neutral = c.Difference, 0
		}
		low, high := parsed(p.low), parsed(p.high)
		if low > e.Low || high < e.High || high-low > 1.4*(e.High-e.Low)*(1+1e-9) {
			t.Fatalf("%+v is printed as %s", e, c.Text())
		}
		if c.Verdict == NotSeen {
			if low > neutral || high < neutral {
				t.Fatalf("%+v shows no difference, but is printed as %s", e, c.Text())
			}
			continue
		}
		if !p.leavesOut(neutral) || parsed(p.value) == 0 {
			t.Fatalf("%+v shows a difference, but is printed as %s", e, c.Text())
		}
		_, _, p = c.statement(measures[0]) // fewer: without the sign
		x, y := agreeing(mean, baseline, c.fits(p))
		if a, b := parsed(x), parsed(y); (a > b) != (c.Verdict == Larger) || !c.fits(p)(a, b) {
			t.Fatalf("%+v is %s, but means are printed as %s and %s", e, p.value, x, y)
		}
	}
	if seen[Larger] < 1000 || seen[Smaller] < 1000 || seen[NotSeen] < 1000 {
		t.Errorf("verdicts %v, want many of each", seen)
	}
}

// spread returns a value with an interval of some half-width around it.
func spread(random *rand.Rand, value, half float64) Estimate {
	return Estimate{value, value - half*(.5+random.Float64()), value + half*(.5+random.Float64())}
}

// How sides and settings are called.
func TestNames(t *testing.T) {
	n := ratioOf(1.5, 1, 1.4, 1.6)
	tanh, relu := schema.Tanh, schema.ReLU
	const rest = " times as many crossings as "
	const law = "weights normal(std=2,scale=fan_in): "
	outputs := func(c schema.Configuration) schema.Configuration {
		return with(c, func(c *schema.Configuration) { c.Outputs = 300 })
	}
	for _, tt := range []struct {
		name string
		kind Kind
		a, b schema.Configuration
		want string
	}{
		{"unequal widths", EqualUnits, made(20), made(11, 9), "At 20 units, tanh, " + law + "2 layers (11-9) make 1.50" + rest + "1 layer of 20 ("},
		{"the article's", Article, made(100), made(11, 9), "With tanh, " + law + "2 layers (11-9) make 1.50" + rest + "1 layer of 100 ("},
		{"actual counts", EqualParameters, made(100), made(15, 15), "At 286 against 301 parameters, tanh, " + law + "2 layers of 15 make 1.50" + rest + "1 layer of 100 ("},
		{"the same count", EqualParameters, made(4), made(2, 2), "At 13 parameters, tanh, " + law + "2 layers of 2 make 1.50" + rest + "1 layer of 4 ("},
		{"no hidden layer", EqualParameters, outputs(made()), outputs(made(1)), "At 602 against 600 parameters, tanh, " + law + "1 layer of 1 makes 1.50" + rest + "no hidden layer ("},
		{"activations", SameWeights, made(7, 5), activated(relu, schema.Identity, made(7, 5)), "1-7-5-1, " + law + "relu makes 1.50" + rest + "tanh with the same weights ("},
		{"activations throughout", SameWeights, activated(tanh, tanh, made(7)), activated(relu, relu, made(7)), "1-7-1, " + law + "relu throughout makes 1.50" + rest + "tanh throughout with the same weights ("},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := group(tt.kind, tt.a, tt.b, n).sentence(1, 0); !strings.HasPrefix(got, tt.want) {
				t.Errorf("\n%s, want\n%s…", got, tt.want)
			}
		})
	}
}

// Settings are told apart by what differs between them. Connectivity does not differ
// from the lack of it with one input.
func TestTelling(t *testing.T) {
	finer := func(c *schema.Configuration) { c.Grid = schema.Grid{{From: -1, To: 1, Points: 21}} }
	plane := func(c *schema.Configuration) { c.Inputs, c.Grid = 2, schema.Grid{c.Grid[0], c.Grid[0]} }
	four := func(c *schema.Configuration) { plane(c); c.Connectivity = 4 }
	same := func(*schema.Configuration) {}
	const grid = "grid [-1,1]:11"
	for _, tt := range []struct {
		name    string
		changes []func(*schema.Configuration) // of each setting
		want    []string
	}{
		{"one setting", []func(*schema.Configuration){same}, []string{""}},
		{"grids", []func(*schema.Configuration){same, finer}, []string{", " + grid, ", grid [-1,1]:21"}},
		{"inputs", []func(*schema.Configuration){same, plane}, []string{", 1 input, " + grid, ", 2 inputs, " + grid + "x[-1,1]:11"}},
		{"connectivities", []func(*schema.Configuration){plane, four}, []string{", connectivity 6", ", connectivity 4"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var cs []schema.Configuration
			for _, change := range tt.changes {
				cs = append(cs, with(made(48), change), with(made(24, 24), change))
			}
			table := newTable(cs, Options{Kinds: []string{"equal_units"}})
			for i, want := range tt.want {
				if got, all := table.Groups[i].told, "tanh, weights normal(std=2,scale=fan_in)"+want; got != all {
					t.Errorf("group %d is %q, want %q", i, got, all)
				}
			}
		})
	}
}

// What the numbers leave out is said.
func TestCaveats(t *testing.T) {
	for _, tt := range []struct {
		name           string
		side, baseline Side
		want           string
	}{
		{"nothing", Side{Networks: 400}, Side{Networks: 400}, ""},
		{"1 % unresolved", Side{Networks: 400, Unresolved: 4}, Side{Networks: 400}, ""},
		{"more than 1 % unresolved", Side{Networks: 400, Unresolved: 5}, Side{Networks: 400, Unresolved: 1}, "; 1.3 % and 0.25 % of the networks are not resolved by their grid"},
		{"the baseline's", Side{Networks: 400}, Side{Networks: 400, Unresolved: 20}, "; 0 % and 5.0 % of the networks are not resolved by their grid"},
		{"a share of the finite ones", Side{Networks: 400, Nonfinite: 200, Unresolved: 3}, Side{Networks: 400}, "; 1.5 % and 0 % of the networks are not resolved by their grid; 200 and 0 networks overflowed and are left out"},
		{"overflow", Side{Networks: 400}, Side{Networks: 400, Nonfinite: 1}, "; 0 and 1 networks overflowed and are left out"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g := &Group{Kind: EqualUnits, Sides: []Side{tt.baseline, tt.side}}
			if got := g.caveats(1); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

// Why there is nothing to say.
func TestUnknown(t *testing.T) {
	some, none := Estimate{Value: 1}, unknown
	for _, tt := range []struct {
		name           string
		side, baseline Side
		want           string
	}{
		{"no networks yet", Side{}, Side{Networks: 9}, "no network of 2 layers of 4 yet, nothing to compare crossings by"},
		{"no baseline yet", Side{Networks: 9}, Side{}, "no network of 1 layer of 8 yet, nothing to compare crossings by"},
		{"overflow", Side{Networks: 9, Nonfinite: 9}, Side{Networks: 9}, "no network of 2 layers of 4 is finite, nothing to compare crossings by"},
		{"no pair", Side{Networks: 9, Means: []Estimate{none}}, Side{Networks: 9, Means: []Estimate{none}}, "no network is finite under both 2 layers of 4 and 1 layer of 8, nothing to compare crossings by"},
		{"few", Side{Networks: 9, Means: []Estimate{some}}, Side{Networks: 9, Nonfinite: 1, Means: []Estimate{some}}, "crossings: 1.00 for 2 layers of 4, 1.00 for 1 layer of 8; too few networks for an interval (9 and 8)"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.side.Configuration, tt.baseline.Configuration = made(4, 4), made(8)
			g := &Group{Kind: EqualUnits, Measures: measures[:1], Sides: []Side{tt.baseline, tt.side}}
			if got := g.unknown(1, 0); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

// One sentence by all measures says when they disagree.
func TestSummary(t *testing.T) {
	up, down, level := Estimate{1.5, 1.4, 1.6}, Estimate{.5, .4, .6}, Estimate{1, .9, 1.1}
	few := Estimate{1, math.NaN(), math.NaN()}
	for _, tt := range []struct {
		name   string
		ratios []Estimate // of crossings, two_or_more, turning_points, range
		want   string
	}{
		{"disagreement", []Estimate{down, up, up, down}, ", it depends on the measure: two or more crossings 1.50 times as often and 1.50 times as many turning points, but 0.50 times as many crossings and 0.50 times the mean range."},
		{"agreement", []Estimate{up, up, level, up}, ": 1.50 times as many crossings, two or more crossings 1.50 times as often and 1.50 times the mean range; no difference seen in turning points."},
		{"all smaller", []Estimate{down}, ": 0.50 times as many crossings."},
		{"nothing seen", []Estimate{level, level, level}, ": no difference seen in crossings, the share with two or more crossings and turning points."},
		{"no intervals", []Estimate{few, few}, ": no interval for crossings and the share with two or more crossings."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g := &Group{Kind: Article, Measures: measures[:len(tt.ratios)], Sides: []Side{{Configuration: made(100)}, {Configuration: made(11, 9)}}}
			for _, r := range tt.ratios {
				c := Comparison{Difference: few, Ratio: r, Verdict: verdict(few, r, 1, 1)}
				g.Sides[1].Comparisons = append(g.Sides[1].Comparisons, c)
			}
			if got, want := g.Summary(1), "2 layers (11-9) against 1 layer of 100"+tt.want; got != want {
				t.Errorf("\n%s, want\n%s", got, want)
			}
		})
	}
}
