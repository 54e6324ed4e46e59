package kernels

import "fmt"

//go:generate go -C _gen run . -family active -out ../active_amd64.s -stubs ../active_stubs_amd64.go -pkg kernels

// ActiveRows finds the rows of a matrix that are not zero everywhere: the units
// of a layer that are on at some point of a tile.
//
//	active [K]    the first count are overwritten with the numbers of these
//	              rows, ascending; what the others hold is undefined
//	x      [K,P]  one row per unit, points contiguous
//
// Zeros of both signs are zero, NaN is not. P = 0 gives none. It panics on a
// wrong length.
func ActiveRows(active []int32, x []float32, k, p int) (count int) {
	if k|p < 0 {
		panic(fmt.Sprintf("kernels: ActiveRows: k, p = %d, %d, want none negative", k, p))
	}
	if len(active) != k {
		panic(fmt.Sprintf("kernels: ActiveRows: len(active) = %d, want k = %d", len(active), k))
	}
	if len(x) != k*p {
		panic(fmt.Sprintf("kernels: ActiveRows: len(x) = %d, want k·p = %d", len(x), k*p))
	}
	return activeRows(active, x, k, p)
}

func activeRowsGeneric(active []int32, x []float32, k, p int) (count int) {
	for j := range k {
		for _, v := range x[j*p : (j+1)*p] {
			if v != 0 {
				active[count] = int32(j)
				count++
				break
			}
		}
	}
	return count
}

// LayerActive computes Y = f(W·X + b) from the active inputs alone, as if the
// others did not exist: every y[n,p] is the chain of [Layer] over the listed k.
//
//	y [N,P]    result, overwritten; must not overlap the inputs
//	w [N,K]    weights, row-major
//	x [K,P]    inputs, one row per feature, points contiguous
//	b [N]      bias
//	active []  numbers of rows of x, ascending, each at most once
//
// Where the weights are finite and the other rows of x zero, that is what
// [LayerThen] computes but for the sign of zeros, because fma(w, 0, acc) = acc
// unless both are zeros; with ThenStep and ThenPlusZero it is so bit for bit. An
// infinite weight or NaN would give NaN there and vanishes here. It panics on a
// wrong length, on an epilogue that does not exist and on a list that is not as
// above.
func LayerActive(y, w, x, b []float32, n, k, p int, active []int32, then Epilogue) {
	then.check("LayerActive")
	if !layerFits(len(y), len(w), len(x), len(b), n, k, p) {
		panicLayer("LayerActive", len(y), len(w), len(x), len(b), n, k, p)
	}
	if !ascending(active, k) {
		panic(fmt.Sprintf("kernels: LayerActive: active = %v, want numbers below %d, ascending", active, k))
	}
	if len(active) == 0 {
		active = nil // as all of no inputs
	}
	(&product{y, w, x, b, n, len(active), p, p, k, p, fromBias, then, active}).activate()
}

// ascending reports whether every number is greater than the one before it, from
// 0 to below k.
func ascending(list []int32, k int) bool {
	if len(list) == 0 {
		return true
	}
	wrong := list[0] // a negative term makes it negative
	for i, next := range list[1:] {
		wrong |= next - list[i] - 1
	}
	return wrong >= 0 && int(list[len(list)-1]) < k
}
