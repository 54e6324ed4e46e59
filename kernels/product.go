package kernels

import "fmt"

//go:generate go -C _gen run . -family layer -out ../layer_amd64.s -stubs ../layer_stubs_amd64.go -pkg kernels

// Product computes Y = W·X for matrices whose rows lie at strides.
//
//	y [N,P]  result, overwritten, row i at y[i·ldy]; must not overlap the inputs
//	w [N,K]  row i at w[i·ldw]
//	x [K,P]  row i at x[i·ldx]
//
// Every y[n,p] is the chain of [Layer] from a bias of zero, with its error
// bound. Values of y between the rows stay as they are. It allocates nothing and
// panics if a size is negative, a stride is smaller than its row, or a slice is
// too short for its last row.
func Product(y, w, x []float32, n, k, p, ldy, ldw, ldx int) {
	m := &product{y, w, x, nil, n, k, p, ldy, ldw, ldx, fromZero, Plain, nil}
	m.check("Product")
	m.compute()
}

// AddProduct computes Y = Y + W·X as [Product] does, with chains that start
// from the values of y: a product cut along K gives the same bits as a whole one.
func AddProduct(y, w, x []float32, n, k, p, ldy, ldw, ldx int) {
	m := &product{y, w, x, nil, n, k, p, ldy, ldw, ldx, fromY, Plain, nil}
	m.check("AddProduct")
	m.compute()
}

// product is Y = f(W·X + start), checked.
type product struct {
	y, w, x, b    []float32
	n, k, p       int
	ldy, ldw, ldx int
	start         start
	then          Epilogue
	active        []int32 // the K inputs that count among those of w and x; nil if these are all
}

// start is where the chains of a product start.
type start int

const (
	fromBias start = iota // b[n]
	fromZero
	fromY // y[n,p]
)

func (m *product) check(name string) {
	if m.n < 0 || m.k < 0 || m.p < 0 {
		panic(fmt.Sprintf("kernels: %s: n, k, p = %d, %d, %d, want none negative", name, m.n, m.k, m.p))
	}
	checkRows(name, "y", len(m.y), m.n, m.p, m.ldy)
	checkRows(name, "w", len(m.w), m.n, m.k, m.ldw)
	checkRows(name, "x", len(m.x), m.k, m.p, m.ldx)
}

// checkRows panics unless a slice of length got holds rows of columns values at
// a stride of ld.
func checkRows(name, slice string, got, rows, columns, ld int) {
	if ld < columns {
		panic(fmt.Sprintf("kernels: %s: ld%s = %d, want at least %d", name, slice, ld, columns))
	}
	if rows == 0 || columns == 0 {
		return
	}
	if want := (rows-1)*ld + columns; got < want {
		panic(fmt.Sprintf("kernels: %s: len(%s) = %d, want at least %d", name, slice, got, want))
	}
}

// activate computes a product with no gaps between the rows of y, whatever its
// epilogue: compute knows only those that are done as values are stored.
func (m *product) activate() {
	then := m.then
	if then.inStore() {
		m.compute()
		return
	}
	m.then = Plain
	m.compute()
	epilogues[then].activate(m.y, m.y)
}

// computeGeneric is [product.compute] in portable Go. It defines the result.
func (m *product) computeGeneric() {
	if m.p == 0 {
		return // rows may lie outside the slices
	}
	m.fill()
	i := 0
	for ; i+4 <= m.n && m.k > 0; i += 4 {
		y0, y1, y2, y3 := m.rowY(i), m.rowY(i+1), m.rowY(i+2), m.rowY(i+3)
		for j := range m.k {
			w, x := m.input(j)
			addFeature4(y0, y1, y2, y3, x, w[i*m.ldw], w[(i+1)*m.ldw], w[(i+2)*m.ldw], w[(i+3)*m.ldw])
		}
	}
	for ; i < m.n && m.k > 0; i++ {
		for j := range m.k {
			w, x := m.input(j)
			addFeature(m.rowY(i), x, w[i*m.ldw])
		}
	}
	for i := range m.n {
		m.then.apply(m.rowY(i))
	}
}

