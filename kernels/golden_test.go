package kernels

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"
	"testing"
)

// The bits of every kernel, on every CPU and with every compiler setting. A
// change here changes rows: it needs a new schema.NumericsVersion.
var golden = map[string]string{
	"identity":   "3607f9ce2ad0a7a5",
	"logistic":   "49ac77867f87953a",
	"tanh":       "a952ea95fa3c1ea6",
	"relu":       "7bd6eb668156d530",
	"erf":        "cbd2f1d12e44dad5",
	"leaky_relu": "277d6832b272446a",
	"gelu":       "6af624174c651741",
	"silu":       "d1b4069b8f5d1e8b",
	"sin":        "ef117f1d9d3383d9",
	"gaussian":   "c1a0a211bca5dca1",
	"softplus":   "ac7716e8dc9b7d73",
	"elu":        "a6393840db521549",
	"step":       "a5e72626c3c4ad66",
	"layer":      "563efc6a3d719ac3",
}

// digest returns the first 16 hexadecimal digits of the SHA-256 of the bits of
// y, little-endian, with one bit pattern for all NaN.
func digest(y []float32) string {
	h := sha256.New()
	for _, v := range y {
		b := math.Float32bits(v)
		if v != v {
			b = 0x7fc00000
		}
		h.Write(binary.LittleEndian.AppendUint32(nil, b))
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

func TestGolden(t *testing.T) {
	var x []float32
	samples(16411, func(piece []float32) { x = append(x, piece...) }) // a prime: 260,000 values
	for i := range 1 << 16 {
		x = append(x, float32(i-1<<15)/4096) // where networks live: -8 to 8
	}
	x = append(x, nan)
	y := make([]float32, len(x))
	eachPath(t, func(t *testing.T) {
		for _, a := range activations {
			a.f(y, x)
			checkGolden(t, a.name, y)
		}
	})

	// A linear congruential generator, so that nothing outside this file decides
	// the inputs: Knuth's MMIX constants, the upper 24 bits as a number in [-1, 1).
	state := uint64(1)
	draw := func() float32 {
		state = state*6364136223846793005 + 1442695040888963407
		return float32(int64(state)>>40) / (1 << 23)
	}
	const n, k, p = 23, 37, 101
	w, _ := guarded(n*k, draw)
	in, _ := guarded(k*p, draw)
	b, _ := guarded(n, draw)
	y = make([]float32, n*p)
	eachPath(t, func(t *testing.T) {
		Layer(y, w, in, b, n, k, p)
		checkGolden(t, "layer", y)
	})
}

func checkGolden(t *testing.T, name string, y []float32) {
	t.Helper()
	if got, want := digest(y), golden[name]; got != want {
		t.Errorf("%q: %q, // want %q", name, got, want)
	}
}

// The float64 sine before its last rounding: most of a fused operation's traces
// vanish in float32, so this is the sharper test that nothing was fused. It is
// worth running with GOAMD64=v3.
func TestGoldenFloat64(t *testing.T) {
	h := sha256.New()
	samples(1<<16+1, func(x []float32) {
		for _, v := range x {
			if y := sin(float64(v)); y == y {
				h.Write(binary.LittleEndian.AppendUint64(nil, math.Float64bits(y)))
			}
		}
	})
	for i := range 1 << 15 {
		y := sin(float64(float32(i-1<<14) / 2039)) // -8 to 8
		h.Write(binary.LittleEndian.AppendUint64(nil, math.Float64bits(y)))
	}
	if got, want := hex.EncodeToString(h.Sum(nil)[:8]), "b32e879b7611c841"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
