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

// scientific returns x as a multiple of a power of ten with so many decimals in
// front of it, "2.94e+13", or without the power if that is 0, "1.43". It is rounded
// from its shortest decimal as a person would: 1.4 is 1.4 and not the float64 a
// little below.
func scientific(x float64, power, decimals int, m mode) string {
	r, ok := new(big.Rat).SetString(strconv.FormatFloat(x, 'g', -1, 64))
	if !ok {
		return fmt.Sprint(x)
	}
	suffix := ""
	if power != 0 {
		suffix = fmt.Sprintf("e%+d", power)
		r.Mul(r, powerOfTen(-power))
	}
	if m == nearest {
		return r.FloatString(decimals) + suffix
	}
	r.Mul(r, powerOfTen(decimals))
	whole := new(big.Int).Div(r.Num(), r.Denom()) // downwards: the denominator is positive
	if m == up && !r.IsInt() {
		whole.Add(whole, big.NewInt(1))
	}
	return r.Mul(r.SetInt(whole), powerOfTen(-decimals)).FloatString(decimals) + suffix
}

func powerOfTen(n int) *big.Rat {
	r := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(n, -n))), nil))
	if n < 0 {
		r.Inv(r)
	}
	return r
}

// powerFor returns the power of ten by which a number is written: 0 unless it has
// more than seven digits before the point or more than three zeros behind it.
func powerFor(x float64) int {
	if x = math.Abs(x); x == 0 || math.IsNaN(x) || x >= 1e-4 && x < 1e7 {
		return 0
	}
	return int(math.Floor(math.Log10(x)))
}

// number returns x with so many significant digits, whole parts in full.
func number(x float64, digits int) string {
	if x == 0 {
		return "0"
	}
	exponent := int(math.Floor(math.Log10(math.Abs(x))))
	power := powerFor(x)
	return scientific(x, power, max(digits-1-exponent+power, 0), nearest)
}

// Text returns the number as the sentences print a mean, "-" if there is none.
func (e Estimate) Text() string {
	if !e.Known() {
		return "-"
	}
	return number(e.Value, 3)
}

// maxDigits is as many digits as a float64 needs.
const maxDigits = 17

// printed is an estimate as it is printed.
type printed struct {
	value, low, high string
	write            func(float64, mode) string // as the value is written
}

// print returns an estimate with as many decimals as its interval deserves, the last
// of them worth at most 2/5 of its half-width, and the ends rounded outwards, which
// makes it at most 2/5 wider. Where a difference from the neutral value is claimed,
// which the interval leaves out, what is printed leaves it out too.
func (e Estimate) print(neutral float64, claimed bool) printed {
	power := powerFor(e.Value)
	decimals := 2
	if half := (e.High - e.Low) / 2; half > rounding*math.Abs(e.Value) {
		decimals = int(math.Ceil(math.Log10(2.5/half))) + power
	}
	if neutral == 1 && e.Value < 100 {
		decimals = max(decimals, 2)
	}
	for decimals = max(decimals, 0); ; decimals++ {
		write := func(x float64, m mode) string { return scientific(x, power, decimals, m) }
		p := printed{write(e.Value, nearest), write(e.Low, down), write(e.High, up), write}
		if !claimed || p.leavesOut(neutral) && (e.Value == 0 || parsed(p.value) != 0) {
			return p
		}
	}
}

// leavesOut reports whether neither the number nor its interval is x, as printed.
func (p printed) leavesOut(x float64) bool {
	return parsed(p.value) != x && (parsed(p.low) > x || parsed(p.high) < x)
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
