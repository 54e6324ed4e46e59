package dataset_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"nodal/analysis"
	"nodal/dataset"
	"nodal/dataset/disk/crashdisk"
	"nodal/sampler"
	"nodal/schema"
)

// untilSweep has, in stages of 8, 16, 32, … networks: a configuration of 20 networks;
// lines, whose crossings become certain sooner or later; and never, whose networks
// are positive everywhere, so that their mean is zero, and which may have 50.
const untilSweep = `version: 1
name: until
seed: 5
networks: {until: {column: crossings, relative_error: 0.15}, max: 1000}
keep_fields: 10
grid: {from: -6, to: 6, points: 33}
cases:
  - name: counted
    networks: 20
    hidden: [[2]]
    activation: relu
  - name: lines
    hidden: [[], [3], [2, 2]]
  - name: never
    networks: {until: {column: crossings, relative_error: 1}, max: 50}
    hidden: [[3]]
    activation: relu
    weights: {distribution: uniform, low: 0.5, high: 1}
    biases: {distribution: uniform, low: 0.5, high: 1}
  - name: spread
    networks: {until: {column: value_max, relative_error: 0.1}, max: 1000}
    hidden: [[3]]
    activation: relu
`

// smallUntil returns the plan of untilSweep, cut into small parts and stages.
func smallUntil(t testing.TB) *dataset.Plan {
	dataset.SmallParts(t, 32)
	dataset.SmallStages(t, 8)
	return faultPlan(t, untilSweep)
}

