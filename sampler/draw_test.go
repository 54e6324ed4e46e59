package sampler

import (
	"fmt"
	"math"
	"testing"

	"nodal/kernels"
	"nodal/sampler/rng"
	"nodal/schema"
)

// element returns an element of a tensor by the definition in [Ensemble.Draw].
func element(s rng.Stream, law schema.Law, i int, tensor uint32, network int64) float32 {
	var word [4]uint32
	s.Words(word[:], 4, tensor, int64(i/4*4), network)
	switch w := word[i%4]; law.Distribution {
	case schema.None:
		return 0
	case schema.Uniform:
		return float32(law.Low + float64((law.High-law.Low)*kernels.Uniform(w)))
	default:
		return float32(law.Std * kernels.Normal(w))
	}
}

// Every element of every tensor is what the definition says, for every law, on
// every path, however many networks are drawn at a time: tensors smaller than the
// words at a time, of about their number, and larger.
func TestDrawByDefinition(t *testing.T) {
	const seed = 11
	for _, tt := range []struct {
		hidden   []int
		networks int
		first    int64
		weights  schema.Law
		biases   schema.Law
	}{
		{nil, 9, 0, schema.Law{Distribution: schema.Normal, Std: 1.5}, schema.Law{Distribution: schema.Uniform, Low: -1, High: 3}},
		{[]int{11, 9}, 256, 1<<32 - 100, schema.Law{Distribution: schema.Normal, Std: 2, Scale: schema.FanIn}, schema.Law{Distribution: schema.Normal, Std: 0.5}},
		{[]int{100}, 50, 1<<32 - 1, schema.Law{Distribution: schema.Uniform, Low: -1, High: 1}, schema.Law{Distribution: schema.None}},
		{[]int{63, 65}, 3, math.MaxInt64 - 3, schema.Law{Distribution: schema.HeNormal, Gain: 1}, schema.Law{Distribution: schema.Normal, Std: 1e-3}},
		{[]int{64, 64}, 3, 7, schema.Law{Distribution: schema.XavierUniform, Gain: 1}, schema.Law{Distribution: schema.None}},
		{[]int{91, 101}, 3, 1<<32 - 2, schema.Law{Distribution: schema.LecunNormal, Gain: 1}, schema.Law{Distribution: schema.Normal, Std: 1}},
	} {
		c := lineConfiguration(schema.Tanh, tt.hidden, 2, 3)
		c.Weights, c.Biases = tt.weights, tt.biases
		layers := c.Layers()
		s := rng.NewStream(schema.StreamVersion, seed, layers)
		t.Run(caseName(c), func(t *testing.T) {
			eachPath(t, func(t *testing.T) {
				e := NewEnsemble(c, seed, tt.networks)
				e.Draw(tt.first, tt.networks)
				check := func(values []float32, law schema.Law, tensor int) {
					size := len(values) / tt.networks
					for i, got := range values {
						network := tt.first + int64(i/size)
						if want := element(s, law, i%size, uint32(tensor), network); math.Float32bits(got) != math.Float32bits(want) {
							t.Fatalf("element %d of tensor %d of network %d = %v, want %v", i%size, tensor, network, got, want)
						}
					}
				}
				for l := range e.Weights {
					check(e.Weights[l], c.Weights.At(layers[l], layers[l+1]), 2*l)
					check(e.Biases[l], c.Biases.At(layers[l], layers[l+1]), 2*l+1)
				}
			})
		})
	}
}

// BenchmarkDraw reports the time per parameter and per network for the layers of
// the four standard workloads.
func BenchmarkDraw(b *testing.B) {
	defer kernels.Use(kernels.ActivePath())
	for _, w := range Workloads() {
		c := &w.Configuration
		for _, networks := range []int{1, 16, 64} {
			e := NewEnsemble(c, 7, networks)
			for _, path := range kernels.Paths() {
				kernels.Use(path)
				b.Run(fmt.Sprintf("workload=%s/networks=%d/path=%v", w.Name, networks, path), func(b *testing.B) {
					b.ReportAllocs()
					first := int64(0)
					for b.Loop() {
						e.Draw(first, networks)
						first += int64(networks)
					}
					perNetwork := float64(b.Elapsed().Nanoseconds()) / float64(first)
					b.ReportMetric(perNetwork, "ns/network")
					b.ReportMetric(perNetwork/float64(c.Parameters()), "ns/parameter")
				})
			}
		}
	}
}
