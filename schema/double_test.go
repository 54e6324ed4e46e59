package schema

import (
	"math"
	"testing"
)

func TestDoubled(t *testing.T) {
	for _, tt := range []struct {
		name string
		grid Grid
		want []int // points on each axis; none if it cannot be
	}{
		{"line", Grid{{From: -5, To: 5, Points: 101}}, []int{201}},
		{"even", Grid{{From: 0.1, To: 0.7, Points: 100}}, []int{199}},
		{"shortest", Grid{{From: -1, To: 1, Points: 2}}, []int{3}},
		{"plane", Grid{{From: -6, To: 6, Points: 61}, {From: -1, To: 1e3, Points: 31}}, []int{121, 61}},
		{"nine neighbours", Grid{{From: 1, To: 1 + 0x1p-20, Points: 5}}, []int{9}}, // float32 has 2⁻²³ between 1 and 2
		{"all of them", Grid{{From: 1, To: 1 + 0x1p-20, Points: 9}}, nil},
		{"one axis of two", Grid{{From: -1, To: 1, Points: 5}, {From: 1, To: 1 + 0x1p-20, Points: 9}}, nil},
		{"more than rows can say", Grid{{From: -1, To: 1, Points: 16385}, {From: -1, To: 1, Points: 32769}}, nil}, // 32,769 · 65,537 > 2³¹-1
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := tt.grid.Doubled()
			if ok != (tt.want != nil) {
				t.Fatalf("Doubled(%v) = %v, %t", tt.grid, got, ok)
			}
			for i := range tt.want {
				a, b := tt.grid[i], got[i]
				if b.Points != tt.want[i] {
					t.Errorf("axis %d has %d points, want %d", i, b.Points, tt.want[i])
				}
				for p := range a.Points {
					if x, y := a.At(p), b.At(2*p); math.Float32bits(x) != math.Float32bits(y) {
						t.Errorf("axis %d: point %d is %v, was %v", i, 2*p, y, x)
					}
				}
			}
		})
	}
}
