package dataset

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"nodal/schema"
)

func TestCost(t *testing.T) {
	deep := configuration(8, 1, 0)
	deep.Hidden = []int{3, 2}
	deep.Inputs = 2
	deep.Outputs = 3
	deep.Grid = schema.Grid{{From: 0, To: 1, Points: 10}, {From: 0, To: 1, Points: 7}}
	unbiased := deep
	unbiased.Biases = schema.Law{Distribution: schema.None}
	cheap := deep
	cheap.Activation = schema.LeakyReLU
	line := configuration(8, 1, 0)
	line.Hidden = nil
	for _, tt := range []struct {
		name string
		c    schema.Configuration
		want float64
	}{
		// 101 points of (1 weight, 1 output), 2 draws
		{"no hidden layer", line, 101*(0.02+1.5) + 2.5*2 + 1000},
		// 70 points of (6+6+6 weights, 5 units, 3 outputs), 18 + 8 draws
		{"two hidden layers", deep, 70*(18*0.02+5*0.25+3*1.5) + 2.5*26 + 1000},
		{"cheap units", cheap, 70*(18*0.02+5/32.+3*1.5) + 2.5*26 + 1000},
		{"no biases", unbiased, 70*(18*0.02+5*0.25+3*1.5) + 2.5*18 + 1000},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Cost(tt.c); math.Abs(got-tt.want) > 1e-9*tt.want {
				t.Errorf("Cost = %v, want %v", got, tt.want)
			}
		})
	}
}

func TestPartition(t *testing.T) {
	costly := func(networks int64) schema.Configuration { // 2.6 s each
		c := configuration(0, networks, 0)
		c.Hidden = []int{7000, 7000}
		c.Grid[0].Points = 2500
		return c
	}
	huge := func(networks int64) schema.Configuration { // beyond the bound on its own
		c := configuration(65_536, networks, 0)
		c.Hidden = []int{65_536, 65_536, 65_536}
		return c
	}
	for _, tt := range []struct {
		name           string
		configurations []schema.Configuration
		want           string
	}{
		{"nothing", nil, ""},
		{"one network", []schema.Configuration{configuration(1, 1, 0)}, "0:[0 0+1]"},
		{"rows bound", []schema.Configuration{configuration(1, 122_881, 0)}, "0:[0 0+122880] 1:[0 122880+1]"},
		{"exactly full", []schema.Configuration{configuration(1, 122_880, 0), configuration(2, 1, 0)}, "0:[0 0+122880] 1:[1 0+1]"},
		{"small ones share", []schema.Configuration{configuration(1, 5, 0), configuration(2, 6, 0)}, "0:[0 0+5][1 0+6]"},
		{"no networks", []schema.Configuration{configuration(1, 0, 0), configuration(2, 1, 0)}, "0:[1 0+1]"},
		{"a network beyond the bound", []schema.Configuration{configuration(1, 1, 0), huge(2), configuration(2, 1, 0)},
			"0:[0 0+1] 1:[1 0+1] 2:[1 1+1] 3:[2 0+1]"},
		{"work bound", []schema.Configuration{configuration(1, 1, 0), costly(20), configuration(2, 1, 0)},
			"0:[0 0+1][1 0+11] 1:[1 11+9][2 0+1]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := planOf(tt.configurations...)
			var got string
			for part := range p.Parts() {
				if got != "" {
					got += " "
				}
				got += fmt.Sprintf("%d:", part.Seq)
				for _, u := range part.Units {
					got += fmt.Sprintf("[%d %d+%d]", u.Configuration, u.First, u.Count)
				}
			}
			if got != tt.want {
				t.Errorf("parts %s, want %s", got, tt.want)
			}
		})
	}
}

// TestPartitionLaws checks on arbitrary plans that parts hold every network
// once and in order, keep the bounds, and are as full as these allow.
func TestPartitionLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var configurations []schema.Configuration
		for range rapid.IntRange(0, 30).Draw(t, "configurations") {
			c := configuration(int(math.Exp(rapid.Float64Range(0, 16).Draw(t, "log width"))), 0, 0)
			c.Grid[0].Points = rapid.IntRange(2, 5000).Draw(t, "points")
			limit := max(1, 200*partWork/partCost(c)) // some hundred parts
			c.Networks = rapid.Int64Range(0, min(300_000, limit)).Draw(t, "networks")
			configurations = append(configurations, c)
		}
		plan := planOf(configurations...)
		checkPartition(t, plan)
	})
}

func checkPartition(t *rapid.T, plan *Plan) {
	count, networks := 0, int64(0)
	configuration, next := 0, int64(0) // the network that comes next
	room := int64(-1)                  // work left in the last part
	var lastRows int64
	for part := range plan.Parts() {
		if part.Seq != count || len(part.Units) == 0 || part.Networks() == 0 {
			t.Fatalf("part %d is %+v", count, part)
		}
		if first := partCost(plan.Configurations[part.Units[0].Configuration]); first <= room && lastRows < partRows {
			t.Fatalf("part %d begins with work %d, but the part before had %d left", part.Seq, first, room)
		}
		var work int64
		for _, u := range part.Units {
			for plan.Configurations[configuration].Networks == next {
				configuration, next = configuration+1, 0
			}
			if u.Configuration != configuration || u.First != next || u.Count < 1 {
				t.Fatalf("part %d has unit %+v, want network %d of configuration %d next", part.Seq, u, next, configuration)
			}
			next += u.Count
			work += u.Count * partCost(plan.Configurations[u.Configuration])
		}
		if part.Networks() > partRows || work > partWork {
			t.Fatalf("part %d has %d networks and %d ns of work", part.Seq, part.Networks(), work)
		}
		room, lastRows = partWork-work, part.Networks()
		networks += part.Networks()
		count++
	}
	if networks != plan.Networks() {
		t.Fatalf("%d networks in parts, want %d", networks, plan.Networks())
	}
	if got := plan.PartCount(); got != count {
		t.Fatalf("PartCount() = %d, want %d", got, count)
	}
}

// hugePlan returns 10^10 networks over 10,000 configurations.
func hugePlan() *Plan {
	configurations := make([]schema.Configuration, 10_000)
	for i := range configurations {
		configurations[i] = configuration(i+1, 1_000_000, 16)
	}
	return planOf(configurations...)
}

// TestHugePlan checks that parts are made as they are asked for: the first parts
// of 10^10 networks allocate next to nothing.
func TestHugePlan(t *testing.T) {
	plan := hugePlan()
	allocations := testing.AllocsPerRun(1, func() {
		for part := range plan.Parts() {
			if part.Seq == 100 {
				break
			}
		}
	})
	if allocations > 10_000 {
		t.Errorf("100 parts took %v allocations", allocations)
	}
	count := 0
	for range plan.Parts() {
		count++
	}
	if got := plan.PartCount(); got != count || plan.Networks() != 1e10 {
		t.Errorf("PartCount() = %d, Networks() = %d, want %d and 10^10", got, plan.Networks(), count)
	}
}

func BenchmarkParts(b *testing.B) {
	plan := hugePlan()
	b.ReportAllocs()
	parts := 0
	for b.Loop() {
		parts = 0
		for range plan.Parts() {
			parts++
		}
	}
	b.ReportMetric(float64(parts), "parts")
}

func BenchmarkPartCount(b *testing.B) {
	plan := hugePlan()
	for b.Loop() {
		plan.PartCount()
	}
}

func BenchmarkNewPlan(b *testing.B) {
	configurations := hugePlan().Configurations
	for b.Loop() {
		planOf(configurations...)
	}
}
