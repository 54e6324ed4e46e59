package surface

import (
	"math"
	"testing"
)

// prepared returns a renderer that is ready to look at a field.
func prepared(f *Field, s Style, width, height int) *Renderer {
	r := &Renderer{}
	r.Render(f, s, width, height)
	r.field = f
	return r
}

// hills has peaks that hide valleys behind them and undersides that show.
func hills(n int) *Field {
	return unitField(n, n, func(x, y float64) float64 {
		return 0.9 * math.Sin(7*x) * math.Cos(6*y-1)
	})
}

// unitField samples a function on the unit square, in a box from -1 to 1.
func unitField(rows, columns int, f func(x, y float64) float64) *Field {
	return &Field{
		Rows: rows, Columns: columns, To: [2]float64{1, 1},
		Values: sampled(rows, columns, f), Low: -1, High: 1,
	}
}

// What a thin column sees at a row is the first thing that a fine walk from the eye meets
// there: the surface, else the floor, else nothing. Rows where two things are as near as
// a pixel are left out.
func TestNearestThingIsSeen(t *testing.T) {
	for _, v := range []View{{20, -55}, {45, 30}, {5, 100}} {
		s := DefaultStyle()
		s.View = v
		r := prepared(hills(60), s, 320, 240)
		var surface, floors, compared int
		for px := 20.3; px < 300; px += 17.7 {
			line, from, to := r.camera.column(px)
			if !(from < to) {
				continue
			}
			c := &r.sight
			clear(c.counts)
			c.top, c.bottom = len(c.counts), 0
			r.walk(px)
			for row := range c.counts {
				k, depth, ok := firstSeen(r, &line, from, to, float64(row)+0.5)
				if !ok {
					continue
				}
				fragments := c.seen[row*maxFragments:][:c.counts[row]]
				compared++
				if k < 0 {
					if len(fragments) > 0 && fragments[0].cover > 0.9/thinColumns {
						t.Errorf("view %v: column %v, row %v sees %v, want nothing", v, px, row, fragments[0])
					}
					continue
				}
				best := fragment{depth: float32(math.NaN())}
				var cover float32
				for _, f := range fragments {
					cover += f.cover
					if f.cover > best.cover {
						best = f
					}
				}
				if got := float64(best.depth / best.cover); !(math.Abs(got-depth) < 0.03) || int(best.kind) != k {
					t.Errorf("view %v: column %v, row %v sees kind %d at depth %v, want %d at %v", v, px, row, best.kind, got, k, depth)
				}
				if cover > 1.001/thinColumns {
					t.Errorf("view %v: column %v, row %v is covered %v times", v, px, row, cover*thinColumns)
				}
				if k == int(floor) {
					floors++
				} else {
					surface++
				}
			}
		}
		if surface < 400 || floors < 200 && v.Elevation > 10 || compared == 0 {
			t.Errorf("view %v: compared %d rows of the surface and %d of the floor, want more", v, surface, floors)
		}
	}
}

// firstSeen walks from the eye to the first thing at a row; kind -1 is nothing. It is not
// ok where another thing is within a pixel of it.
func firstSeen(r *Renderer, line *lineOfSight, from, to, row float64) (k int, depth float64, ok bool) {
	const steps = 2500
	k = -1
	closest := math.Inf(1) // of surface or floor to the row, before the first crossing
	above := r.rowOn(line, from) - row
	for i := 1; i <= steps; i++ {
		t := from + (to-from)*float64(i)/steps
		next := r.rowOn(line, t) - row
		if above*next <= 0 {
			k, depth = int(upper), t
			if next > above {
				k = int(under)
			}
			break
		}
		closest = min(closest, math.Abs(next))
		above = next
	}
	if k < 0 {
		first, last := r.camera.row(floorHeight, from), r.camera.row(floorHeight, to)
		if row < first && row > last {
			k, depth = int(floor), r.camera.depth(row, floorHeight)
		}
		ends := min(math.Abs(row-first), math.Abs(row-last), math.Abs(r.rowOn(line, from)-row), math.Abs(r.rowOn(line, to)-row))
		return k, depth, min(closest, ends) > 1.5
	}
	// Where the surface goes on near the row it is met at a grazing angle.
	later := r.rowOn(line, min(to, depth+0.02)) - row
	earlier := r.rowOn(line, max(from, depth-0.02)) - row
	ends := math.Abs(r.rowOn(line, from) - row)
	return k, depth, math.Abs(later) > 1.5 && math.Abs(earlier) > 1.5 && ends > 1.5
}

// A wall in front hides what is behind it: whatever stands there, the picture of the wall
// stays the same, but for the light that the thing takes away. Without the wall it shows.
func TestBehindAHillNothingIsSeen(t *testing.T) {
	field := func(wall, behind float64) *Field {
		return unitField(101, 101, func(x, y float64) float64 {
			switch {
			case y > 0.02 && y < 0.1:
				return wall
			case y > 0.1 && y < 0.3:
				return behind
			}
			return -0.2
		})
	}
	s := DefaultStyle()
	s.View = View{10, -90} // the eye is beyond the beginning of axis 1
	wall, both, thing := Render(field(1, -1), s, 320, 240), Render(field(1, -0.7), s, 320, 240), Render(field(-1, -0.7), s, 320, 240)
	c := newCamera(s.View, 320, 240, insets{4.8, 4.8, 4.8, 4.8})
	for _, x := range []float64{-0.3, 0, 0.3} {
		px, py := c.project(x, 0.2-0.5, heightOf(0.15))
		a, b, without := wall.RGBAAt(int(px), int(py)), both.RGBAAt(int(px), int(py)), thing.RGBAAt(int(px), int(py))
		if distance(a, b) > 8 || distance(b, without) < 30 {
			t.Errorf("at (%v, %v): the wall %v, with a thing behind it %v, the thing alone %v", px, py, a, b, without)
		}
	}
}
