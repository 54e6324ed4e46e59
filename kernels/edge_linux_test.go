package kernels

import (
	"math/rand/v2"
	"syscall"
	"testing"
	"unsafe"
)

// atEdge returns n values that end where the readable memory does, so that a
// read of one more is a fault.
func atEdge(t *testing.T, n int, draw func() float32) []float32 {
	t.Helper()
	page := syscall.Getpagesize()
	size := (4*n + page - 1) / page * page
	memory, err := syscall.Mmap(-1, 0, size+page, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := syscall.Munmap(memory); err != nil {
			t.Error(err)
		}
	})
	if err := syscall.Mprotect(memory[size:], syscall.PROT_NONE); err != nil {
		t.Fatal(err)
	}
	if n == 0 {
		return nil
	}
	// The only way to values at a chosen place; the mapping outlives them.
	values := unsafe.Slice((*float32)(unsafe.Pointer(&memory[size-4*n])), n)
	for i := range values {
		values[i] = draw()
	}
	return values
}

// Nothing is read beyond the last input.
func TestReadsStayInside(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	eachPath(t, func(t *testing.T) {
		for n := 1; n <= 13; n++ {
			for p := 1; p <= 130; p += 1 + p/40 {
				const k = 2
				y, b := atEdge(t, n*p, r.Float32), atEdge(t, n, r.Float32)
				w, x := atEdge(t, n*k, r.Float32), atEdge(t, k*p, r.Float32)
				LayerThen(y, w, x, b, n, k, p, ThenStep)
				AddProduct(y, w, x, n, k, p, p, k, p)
				LayerActive(y, w, x, b, n, k, p, []int32{k - 1}, ThenStep)
				ReLU(y, y)
				LayerThen(y, w, x, b, n, k, p, ThenTanh)
				c := 1 + n%5
				z, v, a := atEdge(t, c*p, r.Float32), atEdge(t, c*n, r.Float32), atEdge(t, c, r.Float32)
				Shallow(z, x, w, b, v, a, k, n, c, p, ThenTanh)
				ActiveRows(make([]int32, n), y, n, p)
			}
		}
	})
}
