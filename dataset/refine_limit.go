package dataset

import (
	"fmt"

	"nodal/schema"
)

// RefineLimit bounds how fine the grids become on which networks are measured again:
// the most points on an axis, of a line and of a plane.
type RefineLimit struct{ Line, Plane int }

// DefaultRefineLimit is about 2²⁰ points, which take a worker some tens of MiB.
var DefaultRefineLimit = RefineLimit{Line: 1<<20 + 1, Plane: 1<<10 + 1}

// Allows reports whether a grid is within the limit.
func (l RefineLimit) Allows(grid schema.Grid) bool {
	most := l.Line
	if len(grid) > 1 {
		most = l.Plane
	}
	for _, a := range grid {
		if a.Points > most {
			return false
		}
	}
	return true
}

// String returns such as "line=1048577 plane=1025".
func (l RefineLimit) String() string { return fmt.Sprintf("line=%d plane=%d", l.Line, l.Plane) }
