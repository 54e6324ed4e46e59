package schema

import "math"

// checkValues checks the distribution of the values.
//
// Of n values from low to high, with mean m and standard deviation s, one is low
// and one is high, so m is (high-low)/n at least from either, and
//
//	((high-m)² + (m-low)²)/n ≤ s² ≤ (high-m)·(m-low)
//
// (Bhatia and Davis, American Mathematical Monthly 107(4), 2000). The mean is a
// sum, off by l.sums times the largest value; the deviations are from the mean as
// it was rounded, which adds the square of that.
func (l *Laws) checkValues(r *Row) error {
	low, high, mean, std := r.ValueMin, r.ValueMax, r.ValueMean, r.ValueStd
	extent := high - low
	off := l.sums * max(math.Abs(low), math.Abs(high))
	inside := extent/l.values - off
	square := float64(std * std)
	above, below := high-mean, mean-low
	switch {
	case !single(low) || low < l.lowest:
		return broken("value_min", low, "a float32, at least %v", l.lowest)
	case !single(high) || high > l.highest:
		return broken("value_max", high, "a float32, at most %v", l.highest)
	case extent < 0:
		return broken("value_max", high, "at least value_min, %v", low)
	case l.activation == Step && low > 0 && low < 1:
		return broken("value_min", low, "0 or 1, for the output is a step")
	case l.activation == Step && high > 0 && high < 1:
		return broken("value_max", high, "0 or 1, for the output is a step")
	case extent == 0 && mean != low:
		return broken("value_mean", mean, "%v, as value_min and value_max", low)
	case extent == 0 && std != 0:
		return broken("value_std", std, "0, for value_min and value_max are both %v", low)
	case below < inside || above < inside:
		return broken("value_mean", mean, "between value_min, %v, and value_max, %v", low, high)
	case square > (float64(above*below)+float64(off*(extent+2*off)))*(1+l.sums):
		return broken("value_std", std, "at most √((value_max - value_mean)·(value_mean - value_min)), %v", math.Sqrt(max(above*below, 0)))
	case square*l.values < (float64(above*above)+float64(below*below))*(1-l.sums):
		return broken("value_std", std, "at least what value_min, value_max and value_mean make of %.0f values", l.values)
	}
	return nil
}

// single reports whether x is a float32.
func single(x float64) bool { return float64(float32(x)) == x }

// checkSlopes checks what changes from point to point: of the first output, with
// the largest step between neighbours in float32, at most math.MaxFloat32.
func (l *Laws) checkSlopes(r *Row) error {
	const more, less = 1 + rounding, 1 - rounding
	extent := r.ValueMax - r.ValueMin
	// How far the values of a single output are apart, as float32 can add it up.
	apart := 0.0
	if l.want.Outputs == 1 {
		apart = min(extent, math.MaxFloat32)
	}
	slope, variation := r.MaxSlope, r.TotalVariation
	switch {
	case !l.isSlope(slope):
		return broken("max_slope", slope, "a float32 over a grid step")
	case slope*l.leastStep() > extent*more:
		return broken("max_slope", slope, "at most value_max - value_min, %v, over a grid step", extent)
	case slope*l.reach < apart*less:
		return broken("max_slope", slope, "enough to get from value_min to value_max, %v", extent)
	case variation > slope*l.mostVariation*more:
		return broken("total_variation", variation, "at most %v, which max_slope allows", slope*l.mostVariation)
	case variation < max(slope*l.leastVariation, apart*l.lineVariation)*less:
		return broken("total_variation", variation, "at least %v, which max_slope and the values take",
			max(slope*l.leastVariation, apart*l.lineVariation))
	case r.Roughness > l.mostRoughness(extent, slope)*more:
		return broken("roughness", r.Roughness, "at most %v, which the values and max_slope allow", l.mostRoughness(extent, slope))
	}
	return nil
}

// isSlope reports whether s is a float32 over the step of an axis, rounded once.
// The product with the step rounds to that float32 then.
func (l *Laws) isSlope(s float64) bool {
	for _, h := range l.steps {
		if h > 0 && float64(float32(s*h))/h == s {
			return true
		}
	}
	return false
}

// leastStep returns the smaller grid step.
func (l *Laws) leastStep() float64 {
	if l.line {
		return l.steps[0]
	}
	return min(l.steps[0], l.steps[1])
}

// mostRoughness returns the largest second difference over the square of its
// stride that values have which are all in an interval of the given extent and
// change with at most the given slope, 0 if there is no second difference.
func (l *Laws) mostRoughness(extent, slope float64) float64 {
	if l.stride == 0 {
		return 0
	}
	return 2 * min(extent/l.stride, slope) / l.stride
}

// checkMargins checks what is taken from the pre-activations.
func (l *Laws) checkMargins(r *Row) error {
	last := len(r.ClassFraction) - 1
	ties, _ := l.pointsOf(r.ClassFraction[0]) // a tie belongs to the lowest class of several, so
	if l.want.Outputs > 1 {                   // not to the last; that of one output to the first of two
		n, _ := l.pointsOf(r.ClassFraction[last])
		ties = l.full.points() - n
	}
	longest := float64(2*r.Crossings-r.BorderChanges) * l.diagonal * l.chords
	switch {
	case l.line && r.BoundaryLength != float64(r.Crossings):
		return broken("boundary_length", r.BoundaryLength, "%d, the crossings", r.Crossings)
	case !l.line && r.BoundaryLength > longest*(1+0x1p-20): // up to 2³² chords are added one by one
		return broken("boundary_length", r.BoundaryLength, "at most %v, which crossings and border_changes allow", longest)
	case !l.line && l.want.Outputs == 1 && r.Zeros == 0 && r.Crossings > 0 && r.BoundaryLength == 0:
		return broken("boundary_length", r.BoundaryLength, "more than 0, for there are %d crossings", r.Crossings)
	case r.Zeros > ties:
		return broken("zeros", r.Zeros, "at most %d, the grid points of classes that ties belong to", ties)
	case (r.Zeros > 0) != (r.MarginMin == 0):
		return broken("zeros", r.Zeros, "more than 0 where margin_min, %v, is 0, and only there", r.MarginMin)
	case r.TurningPoints > l.mostTurns():
		return broken("turning_points", r.TurningPoints, "at most %d, two less than points on every grid line", l.mostTurns())
	case !single(r.MarginMin):
		return broken("margin_min", r.MarginMin, "a float32")
	case r.MarginMin > r.MarginMean*(1+l.sums):
		return broken("margin_min", r.MarginMin, "at most margin_mean, %v", r.MarginMean)
	case (r.Zeros == l.full.points()) != (r.MarginMean == 0):
		return broken("margin_mean", r.MarginMean, "0 if all grid points are zeros, and only then; there are %d", r.Zeros)
	}
	return nil
}

// mostTurns returns how often the first output can turn along the grid lines.
func (l *Laws) mostTurns() int64 {
	rows, columns := l.full.rows, l.full.columns
	turns := rows * max(columns-2, 0)
	if !l.line {
		turns += columns * max(rows-2, 0)
	}
	return turns
}
