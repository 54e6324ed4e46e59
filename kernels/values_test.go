package kernels

import "testing"

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
		{"NaN is left aside", []float32{nan, -1, 2}, -1, 2, float64(nan)},
		{"only NaN", []float32{nan}, inf, -inf, float64(nan)},
		{"infinities", []float32{inf, -inf}, -inf, inf, float64(nan)},
		{"no overflow", []float32{maxFloat, maxFloat}, maxFloat, maxFloat, 2 * maxFloat},
	} {
		t.Run(tt.name, func(t *testing.T) {
			eachPath(t, func(t *testing.T) {
				low, high, sum := Range(tt.x)
				if !sameBits(low, tt.low) || !sameBits(high, tt.high) || sum != tt.sum && (sum == sum || tt.sum == tt.sum) {
					t.Errorf("Range(%v) = %v, %v, %v, want %v, %v, %v", tt.x, low, high, sum, tt.low, tt.high, tt.sum)
				}
			})
		})
	}
}

const maxFloat = 0x1.fffffep127
