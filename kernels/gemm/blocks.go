package gemm

import (
	"sync"

	"nodal/kernels"
)

// Large products are cut into blocks that stay in the second-level cache while
// they are used: of op(B) terms × columns values, 192 KiB, and of op(A) rows ×
// terms values, 90 KiB. Of B's block a panel of 64 columns, as many as a kernel
// takes at a time, 48 KiB, passes through the first. 120 rows are tiles of 4 units
// and tiles of 6 without a rest, and 256 columns are whole panels.
const (
	terms   = 192
	columns = 256
	rows    = 120
	panel   = 64
)

// workspace holds copies of blocks, so that their rows are close together.
type workspace struct {
	a [rows * terms]float32
	b [terms * columns]float32
}

var workspaces = sync.Pool{New: func() any { return new(workspace) }}

// compute adds alpha·op(A)·op(B) to C, from copies of the operands where they are
// needed or worth their cost.
func (p *product) compute() {
	copyA := p.a.transposed || p.alpha != 1
	copyB := p.b.transposed || p.large()
	if !copyA && !copyB {
		p.block(0, p.c, p.a.values, p.a.ld, p.b.values, p.b.ld, p.m, p.k, p.n)
		return
	}
	w := workspaces.Get().(*workspace)
	defer workspaces.Put(w)
	for l := 0; l < p.k; l += terms {
		k := min(terms, p.k-l)
		for j := 0; j < p.n; j += columns {
			n := min(columns, p.n-j)
			if copyB {
				p.copyB(w.b[:], l, j, k, n)
			}
			for i := 0; i < p.m; i += rows {
				m := min(rows, p.m-i)
				a, lda := p.a.from(i, l), p.a.ld
				if copyA {
					p.copyA(w.a[:], i, l, m, k)
					a, lda = w.a[:], k
				}
				c := p.c[i*p.ldc+j:]
				if !copyB {
					p.block(l, c, a, lda, p.b.from(l, j), p.b.ld, m, k, n)
					continue
				}
				for q := 0; q < n; q += panel {
					width := min(panel, n-q)
					p.block(l, c[q:], a, lda, w.b[q*k:], width, m, k, width)
				}
			}
		}
	}
}

// large reports whether it pays to copy the blocks of B: where B, of more than
// 20,000 values or 78 KiB, would not stay in a first-level cache of 32 or 48 KiB,
// and every copied value is used often, by a dozen tiles of 4 rows. The bounds are
// measured on Zen 4; around them it makes little difference.
func (p *product) large() bool {
	return p.m >= 48 && p.k*p.n > 20_000
}

// block adds the product of a block of op(A) [m,k] and one of op(B) [k,n] to c,
// or overwrites c with it if these are the first terms.
func (p *product) block(l int, c, a []float32, lda int, b []float32, ldb, m, k, n int) {
	if l == 0 && p.overwrite {
		kernels.Product(c, a, b, m, k, n, p.ldc, lda, ldb)
	} else {
		kernels.AddProduct(c, a, b, m, k, n, p.ldc, lda, ldb)
	}
}

// copyB copies the block [k,n] of op(B) at (l, j) as one matrix [k,panel] after
// another, the last of them narrower.
func (p *product) copyB(to []float32, l, j, k, n int) {
	for q := 0; q < n; q += panel {
		width := min(panel, n-q)
		from := p.b.from(l, j+q)
		if p.b.transposed {
			kernels.Transpose(to[q*k:], from, k, width, width, p.b.ld)
			continue
		}
		for i := range k {
			copy(to[q*k+i*width:][:width], from[i*p.b.ld:][:width])
		}
	}
}

// copyA copies the block [m,k] of op(A) at (i, l), scaled.
func (p *product) copyA(to []float32, i, l, m, k int) {
	from := p.a.from(i, l)
	if p.a.transposed {
		kernels.Transpose(to, from, m, k, k, p.a.ld)
	} else {
		for r := range m {
			copy(to[r*k:][:k], from[r*p.a.ld:][:k])
		}
	}
	if p.alpha != 1 {
		for t := range to[:m*k] {
			to[t] *= p.alpha
		}
	}
}
