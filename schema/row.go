package schema

// Status says whether a network's numbers can be trusted.
const (
	StatusOK        = "ok"
	StatusNonfinite = "nonfinite" // an output or pre-activation was NaN or infinite
)

// Row is what nodal measured of one network: one row of networks/*.parquet.
//
// Every column is required, but for those of Extra, and holds no NaN. Where Status
// is "nonfinite" all columns from Classes on are zero, Resolved is false, the lists
// hold one zero per class, and those of Extra are NULL. "Class" is the class of the pre-activation at a grid point:
// for one output 0 (A) where f ≥ 0 and 1 (B) elsewhere, for several outputs the
// index of the largest, ties to the lowest. Doubles whose digits are all
// significant are stored uncompressed: compression would take a fifth of the
// time of a row to save a tenth of its bytes.
type Row struct {
	Sweep    string `parquet:"sweep,dict"`     // name of the sweep
	CaseName string `parquet:"case_name,dict"` // name of the case
	ConfigID string `parquet:"config_id,dict"` // identity of the configuration; does not contain the seed
	Seed     int64  `parquet:"seed"`           // the sweep's seed
	Network  int64  `parquet:"network"`        // index within the configuration, from 0

	Inputs     int32  `parquet:"inputs"`
	Outputs    int32  `parquet:"outputs"`
	Depth      int32  `parquet:"depth"`       // hidden layers
	Width      int32  `parquet:"width"`       // widest hidden layer, 0 if none
	Units      int32  `parquet:"units"`       // hidden units in all
	Hidden     string `parquet:"hidden,dict"` // hidden widths, "11-9"; "" if none
	Parameters int64  `parquet:"parameters"`  // weights and biases

	Activation       string  `parquet:"activation,dict"`
	OutputActivation string  `parquet:"output_activation,dict"`
	Weights          string  `parquet:"weights,dict"`    // law in canonical form
	Biases           string  `parquet:"biases,dict"`     // law in canonical form
	WeightStd        float64 `parquet:"weight_std,dict"` // standard deviation before fan-in scaling
	BiasStd          float64 `parquet:"bias_std,dict"`

	GridFrom     float64 `parquet:"grid_from,dict"` // first axis
	GridTo       float64 `parquet:"grid_to,dict"`   // first axis
	Resolution   int32   `parquet:"resolution"`     // points on the first axis
	GridPoints   int32   `parquet:"grid_points"`    // points in all
	Connectivity int32   `parquet:"connectivity"`

	Status        string    `parquet:"status,dict"`
	Classes       int32     `parquet:"classes"`             // classes that occur
	ClassFraction []float64 `parquet:"class_fraction,list"` // share of grid points of each class; one output: A, B

	Crossings     int64 `parquet:"crossings"`      // grid edges along the axes whose ends differ in class
	CrossingsHalf int64 `parquet:"crossings_half"` // the same on every second grid point
	RegionsHalf   int64 `parquet:"regions_half"`   // regions on every second grid point
	Resolved      bool  `parquet:"resolved"`       // counts agree with their halves (two inputs: regions only), and no island that cannot exist, see [Configuration.ForbidsIslands]
	BorderChanges int64 `parquet:"border_changes"` // class changes around the border (one input: between the ends)

	Regions       int64   `parquet:"regions"`            // connected components of the class map
	Islands       int64   `parquet:"islands"`            // regions that do not touch the border
	ClassRegions  []int64 `parquet:"class_regions,list"` // regions of each class
	ClassIslands  []int64 `parquet:"class_islands,list"` // islands of each class
	LargestRegion float64 `parquet:"largest_region"`     // share of grid points

	BoundaryLength float64 `parquet:"boundary_length"` // of the class boundary of the linear interpolant, in input units (one input: crossings)
	Zeros          int64   `parquet:"zeros"`           // grid points exactly on a tie
	TurningPoints  int64   `parquet:"turning_points"`  // turns of the first output's pre-activation along the grid lines; turns smaller than 2⁻¹⁴ of its largest absolute value do not count

	ValueMin  float64 `parquet:"value_min"` // of all outputs, after the output activation
	ValueMax  float64 `parquet:"value_max"`
	ValueMean float64 `parquet:"value_mean,uncompressed"`
	ValueStd  float64 `parquet:"value_std,uncompressed"`

	TotalVariation float64 `parquet:"total_variation,uncompressed"` // first output, after the output activation, along the grid lines
	MaxSlope       float64 `parquet:"max_slope,uncompressed"`       // first output, after the output activation, steepest grid edge
	Roughness      float64 `parquet:"roughness,uncompressed"`       // first output, after the output activation, RMS second difference / h² at a stride of about 1/128 of the axis

	MarginMean float64 `parquet:"margin_mean,uncompressed"` // winner minus runner-up pre-activation (one output: |f|)
	MarginMin  float64 `parquet:"margin_min"`

	// Extra holds the optional columns, nil in a sweep that asks for none. They
	// follow those above in the files of one that does.
	Extra *Extra `parquet:"-"`
}

// Field is one output of one kept network over the grid: one row of
// fields/*.parquet. The values of a network whose status is nonfinite are not
// stored, so no column holds a NaN or an infinity.
type Field struct {
	ConfigID string    `parquet:"config_id,dict"`
	Network  int64     `parquet:"network"`
	Output   int32     `parquet:"output"`
	Values   []float32 `parquet:"values,list"` // after the output activation, last axis fastest
}
