package schema

// Describe returns a row with the columns that all networks of the configuration
// share in a sweep of that name and seed, from Sweep to Connectivity. Network and
// the measured columns are zero.
func (c Configuration) Describe(sweep string, seed int64) Row {
	return Row{
		Sweep:            sweep,
		CaseName:         c.Case,
		ConfigID:         c.ID(),
		Seed:             seed,
		Inputs:           int32(c.Inputs),
		Outputs:          int32(c.Outputs),
		Depth:            int32(c.Depth()),
		Width:            int32(c.Width()),
		Units:            int32(c.Units()),
		Hidden:           c.HiddenText(),
		Parameters:       c.Parameters(),
		Activation:       string(c.Activation),
		OutputActivation: string(c.OutputActivation),
		Weights:          c.Weights.String(),
		Biases:           c.Biases.String(),
		WeightStd:        c.Weights.StdDev(),
		BiasStd:          c.Biases.StdDev(),
		GridFrom:         c.Grid[0].From,
		GridTo:           c.Grid[0].To,
		Resolution:       int32(c.Grid[0].Points),
		GridPoints:       int32(c.Grid.Points()),
		Connectivity:     int32(c.Connectivity),
	}
}
