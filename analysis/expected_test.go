package analysis

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"nodal/schema"
)

// hiddenTiles cuts values [N,P] into tiles of at most width points, each [N,p].
func hiddenTiles(values []float32, units, width int) [][]float32 {
	points := len(values) / units
	var tiles [][]float32
	for first := 0; first < points; first += width {
		p := min(width, points-first)
		var h []float32
		for k := range units {
			h = append(h, values[k*points+first:][:p]...)
		}
		tiles = append(tiles, h)
	}
	return tiles
}

// expectTiles returns the expected crossings of a network whose last hidden layer
// has the values of the given tiles.
func expectTiles(e *ExpectedCrossings, tiles [][]float32, units int, weightStd, biasStd float64) float64 {
	e.Reset(weightStd, biasStd)
	first := 0
	for _, h := range tiles {
		e.Add(h, units, len(h)/units, first)
		first += len(h) / units
	}
	return e.Sum()
}

// expect returns the expected crossings of values [N,P] on a grid, in tiles of at
// most width points.
func expect(grid schema.Grid, values []float32, weightStd, biasStd float64, width int) float64 {
	units := len(values) / grid.Points()
	return expectTiles(NewExpectedCrossings(grid, units), hiddenTiles(values, units, width), units, weightStd, biasStd)
}

func TestExpectedCrossings(t *testing.T) {
	const tiny, huge = math.SmallestNonzeroFloat32, math.MaxFloat32
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	tests := []struct {
		name            string
		grid            schema.Grid
		h               []float32 // [N,P]
		weightStd, bias float64
		want            float64
	}{
		{"one unit of one sign", line(4), []float32{1, 2, .1, .7}, 2, 0, 0},
		{"one unit of both signs", line(5), []float32{1, -2, -1, 3, 3}, .5, 0, 2},
		{"a right angle with the bias", line(3), []float32{1, -1, 1}, .7, .7, 1},
		{"30° of the bias", line(2), []float32{0, 3}, 1, math.Sqrt(27), 1. / 6},
		{"right angles", line(3), []float32{1, 0, -1, 0, 2, 0}, 1, 0, 1},
		{"right angles and no weights", line(3), []float32{1, 0, -1, 0, 2, 0}, 0, 1, 0},
		{"60°", line(2), []float32{1, 0, 1, 1, 0, 1}, 3, 0, 1. / 3},
		{"120°", line(2), []float32{1, 0, -1, 1, 0, -1}, 3, 0, 2. / 3},
		{"135°", line(2), []float32{1, -1, 0, 1}, 3, 0, 3. / 4},
		{"dead", line(4), make([]float32, 8), 1, 0, 0},
		{"dead but for the bias", line(4), make([]float32, 8), 1, 1e-9, 0},
		{"dead at first", line(4), []float32{0, 0, 1, 1}, 1, 0, .5},
		{"dead between", line(3), []float32{1, 0, 1}, 1, 0, 1},
		{"no output layer to speak of", line(3), []float32{1, -1, 1}, 0, 0, 0},
		{"tiny", line(3), []float32{tiny, -tiny, tiny}, 1e-300, 0, 2},
		{"huge", line(3), []float32{huge, -huge, huge}, 1e300, 0, 2},
		{"huge bias", line(3), []float32{huge, -huge, huge}, 1e-300, 1e300, 0},
		{"two points of one row", rectangle(1, 2), []float32{1, -1}, 1, 0, 1},
		{"two rows of one point", rectangle(2, 1), []float32{1, -1}, 1, 0, 1},
		{"a single point", rectangle(1, 1), []float32{1}, 1, 0, 0},
		{"columns", rectangle(2, 3), []float32{1, -1, 1, 1, -1, 1}, 1, 0, 4},
		{"rows", rectangle(3, 2), []float32{1, 1, -1, -1, 1, 1}, 1, 0, 4},
		{"the end of a row is not next to the beginning", rectangle(2, 2), []float32{1, -1, 1, -1}, 1, 0, 2},
		{"NaN", line(3), []float32{1, 2, nan}, 1, 1, math.NaN()},
		{"infinite", line(3), []float32{inf, 1, 1}, 1, 1, math.NaN()},
		{"infinite everywhere", line(3), []float32{inf, inf, inf}, 1, 1, math.NaN()},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := expect(tt.grid, tt.h, tt.weightStd, tt.bias, 2)
			if !(math.Abs(got-tt.want) <= 0x1p-50*tt.want) && !(got != got && tt.want != tt.want) {
				t.Errorf("expected crossings = %v, want %v", got, tt.want)
			}
		})
	}
}

