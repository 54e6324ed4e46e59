package theory

import (
	"fmt"
	"math"
	"slices"

	"nodal/schema"
)

// WidthEffect says how the means of networks of finite width lie off the limit:
//
//	mean = prediction · (1 + Coefficient/width) + O(1/width²)
//
// for networks alike but for their width. Corrections to the limit begin with 1/width
// and grow with depth (Yaida 2020; Hanin and Nica 2020).
type WidthEffect struct {
	Configuration *schema.Configuration // the widest
	Column        string
	Widths        []int // ascending
	Coefficient   float64
	StandardError float64 // of the coefficient
}

// leastWidth is the least width of a fit, below which the next term counts.
const leastWidth = 16

// WidthEffects fits, by weighted least squares, the lines of configurations that have
// hidden layers of one width, 16 units or more, and are alike but for it; there are at
// least two widths.
func WidthEffects(lines []Line) []WidthEffect {
	type fit struct {
		WidthEffect
		xx, xy float64 // Σ x²/σ² and Σ xy/σ², x = 1/width, y = mean/prediction - 1
	}
	var fits []*fit
	byKind := map[string]*fit{}
	for i := range lines {
		l := &lines[i]
		width, ok := equalWidth(l.Configuration)
		want, _ := l.Prediction()
		exact := l.Column == string(schema.ColumnBreakpointsFirst) // at any width
		if !ok || exact || want == nil || want.Value == 0 || l.constant() {
			continue
		}
		alike := *l.Configuration
		alike.Hidden = nil
		kind := fmt.Sprint(alike.Canonical(), l.Configuration.Depth(), l.Column)
		f := byKind[kind]
		if f == nil {
			f = &fit{WidthEffect: WidthEffect{Column: l.Column}}
			byKind[kind] = f
			fits = append(fits, f)
		}
		if f.Configuration == nil || f.Configuration.Width() < width {
			f.Configuration = l.Configuration
		}
		f.Widths = append(f.Widths, width)
		x, y, s := 1/float64(width), l.Mean/want.Value-1, l.StandardError/math.Abs(want.Value)
		f.xx += x * x / (s * s)
		f.xy += x * y / (s * s)
	}
	var effects []WidthEffect
	for _, f := range fits {
		if len(f.Widths) > 1 {
			f.Coefficient, f.StandardError = f.xy/f.xx, 1/math.Sqrt(f.xx)
			slices.Sort(f.Widths)
			effects = append(effects, f.WidthEffect)
		}
	}
	return effects
}

// equalWidth returns the width of all hidden layers, if they have one and it is
// large enough.
func equalWidth(c *schema.Configuration) (int, bool) {
	for _, n := range c.Hidden {
		if n != c.Hidden[0] {
			return 0, false
		}
	}
	return c.Width(), c.Width() >= leastWidth
}
