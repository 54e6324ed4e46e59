package main

import (
	"fmt"
	"math"
	"strings"

	"nodal/analysis/theory"
	"nodal/schema"
)

// meanField is what mean-field theory says of deep networks; nil where there is no
// such number or it is infinite.
type meanField struct {
	theory.MeanField
	known                      bool
	variance, chi, depth, edge *float64
}

// meanFields are what is known by configuration's mean field: finding a number takes
// milliseconds, and many configurations share one.
type meanFields map[theory.MeanField]meanField

// of returns what is known of a configuration.
func (known meanFields) of(c *schema.Configuration) meanField {
	m, ok := theory.MeanFieldOf(*c)
	if !ok {
		return meanField{}
	}
	if f, found := known[m]; found {
		return f
	}
	f := newMeanField(m)
	known[m] = f
	return f
}

func newMeanField(m theory.MeanField) meanField {
	f := meanField{MeanField: m, known: true}
	finite := func(v theory.Value, ok bool) *float64 {
		if !ok || math.IsInf(v.Value, 0) || math.IsNaN(v.Value) {
			return nil
		}
		return &v.Value
	}
	f.variance, f.chi, f.depth = finite(m.Variance()), finite(m.Chi()), finite(m.CorrelationDepth())
	f.edge = finite(theory.EdgeOfChaos(m.Activation, m.BiasVariance))
	return f
}

// meanFieldText says it for every activation and pair of variances among the lines, a
// line each.
func meanFieldText(lines []theory.Line, mark string) string {
	var b strings.Builder
	seen, known := map[string]bool{}, meanFields{}
	for i := range lines {
		f := known.of(lines[i].Configuration)
		name := fmt.Sprintf("%s, weight variance %.4g, bias variance %.4g", f.Activation, f.WeightVariance, f.BiasVariance)
		if !f.known || seen[name] {
			continue
		}
		seen[name] = true
		if b.Len() == 0 {
			b.WriteString("\nmean field of many layers (weight variance over the fan-in)\n")
			if mark != "" {
				b.WriteString("\n")
			}
		}
		fmt.Fprintf(&b, "%s%s: %s\n", mark, name, f.words())
	}
	return b.String()
}

// words says what is known.
func (f meanField) words() string {
	words := "the variance has no stable fixed point"
	if f.variance != nil {
		words = fmt.Sprintf("the variance goes to %.4g", *f.variance)
	}
	if f.chi != nil {
		phase := "at the edge of chaos" // χ is right to some 1e-12
		switch {
		case *f.chi > 1+1e-9:
			phase = "chaos: nearby inputs part"
		case *f.chi < 1-1e-9:
			phase = "order: nearby inputs meet"
		}
		words += fmt.Sprintf(", χ = %.4f (%s)", *f.chi, phase)
	}
	if f.depth != nil {
		words += fmt.Sprintf(", correlations settle in %.3g layers", *f.depth)
	}
	if f.edge != nil {
		words += fmt.Sprintf(", edge of chaos at weight variance %.6g", *f.edge)
	}
	return words
}
