package kernels

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// exactFMA rounds x·y + z once with math/big, for finite arguments. 600 bits hold
// every such sum: its bits lie between 2^257 and 2^-298.
func exactFMA(x, y, z float32) float32 {
	p := new(big.Float).SetPrec(600).Mul(big.NewFloat(float64(x)), big.NewFloat(float64(y)))
	s := new(big.Float).SetPrec(600).Add(p, big.NewFloat(float64(z)))
	if s.Sign() == 0 {
		return float32(float64(x)*float64(y)) + z // zero plus zero, for its sign; or x - x
	}
	f, _ := s.Float32()
	return f
}

// sameBits reports whether a and b are the same float32, any NaN equal to any.
func sameBits(a, b float32) bool {
	return math.Float32bits(a) == math.Float32bits(b) || a != a && b != b
}

func TestFMAKnown(t *testing.T) {
	const (
		ulp  = 0x1p-23 // of 1
		tiny = 0x1p-149
		huge = math.MaxFloat32
	)
	for _, tt := range []struct {
		name          string
		x, y, z, want float32
	}{
		{"plain", 2, 3, 4, 10},
		{"exact tie goes to even, down", ulp, 0.5, 1, 1},
		{"exact tie goes to even, up", ulp, 0.5, 1 + ulp, 1 + 2*ulp},
		{"dust above a tie", ulp * (1 + ulp), 0.5 * (1 + ulp), 1, 1 + ulp},
		{"dust below a tie", ulp * (1 - ulp), 0.5 * (1 + ulp), 1 + ulp, 1 + ulp},
		{"dust too small for float64, above", 1 + 0x1p-12, 1 + 0x1p-12, tiny, 1 + 0x1p-11 + ulp},
		{"dust too small for float64, below", 1 + 0x1p-12, 1 + 0x1p-12, -tiny, 1 + 0x1p-11},
		{"negative tie, dust away from zero", -1 - 0x1p-12, 1 + 0x1p-12, -tiny, -1 - 0x1p-11 - ulp},
		{"subnormal tie, dust above", 0x1p-75 * (1 + ulp), 0x1p-75, 0, tiny},
		{"subnormal tie, dust below", 0x1p-75 * (1 - ulp/2), 0x1p-75, 0, 0},
		{"subnormal tie, exact", 0x1p-75, 0x1p-75, 0, 0},
		{"subnormal tie, dust lost in float64", 0x1p-75 * (1 + ulp), 0x1p-75 * (1 - ulp), 0x1p-127, 0x1p-127},
		{"subnormal tie, dust gained in float64", 0x1p-75 * (1 + ulp), 0x1p-75 * (1 - ulp/2), 0x1p-127, 0x1p-127 + tiny},
		{"underflow keeps the sign", -0x1p-100, 0x1p-100, 0, negZero},
		{"overflow at the top, tie", huge, 1, 0x1p103, inf},
		{"overflow at the top, dust below the tie", 0x1p52, 0x1p51 * (1 - ulp/2), huge, huge},
		{"overflow", huge, 2, 0, inf},
		{"overflow that cancels", huge, 2, -huge, huge},
		{"zero plus minus zero", 0, 1, negZero, 0},
		{"minus zero kept", 0, -1, negZero, negZero},
		{"zero times infinity", 0, inf, 1, nan},
		{"infinity minus infinity", inf, 1, -inf, nan},
		{"infinity", inf, 1, 1, inf},
		{"NaN", 1, 1, nan, nan},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := FMA(tt.x, tt.y, tt.z); !sameBits(got, tt.want) {
				t.Errorf("FMA(%x, %x, %x) = %x, want %x", tt.x, tt.y, tt.z, got, tt.want)
			}
		})
	}
}

func TestFMAAgainstExact(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	bits := func() float32 { return math.Float32frombits(r.Uint32()) }
	// short has n significant bits, and an exponent in [low, high].
	short := func(n, low, high int) float32 {
		m := float64(r.Uint64N(1<<n)|1) * float64(1-2*int(r.Uint64N(2)))
		return float32(math.Ldexp(m, low+int(r.Uint64N(uint64(high-low+1)))-n))
	}
	dust := func() float32 { return short(1+int(r.Uint64N(24)), -148, -20) }
	for _, tt := range []struct {
		name string
		hard bool // many results that double rounding gets wrong
		draw func() (x, y, z float32)
	}{
		{"random bits", false, func() (x, y, z float32) { return bits(), bits(), bits() }},
		{"like magnitudes", false, func() (x, y, z float32) { return short(24, -3, 3), short(24, -3, 3), short(24, -3, 3) }},
		{"product on a midpoint plus dust", true, func() (x, y, z float32) { return short(12, 0, 3), short(13, 0, 3), dust() }},
		{"half an ulp times nearly one", true, func() (x, y, z float32) {
			half := math.Ldexp(1, -24-int(r.Uint64N(8)))
			near := func() float64 { return 1 + 0x1p-23*float64(int(r.Uint64N(9))-4) }
			return float32(half * near()), float32(near()), float32(1 + 0x1p-23*float64(r.Uint64N(16)))
		}},
		{"subnormal results", false, func() (x, y, z float32) {
			return short(24, -80, -60), short(24, -80, -60), short(24, -149, -124)
		}},
		{"subnormal midpoints", true, func() (x, y, z float32) {
			near := func() float64 { return 1 + 0x1p-23*float64(int(r.Uint64N(9))-4) }
			return float32(0x1p-75 * near()), float32(0x1p-75 * near()), short(23, -127, -126)
		}},
		{"top of the range", false, func() (x, y, z float32) { return short(24, 60, 64), short(24, 60, 64), short(24, 120, 128) }},
		{"cancellation", false, func() (x, y, z float32) {
			x, y = short(24, -2, 2), short(24, -2, 2)
			return x, y, -(x * y)
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			doubled := 0
			for range 200_000 {
				x, y, z := tt.draw()
				if v := x * 0 * y * z; v != v {
					continue // NaN or infinite
				}
				want := exactFMA(x, y, z)
				if got := FMA(x, y, z); !sameBits(got, want) {
					t.Fatalf("FMA(%x, %x, %x) = %x, want %x", x, y, z, got, want)
				}
				if !sameBits(float32(float64(x)*float64(y)+float64(z)), want) {
					doubled++
				}
			}
			if tt.hard && doubled < 100 {
				t.Errorf("only %d results that double rounding gets wrong: the case has lost its point", doubled)
			}
		})
	}
}

// Rounding to odd is truncation with the last bit set if anything was cut off.
func TestRoundToOdd(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 200_000 {
		p := float64(2*r.Float32()-1) * float64(2*r.Float32()-1)
		z := float64(math.Float32frombits(r.Uint32()&^(63<<23) | uint32(64+r.IntN(63))<<23))
		sum := new(big.Float).SetPrec(600).Add(big.NewFloat(p), big.NewFloat(z))
		want, accuracy := new(big.Float).SetMode(big.ToZero).SetPrec(53).Set(sum).Float64()
		if cut := new(big.Float).SetPrec(600).SetFloat64(want); accuracy != big.Exact || cut.Cmp(sum) != 0 {
			want = math.Float64frombits(math.Float64bits(want) | 1)
		}
		if got := roundToOdd(p, z); got != want {
			t.Fatalf("roundToOdd(%x, %x) = %x, want %x", p, z, got, want)
		}
	}
}
