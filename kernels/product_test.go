package kernels

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// Products with rows at strides, started from zero and from y, against chains;
// what lies between the rows stays.
func TestProduct(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	eachPath(t, func(t *testing.T) {
		for _, in := range newLayerInputs(r) {
			for range 400 {
				n, k, p := r.IntN(30), r.IntN(10), r.IntN(140)
				ldy, ldw, ldx := p+r.IntN(3), k+r.IntN(3), p+r.IntN(3)
				testProduct(t, in, n, k, p, ldy, ldw, ldx)
			}
		}
	})
}

func testProduct(t *testing.T, in layerInputs, n, k, p, ldy, ldw, ldx int) {
	t.Helper()
	y, yWhole := guarded(rowsLength(n, p, ldy), in.input)
	w, _ := guarded(rowsLength(n, k, ldw), in.weight)
	x, _ := guarded(rowsLength(k, p, ldx), in.input)
	for _, add := range []bool{false, true} {
		before := append([]float32(nil), y...)
		if add {
			AddProduct(y, w, x, n, k, p, ldy, ldw, ldx)
		} else {
			Product(y, w, x, n, k, p, ldy, ldw, ldx)
		}
		checkGuards(t, "y", yWhole)
		for i, got := range y {
			want := before[i]
			if unit, point := i/ldy, i%ldy; point < p {
				if !add {
					want = 0
				}
				for j := range k {
					want = FMA(w[unit*ldw+j], x[j*ldx+point], want)
				}
			}
			if !sameBits(got, want) {
				t.Fatalf("x=%s add=%t n=%d k=%d p=%d strides %d, %d, %d: y[%d] = %x, want %x", in.name, add, n, k, p, ldy, ldw, ldx, i, got, want)
			}
		}
	}
}

// rowsLength is the length of a slice of rows that ends with the last row.
func rowsLength(rows, columns, ld int) int {
	if rows == 0 || columns == 0 {
		return 0
	}
	return (rows-1)*ld + columns
}

func TestProductPanics(t *testing.T) {
	for _, tt := range []struct {
		y, w, x, n, k, p, ldy, ldw, ldx int
		want                            string
	}{
		{8, 6, 12, 2, 3, -4, 4, 3, 4, "kernels: Product: n, k, p = 2, 3, -4, want none negative"},
		{8, 6, 12, 2, 3, 4, 3, 3, 4, "kernels: Product: ldy = 3, want at least 4"},
		{8, 6, 12, 2, 3, 4, 5, 3, 4, "kernels: Product: len(y) = 8, want at least 9"},
		{8, 6, 12, 2, 3, 4, 4, 4, 4, "kernels: Product: len(w) = 6, want at least 7"},
		{8, 6, 12, 2, 3, 4, 4, 3, 5, "kernels: Product: len(x) = 12, want at least 14"},
	} {
		t.Run(tt.want, func(t *testing.T) {
			defer func() {
				if got := fmt.Sprint(recover()); got != tt.want {
					t.Errorf("panic %q, want %q", got, tt.want)
				}
			}()
			f := func(n int) []float32 { return make([]float32, n) }
			Product(f(tt.y), f(tt.w), f(tt.x), tt.n, tt.k, tt.p, tt.ldy, tt.ldw, tt.ldx)
		})
	}
}
