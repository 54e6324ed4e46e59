package schema

import "math"

// Refined is what a network that its own grid does not resolve looks like on a finer
// one: one row of refined/*.parquet. Every column is required. The columns without
// _refined are those of the network's [Row].
type Refined struct {
	ConfigID string `parquet:"config_id,dict"`
	Network  int64  `parquet:"network"`

	Doublings  int32 `parquet:"doublings"`   // of the grid's steps, see [Grid.Doubled]
	Resolution int32 `parquet:"resolution"`  // points on the first axis of the last grid
	GridPoints int32 `parquet:"grid_points"` // points of the last grid in all
	Resolved   bool  `parquet:"resolved"`    // the last two grids resolve it; false if it would take finer ones than were allowed

	Crossings             int64   `parquet:"crossings"`
	CrossingsRefined      int64   `parquet:"crossings_refined"`
	Regions               int64   `parquet:"regions"`
	RegionsRefined        int64   `parquet:"regions_refined"`
	Islands               int64   `parquet:"islands"`
	IslandsRefined        int64   `parquet:"islands_refined"`
	BorderChanges         int64   `parquet:"border_changes"`
	BorderChangesRefined  int64   `parquet:"border_changes_refined"`
	BoundaryLength        float64 `parquet:"boundary_length"`
	BoundaryLengthRefined float64 `parquet:"boundary_length_refined"`
}

// Of reports whether the network is that of a row, with the row's numbers in the
// columns without _refined.
func (r *Refined) Of(row *Row) bool {
	return r.ConfigID == row.ConfigID && r.Network == row.Network && r.Crossings == row.Crossings && r.Regions == row.Regions &&
		r.Islands == row.Islands && r.BorderChanges == row.BorderChanges && r.BoundaryLength == row.BoundaryLength
}

// Check returns what cannot be of a network of configuration c, or nil: its last grid
// is one that doubling leads to, on a line regions, islands and crossings follow from
// each other and only grow, for no point is lost, and a length is finite.
func (r *Refined) Check(c *Configuration) error {
	if r.Doublings < 0 || r.Doublings > 24 {
		return broken("doublings", r.Doublings, "0 to 24, what float32 can tell apart")
	}
	points := int64(1)
	for _, a := range c.Grid {
		points *= int64(a.Points-1)<<r.Doublings + 1
	}
	regions, islands, borders := r.CrossingsRefined+1, max(r.CrossingsRefined-1, 0), r.BorderChanges
	line := len(c.Grid) == 1
	switch resolution := int64(c.Grid[0].Points-1)<<r.Doublings + 1; {
	case int64(r.Resolution) != resolution:
		return broken("resolution", r.Resolution, "%d after %d doublings", resolution, r.Doublings)
	case int64(r.GridPoints) != points:
		return broken("grid_points", r.GridPoints, "%d after %d doublings", points, r.Doublings)
	case r.Crossings < 0 || r.CrossingsRefined < r.Crossings:
		return broken("crossings_refined", r.CrossingsRefined, "at least crossings, %d", r.Crossings)
	case line && r.RegionsRefined != regions || r.RegionsRefined < 1:
		return broken("regions_refined", r.RegionsRefined, "%d, one more than crossings_refined", regions)
	case line && r.IslandsRefined != islands || r.IslandsRefined < 0 || r.IslandsRefined >= r.RegionsRefined:
		return broken("islands_refined", r.IslandsRefined, "%d of the regions, or fewer than those in the plane", islands)
	case line && r.BorderChangesRefined != borders || r.BorderChangesRefined < borders:
		return broken("border_changes_refined", r.BorderChangesRefined, "border_changes, %d, or more in the plane", borders)
	case !(r.BoundaryLengthRefined >= 0 && r.BoundaryLengthRefined < math.Inf(1)):
		return broken("boundary_length_refined", r.BoundaryLengthRefined, "a length")
	}
	return nil
}