func (m *product) rowY(i int) []float32 { return m.y[i*m.ldy:][:m.p] }

// input returns the j-th input that counts: its weights, one per row at strides
// of ldw, and its row of x.
func (m *product) input(j int) (w, x []float32) {
	if m.active != nil {
		j = int(m.active[j])
	}
	return m.w[j:], m.x[j*m.ldx:][:m.p]
}

// fill starts the chains.
func (m *product) fill() {
	for i := range m.n {
		row := m.rowY(i)
		switch m.start {
		case fromBias:
			for t := range row {
				row[t] = m.b[i]
			}
		case fromZero:
			clear(row)
		}
	}
}

// apply computes y = f(y) in portable Go.
func (e Epilogue) apply(y []float32) {
	switch e {
	case ThenReLU:
		reluGeneric(y, y)
	case ThenLeakyReLU:
		leakyReLUGeneric(y, y)
	case ThenStep:
		stepGeneric(y, y)
	case ThenPlusZero:
		plusZero(y, y)
	}
}

// addFeature4 extends the chains of four outputs by one feature:
// y0[p] = fma(w0, x[p], y0[p]), and so on. All slices have one length. Four at a
// time, because a processor overlaps independent chains, and because the
// conversion of x is shared. [FMA] is written out: it is too large to be inlined.
func addFeature4(y0, y1, y2, y3, x []float32, w0, w1, w2, w3 float32) {
	n := len(x)
	y0, y1, y2, y3 = y0[:n], y1[:n], y2[:n], y3[:n]
	v0, v1, v2, v3 := float64(w0), float64(w1), float64(w2), float64(w3)
	for i, xi := range x {
		u, m := float64(xi), midpoint(xi)
		a0, a1, a2, a3 := float64(y0[i]), float64(y1[i]), float64(y2[i]), float64(y3[i])
		s0, s1, s2, s3 := v0*u+a0, v1*u+a1, v2*u+a2, v3*u+a3
		if doubtful(s0, m) {
			s0 = roundToOdd(v0*u, a0)
		}
		if doubtful(s1, m) {
			s1 = roundToOdd(v1*u, a1)
		}
		if doubtful(s2, m) {
			s2 = roundToOdd(v2*u, a2)
		}
		if doubtful(s3, m) {
			s3 = roundToOdd(v3*u, a3)
		}
		y0[i], y1[i], y2[i], y3[i] = float32(s0), float32(s1), float32(s2), float32(s3)
	}
}

// addFeature extends the chains of one output by one feature:
// y[p] = fma(w, x[p], y[p]). Both slices have one length. Four points at a time,
// for the first reason of [addFeature4].
func addFeature(y, x []float32, w float32) {
	v := float64(w)
	for len(y) >= 4 && len(x) >= 4 {
		u0, u1, u2, u3 := float64(x[0]), float64(x[1]), float64(x[2]), float64(x[3])
		a0, a1, a2, a3 := float64(y[0]), float64(y[1]), float64(y[2]), float64(y[3])
		s0, s1, s2, s3 := v*u0+a0, v*u1+a1, v*u2+a2, v*u3+a3
		if doubtful(s0, midpoint(x[0])) {
			s0 = roundToOdd(v*u0, a0)
		}
		if doubtful(s1, midpoint(x[1])) {
			s1 = roundToOdd(v*u1, a1)
		}
		if doubtful(s2, midpoint(x[2])) {
			s2 = roundToOdd(v*u2, a2)
		}
		if doubtful(s3, midpoint(x[3])) {
			s3 = roundToOdd(v*u3, a3)
		}
		y[0], y[1], y[2], y[3] = float32(s0), float32(s1), float32(s2), float32(s3)
		y, x = y[4:], x[4:]
	}
	for i, xi := range x {
		y[i] = FMA(w, xi, y[i])
	}
}
