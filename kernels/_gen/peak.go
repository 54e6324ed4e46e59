package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func init() { families["peak"] = peak }

// peakChains is the number of independent chains of fused multiply-adds that
// keep the pipelines full: latency 4 on two ports, with some to spare.
const peakChains = 12

// peak writes loops of nothing but fused multiply-adds, which measure what the
// processor can do.
func peak() {
	for _, isa := range []struct {
		name     string
		register func() reg.VecVirtual
	}{{"AVX2", YMM}, {"AVX512", ZMM}} {
		TEXT("multiplyAdd"+isa.name, NOSPLIT, "func(rounds int)")
		Doc("multiplyAdd" + isa.name + " does 12 independent vector fused multiply-adds per round.")
		rounds := Load(Param("rounds"), GP64())
		chains := make([]reg.VecVirtual, peakChains)
		for i := range chains {
			chains[i] = isa.register()
			VXORPS(chains[i], chains[i], chains[i])
		}
		x := isa.register()
		VXORPS(x, x, x)
		Label("loop")
		for _, c := range chains {
			VFMADD231PS(x, x, c)
		}
		SUBQ(operand.Imm(1), rounds)
		JG(operand.LabelRef("loop"))
		VZEROUPPER()
		RET()
	}
}
