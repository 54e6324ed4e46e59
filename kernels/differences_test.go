package kernels

import (
	"math"
	"math/big"
	"testing"
)

func TestDifferences(t *testing.T) {
	eachField(t, 2, func(t *testing.T, x [][]float32) {
		a, b := x[0], x[1]
		sum, largest := Differences(a, b)
		wantSum, wantLargest := differencesGeneric(a, b)
		if !same(sum, wantSum) || !sameBits(largest, wantLargest) {
			t.Errorf("Differences = %v, %v, want %v, %v", sum, largest, wantSum, wantLargest)
		}
		if !allFinite(x...) {
			return
		}
		terms, highest := make([]*big.Float, len(a)), 0.0
		for i, v := range a {
			d := min(math.Abs(float64(float32(float64(b[i])-float64(v)))), maxFloat)
			terms[i], highest = bigFloat(d), max(highest, d)
		}
		checkSum(t, sum, terms, 0)
		if float64(largest) != highest {
			t.Errorf("largest = %v, want %v", largest, highest)
		}
	})
}

func TestSecondDifferences(t *testing.T) {
	eachField(t, 3, func(t *testing.T, x [][]float32) {
		a, b, c := x[0], x[1], x[2]
		got, want := SecondDifferences(a, b, c), secondDifferencesGeneric(a, b, c)
		if !same(got, want) {
			t.Errorf("SecondDifferences = %v, want %v", got, want)
		}
		if !allFinite(x...) {
			return
		}
		terms := make([]*big.Float, len(a))
		for i, v := range b {
			left, right := float32(float64(a[i])-float64(v)), float32(float64(c[i])-float64(v))
			d := bigFloat(min(math.Abs(float64(left+right)), maxFloat))
			terms[i] = bigMul(d, d)
		}
		checkSum(t, got, terms, 0)
	})
}

// What a field is: neighbours on a line overlap, and nothing finite overflows.
func TestDifferencesKnown(t *testing.T) {
	for _, tt := range []struct {
		name    string
		x       []float32
		sum     float64
		largest float32
		second  float64
	}{
		{name: "flat", x: []float32{5, 5, 5}},
		{name: "one step", x: []float32{1, -2, 1}, sum: 6, largest: 3, second: 36},
		{name: "straight", x: []float32{1, 2, 3, 4}, sum: 3, largest: 1},
		{name: "rounded to float32", x: []float32{1, -0x1p-26, 1}, sum: 2, largest: 1, second: 4},
		{name: "limited", x: []float32{maxFloat, -maxFloat, maxFloat}, sum: 2 * maxFloat, largest: maxFloat,
			second: float64(maxFloat) * maxFloat},
		{name: "limited below", x: []float32{-maxFloat, maxFloat, -maxFloat}, sum: 2 * maxFloat, largest: maxFloat,
			second: float64(maxFloat) * maxFloat},
	} {
		t.Run(tt.name, func(t *testing.T) {
			eachPath(t, func(t *testing.T) {
				n := len(tt.x)
				if sum, largest := Differences(tt.x[:n-1], tt.x[1:]); sum != tt.sum || largest != tt.largest {
					t.Errorf("Differences = %v, %v, want %v, %v", sum, largest, tt.sum, tt.largest)
				}
				if got := SecondDifferences(tt.x[:n-2], tt.x[1:n-1], tt.x[2:]); got != tt.second {
					t.Errorf("SecondDifferences = %v, want %v", got, tt.second)
				}
			})
		})
	}
}

func TestDifferencesPanics(t *testing.T) {
	f := func(n int) []float32 { return make([]float32, n) }
	panics(t, "kernels: Differences: len(b) = 4, want len(a) = 3", func() { Differences(f(3), f(4)) })
	panics(t, "kernels: SecondDifferences: len(b), len(c) = 3, 2, want len(a) = 3", func() { SecondDifferences(f(3), f(3), f(2)) })
	panics(t, "kernels: SecondDifferences: len(b), len(c) = 2, 3, want len(a) = 3", func() { SecondDifferences(f(3), f(2), f(3)) })
}
