package analysis

import (
	"math"
	"math/big"
	"testing"

	"nodal/schema"
)

func TestDescribeValues(t *testing.T) {
	for _, tt := range []struct {
		name string
		x    []float32
		want Values
	}{
		{"one value", []float32{3}, Values{3, 3, 3, 0}},
		{"constant that three do not divide", []float32{.1, .1, .1}, Values{float64(float32(.1)), float64(float32(.1)), float64(float32(.1)), 0}},
		{"two values", []float32{-1, 3}, Values{-1, 3, 1, 2}},
		{"lanes and tail", []float32{1, 2, 3, 4, 5, 6, 7}, Values{1, 7, 4, 2}},
		{"largest float32", []float32{math.MaxFloat32, -math.MaxFloat32}, Values{-math.MaxFloat32, math.MaxFloat32, 0, math.MaxFloat32}},
		{"large offset", []float32{1 << 23, 1<<23 + 1}, Values{1 << 23, 1<<23 + 1, 1<<23 + .5, .5}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got, finite := DescribeValues(tt.x); got != tt.want || !finite {
				t.Errorf("DescribeValues(%v) = %+v, %t, want %+v, true", tt.x, got, finite, tt.want)
			}
		})
	}
}

// Mean and standard deviation against 200-bit arithmetic.
func TestDescribeValuesAgainstBig(t *testing.T) {
	for n := 2; n < 40; n++ {
		x := randomField(uint64(n), line(n), 1, true)
		exact := func(v float64) *big.Float { return new(big.Float).SetPrec(200).SetFloat64(v) }
		mean, square, count := exact(0), exact(0), exact(float64(n))
		for _, v := range x {
			mean.Add(mean, exact(float64(v)))
		}
		mean.Quo(mean, count)
		for _, v := range x {
			d := exact(float64(v))
			d.Sub(d, mean)
			square.Add(square, d.Mul(d, d))
		}
		wantMean, _ := mean.Float64()
		wantStd, _ := square.Sqrt(square.Quo(square, count)).Float64()
		got, _ := DescribeValues(x)
		largest, _ := maxAbs(x)
		if bound := float64(n+2) * 0x1p-53 * float64(largest); math.Abs(got.Mean-wantMean) > bound {
			t.Errorf("n=%d: mean %v, want %v within %v", n, got.Mean, wantMean, bound)
		}
		if bound := float64(n+6) * 0x1p-53 * wantStd; math.Abs(got.Std-wantStd) > bound {
			t.Errorf("n=%d: standard deviation %v, want %v within %v", n, got.Std, wantStd, bound)
		}
	}
}

func TestSlopes(t *testing.T) {
	wide := rectangle(3, 5) // 2 × 4
	for _, tt := range []struct {
		name                string
		s                   Shape
		f                   []float32
		variation, steepest float64
	}{
		{"one point", ShapeOf(line(1)), []float32{3}, 0, 0},
		{"line, there and back", ShapeOf(line(7)), []float32{0, 1, 2, 3, 2, 1, -4}, 10, 5},
		{"line, half steps", ShapeOf(square(1, 5)), []float32{0, 1, 0, 0, -2}, 4, 4},
		{"rectangle of one point", ShapeOf(rectangle(1, 1)), []float32{3}, 0, 0},
		{"rectangle of one row has no area", ShapeOf(rectangle(1, 3)), []float32{3, 5, 4}, 0, 2},
		{"rectangle of one column has no area", ShapeOf(rectangle(3, 1)), []float32{3, 5, 4}, 0, 2},
		// ∬|2| + ∬|3| over an area of 8
		{"plane", ShapeOf(wide), fieldOf(wide, func(x0, x1 float64) float64 { return 2*x0 - 3*x1 }), 40, 3},
		// one jump of 1 on each of the lines along the last axis, 2 long
		{"cliff", ShapeOf(wide), fieldOf(wide, func(_, x1 float64) float64 { return math.Floor(x1 / 3) }), 2, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			variation, steepest := Slopes(tt.f, tt.s)
			if !near(variation, tt.variation) || !near(steepest, tt.steepest) {
				t.Errorf("Slopes = %v, %v, want %v, %v", variation, steepest, tt.variation, tt.steepest)
			}
		})
	}
}

// The steepest edge is found in every lane and in the tail.
func TestSlopesEveryEdge(t *testing.T) {
	for n := 2; n < 14; n++ {
		for p := 1; p < n; p++ {
			f := make([]float32, n)
			for q := p; q < n; q++ {
				f[q] = -7
			}
			if variation, steepest := Slopes(f, ShapeOf(line(n))); variation != 7 || steepest != 7 {
				t.Errorf("n=%d, jump at %d: variation %v, steepest %v, want 7, 7", n, p, variation, steepest)
			}
		}
	}
}

func TestRoughness(t *testing.T) {
	tall := schema.Grid{{From: -1, To: 1, Points: 5}, {From: 0, To: 9, Points: 4}} // steps 1/2 and 3
	for _, tt := range []struct {
		name string
		s    Shape
		f    []float32
		want float64
	}{
		{"one point", ShapeOf(line(1)), []float32{3}, 0},
		{"two points", ShapeOf(line(2)), []float32{3, 4}, 0},
		{"rectangle of one point", ShapeOf(rectangle(1, 1)), []float32{3}, 0},
		{"straight", ShapeOf(line(9)), []float32{0, 1, 2, 3, 4, 5, 6, 7, 8}, 0},
		{"kink", ShapeOf(line(3)), []float32{1, 0, 1}, 2},
		{"parabola", ShapeOf(square(1, 9)), fieldOf(square(1, 9), func(_, x float64) float64 { return 3 * x * x }), 6},
		{"one column", ShapeOf(rectangle(3, 1)), []float32{1, 0, 1}, 2},
		// f'' is 2 on the 3·4 fits of the first axis and 0 on the 5·2 of the last
		{"trough, unequal steps", ShapeOf(tall), fieldOf(tall, func(x0, x1 float64) float64 { return x0*x0 + 5*x1 }), math.Sqrt(4. * 12 / 22)},
		{"trough the other way", ShapeOf(tall), fieldOf(tall, func(x0, x1 float64) float64 { return 5*x0 + x1*x1 }), math.Sqrt(4. * 10 / 22)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Roughness(tt.f, tt.s); !near(got, tt.want) {
				t.Errorf("Roughness = %v, want %v", got, tt.want)
			}
		})
	}
}

func TestRoughnessStride(t *testing.T) {
	for _, tt := range []struct{ n, want int }{{1, 1}, {2, 1}, {101, 1}, {129, 1}, {192, 1}, {193, 2}, {257, 2}, {1001, 8}, {10001, 78}} {
		if got := stride(tt.n); got != tt.want {
			t.Errorf("stride of %d points = %d, want %d", tt.n, got, tt.want)
		}
	}
	// sin 2x has second derivative -4 sin 2x, whatever the resolution, and a
	// stride of 1/128 of [-6, 6] misses it by h²·2⁴/12.
	for _, n := range []int{101, 1001, 10001} {
		grid := schema.Grid{{From: -6, To: 6, Points: n}}
		f := fieldOf(grid, func(_, x float64) float64 { return math.Sin(2 * x) })
		want := 4 * math.Sqrt(.5)
		if got := Roughness(f, ShapeOf(grid)); math.Abs(got/want-1) > .02 {
			t.Errorf("%d points: roughness of sin 2x = %v, want %v within 2 %%", n, got, want)
		}
	}
}
