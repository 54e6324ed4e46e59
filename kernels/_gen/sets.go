package main

import (
	"fmt"
	"math"

	"github.com/mmcloughlin/avo/attr"
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

var constants = map[float32]operand.Mem{}

// constantData returns the address of x, which it writes once per family.
func constantData(x float32) operand.Mem {
	m, ok := constants[x]
	if !ok {
		bits := math.Float32bits(x)
		m = ConstData(fmt.Sprintf("float%08x", bits), operand.U32(bits))
		constants[x] = m
	}
	return m
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

var laneMaskTable *operand.Mem

// laneMasks returns the address of eight lanes of ones, then eight of zeros:
// from lane i on they are a mask of the first 8-i lanes.
func laneMasks() operand.Mem {
	if laneMaskTable == nil {
		m := GLOBL("laneMasks", attr.RODATA|attr.NOPTR)
		for i := range 8 {
			DATA(4*i, operand.U32(0xffffffff))
		}
		for i := 8; i < 16; i++ {
			DATA(4*i, operand.U32(0))
		}
		laneMaskTable = &m
	}
	return *laneMaskTable
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
