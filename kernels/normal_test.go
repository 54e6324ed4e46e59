package kernels

import (
	"math"
	"math/big"
	"testing"
)

// eachWord visits about 4,000,000 words in increasing order, the ends of the range,
// the middle
// and the ends of AS 241's intervals (0.075 and 0.925) densely.
func eachWord(visit func(w uint32)) {
	dense := []uint64{0, 0x13333333, 1 << 31, 0xeccccccc, 1 << 32}
	next := uint64(0)
	for _, d := range dense {
		for ; next+50_000 < d; next += 1021 {
			visit(uint32(next))
		}
		for ; next < min(d+50_000, 1<<32); next++ {
			visit(uint32(next))
		}
	}
}

func TestSymmetryAndOrder(t *testing.T) {
	last := math.Inf(-1)
	eachWord(func(w uint32) {
		x := Normal(w)
		if !(x > last) {
			t.Fatalf("Normal(%#x) = %v, not above %v at a smaller word", w, x, last)
		}
		last = x
		if Normal(^w) != -x {
			t.Fatalf("Normal(%#x) = %v, Normal(%#x) = %v", w, x, ^w, Normal(^w))
		}
		if u := Uniform(w); !(u > 0 && u < 1) || Uniform(^w) != 1-u {
			t.Fatalf("Uniform(%#x) = %v, Uniform(%#x) = %v", w, u, ^w, Uniform(^w))
		}
	})
}

// distribution returns Φ(x) - 1/2 = φ(x)·Σ x²ᵏ⁺¹/(2k+1)!! and φ(x)·x, with 1/√2π
// left out of both if scale is 1.
func distribution(x float64) (excess, slope *big.Float) {
	x1 := bigFloat(x)
	x2 := new(big.Float).Mul(x1, x1)
	sum, term := x1, x1
	for k := 1; term.MantExp(nil) > sum.MantExp(nil)-precision; k++ {
		term = new(big.Float).Quo(new(big.Float).Mul(term, x2), bigFloat(float64(2*k+1)))
		sum = new(big.Float).Add(sum, term)
	}
	// √2π·e^(x²/2)
	half := new(big.Float).Quo(x2, bigFloat(2))
	e, power := bigFloat(1), bigFloat(1)
	for k := 1; power.MantExp(nil) > -precision; k++ {
		power = new(big.Float).Quo(new(big.Float).Mul(power, half), bigFloat(float64(k)))
		e = new(big.Float).Add(e, power)
	}
	const pi = "3.14159265358979323846264338327950288419716939937510582097494459230781640628620899862803482534211706798"
	twoPi, _ := new(big.Float).SetPrec(precision).SetString(pi)
	scale := new(big.Float).Mul(e, new(big.Float).Sqrt(twoPi.Mul(twoPi, bigFloat(2))))
	return new(big.Float).Quo(sum, scale), new(big.Float).Quo(x1, scale)
}

// The relative error of x = Normal(w) is (Φ(x) - Uniform(w))/(φ(x)·x), to first
// order in itself.
func TestNormalError(t *testing.T) {
	const bound = 1e-15
	worst, at := 0.0, uint32(0)
	check := func(w uint32) {
		excess, slope := distribution(Normal(w))
		excess.Sub(excess, bigFloat(Uniform(w)-0.5))
		e, _ := excess.Quo(excess, slope).Float64()
		if e = math.Abs(e); e > worst {
			worst, at = e, w
		}
	}
	for i := range uint32(3000) {
		check(i * 1_431_655) // prime to 2; the whole range
		check(i)             // the far tail
		check(1<<31 + i)     // the middle
		check(0x13333333 - 1500 + i)
	}
	t.Logf("maximum relative error %.3g at %#x", worst, at)
	if !(worst <= bound) {
		t.Errorf("relative error %g at word %#x, want at most %g", worst, at, bound)
	}
}

