package analysis

import "nodal/kernels"

// TurnNoise is the size below which a turn is taken for rounding, as a share of
// the largest absolute pre-activation of the first output on the grid, the only
// output whose turns are counted. A float32 pre-activation is a
// chain of fused multiply-adds whose error is a small multiple of 2⁻²⁴ of its
// largest intermediate value (see the bound of the layer kernel), and hidden
// layers pass theirs on: a few 2⁻²² in all, and more in deep saturated networks.
//
// The threshold keeps a distance from that, because rounding decides on turns of
// just its size. Of 6,000 networks on a line, tanh or ReLU, standard deviation up
// to 16, at most one differed from float64 at 2⁻¹⁴, up to twelve at 2⁻¹⁷; at
// 2⁻¹⁰ agreement is perfect but 5 to 15 % of the true turns are lost, at 2⁻¹⁴
// about 1 % (6 % at standard deviation 16). In the plane the count sums over
// lines: on 101 × 101 points, 202 lines, it differs for 0.3 % of tanh networks
// 2-16-16-1, by one or two turns in some five hundred.
const TurnNoise = 0x1p-14

// zigzag follows the values of a line and counts how often they turn: from
// rising to falling or back.
//
// A turn counts once the values have moved away by more than noise from their
// extreme since the last turn, and the first direction is established by a move
// of more than noise too (a zigzag filter, known from rainflow counting as the
// hysteresis filter). Plateaus and wiggles of at most noise are no turns. In
// other words it is the largest k for which the line has k + 2 points, in order,
// that alternately rise and fall by more than noise, so f, -f and f read
// backwards turn equally often. Differences are rounded to float64.
//
// Between two points where it is monotone a line moves no extreme past their
// values and turns no later than at the second one. So the zigzag visits only the
// ends of a line and the points where a descent begins or ends.
type zigzag struct {
	extreme float64 // highest value since the last turn if rising, else the lowest, negated
	sign    float64 // 1 rising, -1 falling, 0 as long as neither is known
	low     float64 // lowest value so far as long as sign is 0; extreme is the highest
}

// startAt returns a zigzag whose first value is v.
func startAt(v float32) zigzag { return zigzag{extreme: float64(v), low: float64(v)} }

// visit takes the next value and returns 1 if it completes a turn, else 0.
func (z *zigzag) visit(v float32, noise float64) int64 {
	if z.sign == 0 {
		z.begin(float64(v), noise)
		return 0
	}
	x := z.sign * float64(v) // exact: sign is ±1
	if x >= z.extreme {
		z.extreme = x
	} else if z.extreme-x > noise {
		z.sign, z.extreme = -z.sign, -x
		return 1
	}
	return 0
}

// begin is visit as long as no move has been larger than noise.
func (z *zigzag) begin(x, noise float64) {
	switch {
	case x-z.low > noise:
		z.sign, z.extreme = 1, x
	case z.extreme-x > noise:
		z.sign, z.extreme = -1, -x
	default:
		z.low, z.extreme = min(z.low, x), max(z.extreme, x)
	}
}

// turnCounter counts turning points along the lines of grids of one shape.
type turnCounter struct {
	shape    Shape
	descents flatBits // to the next column, then to the next row
	columns  []zigzag
}

func newTurnCounter(s Shape) turnCounter {
	t := turnCounter{shape: s, descents: newFlatBits(s.Points())}
	if s.Rows > 2 { // a line of two points cannot turn
		t.columns = make([]zigzag, s.Columns)
	}
	return t
}

// count returns the turning points of f along every grid line, summed over the
// lines of both axes.
//
//	f [P]  field of the counter's shape
func (t *turnCounter) count(f []float32, noise float64) int64 {
	var turns int64
	if t.shape.Columns > 2 {
		turns += t.alongRows(f, noise)
	}
	if t.shape.Rows > 2 {
		turns += t.acrossRows(f, noise)
	}
	return turns
}

// alongRows returns the turning points of all rows, of three points or more.
func (t *turnCounter) alongRows(f []float32, noise float64) int64 {
	s, pairs := t.shape, len(f)-1 // those that join two rows are left aside
	kernels.DescentBits(t.descents.first(pairs), f[:pairs], f[1:])
	var turns int64
	for i := range s.Rows {
		r := row(f, s, i)
		z := startAt(r[0])
		before := t.descents.word(i*s.Columns) & 1
		for w := range s.words() {
			d := t.descents.word(i*s.Columns + w*64)
			for x := (d ^ (d<<1 | before)) & below(s.Columns-1, w); x != 0; x &= x - 1 {
				turns += z.visit(r[w*64+lowest(x)], noise)
			}
			before = d >> 63
		}
		turns += z.visit(r[s.Columns-1], noise)
	}
	return turns
}

// acrossRows returns the turning points of all columns, of three points or more.
// It goes row by row, for columns are slow to read.
func (t *turnCounter) acrossRows(f []float32, noise float64) int64 {
	s, pairs := t.shape, len(f)-t.shape.Columns
	kernels.DescentBits(t.descents.first(pairs), f[:pairs], f[s.Columns:])
	for j, v := range row(f, s, 0) {
		t.columns[j] = startAt(v)
	}
	var turns int64
	for i := 1; i+1 < s.Rows; i++ {
		r := row(f, s, i)
		for w := range s.words() {
			k := i*s.Columns + w*64
			x := t.descents.word(k) ^ t.descents.word(k-s.Columns)
			for x &= below(s.Columns, w); x != 0; x &= x - 1 {
				j := w*64 + lowest(x)
				turns += t.columns[j].visit(r[j], noise)
			}
		}
	}
	for j, v := range row(f, s, s.Rows-1) {
		turns += t.columns[j].visit(v, noise)
	}
	return turns
}
