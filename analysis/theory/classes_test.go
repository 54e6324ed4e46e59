package theory

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestClassChangeKnownValues(t *testing.T) {
	for _, tt := range []struct {
		name    string
		outputs int
		angle   float64
		want    float64
	}{
		{"one output: Sheppard's angle", 1, 0.3, 0.3 / math.Pi},
		{"two outputs: as one", 2, 3, 3 / math.Pi},
		{"the same point", 5, 0, 0},
		{"three, a tiny angle: 3/2 of one", 3, 1e-300, 1.5e-300 / math.Pi},
		{"three independent", 3, math.Pi / 2, 2. / 3},
		{"ten independent", 10, math.Pi / 2, .9},
		{"most outputs, independent", 256, math.Pi / 2, 255. / 256},
		{"three opposite", 3, math.Pi, 1},
		{"most outputs, opposite", 256, math.Pi, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := ClassChange(tt.outputs, tt.angle)
			if math.Abs(got.Value-tt.want) > got.Error || got.Error > 1.0001e-11*tt.want {
				t.Errorf("ClassChange(%d, %g) = %v, want %.16g", tt.outputs, tt.angle, got, tt.want)
			}
		})
	}
	for _, angle := range []float64{-1e-9, 3.15, math.NaN()} {
		if got := ClassChange(3, angle); !math.IsNaN(got.Value) {
			t.Errorf("ClassChange(3, %g) = %v, want NaN", angle, got)
		}
	}
}

// Three outputs have the same class with three times the probability that four
// normals of correlations 1/2, ρ, ρ/2, ρ/2, ρ, 1/2 are all positive, which Cheng
// (1969) found in closed form:
//
//	1/16 + (asin ½ + asin ρ + asin ρ/2)/4π + (asin² ½ + asin² ρ - asin² ρ/2)/4π²
//
// With θ and β = asin ½ - asin ρ/2 the constant parts cancel.
func TestClassChangeOfThreeInClosedForm(t *testing.T) {
	for _, angle := range []float64{1e-9, 1e-5, .01, .1, .5, 1, 1.5, 2, 2.5, 3, 3.14, math.Pi} {
		sin, ρ := math.Sin(angle), math.Cos(angle)
		β := math.Pi/6 - math.Asin(ρ/2)
		if ρ > 0 {
			β = math.Asin(sin * sin / (2*math.Sqrt(1-ρ*ρ/4) + math.Sqrt(3)*ρ))
		}
		want := 3 * ((angle+β)/(4*math.Pi) + (angle*(math.Pi-angle)-β*(math.Pi/3-β))/(4*math.Pi*math.Pi))
		if got := ClassChange(3, angle); math.Abs(got.Value-want) > got.Error {
			t.Errorf("ClassChange(3, %g) = %.16g, want %.16g", angle, got.Value, want)
		}
	}
}

// Finer steps and more nodes change nothing within the stated error.
func TestClassChangeConverged(t *testing.T) {
	for _, outputs := range []int{3, 6, 17, 64, 256} {
		if testing.Short() && outputs == 64 {
			continue
		}
		finer := newClassSeries(outputs, classStep(outputs)/1.5, 60)
		for angle := 0x1p-40; angle <= math.Pi; angle *= 1.1 {
			got, want := ClassChange(outputs, angle), angle*sumChebyshev(finer, angle)
			if math.Abs(got.Value-want) > got.Error {
				t.Errorf("ClassChange(%d, %g) = %.16g, finer: %.16g", outputs, angle, got.Value, want)
			}
		}
		rate, want := ClassChangeRate(outputs), math.Pi*sumChebyshev(finer, 0)
		if math.Abs(rate.Value/want-1) > 1e-11 { // the series' bound
			t.Errorf("ClassChangeRate(%d) = %v, as the limit: %.16g", outputs, rate, want)
		}
	}
}

// The rate's integral by a rule of ten times as many points.
func TestClassChangeRateConverged(t *testing.T) {
	for _, outputs := range []int{3, 10, 40, 100, 256} {
		n, step := float64(outputs), classStep(outputs)/10
		var want float64
		for u := -9.; u < 9; u += step {
			want += step * n * (n - 1) / (2 * math.Sqrt(math.Pi)) * math.Exp(-u*u) * math.Pow(normalCDF(u), n-2)
		}
		if got := ClassChangeRate(outputs); math.Abs(got.Value-want) > got.Error {
			t.Errorf("ClassChangeRate(%d) = %v, finer: %.16g", outputs, got, want)
		}
	}
}

