package analysis

import "math"

// MaxAbs returns the largest absolute value of x, 0 for an empty slice. If any
// value is NaN or infinite so is the result: without their sign, float32 bit
// patterns are ordered as numbers with infinity and then NaN on top.
func MaxAbs(x []float32) float32 {
	var m0, m1, m2, m3 uint32 // four, so that no maximum waits for the last
	for ; len(x) >= 4; x = x[4:] {
		m0, m1 = max(m0, magnitude(x[0])), max(m1, magnitude(x[1]))
		m2, m3 = max(m2, magnitude(x[2])), max(m3, magnitude(x[3]))
	}
	for _, v := range x {
		m0 = max(m0, magnitude(v))
	}
	return math.Float32frombits(max(m0, m1, m2, m3))
}

// magnitude returns the bits of v without its sign.
func magnitude(v float32) uint32 { return math.Float32bits(v) &^ (1 << 31) }

// finite reports whether v is neither NaN nor infinite.
func finite(v float32) bool { return v-v == 0 }
