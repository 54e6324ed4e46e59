package main

import "math/big"

// precision of all numbers, in bits; erf's series loses 50 of them.
const precision = 320

func number(x float64) *big.Float { return new(big.Float).SetPrec(precision).SetFloat64(x) }

func add(x, y *big.Float) *big.Float { return new(big.Float).Add(x, y) }
func sub(x, y *big.Float) *big.Float { return new(big.Float).Sub(x, y) }
func mul(x, y *big.Float) *big.Float { return new(big.Float).Mul(x, y) }
func quo(x, y *big.Float) *big.Float { return new(big.Float).Quo(x, y) }

// series returns first·(1 + r(1)·(1 + r(2)·(…))): the sum of the terms whose
// ratios are r(1), r(2), ….
func series(first *big.Float, ratio func(k float64) *big.Float) *big.Float {
	sum, term := first, first
	for k := 1; term.Sign() != 0 && term.MantExp(nil) > first.MantExp(nil)-precision; k++ {
		term = mul(term, ratio(float64(k)))
		sum = add(sum, term)
	}
	return sum
}

// exp returns eˣ for x ≥ 0: that of x/256 by its series, squared eight times.
func exp(x *big.Float) *big.Float {
	x = mul(x, number(0x1p-8))
	y := series(number(1), func(k float64) *big.Float { return quo(x, number(k)) })
	for range 8 {
		y = mul(y, y)
	}
	return y
}

// arctanInverse returns arctan(1/n) = Σ (-1)ᵏ/((2k+1)·n²ᵏ⁺¹).
func arctanInverse(n float64) *big.Float {
	return series(quo(number(1), number(n)), func(k float64) *big.Float {
		return quo(number(1-2*k), number((2*k+1)*n*n))
	})
}

// pi is 16·arctan(1/5) - 4·arctan(1/239), Machin's formula.
var pi = sub(mul(number(16), arctanInverse(5)), mul(number(4), arctanInverse(239)))

// tanh returns (e²ᵃ - 1)/(e²ᵃ + 1).
func tanh(a *big.Float) *big.Float {
	e := exp(add(a, a))
	return quo(sub(e, number(1)), add(e, number(1)))
}

// logistic returns 1/(1 + e⁻ᵃ) - 1/2 = tanh(a/2)/2.
func logistic(a *big.Float) *big.Float {
	half := number(0.5)
	return mul(half, tanh(mul(half, a)))
}

// erf returns 2/√π·e^(-a²)·Σ 2ᵏa²ᵏ⁺¹/(2k+1)!!.
func erf(a *big.Float) *big.Float {
	a2 := mul(a, a)
	sum := series(a, func(k float64) *big.Float { return quo(add(a2, a2), number(2*k+1)) })
	return quo(mul(number(2), sum), mul(exp(a2), new(big.Float).Sqrt(pi)))
}

// gelu returns a·Φ(-a) = a/2·(1 - erf(a/√2)), which is max(x, 0) - x·Φ(x) at
// x = ±a.
func gelu(a *big.Float) *big.Float {
	z := quo(a, new(big.Float).Sqrt(number(2)))
	return mul(mul(number(0.5), a), sub(number(1), erf(z)))
}

// silu returns a/(1 + eᵃ), which is max(x, 0) - x/(1 + e⁻ˣ) at x = ±a.
func silu(a *big.Float) *big.Float { return quo(a, add(number(1), exp(a))) }

// gaussian returns e^(-a²).
func gaussian(a *big.Float) *big.Float { return quo(number(1), exp(mul(a, a))) }

// softplus returns ln(1 + u), u = e⁻ᵃ, as 2·artanh(s) = 2·Σ s²ᵏ⁺¹/(2k+1),
// s = u/(2+u).
func softplus(a *big.Float) *big.Float {
	u := quo(number(1), exp(a))
	s := quo(u, add(number(2), u))
	s2 := mul(s, s)
	return mul(number(2), series(s, func(k float64) *big.Float {
		return quo(mul(s2, number(2*k-1)), number(2*k+1))
	}))
}

// elu returns 1 - e⁻ᵃ.
func elu(a *big.Float) *big.Float { return sub(number(1), quo(number(1), exp(a))) }
