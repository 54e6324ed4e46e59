package piecewise

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"nodal/schema"
)

var sizes = [][]int{{1, 100, 1}, {1, 100, 100, 100, 1}}

func heNetworks(layers []int) []*network {
	r := rand.New(rand.NewPCG(3, 5))
	networks := make([]*network, 20)
	for i := range networks {
		networks[i] = random(r, schema.ReLU, math.Sqrt2, 1, layers...)
	}
	return networks
}

func hidden(layers []int) string {
	return strings.Join(strings.Fields(strings.Trim(fmt.Sprint(layers[1:len(layers)-1]), "[]")), "-")
}

func BenchmarkWalk(b *testing.B) {
	for _, layers := range sizes {
		b.Run("hidden="+hidden(layers), func(b *testing.B) {
			networks := heNetworks(layers)
			w := NewWalker(layers, schema.ReLU)
			var pieces int64
			b.ReportAllocs()
			b.ResetTimer()
			for i := range b.N {
				n := networks[i%len(networks)]
				c, _ := w.Walk(n.weights, n.biases, -1, 1)
				pieces += c.Pieces
			}
			b.ReportMetric(float64(pieces)/float64(b.N), "pieces/op")
		})
	}
}

// The plain way, in float64 on 1,001 points.
func BenchmarkGrid(b *testing.B) {
	for _, layers := range sizes {
		b.Run("hidden="+hidden(layers), func(b *testing.B) {
			networks := heNetworks(layers)
			for i := range b.N {
				networks[i%len(networks)].gridCrossings(-1, 1, 1001)
			}
		})
	}
}
