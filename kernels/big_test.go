package kernels

import (
	"math"
	"math/big"
)

// precision of the reference functions, in bits. The series of erf below loses
// 2·z²/ln 2 = 334 of them at z = 10.75.
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

// bigExp returns eˣ. The series loses no digits for positive x.
func bigExp(x *big.Float) *big.Float {
	if x.Sign() < 0 {
		return bigQuo(bigFloat(1), bigExp(new(big.Float).Neg(x)))
	}
	return bigSeries(bigFloat(1), func(k int) *big.Float { return bigQuo(x, bigFloat(float64(k))) })
}

// bigCos returns cos(x) for moderate x.
func bigCos(x *big.Float) *big.Float {
	x2 := bigMul(x, x)
	return bigSeries(bigFloat(1), func(k int) *big.Float {
		return bigQuo(x2, bigFloat(-float64(2*k*(2*k-1))))
	})
}

// bigErfcx returns e^(z²)·erfc(z), with erf(z) = 2/√π·e^(-z²)·Σ 2ᵏz²ᵏ⁺¹/(2k+1)!!.
func bigErfcx(z *big.Float) *big.Float {
	z2 := bigMul(z, z)
	sum := bigSeries(z, func(k int) *big.Float {
		return bigQuo(bigMul(z2, bigFloat(2)), bigFloat(float64(2*k+1)))
	})
	scale := bigQuo(bigFloat(2), new(big.Float).Sqrt(bigPi))
	return bigSub(bigExp(z2), bigMul(scale, sum))
}

// bigErf returns erf(z) = 1 - e^(-z²)·erfcx(z).
func bigErf(z *big.Float) *big.Float {
	return bigSub(bigFloat(1), bigQuo(bigErfcx(z), bigExp(bigMul(z, z))))
}

// bigArtanhInverse returns artanh(1/n) = Σ n^-(2k+1)/(2k+1) for sign 1, and
// arctan(1/n), the same with alternating signs, for sign -1.
func bigArtanhInverse(n float64, sign float64) *big.Float {
	sum, power := bigFloat(0), bigQuo(bigFloat(1), bigFloat(n))
	for k := 0; power.MantExp(nil) > -2*precision; k++ {
		sum = bigAdd(sum, bigQuo(power, bigFloat(float64(2*k+1))))
		power = bigQuo(power, bigFloat(sign*n*n))
	}
	return sum
}

var (
	// bigLn2 is 2·artanh(1/3).
	bigLn2 = bigMul(bigFloat(2), bigArtanhInverse(3, 1))
	// bigPi is 16·arctan(1/5) - 4·arctan(1/239), Machin's formula.
	bigPi = bigSub(bigMul(bigFloat(16), bigArtanhInverse(5, -1)), bigMul(bigFloat(4), bigArtanhInverse(239, -1)))
)

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

// bigLog1p returns ln(1 + u) = 2·artanh(u/(2+u)) for u in [0, 1].
func bigLog1p(u *big.Float) *big.Float {
	s := bigQuo(u, bigAdd(u, bigFloat(2)))
	s2 := bigMul(s, s)
	sum, power := bigFloat(0), s
	for k := 0; power.Sign() != 0 && power.MantExp(nil) > -2*precision; k++ {
		sum = bigAdd(sum, bigQuo(power, bigFloat(float64(2*k+1))))
		power = bigMul(power, s2)
	}
	return bigMul(sum, bigFloat(2))
}
