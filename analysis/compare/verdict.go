package compare

// Verdict is what a comparison shows.
type Verdict string

// The verdicts.
const (
	Larger  Verdict = "larger"   // the mean is larger than the baseline's
	Smaller Verdict = "smaller"  // it is smaller
	NotSeen Verdict = "not seen" // the interval has room for no difference
	Unknown Verdict = "unknown"  // there is no interval
)

// rounding is the share of a mean below which a difference is one of rounding: a
// measure that is constant has the mean of a resample right to some 2⁻⁵⁰.
const rounding = 1e-12

// verdict judges by the interval of the ratio or, without one, of the difference. The
// number itself has to be on the same side: quantiles of skewed resamples may leave
// it out.
func verdict(difference, ratio Estimate, mean, baseline float64) Verdict {
	e, neutral, slack := ratio, 1.0, rounding
	if !ratio.Bounded() {
		e, neutral, slack = difference, 0, rounding*max(mean, baseline)
	}
	switch {
	case !e.Bounded():
		return Unknown
	case min(e.Low, e.Value) > neutral+slack:
		return Larger
	case max(e.High, e.Value) < neutral-slack:
		return Smaller
	}
	return NotSeen
}
