package kernels

import (
	"math"
	"math/big"
	"slices"
	"testing"
)

func TestMaxAbs(t *testing.T) {
	eachField(t, 1, func(t *testing.T, x [][]float32) {
		got, want := MaxAbs(x[0]), float32(0)
		for _, v := range x[0] {
			want = max(want, float32(math.Abs(float64(v)))) // NaN wins
		}
		if !sameBits(got, want) {
			t.Errorf("MaxAbs = %v, want %v", got, want)
		}
	})
}

func TestRange(t *testing.T) {
	eachField(t, 1, func(t *testing.T, x [][]float32) {
		low, high, sum := Range(x[0])
		before := ActivePath()
		Use(Portable)
		wantLow, wantHigh, wantSum := Range(x[0])
		Use(before)
		if !sameBits(low, wantLow) || !sameBits(high, wantHigh) || !same(sum, wantSum) {
			t.Errorf("Range = %v, %v, %v, want %v, %v, %v", low, high, sum, wantLow, wantHigh, wantSum)
		}
		if !allFinite(x...) || len(x[0]) == 0 {
			return
		}
		if low != slices.Min(x[0]) || high != slices.Max(x[0]) {
			t.Errorf("Range = %v, %v, want %v, %v", low, high, slices.Min(x[0]), slices.Max(x[0]))
		}
		checkSum(t, sum, bigFloats(x[0]), 0)
	})
}

// bigFloats returns x as numbers that add without rounding.
func bigFloats(x []float32) []*big.Float {
	terms := make([]*big.Float, len(x))
	for i, v := range x {
		terms[i] = bigFloat(float64(v))
	}
	return terms
}

func TestRangeKnown(t *testing.T) {
	for _, tt := range []struct {
		name      string
		x         []float32
		low, high float32
		sum       float64
	}{
		{"empty", nil, inf, -inf, 0},
		{"one", []float32{3}, 3, 3, 3},
		{"minus zero", []float32{negZero, negZero}, 0, 0, 0},
		{"both zeros", []float32{0, negZero}, 0, 0, 0},
		{"NaN", []float32{inf, nan, -1, 2}, -1, nan, float64(nan)},
		{"negative NaN", []float32{-inf, float32(math.Copysign(math.NaN(), -1)), -1}, nan, -1, float64(nan)},
		{"all negative", []float32{-3, -1, -2}, -3, -1, -6},
		{"infinities", []float32{inf, -inf}, -inf, inf, float64(nan)},
		{"no overflow", []float32{maxFloat, maxFloat}, maxFloat, maxFloat, 2 * maxFloat},
	} {
		t.Run(tt.name, func(t *testing.T) {
			eachPath(t, func(t *testing.T) {
				low, high, sum := Range(tt.x)
				if !sameBits(low, tt.low) || !sameBits(high, tt.high) || !same(sum, tt.sum) {
					t.Errorf("Range(%v) = %v, %v, %v, want %v, %v, %v", tt.x, low, high, sum, tt.low, tt.high, tt.sum)
				}
			})
		})
	}
}

// The order of the lanes is part of the result: each of these sums comes out
// differently if the large value meets the small ones at another time.
func TestLaneOrder(t *testing.T) {
	const large, small = 0x1p60, 0x1p7 // small is half a unit in the last place of large
	for _, tt := range []struct {
		name string
		at   []int // of the small values; large is at 0
		want float64
	}{
		{"same lane, one by one", []int{16, 32}, large},
		{"two lanes that meet first", []int{1, 9}, large + 2*small},
		{"lanes 4 and 12", []int{4, 12}, large + 2*small},
		{"lane 8 before lane 4", []int{8, 4}, large},
		{"lanes 4 and 2", []int{4, 2}, large},
		{"lanes 1 and 3", []int{1, 3}, large + 2*small},
		{"lanes 1 and 2", []int{1, 2}, large},
		{"a rest in its lane", []int{16 + 1, 1}, large + 2*small},
	} {
		t.Run(tt.name, func(t *testing.T) {
			eachPath(t, func(t *testing.T) {
				x := make([]float32, 37)
				x[0] = large
				for _, i := range tt.at {
					x[i] = small
				}
				if _, _, sum := Range(x); sum != tt.want {
					t.Errorf("sum = %v, want %v", sum-large, tt.want-large)
				}
			})
		})
	}
}

func TestSquaredDeviations(t *testing.T) {
	for _, center := range []float64{0, 0.3, -1} {
		eachField(t, 1, func(t *testing.T, x [][]float32) {
			got := SquaredDeviations(x[0], center)
			if want := squaredDeviationsGeneric(x[0], center); !same(got, want) {
				t.Errorf("SquaredDeviations(%v) = %v, want %v", center, got, want)
			}
			if !allFinite(x...) {
				return
			}
			terms := bigFloats(x[0])
			for i, v := range terms {
				d := bigSub(v, bigFloat(center))
				terms[i] = bigMul(d, d)
			}
			checkSum(t, got, terms, 2)
		})
	}
}

func TestSumMin(t *testing.T) {
	eachField(t, 1, func(t *testing.T, x [][]float32) {
		sum, least := SumMin(x[0])
		wantSum, wantLeast := sumMinGeneric(x[0])
		if !same(sum, wantSum) || !sameBits(least, wantLeast) {
			t.Errorf("SumMin = %v, %v, want %v, %v", sum, least, wantSum, wantLeast)
		}
		if !allFinite(x...) {
			return
		}
		terms, lowest := bigFloats(x[0]), math.Inf(1)
		for _, v := range terms {
			v.Abs(v)
			lowest = min(lowest, nearest(v))
		}
		checkSum(t, sum, terms, 0)
		if !same(float64(least), lowest) {
			t.Errorf("least = %v, want %v", least, lowest)
		}
	})
}

// Describe is Range and SumMin, which have tests of their own.
func TestDescribe(t *testing.T) {
	eachField(t, 1, func(t *testing.T, x [][]float32) {
		low, high, sum, least, sumAbs := Describe(x[0])
		wantLow, wantHigh, wantSum := Range(x[0])
		wantSumAbs, wantLeast := SumMin(x[0])
		if !sameBits(low, wantLow) || !sameBits(high, wantHigh) || !same(sum, wantSum) {
			t.Errorf("Describe = %v, %v, %v, …, want %v, %v, %v", low, high, sum, wantLow, wantHigh, wantSum)
		}
		if !sameBits(least, wantLeast) || !same(sumAbs, wantSumAbs) {
			t.Errorf("Describe = …, %v, %v, want %v, %v", least, sumAbs, wantLeast, wantSumAbs)
		}
	})
	eachPath(t, func(t *testing.T) {
		for _, x := range [][]float32{{negZero, negZero}, {2, 1, 3}, {-3, -1, -2}, {3, negZero}, {-3, 0}} {
			low, high, _, least, _ := Describe(x)
			wantLow, wantHigh, _ := Range(x)
			if _, wantLeast := SumMin(x); !sameBits(low, wantLow) || !sameBits(high, wantHigh) || !sameBits(least, wantLeast) {
				t.Errorf("Describe(%v) = %v, %v, …, %v, want %v, %v, %v", x, low, high, least, wantLow, wantHigh, wantLeast)
			}
		}
	})
}

func TestCountZeros(t *testing.T) {
	eachField(t, 1, func(t *testing.T, x [][]float32) {
		want := 0
		for _, v := range x[0] {
			if math.Float32bits(v)<<1 == 0 {
				want++
			}
		}
		if got := CountZeros(x[0]); got != want {
			t.Errorf("CountZeros = %d, want %d", got, want)
		}
	})
}
