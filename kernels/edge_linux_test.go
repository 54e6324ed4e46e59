package kernels

import (
	"math/rand/v2"
	"syscall"
	"testing"
	"unsafe"
)

// atEdge returns n values that end where the memory does, so that a read or a
// write of one more is a fault.
func atEdge[T float32 | uint32 | uint64](t *testing.T, n int, draw func() T) []T {
	t.Helper()
	page := syscall.Getpagesize()
	length := n * int(unsafe.Sizeof(*new(T)))
	size := (length + page - 1) / page * page
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
	values := unsafe.Slice((*T)(unsafe.Pointer(&memory[size-length])), n)
	for i := range values {
		values[i] = draw()
	}
	return values
}

// Layers touch nothing beyond the last element of any slice.
func TestLayersStayInside(t *testing.T) {
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

// Nor do the kernels that walk over slices.
func TestWalksStayInside(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	eachPath(t, func(t *testing.T) {
		for n := 1; n <= 130; n++ {
			a, b, c := atEdge(t, n, r.Float32), atEdge(t, n, r.Float32), atEdge(t, n, r.Float32)
			MaxAbs(a)
			Range(a)
			SquaredDeviations(a, 0.5)
			SumMin(a)
			Describe(a)
			CountZeros(a)
			Differences(a, b)
			SecondDifferences(a, b, c)
			bits := atEdge(t, words(n), r.Uint64)
			SignBits(bits, a)
			DescentBits(bits, a, b)
			for _, f := range activations {
				f.f(b, a)
			}
			numbers := atEdge(t, n, r.Uint32)
			Philox(numbers, n, [4]uint32{}, [2]uint32{1, 2})
			Uniforms(b, numbers, -1, 1)
			Normals(b, numbers, 1)
			outputs := 2 + n%3
			fields := atEdge(t, outputs*n, r.Float32)
			Argmax(atEdge(t, outputs*words(n), r.Uint64), words(n), b, fields, n, outputs)
			for p := 1; p <= 17; p += 4 {
				Transpose(atEdge(t, n*p, r.Float32), atEdge(t, n*p, r.Float32), n, p, p, n)
			}
		}
	})
}