// A change here changes every normal weight: it needs a new schema.StreamVersion.
func TestNormalGolden(t *testing.T) {
	for _, tt := range []struct {
		word uint32
		want float64
	}{
		{0x00000000, -0x1.95a1198fcf3d5p+02}, // -6.337957754553789
		{0x00000001, -0x1.8aa6c7fe07fdep+02}, // -6.166429517819749
		{0x10000000, -0x1.88bc1fba0ce29p+00}, // -1.5341205434059566
		{0x13333332, -0x1.708522723041ap+00}, // -1.4395314720898171
		{0x13333333, -0x1.7085226b1fc71p+00}, // -1.4395314704450153
		{0x40000000, -0x1.5956b872030bap-01}, // -0.6744897498297384
		{0x7fffffff, -0x1.40d931ff62707p-32}, // -2.9180993729166234e-10
		{0x80000000, 0x1.40d931ff62707p-32},  // 2.9180993729166234e-10
		{0xdeadbeef, 0x1.20293483584e6p+00},  // 1.1256287403742191
		{0xffffffff, 0x1.95a1198fcf3d5p+02},  // 6.337957754553789
	} {
		if got := Normal(tt.word); got != tt.want {
			t.Errorf("{%#08x, %x}, // %v, want %v", tt.word, got, got, tt.want)
		}
	}
}

func TestLog(t *testing.T) {
	worst := 0.0
	for i := range 1_000_000 {
		x := math.Ldexp(1+float64(i)/1e6, -1-i%40)
		if x > 0.5 {
			continue
		}
		worst = max(worst, math.Abs(log(x)/math.Log(x)-1))
	}
	t.Logf("maximum relative difference from math.Log 2^%.2f", math.Log2(worst))
	if !(worst <= 0x1p-51+0x1p-52) { // math.Log is good to 2⁻⁵²
		t.Errorf("relative error %g", worst)
	}
}

func TestNormals(t *testing.T) {
	eachPath(t, func(t *testing.T) {
		for _, std := range []float64{1, 0.5, 2 / math.Sqrt(3), 1e-40, 1e300, math.SmallestNonzeroFloat64, 0} {
			for _, flank := range []float64{0, 0.15, 1} {
				for _, n := range drawLengths() {
					checkDraws(t, drawWords(n, flank, uint64(n)),
						func(dst []float32, words []uint32) { Normals(dst, words, std) },
						func(word uint32) float32 { return float32(std * Normal(word)) })
				}
			}
		}
	})
}

// The float64 before their last rounding: float32 hides their last bits, but for a
// std that takes the quantile to the middle of two float32. A step of an ulp then
// decides between them, so this is the sharp test that nothing is fused or reordered.
func TestNormalsLastBit(t *testing.T) {
	eachPath(t, func(t *testing.T) {
		const middle = 1 + 0x1p-24
		for i := range uint32(1_000_000) {
			w := i * 4_295 // the whole range
			x := Normal(w)
			below := middle / math.Abs(x)
			for below*math.Abs(x) > middle {
				below = math.Nextafter(below, 0)
			}
			for math.Nextafter(below, 2*below)*math.Abs(x) <= middle {
				below = math.Nextafter(below, 2*below)
			}
			for _, std := range []float64{below, math.Nextafter(below, 2*below)} {
				var got [1]float32
				if Normals(got[:], []uint32{w}, std); got[0] != float32(std*x) {
					t.Fatalf("word %#08x at std %v: %v, want %v", w, std, got[0], float32(std*x))
				}
			}
		}
	})
}

// A dense sample of the words, the ends of the intervals above all, or with
// NODAL_LONG=1 every one of them.
func TestEveryNormal(t *testing.T) {
	const block = 1 << 16
	words, dst, want := make([]uint32, 0, block), make([]float32, block), make([]float32, block)
	flush := func() {
		for i, w := range words {
			want[i] = float32(Normal(w))
		}
		for _, p := range Paths() {
			if p == Portable {
				continue // that is what want is
			}
			Use(p)
			Normals(dst[:len(words)], words, 1)
			for i, w := range words {
				if math.Float32bits(dst[i]) != math.Float32bits(want[i]) {
					t.Fatalf("%v: word %#08x: %v, want %v", p, w, dst[i], want[i])
				}
			}
		}
		words = words[:0]
	}
	defer Use(ActivePath())
	visit := func(w uint32) {
		if words = append(words, w); len(words) == block {
			flush()
		}
	}
	if long() {
		for w := range uint64(1 << 32) {
			visit(uint32(w))
		}
	} else {
		eachWord(visit)
	}
	flush()
}
