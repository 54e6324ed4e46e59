// Package number writes numbers as people read them, the same in every command and
// figure.
package number

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
)

// Count returns "1,234,567".
func Count(n int64) string {
	digits := strconv.FormatInt(n, 10)
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 && digits[i-1] != '-' {
			b.WriteByte(',')
		}
		b.WriteRune(d)
	}
	return b.String()
}

// Estimated is PlusMinus of a mean of so many networks and its error, which one network alone
// does not tell.
func Estimated(mean, standardError float64, networks int64) string {
	if networks < 2 {
		return Short(mean) + " ± ?"
	}
	return PlusMinus(mean, standardError)
}

// PlusMinus returns "1.026 ± 0.004": the number to the digit where its error has two. An
// infinite error is not known. Numbers of ten million and more, and those whose error
// would take more than six decimals and that are small themselves, have a power of ten.
func PlusMinus(x, standardError float64) string {
	if math.IsInf(standardError, 1) {
		return Short(x) + " ± ?"
	}
	if standardError <= 0 {
		return Short(x) + " ± 0"
	}
	place := 1 - int(math.Floor(math.Log10(standardError))) // decimals to the error's second digit
	if size := math.Abs(x); size >= 1e7 || place > 6 && size < 1e-3 {
		power := int(math.Floor(math.Log10(max(size, standardError))))
		digits := min(max(power+place, 1), 15)
		return scientific(x, power, digits) + " ± " + fmt.Sprintf("%.1e", standardError)
	}
	decimals := min(max(place, 0), 6)
	return Decimal(x, decimals) + " ± " + Decimal(standardError, decimals)
}

// Decimal returns x rounded half away from zero as a person rounds its shortest
// decimal, not as its binary value falls: .91455 and 1.91455, means of the same
// networks, print alike.
func Decimal(x float64, decimals int) string {
	r, ok := new(big.Rat).SetString(strconv.FormatFloat(x, 'g', -1, 64))
	if !ok {
		return fmt.Sprint(x)
	}
	return r.FloatString(decimals)
}

// scientific returns x as a multiple of a power of ten with so many decimals in front of
// it, "4.06e+27".
func scientific(x float64, power, decimals int) string {
	return strconv.FormatFloat(x/math.Pow10(power), 'f', decimals, 64) + fmt.Sprintf("e%+03d", power)
}

// Short returns a number to three significant digits, whole ones and the whole part in
// full up to a billion.
func Short(x float64) string {
	if size := math.Abs(x); size < 1e9 && (x == math.Trunc(x) || size >= 999.5) {
		return fmt.Sprintf("%.0f", x)
	}
	return fmt.Sprintf("%.3g", x)
}

// Share returns n of total as "1.2 %", "0" if there are none.
func Share(n, total int64) string {
	if n == 0 || total == 0 {
		return "0"
	}
	return Percent(float64(n) / float64(total))
}

// Percent returns a share as "1.2 %", "0" if there is none.
func Percent(share float64) string {
	switch {
	case share == 0:
		return "0"
	case share >= .1:
		return fmt.Sprintf("%.0f %%", 100*share)
	}
	return fmt.Sprintf("%.2g %%", 100*share)
}
