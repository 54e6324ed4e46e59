package analysis

import (
	"math"
	"math/rand/v2"
	"strings"

	"nodal/schema"
)

// square returns a grid of dims axes of n points on [-1, 1].
func square(dims, n int) schema.Grid {
	grid := make(schema.Grid, dims)
	for i := range grid {
		grid[i] = schema.Axis{From: -1, To: 1, Points: n}
	}
	return grid
}

// rectangle returns a grid of rows × columns points one unit apart.
func rectangle(rows, columns int) schema.Grid {
	return schema.Grid{
		{From: 0, To: float64(rows - 1), Points: rows},
		{From: 0, To: float64(columns - 1), Points: columns},
	}
}

// line returns a grid of n points one unit apart.
func line(n int) schema.Grid {
	return schema.Grid{{From: 0, To: float64(n - 1), Points: n}}
}

// fieldOf evaluates f over grid, which has one axis (x0 is 0) or two.
func fieldOf(grid schema.Grid, f func(x0, x1 float64) float64) []float32 {
	s := ShapeOf(grid)
	field := make([]float32, 0, s.Points())
	for i := range s.Rows {
		var x0 float64
		if !s.Line {
			x0 = float64(grid[0].At(i))
		}
		for j := range s.Columns {
			field = append(field, float32(f(x0, float64(grid[len(grid)-1].At(j)))))
		}
	}
	return field
}

// randomField returns outputs fields over grid: independent normal values, or
// smooth sums of eight plane waves of up to about four periods.
func randomField(seed uint64, grid schema.Grid, outputs int, noise bool) []float32 {
	rng := rand.New(rand.NewPCG(seed, 0))
	var field []float32
	for range outputs {
		if noise {
			field = append(field, fieldOf(grid, func(_, _ float64) float64 { return rng.NormFloat64() })...)
			continue
		}
		var waves [8][4]float64
		for w := range waves {
			waves[w] = [4]float64{rng.NormFloat64(), 5 * rng.NormFloat64(), 5 * rng.NormFloat64(), 2 * math.Pi * rng.Float64()}
		}
		s := ShapeOf(grid)
		unit := func(x float64, a schema.Axis, extent float64) float64 {
			if extent == 0 {
				return 0
			}
			return 2*(x-a.From)/extent - 1
		}
		field = append(field, fieldOf(grid, func(x0, x1 float64) float64 {
			x0, x1 = unit(x0, grid[0], s.Extent0), unit(x1, grid[len(grid)-1], s.Extent1)
			var f float64
			for _, w := range waves {
				f += w[0] * math.Sin(w[1]*x0+w[2]*x1+w[3])
			}
			return f
		})...)
	}
	return field
}

// randomMap returns a class map whose neighbours agree with probability agree,
// the more so the larger its patches.
func randomMap(rng *rand.Rand, s Shape, classes int, agree float64) []uint8 {
	m := make([]uint8, s.Points())
	for p := range m {
		switch u := rng.Float64(); {
		case p%s.Columns > 0 && u < agree/2:
			m[p] = m[p-1]
		case p >= s.Columns && u < agree:
			m[p] = m[p-s.Columns]
		default:
			m[p] = uint8(rng.IntN(classes))
		}
	}
	return m
}

// draw reads a class map drawn as lines of text, one letter or dot per point:
// '.' is 0, 'a' 1, 'b' 2 and so on.
func draw(lines ...string) (m []uint8, s Shape) {
	for _, c := range strings.Join(lines, "") {
		if c == '.' {
			m = append(m, 0)
		} else {
			m = append(m, uint8(c-'a'+1))
		}
	}
	return m, ShapeOf(rectangle(len(lines), len(lines[0])))
}

// rotate returns x, a field or class map, turned by 180°.
func rotate[T any](x []T) []T {
	y := make([]T, len(x))
	for p := range x {
		y[len(x)-1-p] = x[p]
	}
	return y
}

// transpose returns x, a field or class map of shape s, with its axes swapped.
func transpose[T any](x []T, s Shape) []T {
	y := make([]T, len(x))
	for i := range s.Rows {
		for j := range s.Columns {
			y[j*s.Rows+i] = x[i*s.Columns+j]
		}
	}
	return y
}

// near reports whether two numbers agree to a relative 1e-12.
func near(a, b float64) bool {
	return math.Abs(a-b) <= 1e-12*max(math.Abs(a), math.Abs(b))
}
