package analysis

import (
	"math"
	"math/rand/v2"
	"testing"

	"nodal/schema"
)

// boundaryLength classifies pre and measures its boundary.
func boundaryLength(pre []float32, s Shape, outputs int) float64 {
	m, e, _ := classify(pre, s, outputs)
	return new(Boundary).Length(pre, m, e)
}

func TestBoundaryLengthOneOutput(t *testing.T) {
	// Steps 1/4 and 1/8, on [-1, 1]².
	grid := schema.Grid{{From: -1, To: 1, Points: 9}, {From: -1, To: 1, Points: 17}}
	for _, tt := range []struct {
		name string
		f    func(x0, x1 float64) float64
		want float64
	}{
		{"constant", func(_, _ float64) float64 { return 1 }, 0},
		{"zero", func(_, _ float64) float64 { return 0 }, 0},
		{"across, between points", func(x0, _ float64) float64 { return x0 - .125 }, 2},
		{"across, on points", func(x0, _ float64) float64 { return x0 - .25 }, 2},
		{"down, between points", func(_, x1 float64) float64 { return .3 - x1 }, 2},
		{"down, on points", func(_, x1 float64) float64 { return x1 - .5 }, 2},
		{"along the diagonals of the square", func(x0, x1 float64) float64 { return x0 - x1 }, math.Sqrt(8)},
		{"against them", func(x0, x1 float64) float64 { return x0 + x1 }, math.Sqrt(8)},
		{"oblique", func(x0, x1 float64) float64 { return 2*x0 - x1 }, math.Sqrt(5)},
		{"two lines", func(x0, _ float64) float64 { return math.Abs(x0) - .5 }, 4},
		{"zero along an edge, negative around", func(x0, _ float64) float64 { return -math.Abs(x0) }, 4},
		{"zero along an edge, positive around", func(x0, _ float64) float64 { return math.Abs(x0) }, 0},
		// One point is cut off by six edges at half their length: two right
		// triangles' hypotenuses and four half edges.
		{"lone point", func(x0, x1 float64) float64 {
			if x0 == 0 && x1 == 0 {
				return -1
			}
			return 1
		}, math.Sqrt(1./16+1./64) + 2*.125 + 2*.0625},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := boundaryLength(fieldOf(grid, tt.f), ShapeOf(grid), 1); math.Abs(got-tt.want) > 1e-6 {
				t.Errorf("boundary length = %v, want %v", got, tt.want)
			}
		})
	}
}

// Circles. Along an edge of length e ≤ √2·h the interpolant of x² is high by at
// most e²/4, so the polygon's corners lie inside the circle by at most h²/4r; its
// sides are chords of a length of at most e, short by e²/24r² of it. Together
// 2π·(1/4 + 1/12)·h²/r.
func TestBoundaryLengthOfCircle(t *testing.T) {
	for _, n := range []int{33, 65, 129, 257} {
		grid := square(2, n)
		h := grid[0].Step()
		for _, radius := range []float64{.4, .7, .9} {
			f := fieldOf(grid, func(x0, x1 float64) float64 { return x0*x0 + x1*x1 - radius*radius })
			bound := 2 * math.Pi * (1./4 + 1./12) * h * h / radius
			if got, want := boundaryLength(f, ShapeOf(grid), 1), 2*math.Pi*radius; got > want || got < want-bound {
				t.Errorf("n=%d: circle of radius %v has boundary %v, want %v or less by at most %v", n, radius, got, want, bound)
			}
		}
	}
}

func TestBoundaryLengthDegenerate(t *testing.T) {
	for _, shape := range [][2]int{{1, 1}, {1, 20}, {20, 1}} {
		grid := rectangle(shape[0], shape[1])
		for outputs := 1; outputs <= 3; outputs++ {
			if got := boundaryLength(randomField(1, grid, outputs, true), ShapeOf(grid), outputs); got != 0 {
				t.Errorf("%v points, %d outputs: boundary length %v, want 0: no area", shape, outputs, got)
			}
		}
	}
}

func TestBoundaryLengthManyOutputs(t *testing.T) {
	type plane [3]float64 // value at 0 and slopes
	for _, tt := range []struct {
		name   string
		planes []plane
		want   float64
	}{
		{"one class everywhere", []plane{{2, 0, 0}, {1, 0, 0}, {0, 1, 0}}, 0},
		{"two classes", []plane{{0, 1, 0}, {.1, 0, 0}}, 2},
		{"two classes on grid points", []plane{{0, 1, 0}, {.25, 0, 0}}, 2},
		{"all equal: the lowest everywhere", []plane{{1, 1, 1}, {1, 1, 1}, {1, 1, 1}}, 0},
		{"a third one below both", []plane{{0, 1, 0}, {0, -1, 0}, {-1, 0, 0}}, 2},
		{"a third one on the edge and never above", []plane{{0, 1, 0}, {0, 0, 0}, {0, -1, 0}}, 2},
		{"the same, other order, off the grid points", []plane{{1. / 32, 0, 0}, {0, 1, 0}, {1. / 16, -1, 0}}, 2},
		{"the same on them: a class without area has two sides", []plane{{0, 0, 0}, {0, 1, 0}, {0, -1, 0}}, 4},
		{"copies of both sides", []plane{{0, 1, 0}, {0, -1, 0}, {0, 1, 0}, {0, -1, 0}}, 2},
		{"copies, other order", []plane{{0, -1, 0}, {0, -1, 0}, {0, 1, 0}, {0, 1, 0}}, 2},
		{"a strip between grid points", []plane{{-.06, 1, 0}, {.06, -1, 0}, {.01, 0, 0}}, 4},
		{"the same, twice", []plane{{-.06, 1, 0}, {.06, -1, 0}, {.01, 0, 0}, {.01, 0, 0}}, 4},
		{"a strip in between", []plane{{0, 1, 0}, {.1, 0, 0}, {0, -1, 0}}, 4},
		// The rays from the origin along x0 = x1 < 0, x1 = 0 < x0 and x0 = 0 < x1
		// meet where all three are equal.
		{"Y junction on a grid point", []plane{{0, 1, 0}, {0, 0, 1}, {0, 0, 0}}, math.Sqrt2 + 2},
		// The same from (.03, .05).
		{"Y junction within a triangle", []plane{{-.03, 1, 0}, {-.05, 0, 1}, {0, 0, 0}}, 1.03 + 1.05 + .95*math.Sqrt2},
		{"four quadrants", []plane{{0, 1, 1}, {0, 1, -1}, {0, -1, 1}, {0, -1, -1}}, 4},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, n := range []int{9, 17} {
				grid := square(2, n)
				var pre []float32
				for _, p := range tt.planes {
					pre = append(pre, fieldOf(grid, func(x0, x1 float64) float64 { return p[0] + p[1]*x0 + p[2]*x1 })...)
				}
				if got := boundaryLength(pre, ShapeOf(grid), len(tt.planes)); math.Abs(got-tt.want) > 1e-6 {
					t.Errorf("n=%d: boundary length = %v, want %v", n, got, tt.want)
				}
			}
		})
	}
}

