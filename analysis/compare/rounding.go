package compare

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
)

// mode is a direction of rounding.
type mode int

const (
	nearest mode = iota // half away from zero
	down
	up
)

// decimal returns x with so many decimals, rounded from its shortest decimal as a
// person would: 1.4 is 1.4 and not the float64 a little below.
func decimal(x float64, decimals int, m mode) string {
	r, ok := new(big.Rat).SetString(strconv.FormatFloat(x, 'g', -1, 64))
	if !ok {
		return fmt.Sprint(x)
	}
	if m == nearest {
		return r.FloatString(decimals)
	}
	scale := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil))
	r.Mul(r, scale)
	whole := new(big.Int).Div(r.Num(), r.Denom()) // downwards: the denominator is positive
	if m == up && !r.IsInt() {
		whole.Add(whole, big.NewInt(1))
	}
	return new(big.Rat).Quo(new(big.Rat).SetInt(whole), scale).FloatString(decimals)
}

// number returns x with so many significant digits, whole parts in full.
func number(x float64, digits int) string {
	if x == 0 {
		return "0"
	}
	exponent := int(math.Floor(math.Log10(math.Abs(x))))
	if exponent >= 9 || exponent < -4 {
		return strconv.FormatFloat(x, 'g', digits, 64)
	}
	return decimal(x, max(digits-1-exponent, 0), nearest)
}

// maxDigits is as many digits as a float64 needs.
const maxDigits = 17

// printed is an estimate as it is printed.
type printed struct {
	value, low, high string
	decimals         int
}

// print returns an estimate with as many decimals as its interval deserves, its
// ends rounded outwards. If the interval leaves out the neutral value, so does what
// is printed, and so does the value.
func (e Estimate) print(neutral float64) printed {
	decimals := 2
	if half := (e.High - e.Low) / 2; half > rounding*math.Abs(e.Value) {
		decimals = int(math.Ceil(0.3 - math.Log10(half)))
	}
	if neutral == 1 && e.Value < 100 {
		decimals = max(decimals, 2)
	}
	decimals = min(max(decimals, 0), 300)
	claimed := e.Low > neutral || e.High < neutral
	for ; ; decimals++ {
		p := printed{decimal(e.Value, decimals, nearest), decimal(e.Low, decimals, down), decimal(e.High, decimals, up), decimals}
		apart := parsed(p.value) != neutral && parsed(p.value) != 0 && (parsed(p.low) > neutral || parsed(p.high) < neutral)
		if !claimed || apart || decimals > 300+maxDigits {
			return p
		}
	}
}

// agreeing returns two means with the same number of significant digits, three or
// more, so that they agree with what is said of them.
func agreeing(a, b float64, agree func(a, b float64) bool) (string, string) {
	for digits := 3; ; digits++ {
		x, y := number(a, digits), number(b, digits)
		if digits == maxDigits || agree(parsed(x), parsed(y)) {
			return x, y
		}
	}
}

// parsed returns the number that a text says.
func parsed(text string) float64 {
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		panic("compare: a number that is none: " + text)
	}
	return x
}

// Text returns an estimate as the sentences print it: "1.43 (1.39 to 1.47)". If the
// interval leaves out the neutral value, so does what is printed.
func (e Estimate) Text(neutral float64) string {
	p := e.print(neutral)
	return fmt.Sprintf("%s (%s to %s)", p.value, p.low, p.high)
}
