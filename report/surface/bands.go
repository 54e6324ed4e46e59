package surface

import "math"

// bands are the colours between the levels of a contour map. Heights are shares of the
// way from Low to High.
type bands struct {
	zero   float64 // height that levels are counted from, perhaps outside 0 to 1
	step   float64 // height between levels
	first  float64 // number of the lowest band; band k is from zero + k·step
	lights []light // of the bands
	sums   []light // of the bands before each
}

// newBands returns about n bands for a field, in the memory of others.
func newBands(f *Field, n int, colour func(h float64) light, memory bands) bands {
	span := f.High - f.Low
	b := bands{
		zero: f.middle(), step: niceStep(span/float64(n)) / span,
		lights: memory.lights[:0], sums: memory.sums[:0],
	}
	if !(math.Abs(b.zero)/b.step < 1e6) { // all is far from Middle: count from Low
		b.zero = 0
	}
	b.first = math.Floor(-b.zero/b.step + 1e-9)
	last := math.Ceil((1-b.zero)/b.step - 1e-9)
	var sum light
	for k := b.first; k < last; k++ {
		middle := b.zero + (k+0.5)*b.step
		c := colour(min(max(middle, 0), 1))
		b.lights, b.sums = append(b.lights, c), append(b.sums, sum)
		sum = sum.plus(c)
	}
	return b
}

// niceStep returns the number nearest to x, in ratio, that is 1, 2 or 5 times a power of
// ten.
func niceStep(x float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(x)))
	switch m := x / power; {
	case m < math.Sqrt2:
		return power
	case m < math.Sqrt(10):
		return 2 * power
	case m < math.Sqrt(50):
		return 5 * power
	}
	return 10 * power
}

// at returns the mean colour of the bands over heights h ± spread/2, which is what a
// pixel sees whose heights differ by that much.
func (b *bands) at(h, spread float32) light {
	middle := (float64(h)-b.zero)/b.step - b.first
	half := max(float64(spread)/b.step/2, 1e-6)
	last := float64(len(b.lights))
	from, to := min(max(middle-half, 0), last), min(max(middle+half, 0), last)
	i, j := min(int(from), len(b.lights)-1), min(int(to), len(b.lights)-1)
	if i == j {
		return b.lights[i]
	}
	upTo := b.sums[j].plus(b.lights[j].times(float32(to - float64(j))))
	before := b.sums[i].plus(b.lights[i].times(float32(from - float64(i))))
	return upTo.plus(before.times(-1)).times(float32(1 / (to - from)))
}

// nearest returns how far the nearest level is from a height, zero aside, in heights.
func (b *bands) nearest(h float32) float32 {
	x := (float64(h) - b.zero) / b.step
	k := math.Round(x)
	if k == 0 {
		return float32(b.step / 2)
	}
	return float32(math.Abs(x-k) * b.step)
}
