package analysis

import "fmt"

// ClassPoints writes the class of every point and by how much it wins, for pictures:
// a byte a point where [ClassMap] has a bit a class.
//
//	class  [P]    overwritten: for one output 0 where f ≥ 0, 1 elsewhere; for more
//	              the largest, ties to the lowest index
//	margin [P]    overwritten: winner minus runner-up; for one output |f|
//	pre    [C,P]  pre-activations of the last layer
//
// A difference beyond float32 is infinite. Pre-activations that are not finite have some
// class and some margin. It panics on a wrong length and unless C is
// from 1 to [MaxClasses].
func ClassPoints(class []uint8, margin, pre []float32, outputs int) {
	points := len(class)
	if outputs < 1 || outputs > MaxClasses || len(margin) != points || len(pre) != outputs*points {
		panic(fmt.Sprintf("analysis: ClassPoints: %d classes, %d margins and %d pre-activations of %d outputs", points, len(margin), len(pre), outputs))
	}
	if outputs == 1 {
		for p, f := range pre {
			class[p], margin[p] = 0, max(f, -f)
			if f < 0 {
				class[p] = 1
			}
		}
		return
	}
	for p := range class {
		best, second := 0, -1
		for k := 1; k < outputs; k++ {
			switch x := pre[k*points+p]; {
			case x > pre[best*points+p]:
				best, second = k, best
			case second < 0 || x > pre[second*points+p]:
				second = k
			}
		}
		class[p], margin[p] = uint8(best), pre[best*points+p]-pre[second*points+p]
	}
}

// RegionPoints finds the connected regions of a class map of single points.
//
//	class [P]  last axis fastest
//
// It returns for every point the number of its region, from 0 in the order of their
// first points, and for every region whether it is an island: one that touches no
// border. Regions connect as [Labeller.Count] says; on a line the connectivities are
// alike. It panics on a wrong length or connectivity.
func RegionPoints(class []uint8, s Shape, connectivity int) (region []int32, island []bool) {
	s.check("RegionPoints", "class", len(class), 1)
	neighbours := neighboursAt(connectivity)
	region = make([]int32, len(class))
	for p := range region {
		region[p] = -1
	}
	var open []int // points whose neighbours are to be looked at
	for first := range class {
		if region[first] >= 0 {
			continue
		}
		number := int32(len(island))
		island = append(island, true)
		region[first], open = number, append(open, first)
		for len(open) > 0 {
			p := open[len(open)-1]
			open = open[:len(open)-1]
			i, j := p/s.Columns, p%s.Columns
			if s.onBorder(i, j) {
				island[number] = false
			}
			for _, d := range neighbours {
				k, l := i+d[0], j+d[1]
				if k < 0 || k >= s.Rows || l < 0 || l >= s.Columns {
					continue
				}
				if q := k*s.Columns + l; region[q] < 0 && class[q] == class[p] {
					region[q], open = number, append(open, q)
				}
			}
		}
	}
	return region, island
}

// onBorder reports whether the point in row i and column j is on the border.
func (s Shape) onBorder(i, j int) bool {
	return j == 0 || j == s.Columns-1 || !s.Line && (i == 0 || i == s.Rows-1)
}

// neighboursAt returns the steps to the neighbours of a point.
func neighboursAt(connectivity int) [][2]int {
	reach(connectivity) // panics if unknown
	steps := [][2]int{{0, 1}, {0, -1}, {1, 0}, {-1, 0}}
	if connectivity >= 6 {
		steps = append(steps, [2]int{1, 1}, [2]int{-1, -1})
	}
	if connectivity == 8 {
		steps = append(steps, [2]int{1, -1}, [2]int{-1, 1})
	}
	return steps
}
