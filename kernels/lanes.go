package kernels

// lanes is a float64 sum as the vector paths keep it: 16 partial sums that start
// at +0 and take element i of a slice into lane i mod 16. The order is part of
// every result that is such a sum.
//
// A term passes at most ⌈n/16⌉-1 additions in its lane and 4 in the end, so with
// γ(m) = m·u/(1-m·u), u = 2⁻⁵³, the sum of n terms t is off by at most
// γ(⌈n/16⌉+3)·Σ|t|.
type lanes [16]float64

// sum adds lane l+8 to lane l, then l+4, l+2 and l+1.
func (s *lanes) sum() float64 {
	for half := len(s) / 2; half > 0; half /= 2 {
		for l := range half {
			s[l] += s[l+half]
		}
	}
	return s[0]
}
