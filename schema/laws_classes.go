package schema

// checkClasses checks what the classes have of points, regions and islands.
func (l *Laws) checkClasses(r *Row) error {
	var classes int32
	var points, regions, islands int64
	var least, most int64 // points of the largest region
	for c, share := range r.ClassFraction {
		n, ok := l.pointsOf(share)
		k, off := r.ClassRegions[c], r.ClassIslands[c]
		switch {
		case !ok:
			return broken("class_fraction", r.ClassFraction, "entry %d to be a whole number over %.0f, the grid points", c, l.points)
		case k < 0 || k > n || n > 0 && k == 0:
			return broken("class_regions", r.ClassRegions, "entry %d from %d to %d, the grid points of the class", c, min(n, 1), n)
		case off < 0 || off > k:
			return broken("class_islands", r.ClassIslands, "entry %d from 0 to %d, the regions of the class", c, k)
		case n > 0:
			classes++
			least, most = max(least, (n+k-1)/k), max(most, n-k+1)
		}
		points, regions, islands = points+n, regions+k, islands+off
	}
	largest, ok := l.pointsOf(r.LargestRegion)
	switch {
	case points != l.full.points():
		return broken("class_fraction", r.ClassFraction, "a sum of 1")
	case r.Classes != classes:
		return broken("classes", r.Classes, "%d, as class_fraction %v says", classes, r.ClassFraction)
	case r.Regions != regions:
		return broken("regions", r.Regions, "%d, the sum of class_regions %v", regions, r.ClassRegions)
	case r.Islands != islands:
		return broken("islands", r.Islands, "%d, the sum of class_islands %v", islands, r.ClassIslands)
	case !ok || largest < least || largest > most:
		return broken("largest_region", r.LargestRegion,
			"a whole number from %d to %d over %.0f grid points, by class_fraction and class_regions", least, most, l.points)
	}
	return nil
}

// pointsOf returns the number of grid points of which share is the share, or
// false if there is none: a share is that number over all, rounded once.
func (l *Laws) pointsOf(share float64) (n int64, ok bool) {
	if !(share >= 0 && share <= 1) {
		return 0, false
	}
	n = int64(float64(share*l.points) + .5)
	return n, same(float64(n)/l.points, share)
}

// checkTopology checks how regions, islands, crossings and changes along the
// border belong together.
func (l *Laws) checkTopology(r *Row) error {
	if l.line {
		return l.checkLine(r)
	}
	edge := r.Regions - r.Islands // regions that touch the border
	switch {
	case r.Crossings > l.full.edges():
		return broken("crossings", r.Crossings, "at most %d, the edges of the grid", l.full.edges())
	case r.Classes == 1 && r.Crossings > 0:
		return broken("crossings", r.Crossings, "0, for there is one class")
	case r.Classes > 1 && r.Crossings < r.Regions+r.Islands:
		// Every crossing parts two regions. Four edges at least lead out of an
		// island, and two out of any other region.
		return broken("crossings", r.Crossings, "at least %d, the sum of regions and islands", r.Regions+r.Islands)
	case r.BorderChanges > min(r.Crossings, l.full.border()):
		return broken("border_changes", r.BorderChanges, "at most %d, which crossings and the border allow", min(r.Crossings, l.full.border()))
	case r.Classes <= 2 && r.BorderChanges%2 != 0:
		return broken("border_changes", r.BorderChanges, "an even number, for the border is closed and there are %d classes", r.Classes)
	case r.BorderChanges == 1:
		return broken("border_changes", r.BorderChanges, "0 or more than 1, for the border is closed")
	case edge > max(1, r.BorderChanges):
		return broken("regions", r.Regions, "at most %d, %d islands and one for each of %d border_changes",
			r.Islands+max(1, r.BorderChanges), r.Islands, r.BorderChanges)
	}
	return l.checkRegions(r, edge)
}

