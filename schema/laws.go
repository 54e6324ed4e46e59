package schema

import "math"

// Laws are what every row of one configuration obeys, whichever network it is
// of. A row that breaks one was not measured by nodal, or was changed since.
//
// They say that the description is the configuration's, that nonfinite rows hold
// nothing, and of the others, in the order of their columns:
//
//   - every number is finite and none is -0; counts and sizes are not negative;
//   - shares are whole numbers of grid points over all of them; they, regions and
//     islands of the classes add up; a class has regions if it has points;
//   - regions, islands, crossings and changes along the border fit each other, by
//     equations on a line and by Euler's where two classes meet at connectivity
//     6, else by bounds, and all of them the grid, and the half counts theirs;
//   - values lie in the range of the output activation; mean and standard
//     deviation can belong to values between their extremes; steepest slope, total
//     variation and roughness fit the extremes and each other;
//   - margins, ties, and for one output the values they belong to fit each other;
//   - the optional columns are there if the configuration measures them, and the
//     exact counts fit each other.
//
// What is computed exactly must be exact. What is rounded has a slack that the
// documented error bounds of packages analysis and kernels give.
//
// Laws are necessary, not sufficient. Of a row with two classes or more they bind
// to the last bit the description, status, classes, class_fraction, resolved,
// regions, islands and both of them by class; on a line also both crossings,
// regions_half, border_changes and boundary_length; in the plane border_changes,
// for two classes at connectivity 6. What is left free:
//
//   - max_slope, value_min, value_max and margin_min in steps of float32 (the last
//     less so without an output activation), value_mean, value_std and
//     total_variation within inequalities;
//   - in the plane crossings, the half counts and boundary_length, which have
//     bounds;
//   - roughness and margin_mean, which have loose ones, and turning_points, which
//     has only the number of points.
//
// To be sure of those, draw the network again.
type Laws struct {
	want       Row // the description
	columns    []OptionalColumn
	firstWidth int // units of the first hidden layer
	activation Activation
	classes    int  // length of the lists
	islandless bool // see [Configuration.ForbidsIslands]
	line       bool
	full, half lattice

	points float64 // in all
	values float64 // of all outputs

	lowest, highest float64 // range of the output activation, with its error
	sums            float64 // relative error of a sum of values; see rounding

	diagonal float64 // of a cell, the longest chord
	chords   float64 // of the class boundary in one triangle, at most

	steps          [2]float64 // of the last axis and the first, 0 for a line
	leastVariation float64    // total variation for each unit of steepest slope, at least
	mostVariation  float64    // and at most
	lineVariation  float64    // total variation for each unit of difference between two points, at least
	reach          float64    // difference between two points for each unit of steepest slope, at most
	stride         float64    // least distance of second differences, 0 if there are none
}

// lattice is what points are counted on; a line is a single row.
type lattice struct{ rows, columns int64 }

// points and edges return how many there are, border the steps around it.
func (l lattice) points() int64 { return l.rows * l.columns }
func (l lattice) edges() int64  { return l.rows*(l.columns-1) + l.columns*(l.rows-1) }
func (l lattice) border() int64 { return 2 * (l.rows + l.columns - 2) }

// rounding is the relative slack of what differences of float32 values give. Each
// is off by at most 2⁻²⁴ of itself, so a second difference, of three roundings, by
// 2⁻²³ of its terms; up to 2³¹ of them are added in 16 lanes and then by rows,
// another 2⁻²⁶; and grid steps are off by 2⁻²⁸ of themselves where float32 can only
// just tell points apart.
const rounding = 0x1p-22

// NewLaws returns the laws for the rows of configuration c in a sweep of that
// name and seed. The configuration is valid, as those of a sweep file are.
func NewLaws(c Configuration, sweep string, seed int64) *Laws {
	l := &Laws{
		want:       c.Describe(sweep, seed),
		columns:    c.Columns,
		activation: c.OutputActivation,
		classes:    max(2, c.Outputs),
		islandless: c.ForbidsIslands(),
		line:       len(c.Grid) == 1,
		points:     float64(c.Grid.Points()),
		values:     float64(c.Grid.Points()) * float64(c.Outputs),
		chords:     float64(c.Outputs*max(1, c.Outputs-1)) / 2,
	}
	if c.Outputs == 1 {
		l.chords = 1
	}
	if c.Depth() > 0 {
		l.firstWidth = c.Hidden[0]
	}
	l.lowest, l.highest = c.OutputActivation.reach()
	// γ(⌈n/16⌉+5) of kernels.SquaredDeviations, with u = 2⁻⁵³, twice over, and a
	// few operations more.
	l.sums = (l.values/16 + 16) * 0x1p-52
	l.measureGrid(c.Grid)
	return l
}