func TestClassChangeRate(t *testing.T) {
	for _, tt := range []struct {
		name          string
		outputs       int
		want, rounded float64 // the value and the last digit it is given to
	}{
		{"one", 1, 1, 0},
		{"two", 2, 1, 0},
		{"three: ∫φ²Φ = ½∫φ², for Φ-½ is odd", 3, 1.5, 0},
		// C(C-1)√π∫φ²Φ² = 6·(1/4 + ∫(2√π)φ²(Φ-½)²) and the last integral is
		// the mean of (Φ(Z/√2)-½)², asin(1/3)/2π (Williams 1996).
		{"four", 4, 6 * (.25 + math.Asin(1./3)/(2*math.Pi)), 0},
		{"ten, by another program", 10, 2.72737, 5e-6},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := ClassChangeRate(tt.outputs)
			if math.Abs(got.Value-tt.want) > got.Error+tt.rounded || got.Error > 1e-13*got.Value {
				t.Errorf("ClassChangeRate(%d) = %v, want %.16g", tt.outputs, got, tt.want)
			}
		})
	}
}

// 200,000 draws of X and Y at each angle.
func TestClassChangeSimulated(t *testing.T) {
	const draws = 200_000
	rng := rand.New(rand.NewPCG(3, 10))
	for _, outputs := range []int{3, 10} {
		for _, angle := range []float64{.1, .7, 2, 2.8} {
			sin, cos := math.Sincos(angle)
			changes := 0
			for range draws {
				var x, y float64 // the largest so far
				var class, other int
				for c := range outputs {
					z := rng.NormFloat64()
					if c == 0 || z > x {
						x, class = z, c
					}
					if z = z*cos + rng.NormFloat64()*sin; c == 0 || z > y {
						y, other = z, c
					}
				}
				if class != other {
					changes++
				}
			}
			got, want := float64(changes)/draws, ClassChange(outputs, angle).Value
			if se := math.Sqrt(want * (1 - want) / draws); math.Abs(got-want) > 4*se {
				t.Errorf("%d outputs, angle %g: %.5f ± %.5f of the draws, want %.5f", outputs, angle, got, se, want)
			}
		}
	}
}

// Φ₂ against the product of two Φ, and against its integral over the first
// variable by the trapezoid rule.
func TestBivariateCDF(t *testing.T) {
	for _, ρ := range []float64{-.99, -.5, 0, .3, .9, .999} {
		s := math.Sqrt(1 - ρ*ρ)
		for _, u := range []float64{-4, -1, -.3, 0, .2, 1, 3} {
			for _, v := range []float64{-2, -.5, .01, .4, 2.5} {
				got := bivariateCDF(u, v, (v-ρ*u)/s, (u-ρ*v)/s)
				const n = 20000
				var want float64
				for i := range n { // x = u - t², which smooths the end
					t := (float64(i) + .5) * 3.5 / n
					x := u - t*t
					want += 2 * t * 3.5 / n * math.Exp(-x*x/2) / math.Sqrt(2*math.Pi) * normalCDF((v-ρ*x)/s)
				}
				if math.Abs(got-want) > 1e-8 {
					t.Errorf("Φ₂(%g, %g; %g) = %.15g, want %.15g", u, v, ρ, got, want)
				}
				if product := normalCDF(u) * normalCDF(v); ρ == 0 && math.Abs(got-product) > 1e-15 {
					t.Errorf("Φ₂(%g, %g; 0) = %.17g, want %.17g", u, v, got, product)
				}
			}
		}
	}
}

func TestClassesRefuse(t *testing.T) {
	for name, call := range map[string]func(){
		"ClassChange":     func() { ClassChange(0, 1) },
		"ClassChangeRate": func() { ClassChangeRate(-1) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic without outputs", name)
				}
			}()
			call()
		}()
	}
}

var sink float64

func BenchmarkClassChange(b *testing.B) {
	ClassChange(10, 1)
	for b.Loop() {
		sink = ClassChange(10, 1e-3).Value
	}
}

func BenchmarkNewClassSeries(b *testing.B) {
	for b.Loop() {
		newClassSeries(10, classStep(10), classNodes)
	}
}
