package main

import (
	. "github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func init() { families["elementwise"] = elementwise }

// finish turns T(|x|) into an activation. The generic versions of the same
// names define it.
type finish struct {
	name, doc string
	avx2      func(c avx2Constants, x operand.Op, y reg.VecVirtual)
	avx512    func(c avx512Constants, x operand.Op, y reg.VecVirtual)
}

var finishes = []finish{
	{"tableOdd", "T(|x|) with the sign of x", avx2Odd, avx512Odd},
	{"tableEven", "T(|x|)", func(avx2Constants, operand.Op, reg.VecVirtual) {}, func(avx512Constants, operand.Op, reg.VecVirtual) {}},
	{"tableSigmoid", "1/2 + T(|x|) with the sign of x", avx2HalfPlusOdd, avx512HalfPlusOdd},
	{"tableRampMinus", "max(x, 0) - T(|x|)", avx2RampMinus, avx512RampMinus},
	{"tableRampPlus", "max(x, 0) + T(|x|)", avx2RampPlus, avx512RampPlus},
	{"tableNegative", "x for x ≥ 0 and -T(|x|) elsewhere", avx2Negative, avx512Negative},
}

// elementwise writes the activations that are a table of polynomials and
// little more, and the sine.
func elementwise() {
	for _, f := range finishes {
		tableAVX2(f)
		tableAVX512(f)
	}
	sinKernel(avx2, 3, avx2Tail)
	sinKernel(avx512, 4, avx512Tail)
}

// tableFunction starts the kernel of f on the path isa.
func tableFunction(f finish, isa string) {
	TEXT(f.name+isa, NOSPLIT, "func(y, x []float32, rows *[7][16]float32, offset, limit float32, shift uint32)")
	Pragma("noescape")
	Doc(f.name + isa + " computes y = " + f.doc + ", T from the table with these fields.")
}

// tableRows is a pointer to a table's rows; centerRow is that of the centers,
// after those of the coefficients.
func tableRows() reg.Register { return Load(Param("rows"), GP64()) }

const centerRow = 6

// yAndX loads the addresses and the common length of the parameters y and x.
func yAndX() (y, x, n reg.Register) {
	return Load(Param("y").Base(), GP64()), Load(Param("x").Base(), GP64()), Load(Param("x").Len(), GP64())
}

// at returns the memory of the v-th vector of the given bytes after base.
func at(base reg.Register, v, bytes int) operand.Mem {
	return operand.Mem{Base: base, Disp: v * bytes}
}
