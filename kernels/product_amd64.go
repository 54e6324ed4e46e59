//go:build !purego

package kernels

// Most units of a tile: see _gen/layer.go.
const (
	mostUnitsAVX2   = 6
	mostUnitsAVX512 = 12
)

// noBias are the biases of a tile without any.
var noBias [mostUnitsAVX512]float32

func (m *product) compute() {
	switch {
	case active == Portable || m.n == 0 || m.k == 0 || m.p == 0:
		m.computeGeneric()
	case active == AVX512:
		units, larger, rest := cut(m.n, mostUnitsAVX512)
		m.tilesAVX512(0, units+1, larger)
		m.tilesAVX512(larger*(units+1), units, rest)
	default:
		units, larger, rest := cut(m.n, mostUnitsAVX2)
		m.tilesAVX2(0, units+1, larger)
		m.tilesAVX2(larger*(units+1), units, rest)
	}
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

// tilesAVX512 computes tiles of the given number of units, from unit first on.
func (m *product) tilesAVX512(first, units, tiles int) {
	if tiles == 0 {
		return
	}
	y, w, x := &m.y[first*m.ldy], &m.w[first*m.ldw], &m.x[0]
	b, ldb := m.biases(first)
	switch units {
	case 1:
		layer1AVX512(tiles, y, w, x, b, m.k, m.p, m.ldy, m.ldw, m.ldx, ldb, int(m.then))
	case 2:
		layer2AVX512(tiles, y, w, x, b, m.k, m.p, m.ldy, m.ldw, m.ldx, ldb, int(m.then))
	case 3:
		layer3AVX512(tiles, y, w, x, b, m.k, m.p, m.ldy, m.ldw, m.ldx, ldb, int(m.then))
	case 4:
		layer4AVX512(tiles, y, w, x, b, m.k, m.p, m.ldy, m.ldw, m.ldx, ldb, int(m.then))
	case 5:
		layer5AVX512(tiles, y, w, x, b, m.k, m.p, m.ldy, m.ldw, m.ldx, ldb, int(m.then))
	case 6:
		layer6AVX512(tiles, y, w, x, b, m.k, m.p, m.ldy, m.ldw, m.ldx, ldb, int(m.then))
	case 7:
		layer7AVX512(tiles, y, w, x, b, m.k, m.p, m.ldy, m.ldw, m.ldx, ldb, int(m.then))
	case 8:
		layer8AVX512(tiles, y, w, x, b, m.k, m.p, m.ldy, m.ldw, m.ldx, ldb, int(m.then))
	case 9:
		layer9AVX512(tiles, y, w, x, b, m.k, m.p, m.ldy, m.ldw, m.ldx, ldb, int(m.then))
	case 10:
		layer10AVX512(tiles, y, w, x, b, m.k, m.p, m.ldy, m.ldw, m.ldx, ldb, int(m.then))
	case 11:
		layer11AVX512(tiles, y, w, x, b, m.k, m.p, m.ldy, m.ldw, m.ldx, ldb, int(m.then))
	case 12:
		layer12AVX512(tiles, y, w, x, b, m.k, m.p, m.ldy, m.ldw, m.ldx, ldb, int(m.then))
	}
}

// tilesAVX2 computes tiles of the given number of units, from unit first on.
func (m *product) tilesAVX2(first, units, tiles int) {
	if tiles == 0 {
		return
	}
	y, w, x := &m.y[first*m.ldy], &m.w[first*m.ldw], &m.x[0]
	b, ldb := m.biases(first)
	switch units {
	case 1:
		layer1AVX2(tiles, y, w, x, b, m.k, m.p, m.ldy, m.ldw, m.ldx, ldb, int(m.then))
	case 2:
		layer2AVX2(tiles, y, w, x, b, m.k, m.p, m.ldy, m.ldw, m.ldx, ldb, int(m.then))
	case 3:
		layer3AVX2(tiles, y, w, x, b, m.k, m.p, m.ldy, m.ldw, m.ldx, ldb, int(m.then))
	case 4:
		layer4AVX2(tiles, y, w, x, b, m.k, m.p, m.ldy, m.ldw, m.ldx, ldb, int(m.then))
	case 5:
		layer5AVX2(tiles, y, w, x, b, m.k, m.p, m.ldy, m.ldw, m.ldx, ldb, int(m.then))
	case 6:
		layer6AVX2(tiles, y, w, x, b, m.k, m.p, m.ldy, m.ldw, m.ldx, ldb, int(m.then))
	}
}
