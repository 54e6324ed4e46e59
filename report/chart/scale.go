package chart

import (
	"math"
	"strconv"
	"strings"
)

// scale maps values to the unit interval, evenly or by their logarithms. Low < high,
// and 0 < low if it is logarithmic.
type scale struct {
	low, high float64
	log       bool
	whole     bool // of whole numbers: ticks at them alone
}

// at returns where a value lies: 0 at the low end, 1 at the high one. On a logarithmic
// scale what is not positive lies at minus infinity.
func (s scale) at(v float64) float64 {
	if s.log {
		return (math.Log(max(v, 0)) - math.Log(s.low)) / (math.Log(s.high) - math.Log(s.low))
	}
	return v/(s.high-s.low) - s.low/(s.high-s.low)
}

// value is the inverse of at.
func (s scale) value(t float64) float64 {
	if s.log {
		return math.Exp(math.Log(s.low)*(1-t) + math.Log(s.high)*t)
	}
	return s.low*(1-t) + s.high*t
}

// covering returns a scale from the smallest to the largest value with a margin on both
// sides, a share of the extent. A constant gets some room around it, and so does nothing
// at all.
func covering(values []float64, log bool, margin float64) scale {
	low, high := math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if log && v <= 0 {
			continue
		}
		low, high = min(low, v), max(high, v)
	}
	switch {
	case low > high && log:
		return scale{low: 1, high: 10, log: true}
	case low > high:
		return scale{high: 1}
	case log:
		factor := math.Exp(margin * max(math.Log(high/low), 0.5))
		return scale{low: low / factor, high: high * factor, log: true}
	case low == high:
		room := max(math.Abs(low)*0.1, 0.5)
		return scale{low: low - room, high: high + room}
	}
	room := margin * (high - low)
	return scale{low: low - room, high: high + room, log: log}
}

// fromZero returns an even scale that begins at 0 if all its values are positive and the
// lowest is not far off.
func (s scale) fromZero() scale {
	if s.low > 0 && s.low < s.high/2 || s.low < 0 && s.low > -0.2*s.high {
		s.low = 0
	}
	return s
}

// tick is a place on a scale and what is written there, "" for a minor one.
type tick struct {
	at   float64
	text string
}

// ticks returns at most `most` places with texts, ascending, two at least where the
// scale allows it.
func (s scale) ticks(most int) []tick {
	most = max(most, 2)
	if s.log && s.high/s.low >= 6 {
		return s.logTicks(most)
	}
	step := niceStep((s.high - s.low) / float64(most))
	if s.whole {
		step = max(step, 1)
	}
	for ; s.count(step) > most; step = niceStep(step * 1.01) {
	}
	decimals := max(0, -int(math.Floor(math.Log10(step)+1e-9)))
	var ticks []tick
	first := math.Ceil(s.low/step - 1e-9)
	for i := first; i*step <= s.high+1e-9*step; i++ {
		ticks = append(ticks, tick{i * step, tickText(i*step, decimals)})
	}
	return ticks
}

// count returns how many multiples of step lie on the scale.
func (s scale) count(step float64) int {
	return int(math.Floor(s.high/step+1e-9)-math.Ceil(s.low/step-1e-9)) + 1
}

// niceStep returns the smallest of 1, 2 and 5 times a power of ten that is at least x.
func niceStep(x float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(x)))
	for _, m := range []float64{1, 2, 5} {
		if m*power >= x*(1-1e-9) {
			return m * power
		}
	}
	return 10 * power
}

// logTicks returns powers of ten, every second, third, … of them if there are too many,
// and 2 and 5 times them if there is room.
func (s scale) logTicks(most int) []tick {
	first := int(math.Floor(math.Log10(s.low) + 1e-9))
	last := int(math.Ceil(math.Log10(s.high) - 1e-9))
	for _, multiples := range [][]float64{{1, 2, 5}, {1, 3}, {1}} {
		if ticks := s.decades(first, last, 1, multiples); len(ticks) <= most {
			return ticks
		}
	}
	for every := 2; ; every++ {
		if ticks := s.decades(first, last, every, []float64{1}); len(ticks) <= most {
			return ticks
		}
	}
}

// decades returns those multiples of every few powers of ten that lie on the scale.
func (s scale) decades(first, last, every int, multiples []float64) []tick {
	var ticks []tick
	for e := first; e <= last; e++ {
		if e%every != 0 {
			continue
		}
		for _, m := range multiples {
			v, _ := strconv.ParseFloat(strconv.FormatFloat(m, 'g', -1, 64)+"e"+strconv.Itoa(e), 64)
			if v >= s.low*(1-1e-9) && v <= s.high*(1+1e-9) {
				ticks = append(ticks, tick{v, tickText(v, max(0, -e))})
			}
		}
	}
	return ticks
}

// tickText writes a number with so many decimals, thousands apart from 10,000 on, as a
// multiple of a power of ten if it is very large or very small.
func tickText(v float64, decimals int) string {
	size := math.Abs(v)
	switch {
	case size < 1e-300:
		return "0"
	case size >= 1e7 || size < 0.5e-4:
		return minus(powerText(v))
	}
	text := strconv.FormatFloat(v, 'f', min(decimals, 6), 64)
	if size < 1e4 || decimals > 0 {
		return minus(text)
	}
	for at := len(text) - 3; at > 0 && text[at-1] != '-'; at -= 3 {
		text = text[:at] + "," + text[at:]
	}
	return minus(text)
}

// powerText returns "2e7", with as many digits as are needed, at most four.
func powerText(v float64) string {
	text := strconv.FormatFloat(v, 'e', 3, 64)
	digits, exponent, _ := strings.Cut(text, "e")
	digits = strings.TrimRight(strings.TrimRight(digits, "0"), ".")
	n, _ := strconv.Atoi(exponent)
	return digits + "e" + strconv.Itoa(n)
}

// minus writes negative numbers with a minus sign instead of a hyphen.
func minus(text string) string { return strings.ReplaceAll(text, "-", "−") }
