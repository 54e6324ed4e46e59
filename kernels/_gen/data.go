package main

import (
	"fmt"
	"math"

	"github.com/mmcloughlin/avo/attr"
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
)

var tables = map[string]operand.Mem{}

// words returns the address of n constant words, which it writes once per family
// and name.
func words(name string, n int, value func(i int) uint32) operand.Mem {
	m, ok := tables[name]
	if !ok {
		m = GLOBL(name, attr.RODATA|attr.NOPTR)
		for i := range n {
			DATA(4*i, operand.U32(value(i)))
		}
		tables[name] = m
	}
	return m
}

// counting16 returns the address of sixteen words: 0, 1, 2, … 15.
func counting16() operand.Mem {
	return words("counting", 16, func(i int) uint32 { return uint32(i) })
}

// laneMasks returns the address of eight lanes of ones, then eight of zeros:
// from lane i on they are a mask of the first 8-i lanes.
func laneMasks() operand.Mem {
	return words("laneMasks", 16, func(i int) uint32 {
		if i < 8 {
			return 0xffffffff
		}
		return 0
	})
}

// repeated returns the address of 32 bytes that repeat a pattern.
func repeated(name string, pattern ...uint32) operand.Mem {
	return words(name, 8, func(i int) uint32 { return pattern[i%len(pattern)] })
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
