package sampler

import (
	"context"
	"fmt"

	"nodal/analysis"
	"nodal/dataset"
	"nodal/schema"
)

// Drawing is one network with its function on a grid: what its row was measured from.
type Drawing struct {
	Configuration schema.Configuration // on the grid of the drawing
	Row           schema.Row           // measured on that grid; ConfigID and all are those of Configuration

	Weights [][]float32 // Weights[l] [N,K], K = Layers[l], N = Layers[l+1]
	Biases  [][]float32 // Biases[l] [N]

	Pre []float32 // [C,P] pre-activations of the last layer, last axis fastest
	Out []float32 // [C,P] after the output activation; Pre itself if that is the identity
}

// Finite reports whether no value overflowed. What is not finite cannot be drawn.
func (d *Drawing) Finite() bool { return d.Row.Status == schema.StatusOK }

// Classes returns the class of every grid point and its margin, see
// [analysis.ClassPoints].
func (d *Drawing) Classes() (class []uint8, margin []float32) {
	points := d.Configuration.Grid.Points()
	class, margin = make([]uint8, points), make([]float32, points)
	analysis.ClassPoints(class, margin, d.Pre, d.Configuration.Outputs)
	return class, margin
}

// Redrawer draws networks of a plan again on any grid. It keeps its buffers and
// belongs to one goroutine.
type Redrawer struct {
	plan    *dataset.Plan
	engine  Engine
	id      string // of the configuration and grid that the worker is for
	current schema.Configuration
	worker  *Worker
	network int64 // at work, for the report of a panic
}

// NewRedrawer returns a Redrawer for the networks of a plan, or the error of
// [Redraws].
func NewRedrawer(plan *dataset.Plan) (*Redrawer, error) {
	engine, err := Redraws(plan)
	if err != nil {
		return nil, err
	}
	return &Redrawer{plan: plan, engine: engine}, nil
}

// RedrawEach has workers (0 means one per processor) do the n tasks of places 0 to n-1,
// each with a Redrawer of its own, and yields the results in the order of their places,
// in the caller's goroutine. It ends with the error of [Redraws], of yield, or the
// context's cause.
func RedrawEach[T any](ctx context.Context, plan *dataset.Plan, n, workers int, do func(r *Redrawer, place int) T, yield func(place int, result T) error) error {
	engine, err := Redraws(plan)
	if err != nil {
		return err
	}
	hire := func() (*Redrawer, func() string) {
		r := &Redrawer{plan: plan, engine: engine}
		return r, r.work
	}
	return spread(ctx, n, workers, hire, do, yield)
}

// work says what the Redrawer is at.
func (r *Redrawer) work() string {
	if r.worker == nil {
		return "no configuration"
	}
	return fmt.Sprintf("drawing network %d of %s", r.network, r.current.Canonical())
}

// Draw draws a network of configuration c on a grid, which may be c.Grid or any other
// of as many axes: the network is the same. On its own grid the drawing's row is the
// one of the dataset, but for optional columns, bit for bit. Any network may be drawn,
// those beyond c.Networks too. The drawing is the caller's. It panics if the number of
// axes is wrong or network is negative.
func (r *Redrawer) Draw(c *schema.Configuration, network int64, grid schema.Grid) *Drawing {
	r.prepare(c, network, grid)
	r.worker.ensemble.Draw(network, 1)
	return r.evaluate(network)
}

// prepare makes the worker ready for one network at a time of configuration c on a grid.
func (r *Redrawer) prepare(c *schema.Configuration, network int64, grid schema.Grid) {
	if len(grid) != c.Inputs || network < 0 {
		panic(fmt.Sprintf("sampler: drawing network %d of %d inputs on %d axes", network, c.Inputs, len(grid)))
	}
	r.network = network
	own := *c
	own.Grid, own.Networks, own.KeepFields, own.Columns = grid, 1, 0, nil
	if id := own.Canonical(); id != r.id {
		r.id, r.current = id, own
		r.worker = NewWorker(r.engine, r.plan.Sweep, r.plan.Seed)
	}
	r.worker.prepare(&r.current)
}

// evaluate returns the drawing of the network in the first place of the worker's
// ensemble.
func (r *Redrawer) evaluate(network int64) *Drawing {
	w, rows := r.worker, make([]schema.Row, 1)
	w.evaluate(rows, nil, 0, network)
	values := r.current.Outputs * r.current.Grid.Points()
	d := &Drawing{Configuration: r.current, Row: rows[0], Pre: append([]float32(nil), w.pre[:values]...)}
	if d.Out = d.Pre; len(w.out) > 0 {
		d.Out = append([]float32(nil), w.out[:values]...)
	}
	for l := range w.ensemble.Weights {
		weights, biases := w.ensemble.layer(0, l)
		d.Weights = append(d.Weights, append([]float32(nil), weights...))
		d.Biases = append(d.Biases, append([]float32(nil), biases...))
	}
	return d
}
