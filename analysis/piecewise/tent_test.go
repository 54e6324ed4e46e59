package piecewise

import (
	"fmt"
	"testing"

	"nodal/schema"
)

// tents returns f = T(T(…T(scale·x - shift)…)) - 1/2, k tents T(z) = 1 - |2z - 1| on
// [0, 1], of two ReLU units each: T(z) = 2 max(z, 0) - 4 max(z - 1/2, 0) (Telgarsky
// 2015, "Representation benefits of deep feedforward networks"). A third unit adds
// 2 max(z - 1, 0), and T is 0 outside [0, 1].
func tents(k, units int, scale, shift float32) *network {
	n := &network{activation: schema.ReLU}
	tent := u{2, -4, 2}[:units]
	in := u{scale}
	offset := -shift
	for range k {
		var layer []u
		for i := range units {
			layer = append(layer, append(append(u{}, in...), offset-float32(i)/2))
		}
		n.add(layer...)
		in, offset = tent, 0
	}
	n.add(append(append(u{}, tent...), -0.5))
	return n
}

func TestTents(t *testing.T) {
	const third = 0x1.55555p-2
	for _, tt := range []struct {
		name     string
		units    int
		scale    float32
		shift    float32
		from, to float64
		outside  int64 // pieces and breakpoints of the first layer beyond the tents
	}{
		{"unit interval", 2, 1, 0, 0, 1, 0},
		{"a third to the right", 2, 1, third, third, third + 1, 0},
		{"a thousand times as wide", 2, 0x1p-10, 0, 0, 0x1p10, 0},
		{"a third as wide, zeros between the numbers", 2, 3, 0, 0, 1. / 3, 0},
		{"shifted and narrow", 2, 48, 16, 1. / 3, 17. / 48, 0},
		{"flat outside", 3, 1, 0, -1, 2, 2},
		{"flat outside, narrow", 3, 7, 3, 0, 1, 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for k := 1; k <= 16; k++ {
				n := tents(k, tt.units, tt.scale, tt.shift)
				want := Counts{Pieces: 1<<k + tt.outside, Crossings: 1 << k}
				for l := range k {
					want.Breakpoints = append(want.Breakpoints, 1<<l) // T∘…∘T, l times, passes 1/2
				}
				want.Breakpoints[0] += tt.outside
				checkCounts(t, fmt.Sprintf("%d tents", k), n.walk(t, tt.from, tt.to), want)
			}
		})
	}
}
