package surface

import "math"

// column is what one column of pixels sees: for each row the pieces of surface and floor
// that cover it. Several thin columns side by side add up to it, so that upright edges
// are as smooth as others.
type column struct {
	seen   []fragment // [height,maxFragments]
	counts []uint8    // [height] fragments of each row
	top    int        // rows from top up to, not including, bottom have fragments
	bottom int
	reach  float32 // depths closer than this are one piece
}

// fragment is a piece of something in a pixel. Column and depth are sums weighted by
// cover.
type fragment struct {
	cover  float32 // share of the pixel
	column float32 // where in the picture
	depth  float32
	kind   kind
}

type kind uint8

const (
	floor kind = iota
	upper      // side of the surface
	under
)

const (
	thinColumns  = 4 // in a pixel
	maxFragments = 8 // in a pixel; more are added to the last
)

// drawColumns draws surface and floor.
func (r *Renderer) drawColumns() {
	height, width := r.image.Rect.Dy(), r.image.Rect.Dx()
	c := &r.sight
	c.seen = resized(c.seen, height*maxFragments)
	c.counts = resized(c.counts, height)
	clear(c.counts)
	c.reach = float32(6 / r.camera.scale)
	left, right, _, _ := r.camera.bounds()
	for i := max(0, int(left)); i <= min(width-1, int(right)); i++ {
		c.top, c.bottom = height, 0
		for k := range thinColumns {
			r.walk(float64(i) + (float64(k)+0.5)/thinColumns)
		}
		r.resolve(i)
	}
}

// walk adds what the thin column at px sees: it goes along the surface from the eye and
// keeps the range of rows that are covered so far, which has no gaps (the floating
// horizon of Wright, "A two-space solution to the hidden line problem for plotting
// functions of two variables", 1973). What is left sees the floor.
func (r *Renderer) walk(px float64) {
	line, near, far := r.camera.column(px)
	if !(near < far) {
		return
	}
	steps := r.steps(&line, far-near)
	step := (far - near) / float64(steps)
	t, row := near, r.rowOn(&line, near)
	covered := horizon{row, row}
	for i := 1; i <= steps; i++ {
		next := near + float64(i)*step
		nextRow := r.rowOn(&line, next)
		if nextRow < covered.top || nextRow > covered.bottom {
			r.climb(&covered, &line, px, t, next, row, nextRow)
		}
		t, row = next, nextRow
	}
	r.walkFloor(px, near, far, covered)
}

// horizon is the range of rows that are covered so far.
type horizon struct{ top, bottom float64 }

// climb adds what can be seen of a step of the surface from depth t, row row, to the next.
// Steep steps are cut into smaller ones, of a few rows each.
func (r *Renderer) climb(covered *horizon, line *lineOfSight, px, t, next, row, nextRow float64) {
	parts := int(min(max(math.Abs(nextRow-row)/stepRows, 1), maxParts))
	part := (next - t) / float64(parts)
	for k := 1; k <= parts; k++ {
		u, uRow := next, nextRow
		if k < parts {
			u = t + part
			uRow = r.rowOn(line, u)
		}
		if uRow < covered.top {
			r.sight.add(upper, px, covered.top, uRow, t+(u-t)*share(row, uRow, covered.top), u)
			covered.top = uRow
		} else if uRow > covered.bottom {
			r.sight.add(under, px, covered.bottom, uRow, t+(u-t)*share(row, uRow, covered.bottom), u)
			covered.bottom = uRow
		}
		t, row = u, uRow
	}
}

const (
	stepRows = 3  // rows that a step may climb, more or less
	maxParts = 64 // of a step
)

// share returns how far x is on the way from a to b.
func share(a, b, x float64) float64 { return (x - a) / (b - a) }

