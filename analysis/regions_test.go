package analysis

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestCount(t *testing.T) {
	for _, tt := range []struct {
		name         string
		lines        []string
		connectivity int
		regions      []int64
		islands      []int64
		largest      int64
	}{
		{"single point", []string{"a"}, 6, []int64{0, 1}, []int64{0, 0}, 1},
		{"constant", []string{"...", "...", "..."}, 6, []int64{1, 0}, []int64{0, 0}, 9},
		{"one row", []string{".aa.a"}, 6, []int64{2, 2}, []int64{0, 0}, 2},
		{"one column", []string{".", "a", "."}, 6, []int64{2, 1}, []int64{0, 0}, 1},
		{"stripes", []string{".a.a", ".a.a", ".a.a"}, 6, []int64{2, 2}, []int64{0, 0}, 3},
		{"checkerboard, 4: every point", []string{".a.a", "a.a.", ".a.a"}, 4, []int64{6, 6}, []int64{1, 1}, 1},
		{"checkerboard, 6: every diagonal", []string{".a.a", "a.a.", ".a.a"}, 6, []int64{3, 3}, []int64{0, 0}, 3},
		{"checkerboard, 8: two colours", []string{".a.a", "a.a.", ".a.a"}, 8, []int64{1, 1}, []int64{0, 0}, 6},
		{"diagonal down, 4", []string{"a..", ".a.", "..a"}, 4, []int64{2, 3}, []int64{0, 1}, 3},
		{"diagonal down, 6: along it", []string{"a..", ".a.", "..a"}, 6, []int64{2, 1}, []int64{0, 0}, 3},
		{"diagonal up, 6: across it", []string{"..a", ".a.", "a.."}, 6, []int64{1, 3}, []int64{0, 1}, 6},
		{"diagonal up, 8", []string{"..a", ".a.", "a.."}, 8, []int64{1, 1}, []int64{0, 0}, 6},
		{"rings", []string{
			".......",
			".aaaaa.",
			".a...a.",
			".a.a.a.",
			".a...a.",
			".aaaaa.",
			".......",
		}, 6, []int64{2, 2}, []int64{1, 2}, 24},
		{"spiral", []string{
			"aaaaaaa",
			"......a",
			"aaaaa.a",
			"a...a.a",
			"a.aaa.a",
			"a.....a",
			"aaaaaaa",
		}, 4, []int64{1, 1}, []int64{0, 0}, 31},
		{"comb joined at the bottom", []string{
			"a.a.a.a",
			"a.a.a.a",
			"aaaaaaa",
		}, 4, []int64{3, 1}, []int64{0, 0}, 15},
		{"saddle", []string{"a..", "...", "..a"}, 4, []int64{1, 2}, []int64{0, 0}, 7},
		{"Y of three classes", []string{
			"..aaa",
			"...aa",
			"..bbb",
			".bbbb",
		}, 6, []int64{1, 1, 1}, []int64{0, 0, 0}, 8},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m, s := draw(tt.lines...)
			for _, outputs := range outputsFor(len(tt.regions)) {
				regions, islands, largest := count(new(Labeller), m, s, outputs, tt.connectivity)
				if !slices.Equal(regions, tt.regions) || !slices.Equal(islands, tt.islands) || largest != tt.largest {
					t.Errorf("outputs=%d: regions %v, islands %v, largest %d, want %v, %v, %d",
						outputs, regions, islands, largest, tt.regions, tt.islands, tt.largest)
				}
			}
		})
	}
}

func TestCountOnLine(t *testing.T) {
	m := []uint8{0, 0, 1, 1, 1, 0, 2}
	for _, connectivity := range []int{4, 6, 8} {
		regions, islands, largest := count(new(Labeller), m, ShapeOf(line(len(m))), 3, connectivity)
		if !slices.Equal(regions, []int64{2, 1, 1}) || !slices.Equal(islands, []int64{1, 1, 0}) || largest != 3 {
			t.Errorf("regions %v, islands %v, largest %d of %v", regions, islands, largest, m)
		}
	}
}

// count is Count on a class map of bytes.
func count(l *Labeller, m []uint8, s Shape, outputs, connectivity int) (regions, islands []int64, largest int64) {
	p, e := pack(m, s, outputs)
	regions, islands = make([]int64, len(p.counts)), make([]int64, len(p.counts))
	largest = l.Count(regions, islands, p, e, connectivity)
	return regions, islands, largest
}

