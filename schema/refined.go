package schema

// Refined is what a network that its own grid does not resolve looks like on a finer
// one: one row of refined/*.parquet. Every column is required. The columns without
// _refined are those of the network's [Row].
type Refined struct {
	ConfigID string `parquet:"config_id,dict"`
	Network  int64  `parquet:"network"`

	Doublings  int32 `parquet:"doublings"`   // of the grid's steps, see [Grid.Doubled]
	Resolution int32 `parquet:"resolution"`  // points on the first axis of the last grid
	GridPoints int32 `parquet:"grid_points"` // points of the last grid in all
	Resolved   bool  `parquet:"resolved"`    // by the last grid; false if it would take a finer one than was allowed

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
