package kernels

import (
	"fmt"
	"testing"
)

func TestTranspose(t *testing.T) {
	count := float32(0)
	next := func() float32 { count++; return count }
	eachPath(t, func(t *testing.T) {
		for n := range 35 {
			for p := range 35 {
				ldy, ldx := p+n%3, n+p%3
				x, _ := guarded(rowsLength(p, n, ldx), next)
				y, yWhole := guarded(rowsLength(n, p, ldy), func() float32 { return -1 })
				Transpose(y, x, n, p, ldy, ldx)
				checkGuards(t, "y", yWhole)
				for q, got := range y {
					want := float32(-1)
					if i, j := q/ldy, q%ldy; j < p {
						want = x[j*ldx+i]
					}
					if got != want {
						t.Fatalf("n=%d p=%d strides %d, %d: y[%d] = %v, want %v", n, p, ldy, ldx, q, got, want)
					}
				}
			}
		}
	})
}

func TestTransposePanics(t *testing.T) {
	for _, tt := range []struct {
		y, x, n, p, ldy, ldx int
		want                 string
	}{
		{6, 6, 2, -3, 3, 2, "kernels: Transpose: n, p = 2, -3, want none negative"},
		{5, 6, 2, 3, 3, 2, "kernels: Transpose: len(y) = 5, want at least 6"},
		{6, 5, 2, 3, 3, 2, "kernels: Transpose: len(x) = 5, want at least 6"},
		{6, 6, 2, 3, 2, 2, "kernels: Transpose: ldy = 2, want at least 3"},
		{6, 6, 2, 3, 3, 1, "kernels: Transpose: ldx = 1, want at least 2"},
	} {
		t.Run(tt.want, func(t *testing.T) {
			defer func() {
				if got := fmt.Sprint(recover()); got != tt.want {
					t.Errorf("panic %q, want %q", got, tt.want)
				}
			}()
			Transpose(make([]float32, tt.y), make([]float32, tt.x), tt.n, tt.p, tt.ldy, tt.ldx)
		})
	}
}