// checkRegions checks how many regions touch the border, of a rectangle.
//
// Its changes cut the border into as many arcs, each of one class, and neighbours
// are of different classes. At connectivity 4 and 6 regions do not cross each
// other: if one joins two arcs it parts those on either side. So n > 0 arcs belong
// to 1 + n/2 regions at least (Kreweras 1972: a noncrossing partition of n and its
// complement have n + 1 blocks, of which the complement, where no block is
// single, has n/2 at most), and at connectivity 6 two classes have no more, since
// what does not join the arcs of one class joins those of the other. Connectivity
// 4 joins less than 6, and 8 joins more.
func (l *Laws) checkRegions(r *Row, edge int64) error {
	euler := 1 + (r.BorderChanges+1)/2
	two := r.Classes <= 2
	switch connectivity := l.want.Connectivity; {
	case connectivity == 6 && two && edge != euler:
		return broken("regions", r.Regions, "%d, which is 1 + border_changes/2 + islands", euler+r.Islands)
	case connectivity != 8 && edge < euler:
		return broken("regions", r.Regions, "at least %d, which is 1 + border_changes/2 + islands", euler+r.Islands)
	case connectivity == 8 && two && edge > euler:
		return broken("regions", r.Regions, "at most %d, which is 1 + border_changes/2 + islands", euler+r.Islands)
	case edge < min(1+r.BorderChanges, 2):
		return broken("regions", r.Regions, "at least %d more than islands, %d", min(1+r.BorderChanges, 2), r.Islands)
	}
	return nil
}

// checkLine checks the same on a line, where regions follow one another.
func (l *Laws) checkLine(r *Row) error {
	var ends int64 // of the line that are of one class, at most
	for c, k := range r.ClassRegions {
		if k > (r.Regions+1)/2 {
			return broken("class_regions", r.ClassRegions, "entry %d at most %d, every second of the regions", c, (r.Regions+1)/2)
		}
		ends = max(ends, k-r.ClassIslands[c])
	}
	switch {
	case r.Crossings != r.Regions-1:
		return broken("crossings", r.Crossings, "%d, one less than regions", r.Regions-1)
	case r.Islands != max(r.Regions-2, 0):
		return broken("islands", r.Islands, "%d, the regions between the first and the last", max(r.Regions-2, 0))
	case r.BorderChanges > min(r.Crossings, 1):
		return broken("border_changes", r.BorderChanges, "at most %d", min(r.Crossings, 1))
	case r.Classes <= 2 && r.BorderChanges != r.Crossings%2:
		return broken("border_changes", r.BorderChanges, "%d, for there are %d crossings of two classes", r.Crossings%2, r.Crossings)
	case ends != min(r.Regions, 2)-r.BorderChanges:
		return broken("class_islands", r.ClassIslands, "the two ends of the line left out of class_regions %v, of %d classes",
			r.ClassRegions, 1+r.BorderChanges)
	}
	return nil
}

// checkHalf checks the counts on every second grid point.
func (l *Laws) checkHalf(r *Row) error {
	resolved := r.Regions == r.RegionsHalf && (r.Islands == 0 || !l.islandless)
	switch {
	case r.CrossingsHalf > min(r.Crossings, l.half.edges()):
		// Two points in a row or a column that differ have a crossing between them.
		return broken("crossings_half", r.CrossingsHalf, "at most %d, which crossings and every second grid point allow",
			min(r.Crossings, l.half.edges()))
	case l.line && r.Classes <= 2 && l.full.columns%2 == 1 && r.CrossingsHalf%2 != r.BorderChanges:
		return broken("crossings_half", r.CrossingsHalf, "an even number more than border_changes, %d", r.BorderChanges)
	case l.line && r.RegionsHalf != r.CrossingsHalf+1:
		return broken("regions_half", r.RegionsHalf, "%d, one more than crossings_half", r.CrossingsHalf+1)
	case r.RegionsHalf < 1 || r.RegionsHalf > min(r.CrossingsHalf+1, l.half.points()):
		return broken("regions_half", r.RegionsHalf, "from 1 to %d, which crossings_half and every second grid point allow",
			min(r.CrossingsHalf+1, l.half.points()))
	case r.RegionsHalf == 1 && r.CrossingsHalf > 0:
		return broken("regions_half", r.RegionsHalf, "more than 1, for there are %d crossings_half", r.CrossingsHalf)
	case r.Resolved != resolved:
		return broken("resolved", r.Resolved, "%t, for there are %d regions, %d on every second grid point, and %d islands",
			resolved, r.Regions, r.RegionsHalf, r.Islands)
	}
	return nil
}
