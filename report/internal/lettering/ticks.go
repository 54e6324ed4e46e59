package lettering

import "math"

// Tick is a value on an axis and what is written there.
type Tick struct {
	At   float64
	Text string
}

// Ticks returns the multiples of a round number from low to high, at most `most` of them,
// or two if that is more. The round number is at least least. Where low and high are so
// far from zero that steps are lost in rounding there are none but
// them, or low alone where they read alike. It wants
// low < high and no more than 1e300 between them.
func Ticks(low, high float64, most int, least float64) []Tick {
	most = max(most, 2)
	step := max(niceStep(high/float64(most)-low/float64(most)), least)
	if !(step > 0x1p-44*max(math.Abs(low), math.Abs(high))) {
		ends := []Tick{{low, Number(low, 0)}, {high, Number(high, 0)}}
		if ends[0].Text == ends[1].Text {
			return ends[:1]
		}
		return ends
	}
	for ; count(low, high, step) > most; step = niceStep(step * 1.01) {
	}
	decimals := max(0, -int(math.Floor(math.Log10(step)+1e-9)))
	var ticks []Tick
	for i := math.Ceil(low/step - 1e-9); i*step <= high+1e-9*step; i++ {
		ticks = append(ticks, Tick{i * step, Number(i*step, decimals)})
	}
	return ticks
}

// count returns how many multiples of step lie from low to high.
func count(low, high, step float64) int {
	return int(math.Floor(high/step+1e-9)-math.Ceil(low/step-1e-9)) + 1
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
