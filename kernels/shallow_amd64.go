//go:build !purego

package kernels

func (h *hidden) compute() {
	if active != AVX512 || !h.then.tabled() || h.n == 0 || h.k == 0 || h.p == 0 || h.c > shallowOutputs {
		h.computeGeneric()
		return
	}
	y, w, x, b := &h.y[0], &h.w[0], &h.x[0], &h.b[0]
	t, finish := epilogues[h.then].table, int(epilogues[h.then].finish)
	if h.c == 0 {
		shallow0AVX512(y, w, x, b, h.n, h.k, h.p, h.ldx, &t.rows, t.offset, t.limit, t.shift, finish, nil, nil)
		return
	}
	v, a := &h.v[0], &h.a[0]
	switch h.c {
	case 1:
		shallow1AVX512(y, w, x, b, h.n, h.k, h.p, h.ldx, &t.rows, t.offset, t.limit, t.shift, finish, v, a)
	case 2:
		shallow2AVX512(y, w, x, b, h.n, h.k, h.p, h.ldx, &t.rows, t.offset, t.limit, t.shift, finish, v, a)
	case 3:
		shallow3AVX512(y, w, x, b, h.n, h.k, h.p, h.ldx, &t.rows, t.offset, t.limit, t.shift, finish, v, a)
	case 4:
		shallow4AVX512(y, w, x, b, h.n, h.k, h.p, h.ldx, &t.rows, t.offset, t.limit, t.shift, finish, v, a)
	}
}
