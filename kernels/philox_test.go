package kernels

import (
	"fmt"
	"math"
	"slices"
	"testing"
)

// The known answers of Random123's kat_vectors for Philox4x32-10.
func TestPhiloxBlock(t *testing.T) {
	const ones = 0xffffffff
	for _, tt := range []struct {
		name    string
		counter [4]uint32
		key     [2]uint32
		want    [4]uint32
	}{
		{"zeros", [4]uint32{}, [2]uint32{}, [4]uint32{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
		{"ones", [4]uint32{ones, ones, ones, ones}, [2]uint32{ones, ones}, [4]uint32{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
		{"digits of π", [4]uint32{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, [2]uint32{0xa4093822, 0x299f31d0}, [4]uint32{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := PhiloxBlock(tt.counter, tt.key); got != tt.want {
				t.Errorf("PhiloxBlock(%08x, %08x) = %08x, want %08x", tt.counter, tt.key, got, tt.want)
			}
		})
	}
}

// philoxByDefinition returns the words of networks rows of n.
func philoxByDefinition(n, networks int, counter [4]uint32, key [2]uint32) []uint32 {
	var want []uint32
	for b := range networks {
		network := (uint64(counter[3])<<32 | uint64(counter[2])) + uint64(b)
		for i := range n {
			c := [4]uint32{counter[0] + uint32(i/4), counter[1], uint32(network), uint32(network >> 32)}
			want = append(want, PhiloxBlock(c, key)[i%4])
		}
	}
	return want
}

func TestPhilox(t *testing.T) {
	key := [2]uint32{0xa4093822, 0x299f31d0}
	eachPath(t, func(t *testing.T) {
		check := func(n, networks int, counter [4]uint32) {
			t.Helper()
			whole := slices.Repeat([]uint32{12345}, n*networks+2*guard)
			dst := whole[guard : guard+n*networks]
			Philox(dst, n, counter, key)
			for i, want := range philoxByDefinition(n, networks, counter, key) {
				if dst[i] != want {
					t.Fatalf("n=%d, %d networks from %08x: word %d of network %d = %08x, want %08x",
						n, networks, counter, i%n, i/n, dst[i], want)
				}
			}
			for i, v := range whole {
				if (i < guard || i >= guard+len(dst)) && v != 12345 {
					t.Fatalf("n=%d, %d networks: word %d outside dst overwritten", n, networks, i-guard)
				}
			}
		}
		for n := range 71 {
			for _, networks := range []int{0, 1, 2, 3, 4, 5, 7, 15, 16, 17, 18, 19, 20, 31, 33, 50} {
				check(n, networks, [4]uint32{0, 3, 9, 0})
			}
		}
		for networks := range 70 {
			check(1, networks, [4]uint32{5, 1, math.MaxUint32 - 20, 7})
			check(7, networks, [4]uint32{5, 1, math.MaxUint32 - 20, 7})
		}
		check(1001, 3, [4]uint32{0, 1 << 31, math.MaxUint32, 0})                         // networks across 2³²
		check(5, 40, [4]uint32{1 << 31, 2, math.MaxUint32 - 9, math.MaxUint32})          // across 2⁶⁴
		check(200, 5, [4]uint32{math.MaxUint32 - 20, math.MaxUint32, 1, math.MaxInt32})  // elements across 2³²
		check(128, 2, [4]uint32{math.MaxUint32 - 31, math.MaxUint32, 1, math.MaxUint32}) // up to 2³²
	})
}

func TestPhiloxPanics(t *testing.T) {
	for _, n := range []int{-1, 0, 3} {
		func() {
			defer func() {
				want := fmt.Sprintf("kernels: Philox: len(dst) = 4, want a multiple of n = %d", n)
				if got := fmt.Sprint(recover()); got != want {
					t.Errorf("panic %q, want %q", got, want)
				}
			}()
			Philox(make([]uint32, 4), n, [4]uint32{}, [2]uint32{})
		}()
	}
}

func BenchmarkPhilox(b *testing.B) {
	for _, s := range []struct{ n, networks int }{{4096, 1}, {99, 16}, {11, 1}, {11, 64}, {1, 64}} {
		dst := make([]uint32, s.n*s.networks)
		benchmarkPaths(b, fmt.Sprintf("n=%d/networks=%d", s.n, s.networks), len(dst), func() {
			Philox(dst, s.n, [4]uint32{}, [2]uint32{1, 2})
		})
	}
}
