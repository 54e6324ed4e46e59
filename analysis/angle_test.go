package analysis

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

const bigPrecision = 400

func bigOf(x float64) *big.Float { return new(big.Float).SetPrec(bigPrecision).SetFloat64(x) }

func bigZero() *big.Float { return bigOf(0) }

// bigArctan returns the arctangent of t ≥ 0 to more than 300 bits: its series after
// halving the angle eight times by tan(x/2) = tan(x)/(1 + √(1 + tan²(x))).
func bigArctan(t *big.Float) *big.Float {
	one := bigOf(1)
	t = bigZero().Set(t)
	for range 8 {
		root := bigZero().Mul(t, t)
		root.Sqrt(root.Add(root, one))
		t.Quo(t, root.Add(root, one))
	}
	square := bigZero().Mul(t, t)
	sum, power := bigZero(), bigZero().Set(t)
	for n := int64(1); n < 70; n += 2 { // t < 2⁻⁷
		sum.Add(sum, bigZero().Quo(power, bigZero().SetInt64(n)))
		power.Neg(power.Mul(power, square))
	}
	return sum.SetMantExp(sum, 8)
}

func TestBigArctan(t *testing.T) {
	pi, _, _ := big.ParseFloat("3.14159265358979323846264338327950288419716939937510582097494459230781640628620899862803482534211706798", 10, bigPrecision, big.ToNearestEven)
	for _, tt := range []struct {
		name string
		t    *big.Float
		want float64 // over π
	}{
		{"0", bigZero(), 0},
		{"1", bigOf(1), 1. / 4},
		{"√2 - 1", bigZero().Sub(bigZero().Sqrt(bigOf(2)), bigOf(1)), 1. / 8},
		{"√2 + 1", bigZero().Add(bigZero().Sqrt(bigOf(2)), bigOf(1)), 3. / 8},
	} {
		difference := bigZero().Mul(bigOf(tt.want), pi)
		difference.Abs(difference.Sub(difference, bigArctan(tt.t)))
		if limit := math.Ldexp(1, -300); difference.Cmp(bigOf(limit)) > 0 {
			t.Errorf("bigArctan(%s) is wrong by %v, want at most %v", tt.name, difference, limit)
		}
	}
}

// relativeError returns |got - want|/want.
func relativeError(got float64, want *big.Float) float64 {
	e := bigZero().Sub(bigOf(got), want)
	r, _ := e.Quo(e, want).Float64()
	return math.Abs(r)
}

func TestArctan(t *testing.T) {
	r := rand.New(rand.NewPCG(41, 42))
	points := []float64{0x1p-1022, 1e-300, 1e-9, 1}
	for _, at := range []float64{tanPi16, tanPi8, tan3Pi16} {
		points = append(points, math.Nextafter(at, 0), at, math.Nextafter(at, 1))
	}
	for range 2000 {
		points = append(points, r.Float64(), math.Exp(-30*r.Float64()))
	}
	worst := 0.0
	for _, x := range points {
		e := relativeError(arctan(x), bigArctan(bigOf(x)))
		if worst = max(worst, e); e > 3*0x1p-53 {
			t.Errorf("arctan(%v) = %v: relative error %.2f·2⁻⁵³, want at most 3", x, arctan(x), e*0x1p53)
		}
	}
	t.Logf("largest relative error %.2f·2⁻⁵³", worst*0x1p53)
	if got := arctan(0); got != 0 {
		t.Errorf("arctan(0) = %v, want 0", got)
	}
	if got := arctan(math.NaN()); got == got {
		t.Errorf("arctan(NaN) = %v, want NaN", got)
	}
}

func TestAngle(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, tt := range []struct {
		name     string
		a, b, d2 float64
		want     float64
	}{
		{"right", 3, 4, 25, math.Pi / 2},
		{"opposite the cathetus", 5, 4, 9, math.Atan(3. / 4)},
		{"equilateral", 7, 7, 49, math.Pi / 3},
		{"120°", 3, 5, 49, 2 * math.Pi / 3},
		{"the same", 2, 2, 0, 0},
		{"longer only", 5, 2, 9, 0},
		{"opposite", 5, 2, 49, math.Pi},
		{"needle", 1, 1, 1e-18, 1e-9},
		{"beyond 0", 5, 2, 8.9, 0},
		{"beyond π", 5, 2, 49.1, math.Pi},
		{"small", 3e-45, 4e-45, 25e-90, math.Pi / 2},
		{"large", 3e40, 4e40, 25e80, math.Pi / 2},
		{"zero and another", 0, 2, 4, math.Pi / 2},
		{"zeros", 0, 0, 0, 0},
		{"NaN", nan, 1, nan, nan},
		{"zero and NaN", 0, nan, nan, nan},
		{"infinite", inf, 1, inf, nan},
		{"both infinite", inf, inf, nan, nan},
		{"both infinite and as far", inf, inf, inf, nan},
		{"zero and infinite", 0, inf, inf, nan},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, got := range []float64{angle(tt.a, tt.b, tt.d2), angle(tt.b, tt.a, tt.d2)} {
				if !(math.Abs(got-tt.want) <= 0x1p-51*tt.want) && !(got != got && tt.want != tt.want) {
					t.Errorf("angle(%v, %v, %v) = %v, want %v", tt.a, tt.b, tt.d2, got, tt.want)
				}
			}
		})
	}
}

// Of triangles of all forms, needles above all, the angle lies between those that
// its documented error allows.
func TestAngleAgainstBig(t *testing.T) {
	const u = 0x1p-53
	r := rand.New(rand.NewPCG(43, 44))
	square := func(x *big.Float) *big.Float { return bigZero().Mul(x, x) }
	moved := func(x, by *big.Float, units float64) *big.Float { // x + units·u·by, or 0
		x = bigZero().Add(x, bigZero().Mul(bigOf(units*u), by))
		if x.Sign() < 0 {
			x.SetInt64(0)
		}
		return x
	}
	exact := func(s, t *big.Float, factor float64) float64 {
		half := bigArctan(bigZero().Sqrt(bigZero().Quo(s, t)))
		f, _ := half.Mul(half, bigOf(2*factor)).Float64()
		return f
	}
	for range 3000 {
		a := math.Exp(8 * r.NormFloat64())
		b := a * (1 + math.Exp(10-35*r.Float64()))
		share := r.Float64()
		if r.IntN(2) == 0 {
			share = math.Exp(-20 * r.Float64())
		}
		d := (b - a) + share*2*a // from b-a to a+b
		d2 := d * d
		less, sum := square(bigZero().Sub(bigOf(b), bigOf(a))), square(bigZero().Add(bigOf(a), bigOf(b)))
		s, c := bigZero().Sub(bigOf(d2), less), bigZero().Sub(sum, bigOf(d2))
		if s.Sign() <= 0 || c.Sign() <= 0 {
			continue // no triangle, by rounding
		}
		low := exact(moved(s, bigOf(d2), -4), moved(c, sum, 4), 1-10*u)
		high := math.Pi
		if below := moved(c, sum, -4); below.Sign() > 0 {
			high = exact(moved(s, bigOf(d2), 4), below, 1+10*u)
		}
		if got := angle(a, b, d2); !(low <= got && got <= high) {
			t.Errorf("angle(%v, %v, %v) = %v, want %v to %v", a, b, d2, got, low, high)
		}
	}
}
