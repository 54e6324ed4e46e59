package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// instructionSet is a vector width and what else differs with it.
type instructionSet struct {
	name         string
	lanes, bytes int
	vector       func() reg.VecVirtual
}

var (
	avx2   = &instructionSet{"AVX2", 8, 32, YMM}
	avx512 = &instructionSet{"AVX512", 16, 64, ZMM}
)

// constant returns a vector of x in every lane.
func (s *instructionSet) constant(x float32) reg.VecVirtual {
	v := s.vector()
	if x == 0 {
		VXORPS(v, v, v)
	} else {
		VBROADCASTSS(constantData(x), v)
	}
	return v
}

// bits returns a vector with these bits in every lane of 32.
func (s *instructionSet) bits(bits uint32) reg.VecVirtual {
	v := s.vector()
	if bits == 0 {
		zero(v)
		return v
	}
	t := GP32()
	MOVL(operand.U32(bits), t)
	if s == avx512 {
		VPBROADCASTD(t, v)
	} else {
		VMOVD(t, v.AsX())
		VPBROADCASTD(v.AsX(), v)
	}
	return v
}

// signBit is the sign of a float32, which alone is -0.
const signBit = 1 << 31

// zero clears a register of any width: its 128-bit form clears the rest.
func zero(x reg.VecVirtual) { VXORPS(x.AsX(), x.AsX(), x.AsX()) }

// doubles is the number of lanes of 64 bits.
func (s *instructionSet) doubles() int { return s.lanes / 2 }

// half returns a register of half the width.
func (s *instructionSet) half() reg.VecVirtual {
	if s == avx512 {
		return YMM()
	}
	return XMM()
}

// tail says which lanes of the last vector are there: by a mask register with
// AVX-512, by the address of a mask of all lanes with AVX2.
type tail struct {
	k    reg.OpmaskVirtual
	mask reg.GPVirtual
}

func (s *instructionSet) newTail() tail {
	if s == avx512 {
		return tail{k: K()}
	}
	return tail{mask: GP64()}
}

// setTail makes t the last (n-1) mod lanes + 1 elements of n ≥ 1. It overwrites
// the register absent.
func (s *instructionSet) setTail(t tail, n, absent reg.GPVirtual) {
	MOVQ(n, absent)
	NEGQ(absent)
	ANDQ(operand.Imm(uint64(s.lanes-1)), absent)
	if s == avx512 {
		present := GP64()
		MOVL(operand.U32(0xffff), present.As32())
		SHRXL(absent.As32(), present.As32(), present.As32())
		KMOVW(present.As32(), t.k)
		return
	}
	LEAQ(laneMasks(), t.mask)
	LEAQ(operand.Mem{Base: t.mask, Index: absent, Scale: 4}, t.mask)
}

// loadTail loads the lanes of t and sets the others to zero.
func (s *instructionSet) loadTail(t tail, from operand.Mem, v reg.VecVirtual) {
	if s == avx512 {
		VMOVUPS_Z(from, t.k, v)
		return
	}
	VMOVUPS(operand.Mem{Base: t.mask}, v)
	VMASKMOVPS(from, v, v)
}

// storeTail stores the lanes of t.
func (s *instructionSet) storeTail(t tail, v reg.VecVirtual, to operand.Mem) {
	if s == avx512 {
		VMOVUPS(v, t.k, to)
		return
	}
	mask := s.vector()
	VMOVUPS(operand.Mem{Base: t.mask}, mask)
	VMASKMOVPS(v, mask, to)
}

// load returns a register with the argument param.
func load(param string) reg.GPVirtual {
	r := GP64()
	Load(Param(param), r)
	return r
}

// argument returns the place of an argument on the stack, a number or a pointer.
func argument(name string) operand.Mem {
	basic, err := Param(name).Resolve()
	if err != nil {
		panic(err)
	}
	return basic.Addr
}
