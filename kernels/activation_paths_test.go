package kernels

import (
	"math"
	"slices"
	"testing"
)

// Every path gives the same bits: on a sample of the whole line, more densely
// from 2⁻¹² to 2¹², and around the ends of every interval of every table.
func TestActivationPaths(t *testing.T) {
	for _, a := range activations {
		t.Run("f="+a.name, func(t *testing.T) {
			compare := newComparison(a)
			compare.paths = Paths()
			if long() {
				// Every float32, where that takes minutes.
				compare.paths = slices.DeleteFunc(Paths(), func(p Path) bool { return p == Portable })
				samples(1, func(x []float32) { compare.visit(t, x) })
				compare.paths = Paths()
			}
			samples(1021, func(x []float32) { compare.visit(t, x) })
			for _, sign := range []float32{-1, 1} {
				for v := order(0x1p-12); v < order(0x1p12); {
					x := compare.x[:0]
					for ; len(x) < cap(x); v += 31 {
						x = append(x, sign*unorder(v))
					}
					compare.visit(t, x)
				}
			}
			compare.visit(t, tableEnds())
		})
	}
}

// tableEnds returns the arguments within two float32 of the end of an interval
// of a table, and of its limit, with both signs, and among them, at every place
// of a vector, values that operations treat in their own way.
func tableEnds() (x []float32) {
	for _, t := range []table{tanhTable, logisticTable, erfTable, geluTable, siluTable, gaussianTable, softplusTable, eluTable} {
		first := math.Float32bits(t.offset) >> t.shift
		ends := []float32{t.limit}
		for j := range uint32(17) {
			ends = append(ends, math.Float32frombits((first+j)<<t.shift)-t.offset)
		}
		for _, end := range ends {
			for k := order(end) - 2; k <= order(end)+2; k++ {
				x = append(x, unorder(k), -unorder(k))
			}
			x = append(x, nan, -inf, inf, negZero, 0)
		}
	}
	return x
}

// comparison compares the paths of one activation.
type comparison struct {
	a     activation
	paths []Path
	x     []float32 // scratch
	y     [][]float32
}

func newComparison(a activation) *comparison {
	c := &comparison{a: a, x: make([]float32, 0, 1<<12)}
	for range Paths() {
		c.y = append(c.y, make([]float32, 1<<12))
	}
	return c
}

func (c *comparison) visit(t *testing.T, x []float32) {
	before := ActivePath()
	defer Use(before)
	for k, p := range c.paths {
		Use(p)
		c.a.f(c.y[k][:len(x)], x)
		for i, v := range x {
			if !sameBits(c.y[k][i], c.y[0][i]) {
				t.Fatalf("f(%v) = %v with %v, %v with %v", v, c.y[0][i], c.paths[0], c.y[k][i], p)
			}
		}
	}
}
