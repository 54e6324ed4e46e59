package animation

import (
	"cmp"
	"math"
	"slices"
)

// point stands for the pixels of 4 × 4 × 4 colours, by the root of their number: so that
// few pixels of a colour have a say too.
type point struct {
	oklab
	weight float64
}

// appendPoints appends the points of a cell: the mean colours in its eight parts.
func appendPoints(points []point, cell []colored) []point {
	var sums [8][3]float64
	var pixels [8]float64
	for _, e := range cell {
		r, g, b := e.channels()
		part := r>>2&1<<2 | g>>2&1<<1 | b>>2&1
		n := float64(e.n)
		pixels[part] += n
		for i, v := range [3]uint8{r, g, b} {
			sums[part][i] += float64(v) * n
		}
	}
	for part, n := range pixels {
		if n > 0 {
			s := &sums[part]
			mean := rgb(s[0]/n+0.5)<<16 | rgb(s[1]/n+0.5)<<8 | rgb(s[2]/n+0.5)
			points = append(points, point{toOklab(mean), math.Sqrt(n)})
		}
	}
	return points
}

// box is a group of points.
type box struct {
	points []point
	mean   oklab
	axis   int     // along which they are spread most
	error  float64 // there, summed and squared
}

func boxOf(points []point) box {
	b := box{points: points}
	var weight float64
	for _, p := range points {
		weight += p.weight
		for i := range 3 {
			b.mean[i] += p.weight * p.oklab[i]
		}
	}
	for i := range 3 {
		b.mean[i] /= weight
	}
	var errors oklab
	for _, p := range points {
		for i := range 3 {
			d := p.oklab[i] - b.mean[i]
			errors[i] += p.weight * d * d
		}
	}
	for i := range 3 {
		if errors[i] > errors[b.axis] {
			b.axis = i
		}
	}
	b.error = errors[b.axis]
	return b
}

// appendCut appends the means of up to n boxes that points are cut into. It orders the
// points.
func appendCut(centres []oklab, points []point, n int) []oklab {
	boxes := []box{boxOf(points)}
	for len(boxes) < n {
		worst := 0
		for i := range boxes {
			if boxes[i].error > boxes[worst].error {
				worst = i
			}
		}
		b := boxes[worst]
		if len(b.points) == 1 || b.error == 0 {
			break
		}
		slices.SortStableFunc(b.points, func(p, q point) int { return cmp.Compare(p.oklab[b.axis], q.oklab[b.axis]) })
		cut := 1
		for cut < len(b.points)-1 && b.points[cut].oklab[b.axis] <= b.mean[b.axis] {
			cut++
		}
		boxes[worst] = boxOf(b.points[:cut])
		boxes = append(boxes, boxOf(b.points[cut:]))
	}
	for _, b := range boxes {
		centres = append(centres, b.mean)
	}
	return centres
}

// settle moves every centre, but the first fixed, to the mean of the points that it is
// the nearest to.
func settle(centres []oklab, fixed int, points []point) {
	sums := make([]point, len(centres))
	for _, p := range points {
		s := &sums[nearest(centres, p.oklab)]
		s.weight += p.weight
		for i := range 3 {
			s.oklab[i] += p.weight * p.oklab[i]
		}
	}
	for at := fixed; at < len(centres); at++ {
		if s := sums[at]; s.weight > 0 {
			for i := range 3 {
				centres[at][i] = s.oklab[i] / s.weight
			}
		}
	}
}

// nearest returns the index of the nearest colour, the first of equals.
func nearest(colors []oklab, c oklab) int {
	best, at := c.squared(colors[0]), 0
	for i := 1; i < len(colors); i++ {
		if d := c.squared(colors[i]); d < best {
			best, at = d, i
		}
	}
	return at
}
