package gemm

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
	"gonum.org/v1/gonum/blas/gonum"
	"gonum.org/v1/gonum/blas/testblas"

	"nodal/kernels"
)

var (
	inf        = float32(math.Inf(1))
	nan        = float32(math.NaN())
	transposes = []blas.Transpose{blas.NoTrans, blas.Trans, blas.ConjTrans}
)

// eachPath runs f once on every path of the kernels.
func eachPath(t *testing.T, f func(t *testing.T)) {
	t.Helper()
	defer kernels.Use(kernels.ActivePath())
	for _, path := range kernels.Paths() {
		kernels.Use(path)
		t.Run("path="+path.String(), f)
	}
}

// doubles lets gonum's tests, which are for float64, call Sgemm. Their numbers
// are short, so that float32 results are exact too.
type doubles struct{ Implementation }

func (d doubles) Dgemm(tA, tB blas.Transpose, m, n, k int, alpha float64, a []float64, lda int, b []float64, ldb int, beta float64, c []float64, ldc int) {
	c32 := narrow(c)
	d.Sgemm(tA, tB, m, n, k, float32(alpha), narrow(a), lda, narrow(b), ldb, float32(beta), c32, ldc)
	for i, v := range c32 {
		c[i] = float64(v)
	}
}

func narrow(x []float64) []float32 {
	y := make([]float32, len(x))
	for i, v := range x {
		y[i] = float32(v)
	}
	return y
}

func TestGonumSuite(t *testing.T) {
	eachPath(t, func(t *testing.T) { testblas.TestDgemm(t, doubles{}) })
}

func TestUse(t *testing.T) {
	defer blas32.Use(blas32.Implementation())
	blas32.Use(Implementation{})
	a := blas32.General{Rows: 1, Cols: 2, Stride: 2, Data: []float32{2, 3}}
	b := blas32.General{Rows: 2, Cols: 1, Stride: 1, Data: []float32{5, 7}}
	c := blas32.General{Rows: 1, Cols: 1, Stride: 1, Data: []float32{11}}
	blas32.Gemm(blas.NoTrans, blas.NoTrans, 1, a, b, 1, c)
	if got := c.Data[0]; got != 42 {
		t.Errorf("2·5 + 3·7 + 11 = %v", got)
	}
}

// problem is one call of Sgemm.
type problem struct {
	tA, tB        blas.Transpose
	m, n, k       int
	alpha, beta   float32
	a, b, c       []float32
	lda, ldb, ldc int
}

// newProblem draws the matrices, with extra values after each row.
func newProblem(r *rand.Rand, tA, tB blas.Transpose, m, n, k int, alpha, beta float32, extra int) problem {
	p := problem{tA: tA, tB: tB, m: m, n: n, k: k, alpha: alpha, beta: beta}
	matrix := func(t blas.Transpose, rows, columns int) ([]float32, int) {
		if t != blas.NoTrans {
			rows, columns = columns, rows
		}
		ld := max(1, columns+extra)
		x := make([]float32, max(0, (rows-1)*ld+columns)) // ends with the last row
		for i := range x {
			x[i] = 2*r.Float32() - 1
		}
		return x, ld
	}
	p.a, p.lda = matrix(tA, m, k)
	p.b, p.ldb = matrix(tB, k, n)
	p.c, p.ldc = matrix(blas.NoTrans, m, n)
	return p
}

func (p problem) String() string {
	return fmt.Sprintf("tA=%c tB=%c m=%d n=%d k=%d alpha=%v beta=%v strides %d, %d, %d", p.tA, p.tB, p.m, p.n, p.k, p.alpha, p.beta, p.lda, p.ldb, p.ldc)
}

// solve returns C by Sgemm.
func (p problem) solve(b blas.Float32Level3) []float32 {
	c := slices.Clone(p.c)
	b.Sgemm(p.tA, p.tB, p.m, p.n, p.k, p.alpha, p.a, p.lda, p.b, p.ldb, p.beta, c, p.ldc)
	return c
}

// reference returns element (i, j) of the result, and the sum of the absolute
// values of its terms.
func (p problem) reference(i, j int) (want, size float64) {
	want = float64(p.beta) * float64(p.c[i*p.ldc+j])
	size = math.Abs(want)
	for l := range p.k {
		a, b := p.a, p.b
		x, y := i*p.lda+l, l*p.ldb+j
		if p.tA != blas.NoTrans {
			x = l*p.lda + i
		}
		if p.tB != blas.NoTrans {
			y = j*p.ldb + l
		}
		term := float64(p.alpha) * float64(a[x]) * float64(b[y])
		want, size = want+term, size+math.Abs(term)
	}
	return want, size
}

// check compares c with the reference within the documented bound, and what lies
// between the rows with what was there.
func (p problem) check(t *testing.T, c []float32) {
	t.Helper()
	u := float64(p.k+1) * 0x1p-24
	bound := u/(1-u) + float64(p.k+1)*0x1p-52 // the latter for the reference
	for q, got := range c {
		i, j := q/p.ldc, q%p.ldc
		if j >= p.n {
			if got != p.c[q] {
				t.Fatalf("%v: value %d after row %d overwritten", p, j-p.n, i)
			}
			continue
		}
		want, size := p.reference(i, j)
		if d := math.Abs(float64(got) - want); !(d <= bound*size) {
			t.Fatalf("%v: c[%d,%d] = %v, want %v within %g", p, i, j, got, want, bound*size)
		}
	}
}

