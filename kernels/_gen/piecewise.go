package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/reg"
)

// The values of kernels.Epilogue.
const (
	thenReLU      = 1
	thenLeakyReLU = 2
	thenStep      = 3
)

// leak is the slope of LeakyReLU below zero.
const leak = float32(0.01)

// piecewise writes the activations made of straight pieces, on vectors in place
// and as kernels/linear.go defines them.
type piecewise struct {
	set              *instructionSet
	zero, one, slope reg.VecVirtual
}

// relu takes the maximum of 0 and a in this order: VMAXPS returns its second
// operand if both are zero or one is NaN.
func (p *piecewise) relu(a reg.VecVirtual) {
	VMAXPS(a, p.zero, a)
}

// leakyReLU takes the maximum of slope·a and a, in this order again.
func (p *piecewise) leakyReLU(a reg.VecVirtual) {
	t := p.set.vector()
	VMULPS(a, p.slope, t)
	VMAXPS(a, t, a)
}

func (p *piecewise) step(a reg.VecVirtual) {
	if p.set == avx512 {
		below, above := K(), K()
		VCMPPS(lessThan, p.zero, a, below)
		VCMPPS(greaterOrEqual, p.zero, a, above)
		VMOVAPS(p.zero, below, a)
		VMOVAPS(p.one, above, a)
		return
	}
	above := p.set.vector()
	VCMPPS(greaterOrEqual, p.zero, a, above)
	VANDPS(p.one, above, above)
	nan := p.set.vector()
	VCMPPS(unordered, a, a, nan)
	VANDPS(a, nan, a)
	VORPS(a, above, a)
}
