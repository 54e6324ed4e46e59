package sampler

import (
	"fmt"

	"nodal/analysis"
	"nodal/schema"
)

// Worker draws, evaluates and measures networks, one configuration at a time.
// It keeps its buffers between calls and belongs to one goroutine.
type Worker struct {
	engine Engine
	sweep  string
	seed   int64

	configuration *schema.Configuration // the one that the fields below are for
	template      schema.Row            // a row with the configuration's columns
	evaluator     evaluator
	ensemble      *Ensemble
	measurer      *analysis.Measurer
	pre           []float32 // pre-activations of a block of networks, [B,C,P]
	out           []float32 // outputs of one network, [C,P]

	first, last int64 // networks at work, for the report of a panic
}

// NewWorker returns a worker for the networks of a sweep.
func NewWorker(engine Engine, sweep string, seed int64) *Worker {
	return &Worker{engine: engine, sweep: sweep, seed: seed}
}

// Measure fills rows with networks first … first+len(rows)-1 of configuration
// c, reusing the lists that rows already hold, and appends to fields the
// outputs of those that the configuration keeps and whose values are finite.
func (w *Worker) Measure(rows []schema.Row, fields []schema.Field, c *schema.Configuration, first int64) []schema.Field {
	w.first, w.last = first, first+int64(len(rows))-1
	w.prepare(c)
	size := w.evaluator.size()
	plane := c.Outputs * c.Grid.Points()
	for done := 0; done < len(rows); done += size {
		count := min(size, len(rows)-done)
		w.first, w.last = first+int64(done), first+int64(done+count)-1
		w.ensemble.Draw(w.first, count)
		w.evaluator.evaluate(w.pre[:count*plane], w.ensemble, count)
		for b := range count {
			network := first + int64(done+b)
			w.first, w.last = network, network
			pre, row := w.pre[b*plane:(b+1)*plane], &rows[done+b]
			activations[c.OutputActivation](w.out, pre)
			w.fill(row, network)
			w.measurer.Measure(row, pre, w.out)
			if network < c.KeepFields && row.Status == schema.StatusOK {
				fields = w.keep(fields, network)
			}
		}
	}
	return fields
}

// prepare makes the buffers for configuration c unless they are there.
func (w *Worker) prepare(c *schema.Configuration) {
	if w.configuration == c {
		return
	}
	w.configuration = c
	w.template = describe(w.sweep, w.seed, c)
	w.evaluator = w.engine.newEvaluator(c)
	w.ensemble = NewEnsemble(c, w.seed, w.evaluator.size())
	w.measurer = analysis.NewMeasurer(c.Grid, c.Outputs, c.Connectivity)
	w.pre = make([]float32, w.evaluator.size()*c.Outputs*c.Grid.Points())
	w.out = make([]float32, c.Outputs*c.Grid.Points())
}

// fill sets the columns of row that do not depend on the network's values.
func (w *Worker) fill(row *schema.Row, network int64) {
	fraction, regions, islands := row.ClassFraction, row.ClassRegions, row.ClassIslands
	*row = w.template
	row.Network = network
	row.ClassFraction, row.ClassRegions, row.ClassIslands = fraction, regions, islands
}

// keep appends the network's outputs to fields.
func (w *Worker) keep(fields []schema.Field, network int64) []schema.Field {
	points := w.configuration.Grid.Points()
	for output := range w.configuration.Outputs {
		fields = append(fields, schema.Field{
			ConfigID: w.template.ConfigID,
			Network:  network,
			Output:   int32(output),
			Values:   append([]float32(nil), w.out[output*points:(output+1)*points]...),
		})
	}
	return fields
}

// describe returns a row with the columns that a configuration's networks
// share.
func describe(sweep string, seed int64, c *schema.Configuration) schema.Row {
	return schema.Row{
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

// work says which networks the worker is at, for the report of a panic.
func (w *Worker) work() string {
	if w.configuration == nil {
		return "no configuration"
	}
	networks := fmt.Sprintf("network %d", w.first)
	if w.last > w.first {
		networks = fmt.Sprintf("networks %d to %d", w.first, w.last)
	}
	return fmt.Sprintf("configuration %s (%s), %s", w.configuration.ID(), w.configuration.Canonical(), networks)
}
