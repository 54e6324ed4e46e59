package main

import (
	"fmt"

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
	for _, set := range []*instructionSet{avx2, avx512} {
		TEXT("multiplyAdd"+set.name, NOSPLIT, "func(rounds int)")
		Doc(fmt.Sprintf("multiplyAdd%s does %d independent vector fused multiply-adds per round.", set.name, peakChains))
		rounds := Load(Param("rounds"), GP64())
		chains := make([]reg.VecVirtual, peakChains)
		for i := range chains {
			chains[i] = set.constant(0)
		}
		x := set.constant(0)
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
