package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/reg"
)

// steps is code in pieces, so that two independent computations can be written
// side by side: a processor looks ahead by some dozens of instructions only, and
// long chains one after the other leave it waiting.
type steps []func()

// each adds a step for each of so many vectors.
func (s *steps) each(vectors int, step func(v int)) {
	for v := range vectors {
		*s = append(*s, func() { step(v) })
	}
}

func (s steps) write() { s.alongside(nil) }

// alongside writes the steps of s with those of other spread evenly among them.
func (s steps) alongside(other steps) {
	done := 0
	for i, step := range s {
		step()
		for ; done < (i+1)*len(other)/len(s); done++ {
			other[done]()
		}
	}
}

// tableSteps is what the steps of a table make of each vector x.
type tableSteps struct {
	r     []reg.VecVirtual // |x| less the center of its interval
	index []reg.VecVirtual // of the interval, in the lower bits
	y     []reg.VecVirtual // T(|x|)
}

func newTableSteps(vectors int) *tableSteps {
	return &tableSteps{zmms(vectors), zmms(vectors), zmms(vectors)}
}

// zmms returns n registers.
func zmms(n int) (r []reg.VecVirtual) {
	for range n {
		r = append(r, ZMM())
	}
	return r
}
