package kernels

import "math"

//go:generate go -C _gen run ./tables -out ../table_data.go

// table approximates a smooth function T(a) of a ≥ 0 by a polynomial of degree
// 5 on each of 16 intervals, which reach from 0 to limit and grow with a. From
// limit on T is constant. Every path looks coefficients up and evaluates them
// alike, so all give the same bits; _gen/tables computes them.
//
// The interval of a is found without a search: bits(a + offset) >> shift is one
// more in each interval, 4 or 8 or 16 of them to an octave of a + offset, and its
// low four bits are the index. They need not begin at 0.
type table struct {
	offset float32
	limit  float32
	shift  uint32
	// rows holds the coefficients of interval i, rows[k][i] that of rᵏ, and in
	// rows[centerRow][i] the center from which r = a - center is counted. It is in
	// the middle, at a place where the function happens to be nearly a float32, so
	// that the error of rows[0][i] vanishes beside the last rounding (Gal,
	// "Computing elementary functions: a new approach for achieving high accuracy
	// and good performance", LNCS 235, 1986). In the first interval the center is
	// 0 and in the last it is limit: T(0) and T(limit) are coefficients.
	rows [7][16]float32
}

const centerRow = 6

// at returns T(|x|), or NaN for NaN.
func (t *table) at(x float32) float32 {
	a := math.Float32frombits(math.Float32bits(x) &^ signBit)
	if a > t.limit {
		a = t.limit
	}
	i := math.Float32bits(a+t.offset) >> (t.shift & 31) & 15
	r := a - t.rows[centerRow][i] // exact, unless a + offset rounded up into the next interval
	c := &t.rows
	y := FMA(c[5][i], r, c[4][i])
	y = FMA(y, r, c[3][i])
	y = FMA(y, r, c[2][i])
	y = FMA(y, r, c[1][i])
	return FMA(y, r, c[0][i])
}

const signBit = 1 << 31

// withSign returns y, not negative, with the sign of x.
func withSign(y, x float32) float32 {
	return math.Float32frombits(math.Float32bits(y) | math.Float32bits(x)&signBit)
}

// positivePart returns max(x, -0): x for x > 0, ±0 and NaN, else -0.
func positivePart(x float32) float32 {
	if x < 0 {
		return math.Float32frombits(signBit)
	}
	return x
}
