package dataset

import (
	"math"
	"math/rand/v2"

	"nodal/schema"
)

// configuration returns a configuration of the given width, so that different
// widths are different configurations.
func configuration(width int, networks, keepFields int64) schema.Configuration {
	return schema.Configuration{
		Case:             "test",
		Inputs:           1,
		Outputs:          1,
		Hidden:           []int{width},
		Activation:       schema.Tanh,
		OutputActivation: schema.Tanh,
		Weights:          schema.Law{Distribution: schema.Normal, Std: 1, Scale: schema.FanIn},
		Biases:           schema.Law{Distribution: schema.Uniform, Low: -1, High: 1},
		Grid:             schema.Grid{{From: -6, To: 6, Points: 101}},
		Connectivity:     6,
		Networks:         networks,
		KeepFields:       keepFields,
	}
}

// smallPlan returns a plan of two configurations and one part.
func smallPlan() *Plan {
	return NewPlan("small", 7, []byte("version: 1\nname: small\n"),
		[]schema.Configuration{configuration(8, 200, 3), configuration(16, 100, 0)}, "1")
}

// severalParts returns a plan of three parts of which the first keeps fields:
// its networks are so costly that eleven make a part.
func severalParts() *Plan {
	c := configuration(0, 30, 2)
	c.Hidden = []int{7000, 7000}
	c.Grid[0].Points = 2500
	return NewPlan("several", 7, []byte("version: 1\nname: several\n"), []schema.Configuration{c}, "1")
}

// rowsOf returns made-up rows for the networks of a part, about as hard to
// compress as real ones: a pure function of (configuration, network).
func rowsOf(plan *Plan, part Part) []schema.Row {
	var rows []schema.Row
	for _, u := range part.Units {
		c := plan.Configurations[u.Configuration]
		id := c.ID()
		for n := u.First; n < u.First+u.Count; n++ {
			rows = append(rows, rowOf(plan, c, id, n))
		}
	}
	return rows
}

func rowOf(plan *Plan, c schema.Configuration, id string, network int64) schema.Row {
	r := rand.New(rand.NewPCG(uint64(c.Units()), uint64(network)))
	crossings := int64(math.Abs(r.NormFloat64()) * 2)
	share := float64(r.IntN(c.Grid.Points()+1)) / float64(c.Grid.Points())
	axis := c.Grid[0]
	row := schema.Row{
		Sweep: plan.Sweep, CaseName: c.Case, ConfigID: id, Seed: plan.Seed, Network: network,
		Inputs: int32(c.Inputs), Outputs: int32(c.Outputs), Depth: int32(c.Depth()), Width: int32(c.Width()),
		Units: int32(c.Units()), Hidden: c.HiddenText(), Parameters: c.Parameters(),
		Activation: string(c.Activation), OutputActivation: string(c.OutputActivation),
		Weights: c.Weights.String(), Biases: c.Biases.String(), WeightStd: c.Weights.StdDev(), BiasStd: c.Biases.StdDev(),
		GridFrom: axis.From, GridTo: axis.To, Resolution: int32(axis.Points), GridPoints: int32(c.Grid.Points()),
		Connectivity: int32(c.Connectivity),
		Status:       schema.StatusOK, Classes: 2, ClassFraction: []float64{share, 1 - share},
		Crossings: crossings, CrossingsHalf: crossings, RegionsHalf: crossings + 1, Resolved: r.IntN(50) > 0,
		BorderChanges: crossings % 2, Regions: crossings + 1, Islands: max(0, crossings-1),
		ClassRegions: []int64{(crossings + 2) / 2, (crossings + 1) / 2}, ClassIslands: []int64{crossings / 2, 0},
		LargestRegion: max(share, 1-share), BoundaryLength: float64(crossings), TurningPoints: crossings + 1,
		ValueMin: -r.Float64(), ValueMax: r.Float64(), ValueMean: r.NormFloat64(), ValueStd: r.Float64(),
		TotalVariation: r.Float64(), MaxSlope: r.Float64(), Roughness: r.Float64(),
		MarginMean: r.Float64(), MarginMin: r.Float64(),
	}
	if plan.wide() {
		row.Extra = extraOf(c, r)
	}
	return row
}

// extraOf returns made-up optional columns, with NULLs as configuration c wants
// them and a tenth of the expected crossings besides.
func extraOf(c schema.Configuration, r *rand.Rand) *schema.Extra {
	e := new(schema.Extra)
	first, more, expected := r.Int64N(9), r.Int64N(40), r.ExpFloat64()
	total, pieces, crossings := first+more, more+1, more/2
	for _, column := range []struct {
		name schema.OptionalColumn
		set  func()
	}{
		{schema.ColumnPieces, func() { e.Pieces = &pieces }},
		{schema.ColumnBreakpoints, func() { e.Breakpoints = &total }},
		{schema.ColumnBreakpointsFirst, func() { e.BreakpointsFirst = &first }},
		{schema.ColumnCrossingsExact, func() { e.CrossingsExact = &crossings }},
		{schema.ColumnCrossingsExpected, func() { e.CrossingsExpected = &expected }},
	} {
		if c.Measures(column.name) && (column.name != schema.ColumnCrossingsExpected || r.IntN(10) > 0) {
			column.set()
		}
	}
	return e
}

// fieldsOf returns made-up smooth fields for the networks of a part that are to
// be kept.
func fieldsOf(plan *Plan, part Part) []schema.Field {
	var fields []schema.Field
	for _, u := range part.Units {
		c := plan.Configurations[u.Configuration]
		for n := u.First; n < min(u.First+u.Count, c.KeepFields); n++ {
			for output := range c.Outputs {
				values := make([]float32, c.Grid.Points())
				for i := range values {
					x := float64(c.Grid[0].At(i % c.Grid[0].Points))
					values[i] = float32(math.Tanh(math.Sin(float64(n+1)*x) + 0.1*float64(output)))
				}
				fields = append(fields, schema.Field{ConfigID: c.ID(), Network: n, Output: int32(output), Values: values})
			}
		}
	}
	return fields
}

// partOf returns the part of a plan with that number.
func partOf(plan *Plan, seq int) Part {
	for part := range plan.Parts() {
		if part.Plan == plan && part.Seq == seq {
			return part
		}
	}
	panic("no such part")
}

// pathOf returns where a file of a part lies.
func pathOf(root string, kind Kind, plan *Plan, seq int) string {
	return partPath(root, kind, partOf(plan, seq))
}
