package sampler

import (
	"fmt"
	"slices"

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
	ensemble      Ensemble
	drawn         int // networks that the ensemble draws at once
	measurer      *analysis.Measurer
	extras        *extras   // nil if the configuration has no optional columns
	pre           []float32 // pre-activations of the networks evaluated at once, [B,C,P]
	out           []float32 // outputs of one network, [C,P]; empty if their activation is the identity

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
	for start := 0; start < len(rows); start += w.drawn {
		drawn := min(w.drawn, len(rows)-start)
		w.first, w.last = first+int64(start), first+int64(start+drawn)-1
		w.ensemble.Draw(w.first, drawn)
		for b := 0; b < drawn; b += size {
			count := min(size, drawn-b)
			block := rows[start+b : start+b+count]
			fields = w.evaluate(block, fields, b, first+int64(start+b))
		}
	}
	return fields
}

// evaluate fills rows with the networks from place b of the ensemble on, network
// first and those after it, and appends the fields that are kept.
func (w *Worker) evaluate(rows []schema.Row, fields []schema.Field, b int, first int64) []schema.Field {
	plane := w.configuration.Outputs * w.configuration.Grid.Points()
	w.first, w.last = first, first+int64(len(rows))-1
	w.evaluator.evaluate(w.pre[:len(rows)*plane], &w.ensemble, b, len(rows))
	for i := range rows {
		network := first + int64(i)
		w.first, w.last = network, network
		pre, row := w.pre[i*plane:(i+1)*plane], &rows[i]
		out := pre
		if len(w.out) > 0 {
			out = w.out
			activations[w.configuration.OutputActivation](out, pre)
		}
		w.fill(row, network)
		w.measurer.Measure(row, pre, out)
		if w.extras != nil {
			w.extras.measure(row, &w.ensemble, b+i)
		}
		if network < w.configuration.KeepFields && row.Status == schema.StatusOK {
			fields = w.keep(fields, network, out)
		}
	}
	return fields
}

// prepare makes the buffers for configuration c unless they are there.
func (w *Worker) prepare(c *schema.Configuration) {
	if w.configuration == c {
		return
	}
	before := w.configuration
	w.configuration = c
	w.template = c.Describe(w.sweep, w.seed)
	if w.extras = nil; len(c.Columns) > 0 {
		w.extras = newExtras(c)
	}
	w.evaluator = w.engine.newEvaluator(c, w.extras.watcher())
	w.drawn = drawAtOnce(c, w.evaluator.size())
	w.ensemble.reset(c, w.seed, w.drawn)
	w.pre = resized(w.pre, w.evaluator.size()*c.Outputs*c.Grid.Points())
	w.out = w.out[:0]
	if c.OutputActivation != schema.Identity {
		w.out = resized(w.out, c.Outputs*c.Grid.Points())
	}
	if before == nil || !slices.Equal(before.Grid, c.Grid) || before.Outputs != c.Outputs || before.Connectivity != c.Connectivity {
		w.measurer = analysis.NewMeasurer(c.Grid, c.Outputs, c.Connectivity)
	}
	w.measurer.Islandless = c.ForbidsIslands()
}

// Drawing many networks at once fills the vectors of the random number
// generator even where tensors are small, as long as the parameters stay in the
// second-level cache.
const (
	maxDrawn        = 64
	drawnParameters = 1 << 14
)

// drawAtOnce returns how many networks of configuration c to draw at once: a
// multiple of size, the number that is evaluated at once.
func drawAtOnce(c *schema.Configuration, size int) int {
	most := min(maxDrawn, drawnParameters/c.Parameters())
	if c.Networks > 0 { // else nobody said how many
		most = min(most, c.Networks)
	}
	return size * int(max(1, most/int64(size)))
}

// fill sets the columns of row that do not depend on the network's values.
func (w *Worker) fill(row *schema.Row, network int64) {
	fraction, regions, islands, extra := row.ClassFraction, row.ClassRegions, row.ClassIslands, row.Extra
	*row = w.template
	row.Network = network
	row.ClassFraction, row.ClassRegions, row.ClassIslands = fraction, regions, islands
	if w.extras != nil {
		row.Extra = extra
	}
}

// keep appends the network's outputs out [C,P] to fields, in the memory of
// fields that were there before where it is large enough.
func (w *Worker) keep(fields []schema.Field, network int64, out []float32) []schema.Field {
	points := w.configuration.Grid.Points()
	for output := range w.configuration.Outputs {
		if len(fields) == cap(fields) {
			fields = append(fields, schema.Field{})
		} else {
			fields = fields[:len(fields)+1]
		}
		f := &fields[len(fields)-1]
		f.ConfigID, f.Network, f.Output = w.template.ConfigID, network, int32(output)
		f.Values = append(f.Values[:0], out[output*points:(output+1)*points]...)
	}
	return fields
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