// One output is the two-output case with a second output that is zero, ties and
// all.
func TestBoundaryLengthOneAsTwo(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	for n := range 200 {
		grid := rectangle(2+rng.IntN(12), 2+rng.IntN(20))
		f := randomField(uint64(n), grid, 1, n%2 == 0)
		if n%3 == 0 {
			for p := range f {
				f[p] = float32(math.Round(float64(f[p]))) // many exact zeros
			}
		}
		one := boundaryLength(f, ShapeOf(grid), 1)
		two := boundaryLength(append(f, make([]float32, len(f))...), ShapeOf(grid), 2)
		if !near(one, two) {
			t.Fatalf("field %d: %v for one output, %v for two", n, one, two)
		}
	}
}

// Many outputs against cutting every output's cell out of every triangle as a
// polygon.
func TestBoundaryLengthAgainstPolygons(t *testing.T) {
	for n := range 60 {
		outputs := []int{2, 3, 5, 12, 40}[n%5]
		grid := schema.Grid{{From: -1, To: 2, Points: 7}, {From: 0, To: .5, Points: 10}}
		pre := randomField(uint64(n), grid, outputs, n%2 == 0)
		got, want := boundaryLength(pre, ShapeOf(grid), outputs), polygonBoundary(pre, ShapeOf(grid), outputs)
		if math.Abs(got-want) > 1e-9*want {
			t.Errorf("field %d of %d outputs: boundary length %v, want %v", n, outputs, got, want)
		}
	}
}

// vertex is a corner of a polygon; cut says that the side that leaves it was cut
// by another class.
type vertex struct {
	at  point
	w   [3]float64 // barycentric coordinates
	cut bool
}

// polygonBoundary clips every triangle to f_c ≥ f_k for all k, for every class
// c, by Sutherland and Hodgman's algorithm. Every side that was cut is shared by
// two classes.
func polygonBoundary(pre []float32, s Shape, outputs int) float64 {
	var total float64
	value := func(class, p int, v vertex, at [3]int) float64 {
		f := pre[class*s.Points():]
		return v.w[0]*float64(f[p+at[0]]) + v.w[1]*float64(f[p+at[1]]) + v.w[2]*float64(f[p+at[2]])
	}
	for _, t := range halvesOf(s) {
		at := [3]int{t.cuts[0].atLone, t.cuts[0].atSecond, t.cuts[0].atThird}
		for i := range s.Rows - 1 {
			for j := range s.Columns - 1 {
				p := i*s.Columns + j
				for c := range outputs {
					polygon := []vertex{
						{point{0, 0}, [3]float64{1, 0, 0}, false},
						{point{t.cuts[0].second0, t.cuts[0].second1}, [3]float64{0, 1, 0}, false},
						{point{t.cuts[0].third0, t.cuts[0].third1}, [3]float64{0, 0, 1}, false},
					}
					for k := range outputs {
						if k != c {
							polygon = clip(polygon, func(v vertex) float64 {
								return value(c, p, v, at) - value(k, p, v, at)
							})
						}
					}
					for n, v := range polygon {
						if next := polygon[(n+1)%len(polygon)]; v.cut {
							total += math.Hypot(next.at.x0-v.at.x0, next.at.x1-v.at.x1) / 2
						}
					}
				}
			}
		}
	}
	return total
}

// clip returns the part of a convex polygon where g ≥ 0.
func clip(polygon []vertex, g func(vertex) float64) []vertex {
	var kept []vertex
	for n, v := range polygon {
		next := polygon[(n+1)%len(polygon)]
		gv, gn := g(v), g(next)
		if gv >= 0 {
			kept = append(kept, v)
		}
		if (gv >= 0) == (gn >= 0) {
			continue
		}
		t := gv / (gv - gn)
		cross := vertex{cut: gv >= 0 || v.cut}
		cross.at = point{v.at.x0 + t*(next.at.x0-v.at.x0), v.at.x1 + t*(next.at.x1-v.at.x1)}
		for c := range cross.w {
			cross.w[c] = v.w[c] + t*(next.w[c]-v.w[c])
		}
		kept = append(kept, cross)
	}
	return kept
}
