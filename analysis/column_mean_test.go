package analysis

import (
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"testing"

	"nodal/schema"
)

// Where a summary has the column too, the mean and its error have the same bits.
func TestColumnMeanIsThatOfSummary(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	rows := make([]schema.Row, 5000)
	crossings, regions, low := NewColumnMean("crossings"), NewColumnMean("regions"), NewColumnMean("value_max")
	for i := range rows {
		r := &rows[i]
		*r = schema.Row{ConfigID: "a", Status: schema.StatusOK, Crossings: random.Int64N(1 << 43), Regions: random.Int64N(9), ValueMax: random.ExpFloat64()}
		if i%100 == 7 {
			r.Status = schema.StatusNonfinite
		}
		values := []float64{float64(r.Crossings), float64(r.Regions), r.ValueMax}
		if r.Status != schema.StatusOK {
			values = []float64{math.NaN(), math.NaN(), math.NaN()}
		}
		crossings.Add(values[:1])
		regions.Add(values[1:2])
		low.Add(values[2:])
	}
	table, err := Summarize(iter.Seq2[[]schema.Row, error](func(yield func([]schema.Row, error) bool) { yield(rows, nil) }), nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, tt := range map[int]*ColumnMean{0: crossings, 1: regions, 4: low} { // range is value_max where value_min is 0
		want := table.Groups[0].Statistics[i]
		if mean, standardError := tt.Moments(); mean != want.Mean || standardError != want.StandardError {
			t.Errorf("%s: %v ± %v, want %v ± %v", want.Name, mean, standardError, want.Mean, want.StandardError)
		}
	}
}

func TestColumnMeanOfFew(t *testing.T) {
	nan := math.NaN()
	for _, tt := range []struct {
		name                string
		values              []float64
		mean, standardError float64
	}{
		{"none", nil, 0, math.Inf(1)},
		{"nonfinite ones", []float64{nan, nan, nan}, 0, math.Inf(1)},
		{"one", []float64{3, nan}, 3, math.Inf(1)},
		{"two alike", []float64{3, 3}, 3, 0},
		{"two", []float64{1, nan, 3}, 2, 1}, // s² = 2, s/√2 = 1
		{"zeros", []float64{0, 0}, 0, 0},
	} {
		for _, column := range []schema.MeasuredColumn{"crossings", "margin_mean"} {
			m := NewColumnMean(column)
			m.Add(tt.values)
			if mean, standardError := m.Moments(); mean != tt.mean || standardError != tt.standardError {
				t.Errorf("%s of %s: %v ± %v, want %v ± %v", column, tt.name, mean, standardError, tt.mean, tt.standardError)
			}
		}
	}
}

// Moments are the same bits on every processor, whether or not its compiler fuses
// multiplications and additions: they decide how many networks are drawn.
func TestColumnMeanGolden(t *testing.T) {
	for _, tt := range []struct {
		column              schema.MeasuredColumn
		mean, standardError string
	}{
		{"crossings", "0x1.eac083126e979p+02", "0x1.2d19bb9de0c5bp-03"},
		{"roughness", "0x1.d447bc948c747p+02", "0x1.0d8d023f61abbp-03"},
	} {
		m := NewColumnMean(tt.column)
		word := uint32(1)
		for range 1000 {
			word = word*1664525 + 1013904223 // Numerical Recipes' generator
			x := float64(word >> 28)
			if !tt.column.IsCount() {
				x = float64(word) / 3e8
			}
			m.Add([]float64{x})
		}
		mean, standardError := m.Moments()
		if got := fmt.Sprintf("%x %x", mean, standardError); got != tt.mean+" "+tt.standardError {
			t.Errorf("%s: %s, want %s %s", tt.column, got, tt.mean, tt.standardError)
		}
	}
}
