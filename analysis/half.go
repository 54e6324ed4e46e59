package analysis

// Half returns the shape of every second grid point: indices 0, 2, 4, … on
// each axis, (n+1)/2 of n points. An axis of an even number of points loses its
// last one, so the half grid may be one step shorter.
func (s Shape) Half() Shape {
	s.Rows, s.Step0, s.Extent0 = halveAxis(s.Rows, s.Step0)
	s.Columns, s.Step1, s.Extent1 = halveAxis(s.Columns, s.Step1)
	return s
}

func halveAxis(points int, step float64) (half int, doubled, extent float64) {
	half = (points + 1) / 2
	if half == 1 {
		return 1, 0, 0
	}
	return half, 2 * step, 2 * step * float64(half-1)
}

// HalfMap writes the class map on every second grid point.
//
//	half [s.Half().Points()]  overwritten; must not overlap m
//	m    [P]                  class map of shape s
func HalfMap(half, m []uint8, s Shape) {
	h := s.Half()
	for i := range h.Rows {
		from := row(m, s, 2*i)
		for j := range row(half, h, i) {
			half[i*h.Columns+j] = from[2*j]
		}
	}
}