// Count against a flood fill on random maps, patchy and noisy, of many shapes
// and numbers of classes, with one Labeller for all of them.
func TestCountAgainstFloodFill(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 3))
	var l Labeller
	for n := range 3000 {
		s := ShapeOf(rectangle(1+rng.IntN(24), 1+rng.IntN(40)))
		if n%50 == 1 {
			s.Columns = []int{64, 128, 130, 200}[rng.IntN(4)]
		}
		if n%10 == 0 {
			s = ShapeOf(line(1 + rng.IntN(60)))
		}
		classes := []int{2, 3, 5, 256}[n%4]
		m := randomMap(rng, s, classes, []float64{0, .5, .8, .97}[rng.IntN(4)])
		for _, connectivity := range []int{4, 6, 8} {
			wantRegions, wantIslands, wantLargest := floodFill(m, s, classes, connectivity)
			for _, outputs := range outputsFor(classes) {
				regions, islands, largest := count(&l, m, s, outputs, connectivity)
				if !slices.Equal(regions, wantRegions) || !slices.Equal(islands, wantIslands) || largest != wantLargest {
					t.Fatalf("map %d, %+v, %d outputs, connectivity %d: %v, %v, %d, want %v, %v, %d", n, s, outputs,
						connectivity, regions, islands, largest, wantRegions, wantIslands, wantLargest)
				}
			}
		}
	}
}

// floodFill is Count, one point at a time.
func floodFill(m []uint8, s Shape, classes, connectivity int) (regions, islands []int64, largest int64) {
	neighbours := map[int][][2]int{4: {{0, 1}, {1, 0}, {0, -1}, {-1, 0}}}
	neighbours[6] = append(slices.Clone(neighbours[4]), [2]int{1, 1}, [2]int{-1, -1})
	neighbours[8] = append(slices.Clone(neighbours[6]), [2]int{1, -1}, [2]int{-1, 1})
	regions, islands = make([]int64, classes), make([]int64, classes)
	seen := make([]bool, len(m))
	for start := range m {
		if seen[start] {
			continue
		}
		seen[start] = true
		var points int64
		island := true
		for todo := []int{start}; len(todo) > 0; points++ {
			p := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			i, j := p/s.Columns, p%s.Columns
			if j == 0 || j == s.Columns-1 || !s.Line && (i == 0 || i == s.Rows-1) {
				island = false
			}
			for _, d := range neighbours[connectivity] {
				i, j := i+d[0], j+d[1]
				q := i*s.Columns + j
				if i >= 0 && i < s.Rows && j >= 0 && j < s.Columns && !seen[q] && m[q] == m[p] {
					seen[q] = true
					todo = append(todo, q)
				}
			}
		}
		regions[m[start]]++
		if island {
			islands[m[start]]++
		}
		largest = max(largest, points)
	}
	return regions, islands, largest
}

// Two classes, connectivity 6: regions = 1 + border changes / 2 + islands.
func TestRegionIdentity(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 4))
	var l Labeller
	check := func(m []uint8, s Shape) {
		t.Helper()
		regions, islands, _ := count(&l, m, s, 1, 6)
		_, e := pack(m, s, 1)
		border := e.BorderChanges()
		if total(regions) != 1+border/2+total(islands) || border%2 != 0 {
			t.Fatalf("%+v: %v regions, %d border changes, %v islands\n%v", s, regions, border, islands, m)
		}
	}
	for n := range 20000 { // maps, down to rows, columns and points
		s := ShapeOf(rectangle(1+rng.IntN(16), 1+rng.IntN(16)))
		check(randomMap(rng, s, 2, []float64{0, .5, .9}[n%3]), s)
	}
	grid := square(2, 41)
	for n := range 300 { // smooth fields
		m, _, _ := classify(randomField(uint64(n), grid, 1, false), ShapeOf(grid), 1)
		check(unpack(m), m.shape)
	}
}

func TestReachPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("connectivity 5 did not panic")
		}
	}()
	count(new(Labeller), []uint8{0}, ShapeOf(rectangle(1, 1)), 1, 5)
}
