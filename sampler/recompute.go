package sampler

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"strconv"

	"nodal/dataset"
	"nodal/schema"
)

// Recomputer draws networks of a plan again, one at a time, to compare their rows
// with those of a dataset: a row is a function of the plan and its network. It
// keeps its buffers and belongs to one goroutine.
type Recomputer struct {
	plan           *dataset.Plan
	worker         *Worker
	configurations map[string]*schema.Configuration // by ID
}

// NewRecomputer returns a Recomputer for the rows of a plan. It fails with
// [errors.ErrUnsupported] if this version of nodal does not compute the numbers
// that the plan names: those of other random streams or numerics, or of no engine.
// Engine [BLAS] computes them as they were if its implementation is the one that
// they were drawn with, which the plan does not name.
func NewRecomputer(plan *dataset.Plan) (*Recomputer, error) {
	engine, err := Redraws(plan)
	if err != nil {
		return nil, err
	}
	return newRecomputer(plan, engine), nil
}

// Redraws returns the engine that draws networks of a plan again, or the error of
// [NewRecomputer].
func Redraws(plan *dataset.Plan) (Engine, error) {
	if plan.StreamVersion != schema.StreamVersion || plan.RowVersion != schema.RowVersion {
		return "", fmt.Errorf("drawing networks again: the rows have version %d and streams %d, this version of nodal has %d and %d; use the one that wrote them: %w",
			plan.RowVersion, plan.StreamVersion, schema.RowVersion, schema.StreamVersion, errors.ErrUnsupported)
	}
	engine, err := EngineOf(plan.Numerics)
	if err != nil {
		return "", fmt.Errorf("drawing networks again: %w", err)
	}
	return engine, nil
}

func newRecomputer(plan *dataset.Plan, engine Engine) *Recomputer {
	r := &Recomputer{
		plan:           plan,
		worker:         NewWorker(engine, plan.Sweep, plan.Seed),
		configurations: make(map[string]*schema.Configuration, len(plan.Configurations)),
	}
	for i := range plan.Configurations {
		c := &plan.Configurations[i]
		r.configurations[c.ID()] = c
	}
	return r
}

// Draw draws the network of row again, which its ConfigID and Network name, and
// returns its row and the fields that the plan keeps of it, one per output or
// none. Nothing else of row is looked at. It fails if the plan has no such
// network.
func (r *Recomputer) Draw(row *schema.Row) (schema.Row, []schema.Field, error) {
	c, ok := r.configurations[row.ConfigID]
	if !ok {
		return schema.Row{}, nil, fmt.Errorf("config_id: got %q, want one of the plan's %d configurations", row.ConfigID, len(r.plan.Configurations))
	}
	if row.Network < 0 || row.Network >= c.Networks {
		return schema.Row{}, nil, fmt.Errorf("network: got %d, want 0 to %d, those of configuration %s", row.Network, c.Networks-1, row.ConfigID)
	}
	rows := make([]schema.Row, 1)
	fields := r.worker.Measure(rows, nil, c, row.Network)
	return rows[0], fields, nil
}

// Differences compares two rows column by column and bit for bit, so that 0 is
// not -0 and a NaN is itself. It returns one text for each column that differs,
// in their order, such as "crossings: got 3, want 4"; none for equal rows. An
// empty list is a list without entries, nil or not.
func Differences(got, want *schema.Row) []string {
	var differences []string
	g, w := reflect.ValueOf(got).Elem(), reflect.ValueOf(want).Elem()
	for i, name := range schema.Columns() {
		if x, y := g.Field(i), w.Field(i); !identical(x, y) {
			differences = append(differences, fmt.Sprintf("%s: got %s, want %s", name, written(x), written(y)))
		}
	}
	return append(differences, extraDifferences(got.Extra, want.Extra)...)
}

// extraDifferences is Differences for optional columns; none at all are as many
// NULLs.
func extraDifferences(got, want *schema.Extra) []string {
	if got.Empty() && want.Empty() {
		return nil
	}
	var differences []string
	g, w := reflect.ValueOf(orNone(got)), reflect.ValueOf(orNone(want))
	for i, name := range schema.OptionalColumns() {
		if x, y := optional(g.Field(i)), optional(w.Field(i)); x != y {
			differences = append(differences, fmt.Sprintf("%s: got %s, want %s", name, x, y))
		}
	}
	return differences
}

func orNone(e *schema.Extra) schema.Extra {
	if e == nil {
		return schema.Extra{}
	}
	return *e
}

// optional is written for a pointer, NULL if it is nil.
func optional(v reflect.Value) string {
	if v.IsNil() {
		return "NULL"
	}
	return written(v.Elem())
}

// FieldDifferences compares kept fields, those of one network in the order of its
// outputs, as Differences does rows. Of values it says how many differ and which
// are the first.
func FieldDifferences(got, want []schema.Field) []string {
	if len(got) != len(want) {
		return []string{fmt.Sprintf("fields: got %d, want %d", len(got), len(want))}
	}
	var differences []string
	add := func(output int, text string, arguments ...any) {
		differences = append(differences, fmt.Sprintf("field %d: ", output)+fmt.Sprintf(text, arguments...))
	}
	for i := range want {
		g, w := &got[i], &want[i]
		switch {
		case g.ConfigID != w.ConfigID:
			add(i, "config_id: got %q, want %q", g.ConfigID, w.ConfigID)
		case g.Network != w.Network:
			add(i, "network: got %d, want %d", g.Network, w.Network)
		case g.Output != w.Output:
			add(i, "output: got %d, want %d", g.Output, w.Output)
		case len(g.Values) != len(w.Values):
			add(i, "values: got %d, want %d", len(g.Values), len(w.Values))
		default:
			if n, first := differing(g.Values, w.Values); n > 0 {
				add(i, "values: %d of %d differ; at point %d got %s, want %s", n, len(w.Values), first,
					written(reflect.ValueOf(g.Values[first])), written(reflect.ValueOf(w.Values[first])))
			}
		}
	}
	return differences
}

// differing returns how many values of two slices of one length differ in any bit,
// and the first of them.
func differing(x, y []float32) (n, first int) {
	for p := len(x) - 1; p >= 0; p-- {
		if math.Float32bits(x[p]) != math.Float32bits(y[p]) {
			n, first = n+1, p
		}
	}
	return n, first
}

// identical reports whether two columns of one type are the same, floats bit for
// bit.
func identical(x, y reflect.Value) bool {
	switch {
	case x.CanFloat():
		return math.Float64bits(x.Float()) == math.Float64bits(y.Float())
	case x.Kind() == reflect.Slice:
		if x.Len() != y.Len() {
			return false
		}
		for i := range x.Len() {
			if !identical(x.Index(i), y.Index(i)) {
				return false
			}
		}
		return true
	}
	return x.Equal(y)
}

// written returns a column as text that no other value of its type has, but for
// the payloads of NaN.
func written(v reflect.Value) string {
	if v.Kind() == reflect.String {
		return strconv.Quote(v.String())
	}
	return fmt.Sprint(v.Interface())
}
