package compare

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"

	"nodal/kernels"
	"nodal/schema"
)

// fewestBlocks is the smallest number of blocks that give an interval.
const fewestBlocks = 30

// Estimate is a number and its 95 % interval. What is not known is NaN: Low and
// High where the data do not allow an interval, all three where there is no
// number.
type Estimate struct{ Value, Low, High float64 }

// Known reports whether there is a number.
func (e Estimate) Known() bool { return !math.IsNaN(e.Value) }

// Bounded reports whether there is an interval.
func (e Estimate) Bounded() bool { return !math.IsNaN(e.Low) }

var unknown = Estimate{math.NaN(), math.NaN(), math.NaN()}

// resampler draws the resamples of configurations.
type resampler struct {
	resamples int
	seed      int64
	words     []uint32
	weights   []float64
}

// key returns the Philox key of the resamples of a configuration.
func (s *resampler) key(c *schema.Configuration) [2]uint32 {
	sum := sha256.Sum256(fmt.Appendf(nil, "nodal compare version=1 seed=%d layers=%s", s.seed, c.LayersText()))
	return [2]uint32{binary.BigEndian.Uint32(sum[0:]), binary.BigEndian.Uint32(sum[4:])}
}

// side is one side of a comparison: for each measure the mean of the networks in
// its blocks and the means of the resamples, none of them if the blocks are too
// few.
type side struct {
	means      []float64   // [measures]
	replicates [][]float64 // [measures][resamples]
}

// side resamples the given blocks of a configuration, of the measures at the given
// places. Without blocks the means are NaN.
func (s *resampler) side(c *schema.Configuration, t *tally, blocks, places []int) side {
	columns := make([][]float64, 1+len(places)) // counts, and the sums of each measure
	for _, b := range blocks {
		columns[0] = append(columns[0], t.counts[b])
		for k, place := range places {
			columns[1+k] = append(columns[1+k], t.sums[place][b].Value())
		}
	}
	var result side
	for _, column := range columns[1:] {
		result.means = append(result.means, floats.Sum(column)/floats.Sum(columns[0]))
		result.replicates = append(result.replicates, make([]float64, 0, s.resamples))
	}
	if len(blocks) < fewestBlocks {
		return result
	}
	key := s.key(c)
	for r := range s.resamples {
		weights := s.draw(len(blocks), r, key)
		n := floats.Dot(weights, columns[0])
		for k, column := range columns[1:] {
			result.replicates[k] = append(result.replicates[k], floats.Dot(weights, column)/n)
		}
	}
	return result
}

// draw returns how often resample r draws each of m blocks. The slice is
// overwritten by the next call.
func (s *resampler) draw(m, r int, key [2]uint32) []float64 {
	if cap(s.words) < m {
		s.words, s.weights = make([]uint32, m), make([]float64, m)
	}
	words, weights := s.words[:m], s.weights[:m]
	kernels.Philox(words, m, [4]uint32{0, 0, uint32(r), uint32(uint64(r) >> 32)}, key)
	clear(weights)
	for _, w := range words {
		weights[uint64(w)*uint64(m)>>32]++
	}
	return weights
}

// interval returns a value with the 2.5 and the 97.5 % quantile of its replicates,
// whose order it changes.
func interval(value float64, replicates []float64) Estimate {
	if len(replicates) == 0 || math.IsNaN(value) {
		return Estimate{value, math.NaN(), math.NaN()}
	}
	return Estimate{value, quantile(replicates, .025), quantile(replicates, .975)}
}

// against returns the difference and the ratio of measure k, of a side and its
// baseline.
func (a side) against(baseline side, k int) (difference, ratio Estimate) {
	x, y := a.replicates[k], baseline.replicates[k]
	n := min(len(x), len(y))
	differences, ratios := make([]float64, n), make([]float64, 0, n)
	for r := range n {
		differences[r] = x[r] - y[r]
		if quotient := x[r] / y[r]; y[r] > 0 && !math.IsInf(quotient, 0) {
			ratios = append(ratios, quotient)
		}
	}
	difference = interval(a.means[k]-baseline.means[k], differences)
	ratio = unknown
	if quotient := a.means[k] / baseline.means[k]; baseline.means[k] > 0 && !math.IsInf(quotient, 0) {
		if len(ratios) < n {
			ratios = nil
		}
		ratio = interval(quotient, ratios)
	}
	return difference, ratio
}
