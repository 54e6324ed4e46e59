package schema

import "sort"

// Bounds of a network's hidden layers; the tags of [Case] repeat them.
const (
	MaxDepth = 1 << 10
	MaxWidth = 1 << 16
)

// equalWidths returns depth hidden layers of the given width.
func equalWidths(depth, width int64) []int {
	hidden := make([]int, depth)
	for l := range hidden {
		hidden[l] = int(width)
	}
	return hidden
}

// splitUnits returns units spread over depth hidden layers as evenly as
// possible, larger layers first. It needs units ≥ depth ≥ 1.
func splitUnits(depth, units int64) []int {
	hidden := equalWidths(depth, units/depth)
	for l := range units % depth {
		hidden[l]++
	}
	return hidden
}

// nearestWidth returns the width from 1 to MaxWidth+1 at which a network with
// depth ≥ 1 equal hidden layers has the number of parameters nearest to the
// given one; of two equally near, the smaller. A result beyond MaxWidth stands
// for every larger width.
func nearestWidth(inputs, outputs, depth, parameters int64) int64 {
	above := int64(sort.Search(MaxWidth+2, func(w int) bool {
		return w > 0 && equalParameters(inputs, outputs, depth, int64(w)) > parameters
	}))
	if above <= 1 {
		return 1
	}
	if above > MaxWidth+1 {
		return MaxWidth + 1
	}
	below := above - 1
	over := equalParameters(inputs, outputs, depth, above) - parameters
	under := parameters - equalParameters(inputs, outputs, depth, below)
	if over < under {
		return above
	}
	return below
}

// equalParameters returns the weights and biases of a network with depth ≥ 1
// hidden layers of one width: (inputs+1)·w + (depth-1)·(w+1)·w + (w+1)·outputs.
func equalParameters(inputs, outputs, depth, w int64) int64 {
	return (inputs+1)*w + (depth-1)*(w+1)*w + (w+1)*outputs
}
