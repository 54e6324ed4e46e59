package schema

import "math"

// checkOutputs checks how values belong to pre-activations, as far as the output
// activation lets one tell.
func (l *Laws) checkOutputs(r *Row) error {
	if l.want.Outputs == 1 {
		return l.checkOutput(r)
	}
	// Two outputs differ by no more than the values do.
	extent := (r.ValueMax - r.ValueMin) * (1 + rounding)
	if l.activation == Identity && r.MarginMean > extent {
		return broken("margin_mean", r.MarginMean, "at most value_max - value_min, %v", extent)
	}
	return nil
}

// checkOutput is checkOutputs for one output, whose margin is its absolute value.
func (l *Laws) checkOutput(r *Row) error {
	negative, positive := r.ClassFraction[1] > 0, r.ClassFraction[0] > 0 // or zero
	switch {
	case l.activation == Identity && (r.ValueMin < 0) != negative, l.activation.keepsSign() && r.ValueMin < 0 && !negative:
		return broken("value_min", r.ValueMin, "the sign that class_fraction %v says", r.ClassFraction)
	case l.activation == Identity && (r.ValueMax >= 0) != positive, l.activation.keepsSign() && r.ValueMax > 0 && !positive:
		return broken("value_max", r.ValueMax, "the sign that class_fraction %v says", r.ClassFraction)
	case l.activation == Step && !same(r.ValueMean, r.ClassFraction[0]):
		return broken("value_mean", r.ValueMean, "%v, the share of class A, where the step is 1", r.ClassFraction[0])
	case l.activation == Identity:
		return l.checkIdentity(r)
	case l.activation.contracts():
		return l.checkContraction(r)
	}
	return nil
}

// keepsSign reports whether an activation, as it is computed, is positive only
// where its argument is and negative only there.
func (a Activation) keepsSign() bool {
	switch a {
	case Identity, Tanh, ReLU, Erf, LeakyReLU, ELU:
		return true
	}
	return false
}

// contracts reports whether an activation, as it is computed, is at most as large
// as its argument but for 2.2 units in the last place, the maximum error of the
// sine, the least accurate of them.
func (a Activation) contracts() bool {
	switch a {
	case Tanh, ReLU, LeakyReLU, ELU, Sin:
		return true
	}
	return false
}

// checkIdentity checks margins that are the absolute values of the values: of one
// output without an activation.
func (l *Laws) checkIdentity(r *Row) error {
	nearest := min(math.Abs(r.ValueMin), math.Abs(r.ValueMax))
	size := math.Abs(r.ValueMean)
	square := float64(r.ValueStd*r.ValueStd) + float64(size*size)
	switch {
	case r.MarginMin > nearest, r.Classes == 1 && r.MarginMin < nearest:
		return broken("margin_min", r.MarginMin, "the least absolute value of values from %v to %v", r.ValueMin, r.ValueMax)
	case r.MarginMean*(1+2*l.sums) < size:
		return broken("margin_mean", r.MarginMean, "at least the absolute value_mean, %v", size)
	case r.Classes == 1 && r.MarginMean > size*(1+2*l.sums):
		return broken("margin_mean", r.MarginMean, "the absolute value_mean, %v, for there is one class", size)
	case float64(r.MarginMean*r.MarginMean) > square*(1+8*l.sums): // four means, each squared
		return broken("margin_mean", r.MarginMean, "at most √(value_mean² + value_std²), %v", math.Sqrt(square))
	}
	return nil
}

// checkContraction checks margins that are at least the absolute values of the
// values but for 2.2 units in the last place: of one output.
func (l *Laws) checkContraction(r *Row) error {
	const more, least = 1 + 0x1p-20, 0x1p-146 // 2.2 ulp, with the sums; 3 of the least float32
	nearest := min(math.Abs(r.ValueMin), math.Abs(r.ValueMax))
	switch {
	case r.Classes == 1 && l.activation.keepsSign() && nearest > r.MarginMin*more+least:
		return broken("margin_min", r.MarginMin, "at least %v, the least absolute value", nearest)
	case math.Abs(r.ValueMean) > r.MarginMean*more+least:
		return broken("margin_mean", r.MarginMean, "at least the absolute value_mean, %v", math.Abs(r.ValueMean))
	}
	return nil
}