// gramAngle returns the angle between two vectors by its definition, from their
// products in more than 300 bits: the squared tangent of half of it is
// (1-cos)/(1+cos).
func gramAngle(xx, yy, xy *big.Float) *big.Float {
	norm := bigZero().Sqrt(bigZero().Mul(xx, yy))
	half := bigArctan(bigZero().Sqrt(bigZero().Quo(bigZero().Sub(norm, xy), bigZero().Add(norm, xy))))
	return half.Add(half, half)
}

// gramCrossings returns the expected crossings from the covariances at the ends of
// every edge.
func gramCrossings(grid schema.Grid, h []float32, weightStd, biasStd float64) float64 {
	s := ShapeOf(grid)
	covariance := func(p, q int) *big.Float {
		sum := bigZero().Mul(bigOf(biasStd), bigOf(biasStd))
		w := bigZero().Mul(bigOf(weightStd), bigOf(weightStd))
		for ; p < len(h); p, q = p+s.Points(), q+s.Points() {
			product := bigZero().Mul(bigOf(float64(h[p])), bigOf(float64(h[q])))
			sum.Add(sum, product.Mul(product, w))
		}
		return sum
	}
	total := 0.0
	add := func(p, q int) {
		a, _ := gramAngle(covariance(p, p), covariance(q, q), covariance(p, q)).Float64()
		total += a
	}
	for p := range s.Points() {
		if p%s.Columns > 0 {
			add(p-1, p)
		}
		if p >= s.Columns {
			add(p-s.Columns, p)
		}
	}
	return total / math.Pi
}

// The sum is that of the definition, from fields where neighbours are strangers to
// lines so fine that they differ in the last bits of a float32. An edge may be wrong
// by a few N·2⁻⁵³, see [angle]: lengths by (N/2+2)·2⁻⁵³, so twice that and some.
func TestExpectedCrossingsAgainstDefinition(t *testing.T) {
	r := rand.New(rand.NewPCG(45, 46))
	fine := line(30)
	fine[0].To = fine[0].From + 1e-5
	for _, tt := range []struct {
		name  string
		grid  schema.Grid
		units int
		noise bool
		bias  float64
	}{
		{"noise", line(40), 3, true, 0},
		{"noise and bias", line(40), 3, true, .4},
		{"line", line(90), 7, false, .1},
		{"fine line", fine, 7, false, 0},
		{"rectangle", rectangle(5, 9), 4, false, 1.2},
		{"noise on a rectangle", rectangle(7, 4), 6, true, .2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := randomField(r.Uint64(), tt.grid, tt.units, tt.noise)
			got, want := expect(tt.grid, h, .8, tt.bias, 11), gramCrossings(tt.grid, h, .8, tt.bias)
			limit := float64(2*tt.grid.Points()*(tt.units+14)) * 0x1p-53
			if math.Abs(got-want) > limit {
				t.Errorf("expected crossings = %v, want %v within %v", got, want, limit)
			}
			t.Logf("%v, wrong by %.2g of %.2g", got, math.Abs(got-want), limit)
		})
	}
}

func TestExpectedCrossingsDoNotDependOnTiles(t *testing.T) {
	for _, grid := range []schema.Grid{line(1001), rectangle(3, 300), rectangle(37, 29), rectangle(200, 1)} {
		const units = 5
		h := randomField(3, grid, units, false)
		want := expect(grid, h, .8, .3, grid.Points())
		for _, width := range []int{1, 2, 3, 7, 16, 29, 64, 127, 128, 129, 300, 512} {
			t.Run(fmt.Sprintf("grid=%s/width=%d", grid, width), func(t *testing.T) {
				if got := expect(grid, h, .8, .3, width); math.Float64bits(got) != math.Float64bits(want) {
					t.Errorf("expected crossings = %v, %v in one tile", got, want)
				}
			})
		}
	}
}

