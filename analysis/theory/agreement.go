package theory

import (
	"errors"
	"fmt"
	"iter"
	"math"

	"nodal/schema"
)

// Line holds what was measured of one column of a configuration's networks against
// what the limit of wide networks says of it. If there is no such theory Column is ""
// and Note says why.
type Line struct {
	Configuration *schema.Configuration
	Column        string // of the rows, or euler_characteristic, see [Quantities]
	Networks      int64  // that were measured and finite
	Mean          float64
	StandardError float64 // sample standard deviation over √networks, 0 for fewer than two
	Limit         *Value  // of the function itself; nil if there is none
	Grid          *Value  // of what the grid sees of it; nil if there is none
	Note          string  // why there is no Limit or no Grid
}

// Deviation returns how many standard errors the mean lies above the prediction, that
// on this grid if there is one, and false if there is nothing to compare, or if the
// networks differ by no more than rounding.
func (l *Line) Deviation() (z float64, ok bool) {
	want, _ := l.Prediction()
	if want == nil || l.constant() {
		return 0, false
	}
	return (l.Mean - want.Value) / l.StandardError, true
}

// Prediction returns what the mean is held against: the value on this grid if there is
// one, else that of the function itself, nil if there is neither.
func (l *Line) Prediction() (want *Value, onGrid bool) {
	if l.Grid != nil {
		return l.Grid, true
	}
	return l.Limit, false
}

// constant reports whether the networks differ by no more than rounding.
func (l *Line) constant() bool { return l.StandardError <= 1e-12*math.Abs(l.Mean) }

// Agreement holds the networks of every configuration against the limit, in the order
// of the configurations. Rows may come in any order, in batches whose memory is
// reused; those of other configurations and those that are not finite are passed over.
// An error among the rows ends it.
func Agreement(configurations []schema.Configuration, rows iter.Seq2[[]schema.Row, error]) ([]Line, error) {
	m, err := Measure(configurations, rows)
	if err != nil {
		return nil, err
	}
	return m.Predict(), nil
}

// Measured is the means of a dataset's networks, to be held against predictions without
// the rows.
type Measured struct{ all []*agreement }

// Measure is the part of [Agreement] that reads, with its error.
func Measure(configurations []schema.Configuration, rows iter.Seq2[[]schema.Row, error]) (*Measured, error) {
	all := make([]*agreement, len(configurations))
	byID := make(map[string]*agreement, len(configurations))
	for i := range configurations {
		all[i] = newAgreement(&configurations[i])
		byID[configurations[i].ID()] = all[i]
	}
	for batch, err := range rows {
		if err != nil {
			return nil, err
		}
		for i := range batch {
			if a := byID[batch[i].ConfigID]; a != nil && batch[i].Status == schema.StatusOK {
				a.add(&batch[i])
			}
		}
	}
	return &Measured{all}, nil
}

// Predict is the rest of [Agreement], up to a second for each limit in the plane.
func (m *Measured) Predict() []Line {
	var lines []Line
	known := newForecasts()
	for _, a := range m.all {
		lines = append(lines, a.lines(known)...)
	}
	return lines
}

// agreement gathers the means of one configuration.
type agreement struct {
	configuration *schema.Configuration
	quantities    []quantity
	means         []mean
}

func newAgreement(c *schema.Configuration) *agreement {
	a := &agreement{configuration: c}
	for _, q := range quantities {
		if q.applies(c) {
			a.quantities = append(a.quantities, q)
		}
	}
	a.means = make([]mean, len(a.quantities))
	return a
}

func (a *agreement) add(r *schema.Row) {
	for i, q := range a.quantities {
		if x, ok := q.of(r); ok {
			a.means[i].add(x)
		}
	}
}

// lines predicts what was measured.
func (a *agreement) lines(known *forecasts) []Line {
	o, err := newOracle(*a.configuration)
	if err != nil {
		return []Line{{Configuration: a.configuration, Note: err.Error()}}
	}
	lines := make([]Line, len(a.quantities))
	for i, q := range a.quantities {
		l := Line{Configuration: a.configuration, Column: q.column, Networks: a.means[i].n,
			Mean: a.means[i].value(), StandardError: a.means[i].standardError()}
		f := known.of(&a.quantities[i], o)
		l.Limit, l.Grid, l.Note = f.limit, f.grid, f.noLimit
		if l.Note == "" && l.Limit == nil {
			l.Note = f.noOnGrid
		}
		lines[i] = l
	}
	noteSaving(lines)
	for i := range lines {
		if l := &lines[i]; l.Networks > 1 && l.constant() && l.Note == "" {
			l.Note = "the same in every network"
		}
	}
	return lines
}

// noteSaving says how much less than crossings the crossings expected given the last
// hidden layer vary.
func noteSaving(lines []Line) {
	var counted, expected *Line
	for i := range lines {
		switch lines[i].Column {
		case "crossings":
			counted = &lines[i]
		case string(schema.ColumnCrossingsExpected):
			expected = &lines[i]
		}
	}
	if expected == nil || expected.constant() || counted.constant() || expected.Note != "" {
		return
	}
	ratio := counted.StandardError / expected.StandardError
	decimals := 0
	if ratio < 3 {
		decimals = 1
	}
	expected.Note = fmt.Sprintf("the variance of crossings is %.*f times as large", decimals, ratio*ratio)
}

// predicted returns a prediction, or why there is none; neither if nothing is to be
// predicted.
func predicted(of func(*oracle) (Value, error), o *oracle) (*Value, string) {
	if of == nil {
		return nil, ""
	}
	v, err := of(o)
	if why := (*Inapplicable)(nil); errors.As(err, &why) {
		return nil, why.Reason
	}
	if err != nil {
		panic(fmt.Sprintf("theory: %v", err)) // there are no others
	}
	if math.IsNaN(v.Value-v.Value) || math.IsNaN(v.Error-v.Error) {
		return nil, "its numbers overflow"
	}
	return &v, ""
}

// mean is a mean and the spread about it (Welford 1962). Sums of counts are exact, and
// so is their mean but for its own rounding.
type mean struct {
	n              int64
	sum            float64
	about, squares float64 // running mean, and squared deviations from it
}

func (m *mean) add(x float64) {
	m.n++
	m.sum += x
	d := x - m.about
	m.about += d / float64(m.n)
	m.squares += d * (x - m.about)
}

func (m *mean) value() float64 {
	if m.n == 0 {
		return 0
	}
	return m.sum / float64(m.n)
}

func (m *mean) standardError() float64 {
	if m.n < 2 {
		return 0
	}
	return math.Sqrt(m.squares / float64(m.n-1) / float64(m.n))
}
