package schema

import (
	"cmp"
	"slices"
	"strings"
)

// Compare puts configurations in canonical order: by case name, inputs,
// outputs, depth, hidden widths, activation and output activation in the order
// of [Activations], weights, biases, grid and connectivity, with numbers in
// numeric order. It returns -1, 0 or 1.
func Compare(a, b Configuration) int {
	if c := strings.Compare(a.Case, b.Case); c != 0 {
		return c
	}
	if c := compareShapes(a, b); c != 0 {
		return c
	}
	return cmp.Or(
		compareActivations(a.Activation, b.Activation),
		compareActivations(a.OutputActivation, b.OutputActivation),
		compareLaws(a.Weights, b.Weights),
		compareLaws(a.Biases, b.Biases),
		slices.CompareFunc(a.Grid, b.Grid, compareAxes),
		cmp.Compare(a.Connectivity, b.Connectivity),
	)
}

func compareShapes(a, b Configuration) int {
	return cmp.Or(
		cmp.Compare(a.Inputs, b.Inputs),
		cmp.Compare(a.Outputs, b.Outputs),
		cmp.Compare(a.Depth(), b.Depth()),
		slices.Compare(a.Hidden, b.Hidden),
	)
}

func compareActivations(a, b Activation) int {
	order := Activations()
	return cmp.Compare(slices.Index(order, a), slices.Index(order, b))
}

func compareDistributions(a, b Distribution) int {
	order := Distributions()
	return cmp.Compare(slices.Index(order, a), slices.Index(order, b))
}

func compareOptionalColumns(a, b OptionalColumn) int {
	order := OptionalColumns()
	return cmp.Compare(slices.Index(order, a), slices.Index(order, b))
}

func compareLaws(a, b Law) int {
	return cmp.Or(
		compareDistributions(a.Distribution, b.Distribution),
		cmp.Compare(a.Low, b.Low),
		cmp.Compare(a.High, b.High),
		cmp.Compare(a.Std, b.Std),
		cmp.Compare(a.Gain, b.Gain),
		cmp.Compare(a.Scale, b.Scale),
	)
}

func compareAxes(a, b Axis) int {
	return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.Points, b.Points))
}
