package analysis

import "math"

// Sum is a sum with a second float64 for what rounding takes from the first (Neumaier,
// Zeitschrift für Angewandte Mathematik und Mechanik 54, 1974): |Value - Σx| ≤ u·|Σx| +
// n²·u²·Σ|x|, nearly, so that the order of the summands does not show but for ties. The
// zero value is the sum of nothing.
type Sum struct{ high, low float64 }

// Add adds a summand.
func (s *Sum) Add(x float64) {
	high := s.high + x
	if math.Abs(s.high) >= math.Abs(x) {
		s.low += (s.high - high) + x
	} else {
		s.low += (x - high) + s.high
	}
	s.high = high
}

// Value returns the sum.
func (s *Sum) Value() float64 { return s.high + s.low }
