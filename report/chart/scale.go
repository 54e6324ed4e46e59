package chart

import (
	"math"
	"slices"
	"strconv"

	"nodal/report/internal/lettering"
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

// fromZero returns an even scale of some values that begins at 0, unless they are below
// it or lie within a fifth of the largest of each other, so that 0 would hide how they
// differ.
func (s scale) fromZero(values []float64) scale {
	low, high := slices.Min(values), slices.Max(values)
	if low >= 0 && high-low > 0.2*high {
		s.low = 0
	}
	return s
}

// ticks returns at most `most` places with texts, ascending, two at least where the
// scale allows it.
func (s scale) ticks(most int) []lettering.Tick {
	most = max(most, 2)
	if s.log && s.high/s.low >= 6 {
		return s.logTicks(most)
	}
	least := 0.
	if s.whole {
		least = 1
	}
	return lettering.Ticks(s.low, s.high, most, least)
}

// logTicks returns powers of ten, every second, third, … of them if there are too many,
// and 2 and 5 times them if there is room.
func (s scale) logTicks(most int) []lettering.Tick {
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
func (s scale) decades(first, last, every int, multiples []float64) []lettering.Tick {
	var ticks []lettering.Tick
	for e := first; e <= last; e++ {
		if e%every != 0 {
			continue
		}
		for _, m := range multiples {
			v, _ := strconv.ParseFloat(strconv.FormatFloat(m, 'g', -1, 64)+"e"+strconv.Itoa(e), 64)
			if v >= s.low*(1-1e-9) && v <= s.high*(1+1e-9) {
				ticks = append(ticks, lettering.Tick{At: v, Text: lettering.Number(v, max(0, -e))})
			}
		}
	}
	return ticks
}