func TestSgemm(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	size := func() int {
		if r.IntN(8) == 0 {
			return r.IntN(400) // beyond every block
		}
		return r.IntN(40)
	}
	factors := []float32{0, 1, -1, 0.3}
	for range 400 {
		p := newProblem(r, transposes[r.IntN(3)], transposes[r.IntN(3)], size(), size(), size(),
			factors[r.IntN(4)], factors[r.IntN(4)], r.IntN(3))
		testProblem(t, p)
	}
	// Every side of every block's edge.
	for _, m := range []int{rows - 1, rows, rows + 1} {
		for _, n := range []int{columns - 1, columns, columns + panel + 1} {
			for _, k := range []int{terms, terms + 1} {
				testProblem(t, newProblem(r, transposes[m%2], transposes[n%2], m, n, k, 0.7, 0, 1))
			}
		}
	}
}

// testProblem checks one result, and that all paths have its bits.
func testProblem(t *testing.T, p problem) {
	t.Helper()
	a, b := slices.Clone(p.a), slices.Clone(p.b)
	var first []float32
	defer kernels.Use(kernels.ActivePath())
	for _, path := range kernels.Paths() {
		kernels.Use(path)
		c := p.solve(Implementation{})
		if first == nil {
			first = c
			p.check(t, c)
		}
		if !slices.EqualFunc(c, first, func(x, y float32) bool { return math.Float32bits(x) == math.Float32bits(y) }) {
			t.Fatalf("%v: %v gives other bits than %v", p, path, kernels.Paths()[0])
		}
	}
	if !slices.Equal(a, p.a) || !slices.Equal(b, p.b) {
		t.Fatalf("%v: an input was changed", p)
	}
}

func TestSgemmNonfinite(t *testing.T) {
	for _, tt := range []struct {
		name                       string
		a, b, c, alpha, beta, want float32
		k                          int
	}{
		{"beta 0 forgets NaN", 1, 2, nan, 1, 0, 2, 1},
		{"beta 0 forgets NaN, no terms", 1, 2, nan, 1, 0, 0, 0},
		{"beta 0 forgets infinity", 1, 2, inf, 3, 0, 6, 1},
		{"beta 1 keeps NaN", 1, 2, nan, 1, 1, nan, 1},
		{"beta scales infinity", 1, 2, inf, 1, -1, -inf, 1},
		{"alpha 0 does not read", nan, inf, 4, 0, 0.5, 2, 1},
		{"alpha 0, beta 0", nan, inf, nan, 0, 0, 0, 1},
		{"zero times infinity", 0, inf, 1, 1, 1, nan, 1},
		{"NaN in B", 0, nan, 1, 1, 1, nan, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			eachPath(t, func(t *testing.T) {
				for _, tA := range transposes {
					for _, tB := range transposes {
						c := []float32{tt.c}
						Implementation{}.Sgemm(tA, tB, 1, 1, tt.k, tt.alpha, []float32{tt.a}, 1, []float32{tt.b}, 1, tt.beta, c, 1)
						if got := c[0]; got != tt.want && !(got != got && tt.want != tt.want) {
							t.Errorf("got %v, want %v", got, tt.want)
						}
					}
				}
			})
		})
	}
}

// Every wrong argument panics as in gonum's Sgemm, and nothing else does.
func TestSgemmPanics(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	message := func(b blas.Float32Level3, p problem) (text string) {
		defer func() {
			if e := recover(); e != nil {
				text = fmt.Sprint(e)
			}
		}()
		p.solve(b)
		return ""
	}
	seen := map[string]int{}
	for range 20_000 {
		p := newProblem(r, transposes[r.IntN(3)], transposes[r.IntN(3)], r.IntN(4), r.IntN(4), r.IntN(4), 1, 0.5, r.IntN(2))
		switch r.IntN(10) {
		case 0:
			p.tA = 'x'
		case 1:
			p.tB = 'x'
		case 2:
			p.m = -1
		case 3:
			p.n, p.k = p.n-2, p.k-2
		case 4:
			p.lda--
		case 5:
			p.ldb--
		case 6:
			p.ldc--
		case 7:
			p.a = p.a[:max(0, len(p.a)-1)]
		case 8:
			p.b = p.b[:max(0, len(p.b)-1)]
		case 9:
			p.c = p.c[:max(0, len(p.c)-1)]
		}
		got, want := message(Implementation{}, p), message(gonum.Implementation{}, p)
		if got != want {
			t.Fatalf("%v, lengths %d, %d, %d: panic %q, want %q", p, len(p.a), len(p.b), len(p.c), got, want)
		}
		seen[want]++
	}
	if len(seen) != 11 { // ten messages, and none
		t.Errorf("only these came up: %v", seen)
	}
}

func TestSgemmAllocates(t *testing.T) {
	p := newProblem(rand.New(rand.NewPCG(5, 6)), blas.Trans, blas.Trans, 50, 60, 70, 2, 1, 0)
	allocations := testing.AllocsPerRun(20, func() {
		Implementation{}.Sgemm(p.tA, p.tB, p.m, p.n, p.k, p.alpha, p.a, p.lda, p.b, p.ldb, p.beta, p.c, p.ldc)
	})
	if allocations > 0 {
		t.Errorf("%v allocations, want none", allocations)
	}
}
