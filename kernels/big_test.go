package kernels

import (
	"math"
	"math/big"
)

// precision of the reference functions, in bits: the remainder of the largest
// float32 loses 128 of them.
const precision = 600

func bigFloat(x float64) *big.Float { return new(big.Float).SetPrec(precision).SetFloat64(x) }

func bigMul(x, y *big.Float) *big.Float { return new(big.Float).Mul(x, y) }
func bigQuo(x, y *big.Float) *big.Float { return new(big.Float).Quo(x, y) }
func bigAdd(x, y *big.Float) *big.Float { return new(big.Float).Add(x, y) }
func bigSub(x, y *big.Float) *big.Float { return new(big.Float).Sub(x, y) }

// bigSeries returns first·(1 + r(1)·(1 + r(2)·(…))): the sum of the terms whose
// ratios are r(1), r(2), ….
func bigSeries(first *big.Float, ratio func(k int) *big.Float) *big.Float {
	sum, term := first, first
	for k := 1; term.Sign() != 0 && term.MantExp(nil) > first.MantExp(nil)-2*precision; k++ {
		term = bigMul(term, ratio(k))
		sum = bigAdd(sum, term)
	}
	return sum
}

// bigCos returns cos(x) for moderate x.
func bigCos(x *big.Float) *big.Float {
	x2 := bigMul(x, x)
	return bigSeries(bigFloat(1), func(k int) *big.Float {
		return bigQuo(x2, bigFloat(-float64(2*k*(2*k-1))))
	})
}

// bigArctanInverse returns arctan(1/n) = Σ (-1)ᵏn^-(2k+1)/(2k+1).
func bigArctanInverse(n float64) *big.Float {
	sum, power := bigFloat(0), bigQuo(bigFloat(1), bigFloat(n))
	for k := 0; power.MantExp(nil) > -2*precision; k++ {
		sum = bigAdd(sum, bigQuo(power, bigFloat(float64(2*k+1))))
		power = bigQuo(power, bigFloat(-n*n))
	}
	return sum
}

// bigPi is 16·arctan(1/5) - 4·arctan(1/239), Machin's formula.
var bigPi = bigSub(bigMul(bigFloat(16), bigArctanInverse(5)), bigMul(bigFloat(4), bigArctanInverse(239)))

// bigRemainder returns x - 2π·k, for the whole number k nearest to x/2π.
func bigRemainder(x float64) float64 {
	turn := bigMul(bigPi, bigFloat(2))
	k := new(big.Float).SetPrec(precision).SetInt(bigRound(bigQuo(bigFloat(x), turn)))
	r, _ := bigSub(bigFloat(x), bigMul(k, turn)).Float64()
	return r
}

// bigRound returns the whole number nearest to x, halves away from zero.
func bigRound(x *big.Float) *big.Int {
	half := bigFloat(math.Copysign(0.5, float64(x.Sign())))
	n, _ := bigAdd(x, half).Int(nil)
	return n
}

// bigSin returns sin(x) for moderate x.
func bigSin(x *big.Float) *big.Float {
	x2 := bigMul(x, x)
	return bigSeries(x, func(k int) *big.Float {
		return bigQuo(x2, bigFloat(-float64(2*k*(2*k+1))))
	})
}