// openPlan returns the plan of the dataset on a disk.
func openPlan(t testing.TB, disk *crashdisk.Disk) *dataset.Plan {
	t.Helper()
	plan, err := dataset.OpenPlan(root, dataset.Options{FS: disk})
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// byNetwork returns the rows of each configuration by its identity, in order.
func byNetwork(t testing.TB, disk *crashdisk.Disk) map[string][]schema.Row {
	all := make(map[string][]schema.Row)
	for _, row := range rowsIn(t, disk) {
		all[row.ConfigID] = append(all[row.ConfigID], row)
	}
	for id, rows := range all {
		slices.SortFunc(rows, func(a, b schema.Row) int { return int(a.Network - b.Network) })
		if last := rows[len(rows)-1].Network; last != int64(len(rows))-1 {
			t.Errorf("%s has %d networks, the last is %d", id, len(rows), last)
		}
	}
	return all
}

// relativeError returns the standard error of the mean of a column over the mean,
// from the textbook's formula.
func relativeError(rows []schema.Row, column schema.MeasuredColumn) float64 {
	var sum, squares float64
	n := float64(len(rows))
	for _, r := range rows {
		sum += numbersOf(r)[column]
	}
	for _, r := range rows {
		squares += (numbersOf(r)[column] - sum/n) * (numbersOf(r)[column] - sum/n)
	}
	return math.Sqrt(squares/(n-1)/n) / (sum / n)
}

// TestUntilCertain checks that every configuration has the networks of the first
// checkpoint at which it was certain, or as many as it may.
func TestUntilCertain(t *testing.T) {
	plan := smallUntil(t)
	disk := crashdisk.New()
	var said []sampler.Checkpoint
	d, err := dataset.Create(root, plan, dataset.Options{FS: disk})
	if err != nil {
		t.Fatal(err)
	}
	o := sampler.Options{Checkpoint: func(c sampler.Checkpoint) error { said = append(said, c); return nil }}
	if err := errors.Join(sampler.Run(t.Context(), d, o), d.Finish(), d.Close()); err != nil {
		t.Fatal(err)
	}
	all := byNetwork(t, disk)
	stages := make(map[int]bool)
	for _, c := range plan.Configurations {
		rows := all[c.ID()]
		if c.Until == nil || c.Case == "never" {
			if int64(len(rows)) != c.Networks {
				t.Errorf("%s has %d networks, want %d", c.Case, len(rows), c.Networks)
			}
			continue
		}
		stages[len(rows)] = true
		for n := 8; n < len(rows); n *= 2 {
			if e := relativeError(rows[:n], c.Until.Column); e <= c.Until.RelativeError {
				t.Errorf("%s went on from %d networks, where the error was %v", c.HiddenText(), n, e)
			}
		}
		if e := relativeError(rows, c.Until.Column); e > c.Until.RelativeError {
			t.Errorf("%s ended with %d networks, where the error is %v", c.HiddenText(), len(rows), e)
		}
	}
	if len(stages) < 2 {
		t.Errorf("the configurations ended at %v networks: too few different stages to test anything", stages)
	}
	first, last := said[0], said[len(said)-1]
	if first.Networks != 8 || first.Next != 16 || first.Certain+first.Open != 5 || first.Uncertain != 0 {
		t.Errorf("the first checkpoint is %+v", first)
	}
	if last.Open != 0 || last.Next != 0 || last.Certain != 4 || last.Uncertain != 1 {
		t.Errorf("the last checkpoint is %+v, want 4 certain and 1 not", last)
	}
	for _, c := range said {
		if (c.Worst != nil) != (c.Networks >= 50 && c.Networks < 100) || c.Worst != nil && c.Worst.Configuration.Case != "never" {
			t.Errorf("at %d networks the worst is %+v", c.Networks, c.Worst)
		}
	}
	r, err := dataset.Open(root, dataset.Options{FS: disk})
	if err != nil || !r.Complete() || !r.Plan().Settled() {
		t.Errorf("complete %t, settled %t, %v", r.Complete(), r.Plan().Settled(), err)
	}
	if got, want := r.Plan().Networks(), int64(len(rowsIn(t, disk))); got != want {
		t.Errorf("the plan has %d networks, want %d", got, want)
	}
}

// TestLinearUntilCertain takes a case known on paper: f = w·x + b with w and b
// uniform on [-1, 1] has a zero in [-6, 6] with probability 1 - 1/12, so after n
// networks the relative error of crossings is nearly √((1/11)/n), and 1 % takes
// some 909.
func TestLinearUntilCertain(t *testing.T) {
	dataset.SmallStages(t, 150)
	disk := crashdisk.New()
	sweep := `version: 1
name: linear
seed: 1
networks: {until: {column: crossings, relative_error: 0.01}, max: 100000}
grid: {from: -6, to: 6, points: 101}
cases:
  - {name: linear, hidden: [], activation: identity}
`
	if err := runOn(t, disk, faultPlan(t, sweep), dataset.Options{}); err != nil {
		t.Fatal(err)
	}
	if got := openPlan(t, disk).Networks(); got != 1200 {
		t.Errorf("%d networks, want 1,200: 909 are between the checkpoints at 600 and 1,200", got)
	}
}

// TestUntilPlan checks what a plan says at every stage.
func TestUntilPlan(t *testing.T) {
	plan := smallUntil(t)
	disk := crashdisk.New()
	d, err := dataset.Create(root, plan, dataset.Options{FS: disk})
	if err != nil {
		t.Fatal(err)
	}
	seen := make(map[string]bool)
	look := func() {
		p := d.Plan()
		var networks, fresh int64
		parts := 0
		for part := range p.Parts() {
			networks += part.Networks()
			if !seen[part.Name()] {
				seen[part.Name()] = true
				fresh += part.Networks()
			} else if fresh > 0 {
				t.Errorf("%s comes after new parts", part.Name())
			}
			parts++
		}
		if parts != p.PartCount() || networks != p.Networks() || p.Hash() != plan.Hash() {
			t.Errorf("at checkpoint %d: %d parts with %d networks, the plan says %d and %d; hash %.8s, want %.8s",
				len(p.Checkpoints), parts, networks, p.PartCount(), p.Networks(), p.Hash(), plan.Hash())
		}
		if got := openPlan(t, disk); fmt.Sprint(got.Checkpoints) != fmt.Sprint(p.Checkpoints) {
			t.Errorf("checkpoints on disk %v, want %v", got.Checkpoints, p.Checkpoints)
		}
		if fresh == 0 != p.Settled() {
			t.Errorf("at checkpoint %d: %d new networks, settled %t", len(p.Checkpoints), fresh, p.Settled())
		}
	}
	look()
	o := sampler.Options{Checkpoint: func(sampler.Checkpoint) error { look(); return nil }}
	if err := errors.Join(sampler.Run(t.Context(), d, o), d.Close()); err != nil {
		t.Fatal(err)
	}
	if n := len(d.Plan().Checkpoints); n < 4 {
		t.Errorf("%d checkpoints: too few to test anything", n)
	}
}

// TestDecide checks which checkpoints can follow.
func TestDecide(t *testing.T) {
	dataset.SmallStages(t, 8)
	plan := faultPlan(t, `version: 1
name: decide
seed: 1
networks: {until: {column: crossings, relative_error: 0.1}, max: 100}
grid: {from: -1, to: 1, points: 5}
cases:
  - {name: a, hidden: [[1], [2], [3]]}
  - {name: b, hidden: [4], networks: 8}
  - {name: c, hidden: [5], networks: {until: {column: crossings, relative_error: 0.1}, max: 8}}
`)
	for _, tt := range []struct {
		name string
		c    dataset.Checkpoint
		want bool
	}{
		{"all certain", dataset.Checkpoint{}, true},
		{"all go on that may", dataset.Checkpoint{Open: []int{0, 1, 2}, Uncertain: []int{4}}, true},
		{"out of order", dataset.Checkpoint{Open: []int{1, 0}}, false},
		{"twice", dataset.Checkpoint{Open: []int{1, 1}}, false},
		{"one of a fixed number goes on", dataset.Checkpoint{Open: []int{3}}, false},
		{"one that has all its networks goes on", dataset.Checkpoint{Open: []int{4}}, false},
		{"one that may have more does not go on", dataset.Checkpoint{Uncertain: []int{0}}, false},
		{"no configuration", dataset.Checkpoint{Open: []int{5}}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d, err := dataset.Create(root, plan, dataset.Options{FS: crashdisk.New()})
			if err != nil {
				t.Fatal(err)
			}
			defer func() {
				if r := recover(); (r == nil) != tt.want {
					t.Errorf("Decide(%v) panics with %v, want it to accept: %t", tt.c, r, tt.want)
				}
			}()
			if err := d.Decide(tt.c); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestUntilSize checks that the first stage is what a run has to have room for, and
// that the longest run is bounded.
func TestUntilSize(t *testing.T) {
	sized := func(networks string) *dataset.Plan {
		return faultPlan(t, strings.Replace(faultSweep, "networks: 40", "networks: "+networks, 1))
	}
	until := sized("{until: {column: crossings, relative_error: 0.1}, max: 1000000}")
	first, all := sized("1000").Size(), sized("1000000").Size()
	if got := until.Size(); got.Files <= first.Files || got.Bytes < first.Bytes || got.Bytes > first.Bytes+first.Bytes/5 {
		t.Errorf("the first stage takes %+v, want a little more than %+v", got, first)
	}
	if got := until.Longest().Size(); got.Bytes < all.Bytes || got.Bytes > all.Bytes+all.Bytes/100 || got.Files < all.Files {
		t.Errorf("the longest run takes %+v, want a little more than %+v", got, all)
	}
	if got := until.Longest(); !got.Settled() || got.Networks() != 2_000_000 {
		t.Errorf("the longest run has %d networks, settled %t; want 2,000,000", got.Networks(), got.Settled())
	}
}

func TestTarget(t *testing.T) {
	certain := &schema.Until{Column: "crossings", RelativeError: 1}
	for _, tt := range []struct {
		until    *schema.Until
		networks int64
		k        int
		want     int64
	}{
		{nil, 7, 0, 7},
		{nil, 5000, 3, 5000},
		{certain, 7, 0, 7},
		{certain, 1000, 0, 1000},
		{certain, 5000, 0, 1000},
		{certain, 5000, 2, 4000},
		{certain, 5000, 3, 5000},
		{certain, 1e12, 29, 1000 << 29},
		{certain, 1e12, 30, 1e12},
		{certain, 1e12, 100, 1e12},
	} {
		if got := dataset.Target(schema.Configuration{Until: tt.until, Networks: tt.networks}, tt.k); got != tt.want {
			t.Errorf("checkpoint %d of at most %d: %d networks, want %d", tt.k, tt.networks, got, tt.want)
		}
	}
}

// TestUntilHeedsSummary checks that a summary shows the error that was asked for.
func TestUntilHeedsSummary(t *testing.T) {
	plan := smallUntil(t)
	disk := crashdisk.New()
	if err := runOn(t, disk, plan, dataset.Options{}); err != nil {
		t.Fatal(err)
	}
	r, err := dataset.Open(root, dataset.Options{FS: disk})
	if err != nil {
		t.Fatal(err)
	}
	table, err := analysis.Summarize(r.Rows(), nil)
	if err != nil {
		t.Fatal(err)
	}
	certain := 0
	for _, g := range table.Groups {
		i := slices.IndexFunc(plan.Configurations, func(c schema.Configuration) bool { return c.ID() == g.Key[1] })
		c, s := plan.Configurations[i], g.Statistics[0]
		if c.Until == nil || c.Case != "lines" {
			continue
		}
		certain++
		if s.StandardError > c.Until.RelativeError*s.Mean {
			t.Errorf("%s: %v ± %v in the summary, want at most %v of it", c.HiddenText(), s.Mean, s.StandardError, c.Until.RelativeError)
		}
	}
	if certain != 3 {
		t.Errorf("%d configurations compared, want 3", certain)
	}
}
