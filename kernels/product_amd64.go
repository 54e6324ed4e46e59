//go:build !purego

package kernels

// mostUnits is the size of the largest tiles: see _gen/layer.go.
const mostUnits = 6

// noBias are the biases of a tile without any.
var noBias [mostUnits]float32

func (m *product) compute() {
	if active == Portable || m.n == 0 || m.k == 0 || m.p == 0 {
		m.computeGeneric()
		return
	}
	// A tile of 4 units by 4 vectors of 16 points loads least per multiply-add; one
	// of 5 or 6 units takes 2 vectors, and is better where 32 points are all.
	most := mostUnits
	if active == AVX512 && m.p > 32 {
		most = 4
	}
	units, larger, rest := cut(m.n, most)
	m.tiles(0, units+1, larger)
	m.tiles(larger*(units+1), units, rest)
}

// cut splits n into the fewest tiles of at most most, as even as possible so
// that none is too small to hide latencies: larger tiles of units+1 and the rest
// of units.
func cut(n, most int) (units, larger, rest int) {
	if n <= most {
		return n, 0, 1
	}
	tiles := (n + most - 1) / most
	return n / tiles, n % tiles, tiles - n%tiles
}

// biases returns the address of the bias of unit first, nil if the chains start
// from y, and the step from one to the next.
func (m *product) biases(first int) (b *float32, step int) {
	switch m.start {
	case fromBias:
		return &m.b[first], 1
	case fromZero:
		return &noBias[0], 0
	}
	return nil, 0
}

// tiles computes tiles of the given number of units, from unit first on.
func (m *product) tiles(first, units, tiles int) {
	if tiles == 0 {
		return
	}
	y, w, x := &m.y[first*m.ldy], &m.w[first*m.ldw], &m.x[0]
	b, ldb := m.biases(first)
	var list *int32
	if m.active != nil {
		list = &m.active[0]
	}
	if active == AVX512 {
		switch units {
		case 1:
			layer1AVX512(tiles, y, w, x, b, m.k, m.p, m.ldy, m.ldw, m.ldx, ldb, int(m.then), list)
		case 2:
			layer2AVX512(tiles, y, w, x, b, m.k, m.p, m.ldy, m.ldw, m.ldx, ldb, int(m.then), list)
		case 3:
			layer3AVX512(tiles, y, w, x, b, m.k, m.p, m.ldy, m.ldw, m.ldx, ldb, int(m.then), list)
		case 4:
			layer4AVX512(tiles, y, w, x, b, m.k, m.p, m.ldy, m.ldw, m.ldx, ldb, int(m.then), list)
		case 5:
			layer5AVX512(tiles, y, w, x, b, m.k, m.p, m.ldy, m.ldw, m.ldx, ldb, int(m.then), list)
		case 6:
			layer6AVX512(tiles, y, w, x, b, m.k, m.p, m.ldy, m.ldw, m.ldx, ldb, int(m.then), list)
		}
		return
	}
	switch units {
	case 1:
		layer1AVX2(tiles, y, w, x, b, m.k, m.p, m.ldy, m.ldw, m.ldx, ldb, int(m.then), list)
	case 2:
		layer2AVX2(tiles, y, w, x, b, m.k, m.p, m.ldy, m.ldw, m.ldx, ldb, int(m.then), list)
	case 3:
		layer3AVX2(tiles, y, w, x, b, m.k, m.p, m.ldy, m.ldw, m.ldx, ldb, int(m.then), list)
	case 4:
		layer4AVX2(tiles, y, w, x, b, m.k, m.p, m.ldy, m.ldw, m.ldx, ldb, int(m.then), list)
	case 5:
		layer5AVX2(tiles, y, w, x, b, m.k, m.p, m.ldy, m.ldw, m.ldx, ldb, int(m.then), list)
	case 6:
		layer6AVX2(tiles, y, w, x, b, m.k, m.p, m.ldy, m.ldw, m.ldx, ldb, int(m.then), list)
	}
}
