package sampler

import (
	"crypto/sha256"
	"fmt"
	"testing"

	"nodal/schema"
)

// piecesSweep has configurations with exact counts, with some of them and with
// none.
const piecesSweep = `
version: 1
name: pieces
seed: 11
networks: 300
columns: [pieces, breakpoints, breakpoints_first, crossings_exact, crossings_expected]
grid: {from: -2, to: 2, points: 2001}
cases:
  - name: bent
    outputs: [1, 3]
    hidden: [[], [5], [8, 8, 8]]
    activation: [relu, leaky_relu, step, identity]
    output_activation: tanh
    weights: he_normal
  - name: smooth
    hidden: [[5], []]
  - name: plane
    inputs: 2
    outputs: [1, 2]
    grid: {from: -2, to: 2, points: 33}
    hidden: [[5], [70, 70], []]
    activation: [relu, tanh]
    weights: {distribution: normal, std: [.5, 2], scale: fan_in}
    biases: none
  - name: crossings
    hidden: [4]
    activation: relu
    columns: crossings_exact
  - {name: overflow, hidden: [4, 4, 4, 4, 4], activation: relu, weights: {distribution: normal, std: 1e+12}}
`

// extraText returns optional columns as text, numbers instead of pointers.
func extraText(e *schema.Extra) string {
	text := ""
	if e == nil {
		return "none"
	}
	for _, n := range []*int64{e.Pieces, e.Breakpoints, e.BreakpointsFirst, e.CrossingsExact} {
		if n == nil {
			text += "NULL "
		} else {
			text += fmt.Sprintf("%d ", *n)
		}
	}
	if e.CrossingsExpected != nil {
		return text + fmt.Sprintf("%x", *e.CrossingsExpected)
	}
	return text + "NULL"
}

// Rows have the optional columns that their configurations ask for, all of them
// lawful, and the exact crossings are those of the grid but for the few networks
// that it misses some of.
func TestExactCounts(t *testing.T) {
	plan := planOf(t, piecesSweep, Fused)
	w := NewWorker(Fused, plan.Sweep, plan.Seed)
	for i := range plan.Configurations {
		c := &plan.Configurations[i]
		rows := make([]schema.Row, c.Networks)
		w.Measure(rows, nil, c, 0)
		laws := schema.NewLaws(*c, plan.Sweep, plan.Seed)
		differ, measured := 0, 0
		for j := range rows {
			r := &rows[j]
			if err := laws.Check(r); err != nil {
				t.Fatalf("%s, network %d: %v", c.Canonical(), j, err)
			}
			if r.Extra.Empty() || r.Extra.CrossingsExact == nil {
				continue
			}
			measured++
			if *r.Extra.CrossingsExact < r.Crossings {
				t.Errorf("%s, network %d: %d crossings exactly, %d on the grid", c.Canonical(), j, *r.Extra.CrossingsExact, r.Crossings)
			}
			if *r.Extra.CrossingsExact != r.Crossings {
				differ++
			}
		}
		if (measured > 0) != c.Measures(schema.ColumnCrossingsExact) {
			t.Errorf("%s: %d rows with exact crossings", c.Canonical(), measured)
		}
		if differ > len(rows)/20 {
			t.Errorf("%s: the grid and the line differ for %d of %d networks", c.Canonical(), differ, len(rows))
		}
	}
}

// Rows that were another configuration's have nothing of it.
func TestExtrasOfReusedRows(t *testing.T) {
	plan := planOf(t, piecesSweep, Fused)
	w := NewWorker(Fused, plan.Sweep, plan.Seed)
	reused := make([]schema.Row, 3)
	for i := range plan.Configurations {
		for _, other := range []int{0, len(plan.Configurations) / 2, len(plan.Configurations) - 1} {
			fresh := make([]schema.Row, 3)
			w.Measure(fresh, nil, &plan.Configurations[i], 0)
			w.Measure(reused, nil, &plan.Configurations[other], 0)
			w.Measure(reused, nil, &plan.Configurations[i], 0)
			for n := range fresh {
				if d := Differences(&reused[n], &fresh[n]); len(d) > 0 {
					t.Fatalf("%s after %s: %v", plan.Configurations[i].Canonical(), plan.Configurations[other].Canonical(), d)
				}
			}
		}
	}
}

// A network's optional columns do not depend on what was measured before it.
func TestExactCountsDrawnAgain(t *testing.T) {
	plan := planOf(t, piecesSweep, Fused)
	r, err := NewRecomputer(plan)
	if err != nil {
		t.Fatal(err)
	}
	rows, _ := rowsOf(plan, Fused)
	for i := range rows {
		row := &rows[i*37%len(rows)]
		again, _, err := r.Draw(row)
		if err != nil {
			t.Fatal(err)
		}
		if d := Differences(&again, row); len(d) > 0 {
			t.Fatalf("network %d of %s: %v", row.Network, row.ConfigID, d)
		}
	}
}

// extrasHash is the SHA-256 of the optional columns below as text, see rowsHash.
const extrasHash = "29b2adae8b44a1a455a3ae214f7ee5f7248aa98ef6bd5a620f28eda9e079d521"

func TestOptionalColumnsAreTheSameOnEveryProcessor(t *testing.T) {
	plan := planOf(t, piecesSweep, Fused)
	eachPath(t, func(t *testing.T) {
		h := sha256.New()
		w := NewWorker(Fused, plan.Sweep, plan.Seed)
		for i := range plan.Configurations {
			rows := make([]schema.Row, 5)
			w.Measure(rows, nil, &plan.Configurations[i], 1<<40)
			for _, row := range rows {
				fmt.Fprintln(h, extraText(row.Extra))
			}
		}
		if got := fmt.Sprintf("%x", h.Sum(nil)); got != extrasHash {
			t.Errorf("hash of the optional columns = %s, want %s", got, extrasHash)
		}
	})
}