// steps returns the steps to take over a depth: enough for the cells and for the pixels.
func (r *Renderer) steps(l *lineOfSight, depth float64) int {
	dx, dy := math.Abs(l.dx)*depth, math.Abs(l.dy)*depth
	cells := dx*float64(r.rows-1) + dy*float64(r.columns-1)
	pixels := math.Hypot(dx, dy) * r.camera.scale
	return max(2, int(min(3*cells, max(cells, pixels/2))), int(pixels/4))
}

// rowOn returns the pixel row of the surface at depth t of a line of sight.
func (r *Renderer) rowOn(l *lineOfSight, t float64) float64 {
	h := r.heightAt(float32(l.x0+t*l.dx+0.5), float32(l.y0+t*l.dy+0.5))
	return r.camera.row(heightOf(h), t)
}

// heightOf returns the height in the box of a share of the way from Low to High.
func heightOf(h float32) float64 { return (float64(h) - 0.5) * boxHeight }

// floorHeight is the height of the floor.
const floorHeight = -boxHeight/2 - floorGap

// walkFloor adds what a thin column sees of the floor behind the surface.
func (r *Renderer) walkFloor(px, near, far float64, covered horizon) {
	first, last := r.camera.row(floorHeight, near), r.camera.row(floorHeight, far)
	if !(last < first) { // seen from the side
		return
	}
	for _, piece := range [2][2]float64{{first, max(last, covered.bottom)}, {min(first, covered.top), last}} {
		for from := piece[0]; from > piece[1]; {
			to := max(piece[1], math.Ceil(from)-1)
			r.sight.add(floor, px, from, to, r.camera.depth(from, floorHeight), r.camera.depth(to, floorHeight))
			from = to
		}
	}
}

// add adds a piece that a thin column sees from one row to another, whose depth goes
// from near to far.
func (c *column) add(k kind, px, from, to, near, far float64) {
	if from > to {
		from, to, near, far = to, from, far, near
	}
	from, to = max(from, 0), min(to, float64(len(c.counts)))
	if !(to > from) {
		return
	}
	slope := (far - near) / (to - from)
	first, last := int(from), min(int(to), len(c.counts)-1)
	c.top, c.bottom = min(c.top, first), max(c.bottom, last+1)
	for row := first; row <= last; row++ {
		a, b := max(from, float64(row)), min(to, float64(row+1))
		if b > a {
			depth := near + slope*((a+b)/2-from)
			c.put(row, k, float32(b-a)/thinColumns, float32(px), float32(depth))
		}
	}
}

// put adds a fragment to a row, joining it with one of the same piece.
func (c *column) put(row int, k kind, cover, px, depth float32) {
	fragments := c.seen[row*maxFragments : (row+1)*maxFragments]
	n := int(c.counts[row])
	i := 0
	for ; i < n; i++ {
		f := &fragments[i]
		if f.kind == k && abs(f.depth-depth*f.cover) < c.reach*f.cover {
			break
		}
	}
	if i == n {
		if n == maxFragments {
			i--
		} else {
			fragments[i] = fragment{kind: k}
			c.counts[row]++
		}
	}
	f := &fragments[i]
	f.cover += cover
	f.column += cover * px
	f.depth += cover * depth
}

// resolve paints pixel column i.
func (r *Renderer) resolve(i int) {
	c := &r.sight
	for row := c.top; row < c.bottom; row++ {
		n := int(c.counts[row])
		if n == 0 {
			continue
		}
		c.counts[row] = 0
		var sum light
		var cover float32
		for _, f := range c.seen[row*maxFragments : row*maxFragments+n] {
			sum = sum.plus(r.look(f.kind, f.column/f.cover, f.depth/f.cover).times(f.cover))
			cover += f.cover
		}
		pix := r.image.Pix[row*r.image.Stride+4*i:][:4]
		if cover < 1 {
			sum = sum.plus(lightOfBytes(pix[0], pix[1], pix[2]).times(1 - cover))
		}
		pix[0], pix[1], pix[2] = encode(sum.r), encode(sum.g), encode(sum.b)
	}
}