// measureGrid sets what the laws take from the grid alone.
func (l *Laws) measureGrid(g Grid) {
	last := g[len(g)-1]
	l.full = lattice{1, int64(last.Points)}
	l.steps[0] = last.Step()
	l.reach = float64(last.Points-1) * l.steps[0]
	l.leastVariation, l.mostVariation, l.lineVariation = l.steps[0], l.reach, 1
	if !l.line {
		first := g[0]
		l.full.rows = int64(first.Points)
		l.steps[1] = first.Step()
		across := float64(first.Points-1) * l.steps[1]
		// The mean variation of the grid lines of an axis counts as often as the
		// other axis is long; at the least one line varies.
		perRow, perColumn := first.Extent()/float64(first.Points), last.Extent()/float64(last.Points)
		l.leastVariation = min(perRow*l.steps[0], perColumn*l.steps[1])
		l.mostVariation = l.reach*first.Extent() + across*last.Extent()
		l.lineVariation = min(perRow, perColumn)
		l.reach += across
		l.diagonal = math.Hypot(l.steps[0], l.steps[1])
	}
	l.half = lattice{(l.full.rows + 1) / 2, (l.full.columns + 1) / 2}
	for _, a := range g {
		// As analysis.Roughness: about 1/128 of the axis.
		k := max(1, (a.Points-1+64)/128)
		if s := float64(k) * a.Step(); a.Points > 2*k && (l.stride == 0 || s < l.stride) {
			l.stride = s
		}
	}
}

// reach returns the range of the values of an activation as it is computed,
// infinite where it is not bounded: the bounds of the function, moved outwards by
// the maximum error that package kernels documents.
func (a Activation) reach() (lowest, highest float64) {
	lowest, highest = math.Inf(-1), math.Inf(1)
	switch a {
	case Tanh, Erf:
		return -1, 1
	case Logistic:
		return -6.8e-8, 1 + 6.8e-8
	case Sin:
		return -1 - 1.3e-7, 1 + 1.3e-7
	case Gaussian, Step:
		return 0, 1
	case ReLU:
		lowest = 0
	case Softplus:
		lowest = -2.1e-8
	case ELU:
		lowest = -1
	case GELU:
		lowest = -0.16997121 - 2.8e-8 // at x = -0.7518
	case SiLU:
		lowest = -0.27846455 - 6.8e-8 // at x = -1.2785
	}
	return lowest, highest
}

// Check returns the first law that the row breaks, in the order of the columns as
// far as there is one, or nil. The error names the column, what it holds and what
// the law wants of it: "crossings: got 3, want …". Which network it is and whether
// the sweep has it is the caller's to check. It allocates nothing if all is well.
func (l *Laws) Check(r *Row) error {
	switch {
	case !r.describedAs(&l.want):
		return l.misdescribed(r)
	case r.Status != StatusOK && r.Status != StatusNonfinite:
		return broken("status", r.Status, "%q or %q", StatusOK, StatusNonfinite)
	case !l.listed(r):
		return l.mislisted(r)
	case r.Status == StatusNonfinite && r.blank() && r.Extra.Empty():
		return nil
	case r.Status == StatusNonfinite:
		return r.notBlank()
	case !r.numbered():
		return r.misnumbered()
	}
	for _, check := range [...]func(*Laws, *Row) error{(*Laws).checkClasses, (*Laws).checkTopology, (*Laws).checkHalf,
		(*Laws).checkValues, (*Laws).checkSlopes, (*Laws).checkMargins, (*Laws).checkOutputs, (*Laws).checkExtra} {
		if err := check(l, r); err != nil {
			return err
		}
	}
	return nil
}
