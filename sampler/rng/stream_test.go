package rng

import (
	"math"
	"slices"
	"testing"

	"nodal/kernels"
)

// words returns the first n words of a tensor of a network.
func words(s Stream, n int, tensor uint32, network int64) []uint32 {
	dst := make([]uint32, n)
	s.Words(dst, n, tensor, 0, network)
	return dst
}

func TestWordsByDefinition(t *testing.T) {
	s := NewStream(1, 7, []int{2, 16, 1})
	for _, network := range []int64{0, 1, 1<<32 - 1, 1 << 32, 5<<32 + 3, math.MaxInt64} {
		for i, got := range words(s, 11, 3, network) {
			counter := [4]uint32{uint32(i / 4), 3, uint32(network), uint32(network >> 32)}
			if want := kernels.PhiloxBlock(counter, s.key)[i%4]; got != want {
				t.Errorf("network %d: word %d = %08x, want %08x", network, i, got, want)
			}
		}
	}
}

func TestWordsOfEveryLength(t *testing.T) {
	s := NewStream(1, 7, []int{1, 1})
	all := words(s, 71, 2, 9)
	for n := range all {
		dst := slices.Repeat([]uint32{12345}, n+2)
		s.Words(dst[1:n+1], n, 2, 0, 9)
		if !slices.Equal(dst[1:n+1], all[:n]) {
			t.Errorf("the first %d words depend on how many are asked for", n)
		}
		if dst[0] != 12345 || dst[n+1] != 12345 {
			t.Errorf("%d words: written outside dst", n)
		}
	}
}

// The words of several networks, from some word on, are those of each of them.
func TestWordsOfNetworks(t *testing.T) {
	s := NewStream(1, 7, []int{1, 1})
	const networks, n = 37, 14
	for _, network := range []int64{0, 1<<32 - 5, math.MaxInt64 - networks + 1} {
		for _, first := range []int64{0, 4, 1000} {
			dst := make([]uint32, networks*n)
			s.Words(dst, n, 3, first, network)
			for b := range networks {
				want := words(s, int(first)+n, 3, network+int64(b))[first:]
				if got := dst[b*n : (b+1)*n]; !slices.Equal(got, want) {
					t.Errorf("words from %d on of network %d: %08x, want %08x", first, network+int64(b), got, want)
				}
			}
		}
	}
}

func TestWordsPanics(t *testing.T) {
	defer func() {
		if got, want := recover(), "rng: Words: first = 6, want a multiple of 4"; got != want {
			t.Errorf("panic %q, want %q", got, want)
		}
	}()
	NewStream(1, 7, []int{1, 1}).Words(make([]uint32, 1), 1, 0, 6, 0)
}

// Everything that names a tensor changes its words.
func TestWordsDiffer(t *testing.T) {
	layers := []int{2, 16, 1}
	seen := map[uint64]string{}
	for _, tt := range []struct {
		name    string
		s       Stream
		tensor  uint32
		network int64
	}{
		{"base", NewStream(1, 7, layers), 0, 0},
		{"tensor", NewStream(1, 7, layers), 1, 0},
		{"network", NewStream(1, 7, layers), 0, 1},
		{"network above 2^32", NewStream(1, 7, layers), 0, 1 << 32},
		{"network 1 above 2^32", NewStream(1, 7, layers), 0, 1<<32 + 1},
		{"seed", NewStream(1, 8, layers), 0, 0},
		{"largest seed", NewStream(1, math.MaxInt64, layers), 0, 0},
		{"version", NewStream(2, 7, layers), 0, 0},
		{"width", NewStream(1, 7, []int{2, 17, 1}), 0, 0},
		{"depth", NewStream(1, 7, []int{2, 16, 16, 1}), 0, 0},
		{"same digits, other layers", NewStream(1, 7, []int{21, 6, 1}), 0, 0},
		{"no hidden layer", NewStream(1, 7, []int{2, 1}), 0, 0},
		{"seed and layers run together", NewStream(1, 72, []int{16, 1}), 0, 0},
	} {
		w := words(tt.s, 2, tt.tensor, tt.network)
		v := uint64(w[0])<<32 | uint64(w[1])
		if other, ok := seen[v]; ok {
			t.Errorf("%s and %s have the same words", tt.name, other)
		}
		seen[v] = tt.name
	}
}

// A change here changes every network: it needs a new schema.StreamVersion.
func TestStreamGolden(t *testing.T) {
	for _, tt := range []struct {
		name    string
		s       Stream
		tensor  uint32
		network int64
		want    []uint32
	}{
		{"first", NewStream(1, 0, []int{1, 1}), 0, 0, []uint32{0x3c42e269, 0xa9baced4, 0xf1847ecf, 0x6476a2f6, 0x3f271268}},
		{"article", NewStream(1, 7, []int{1, 11, 9, 1}), 3, 19999, []uint32{0xf1e7e6fb, 0x969c1ace, 0xeb223231, 0xc474220c, 0x577e6531}},
		{"large", NewStream(1, math.MaxInt64, []int{2, 65536, 3}), 1, 1<<40 + 1, []uint32{0xf8fd009a, 0xcdb8f827, 0x8c3601a1, 0x240961f5, 0xde313bf8}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := words(tt.s, 5, tt.tensor, tt.network); !slices.Equal(got, tt.want) {
				t.Errorf("words %#08x, want %#08x", got, tt.want)
			}
		})
	}
}

func BenchmarkWords(b *testing.B) {
	s := NewStream(1, 7, []int{2, 16, 1})
	dst := make([]uint32, 1024)
	b.ReportAllocs()
	for b.Loop() {
		s.Words(dst, len(dst), 1, 0, 2)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(dst)), "ns/word")
}