// What is left of a network, NaN above all, must not reach the next one.
func TestExpectedCrossingsBeginAnew(t *testing.T) {
	const units = 3
	for _, grid := range []schema.Grid{line(50), rectangle(7, 9)} {
		h := randomField(4, grid, units, false)
		want := expect(grid, h, .8, .3, 16)
		e := NewExpectedCrossings(grid, units)
		nan := make([]float32, len(h))
		for i := range nan {
			nan[i] = float32(math.NaN())
		}
		if got := expectTiles(e, hiddenTiles(nan, units, 16), units, .8, .3); got == got {
			t.Errorf("expected crossings of NaN = %v, want NaN", got)
		}
		if got := expectTiles(e, hiddenTiles(h, units, 16), units, .8, .3); got != want {
			t.Errorf("expected crossings of the next network = %v, want %v", got, want)
		}
	}
}

// expectedHash is the SHA-256 of the sums below and some arctangents. Rows hold such
// sums, so their bits are the same on every processor and with every compiler.
const expectedHash = "db8ec8a1eade18c1adbd8b2149d59fa656a70f0999b1434ccaab9738a5a855b4"

// Grids of few edges show what rounding does to any of them, however its ends differ.
func TestExpectedCrossingsGolden(t *testing.T) {
	r := rand.New(rand.NewPCG(47, 48))
	const units = 5
	hash := sha256.New()
	for i := range 1000 {
		grid := rectangle(1+i%2, 2)
		h := make([]float32, units*grid.Points())
		near, step := i%4 < 2, math.Ldexp(1, -r.IntN(20))
		for j := range h {
			h[j] = (r.Float32() - .5) * float32(step)
			if !near { // but strangers
				step = math.Ldexp(1, -r.IntN(20))
			} else if j%grid.Points() > 0 {
				h[j] += h[j-1]
			}
		}
		sum := expect(grid, h, r.Float64(), r.Float64(), 3)
		bits := binary.LittleEndian.AppendUint64(nil, math.Float64bits(sum))
		for range 1000 { // few show a product that is not rounded
			bits = binary.LittleEndian.AppendUint64(bits, math.Float64bits(arctan(r.Float64())))
		}
		hash.Write(bits)
	}
	if got := fmt.Sprintf("%x", hash.Sum(nil)); got != expectedHash {
		t.Errorf("hash of the sums = %s, want %s", got, expectedHash)
	}
}

func TestAddRefuses(t *testing.T) {
	for _, tt := range []struct {
		name                string
		length, n, p, first int
	}{
		{"units", 6, 3, 2, 4},
		{"too short", 5, 2, 3, 4},
		{"too long", 7, 2, 3, 4},
		{"a tile left out", 6, 2, 3, 5},
		{"a tile again", 6, 2, 3, 0},
		{"too many points", 14, 2, 7, 4},
		{"negative", 0, 2, -1, 4},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := NewExpectedCrossings(line(10), 2)
			e.Reset(1, 1)
			e.Add(make([]float32, 8), 2, 4, 0)
			defer func() {
				if text := fmt.Sprint(recover()); !strings.HasPrefix(text, "analysis: Add: ") {
					t.Errorf("panic %q, want one of Add's", text)
				}
			}()
			e.Add(make([]float32, tt.length), tt.n, tt.p, tt.first)
		})
	}
}

func TestExpectedCrossingsDoNotAllocate(t *testing.T) {
	grid := rectangle(20, 30)
	tiles := hiddenTiles(randomField(5, grid, 4, false), 4, 64)
	e := NewExpectedCrossings(grid, 4)
	if n := testing.AllocsPerRun(10, func() { expectTiles(e, tiles, 4, 1, 1) }); n > 0 {
		t.Errorf("%v allocations per network, want 0", n)
	}
}
