package lettering

import (
	"math"
	"strconv"
	"strings"
)

// Number writes a number with so many decimals, thousands apart from 10,000 on, as a
// multiple of a power of ten if it is very large or very small.
func Number(v float64, decimals int) string {
	size := math.Abs(v)
	switch {
	case size < 1e-300:
		return "0"
	case size >= 1e7 || size < 0.5e-4:
		return Minus(powerText(v))
	}
	text := strconv.FormatFloat(v, 'f', min(decimals, 6), 64)
	if size < 1e4 || decimals > 0 {
		return Minus(text)
	}
	for at := len(text) - 3; at > 0 && text[at-1] != '-'; at -= 3 {
		text = text[:at] + "," + text[at:]
	}
	return Minus(text)
}

// Rounded writes a number to the digit of about some size, without zeros at the end.
func Rounded(v, size float64) string {
	decimals := min(max(-int(math.Floor(math.Log10(size))), 0), 12)
	text := Number(v, decimals)
	if strings.Contains(text, ".") && !strings.Contains(text, "e") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text
}

// powerText returns "2e7", with as many digits as are needed, at most four.
func powerText(v float64) string {
	text := strconv.FormatFloat(v, 'e', 3, 64)
	digits, exponent, _ := strings.Cut(text, "e")
	digits = strings.TrimRight(strings.TrimRight(digits, "0"), ".")
	n, _ := strconv.Atoi(exponent)
	return digits + "e" + strconv.Itoa(n)
}

// Minus writes negative numbers with a minus sign instead of a hyphen.
func Minus(text string) string { return strings.ReplaceAll(text, "-", "−") }
