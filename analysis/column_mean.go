package analysis

import (
	"math"
	"math/big"
	"math/bits"

	"nodal/schema"
)

// ColumnMean gathers the mean of one measured column over networks, and how
// certain it is. It takes the same few words of memory however many they are.
type ColumnMean struct {
	count bool
	whole wholeSums // of counts
	real  running   // of other columns
}

// NewColumnMean returns the mean of no network yet. It panics if there is no such
// column.
func NewColumnMean(column schema.MeasuredColumn) *ColumnMean {
	return &ColumnMean{count: column.IsCount()}
}

// Add takes the values of networks into the mean. NaN stands for a network whose
// status is not ok: it has no value.
func (m *ColumnMean) Add(values []float64) {
	for _, x := range values {
		switch {
		case math.IsNaN(x):
		case m.count:
			m.whole.add(uint64(x))
		default:
			m.real.add(x)
		}
	}
}

// Moments returns the mean and its standard error: the sample standard deviation
// (n-1 in the denominator) over √n, infinite for fewer than two networks. Both are
// those that a [Summary] of the same networks in the same order has, with the same
// bits on every processor; for counts the order does not matter.
func (m *ColumnMean) Moments() (mean, standardError float64) {
	if m.count {
		mean, standardError = m.whole.moments()
	} else {
		mean, standardError = m.real.moments()
	}
	if m.Networks() < 2 {
		standardError = math.Inf(1)
	}
	return mean, standardError
}

// Networks returns how many networks have a value.
func (m *ColumnMean) Networks() int64 {
	if m.count {
		return m.whole.n
	}
	return m.real.n
}

// wholeSums are the sums of n whole numbers and of their squares, exact as long as
// these stay below 2¹²⁸: for 2⁴⁰ numbers below 2⁴⁴.
type wholeSums struct {
	n            int64
	sum, squares [2]uint64 // high word, low word
}

func (s *wholeSums) add(x uint64) {
	s.n++
	addTo(&s.sum, 0, x)
	high, low := bits.Mul64(x, x)
	addTo(&s.squares, high, low)
}

func addTo(sum *[2]uint64, high, low uint64) {
	var carry uint64
	sum[1], carry = bits.Add64(sum[1], low, 0)
	sum[0], _ = bits.Add64(sum[0], high, carry)
}

func (s *wholeSums) moments() (mean, standardError float64) {
	return momentsOf(big.NewInt(s.n), wide(s.sum), wide(s.squares))
}

// wide returns a number of two words.
func wide(words [2]uint64) *big.Int {
	high := new(big.Int).SetUint64(words[0])
	return high.Add(high.Lsh(high, 64), new(big.Int).SetUint64(words[1]))
}
