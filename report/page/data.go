package page

// Data is everything that a page shows. Texts are plain, without markup; numbers in
// texts are written as the commands print them.
type Data struct {
	Sweep   string // its name
	Palette string // "article" or "safe"
	Seed    int64

	Planned   int64 // networks of the plan as far as it is decided
	Published int64 // of these that the dataset has
	Finite    int64 // of these whose numbers count
	Nonfinite int64 // whose values overflowed

	Notices        []Notice        // what to know before reading on: unfinished, coarse grids, numbers that overflowed
	Answers        []Answer        // first of all
	Statistics     []string        // names of the columns of Configuration.Statistics, as summarize has them
	Columns        []string        // names of the columns of Configuration.Columns: the other measured ones
	Configurations []Configuration // in the order of the plan; may be empty
	Comparisons    []Comparison    // depth against width, with intervals
	Theory         []Prediction    // measured against predicted
	Convergence    []Convergence   // how counts grow with the grid
	Zoo            []Exhibit       // networks at the ends and quantiles of some columns
	Overflowed     []Overflowed    // networks that are listed, not drawn
	Queries        []Query         // how to load the rows
	Provenance     []Fact          // versions, plan, files
}

// Notice is one thing to know.
type Notice struct {
	Serious bool // numbers are missing or off
	Text    string
}

// Answer is a question that the sweep answers, with one true sentence for each setting.
type Answer struct {
	Question  string
	Sentences []string // in order; may be long
	Paired    bool
}

// Configuration is one line of the table and what is drawn of it.
type Configuration struct {
	ID, Case, Layers             string // "a0d8…", "tanh-1d-100", "1-11-9-1"
	Activation, OutputActivation string
	Weights, Biases, Grid        string // in canonical form
	Inputs, Outputs              int
	Depth, Width, Units          int
	Parameters                   int64
	Networks, Nonfinite          int64
	Unresolved                   int64      // of the finite ones
	UnresolvedText               string     // "0.18 %"
	Coarse                       bool       // the grid is too coarse
	Statistics                   []Measured // in the order of Data.Statistics
	Columns                      []Column   // in the order of Data.Columns
	BoundaryLength, Roughness    Mean       // of the finite networks
	Gallery                      []Picture
}

// Mean is a mean with its standard error. Known is false where no network has a value.
type Mean struct {
	Value, Error float64
	Known        bool
}

// Column is the mean of a column over the finite networks of a configuration.
type Column struct {
	Mean
	Text string // as that of Measured
}

// Measured is how one column is distributed over the networks of a configuration.
type Measured struct {
	Mean
	Text          string // "0.9219 ± 0.0051", as summarize prints it, or "-"
	Q05, Q50, Q95 float64
	Histogram     Histogram
}

// Histogram counts networks in bins. Bin i holds the values from Edges[i] up to, and not
// including, Edges[i+1], the last bin its upper edge too. Whole is true where each bin is
// one whole number or more of a count: then Edges lie at halves. No bins: no values.
type Histogram struct {
	Edges  []float64 // one more than Counts
	Counts []int64
	Whole  bool
}

// Comparison is one measure of one side against the baseline.
type Comparison struct {
	Kind     string // "Equal units", "Equal parameters", …
	Setting  string // what both have in common
	Side     string // "2 layers (11-9)"
	Baseline string // "1 layer of 100"
	Measure  string // "two or more crossings"
	Networks int64  // of the side
	Depth    int
	Ratio    Interval // of the means; unknown where there is no ratio
	Text     string   // "1.76 (1.66 to 1.86)"
	Sentence string
}

// Interval is an estimate with its 95 % interval.
type Interval struct {
	Value, Low, High float64
	Known            bool // there is an interval
}

// Prediction is a measured mean against the limit of wide networks, on the same grid where
// there is such a number.
type Prediction struct {
	ID, Case, Layers, Activation string
	Column                       string // "" where there is no theory: Note says why
	Networks                     int64
	Measured                     Mean
	Predicted                    float64
	OnGrid                       bool // the prediction is of what this grid sees
	HasPrediction                bool
	Z                            float64 // standard errors that measured lies above predicted
	HasZ                         bool
	Note                         string
}

// Convergence is how the mean of a count of a configuration's first networks grows as the
// steps of their grid are halved.
type Convergence struct {
	ID, Case, Layers, Activation string
	Column                       string
	Networks                     int
	Resolution                   []int // points on the first axis, ascending; the first is the dataset's own
	Means                        []Mean
}

// Exhibit is the networks of one configuration from the smallest to the largest value of
// one column.
type Exhibit struct {
	ID, Case, Layers, Activation string
	Column                       string
	Pictures                     []Picture // ascending in the column; Caption says where: "minimum: 1", "95 %: 7"
}

// Picture is one network: a thumbnail and the values behind it.
type Picture struct {
	ID      string // of its configuration
	Network int64
	Caption string // "network 17"
	Alt     string // what it shows, for those who cannot see it: "3 regions, 1 island, values from -0.98 to 0.99"
	Command string // that draws it large: "nodal show out/article --config … --network 17"

	// Thumbnail is a PNG or JPEG of a landscape or class map. It is empty for one
	// input: curves are drawn from their values.
	Thumbnail []byte

	// Values hold the outputs after their activation, [C,P] with the last axis fastest,
	// as whole steps: value = Low + step·(High-Low)/65535.
	Values    []uint16
	Low, High float64
	Outputs   int

	// Scores [C,P] decide the classes where the values do not: pre-activations in steps
	// of one size, so that -1 and below are class B of one output, and the largest wins
	// of more. Nil: of one output the values decide, at [schema.Activation.Level].
	Scores []int16
	Axes   []Axis // one or two
}

// Axis is one axis of a picture's grid: Points equally spaced values, ends included.
type Axis struct {
	From, To float64
	Points   int
}

// Overflowed is a network whose values overflowed.
type Overflowed struct {
	ID, Case, Layers string
	Networks         []int64 // the first of them
	All              int64
}

// Query is text to paste into a program.
type Query struct{ Program, Text string }

// Fact is one line of the provenance.
type Fact struct{ Name, Value string }

// MaxBytes is what a page of a few hundred configurations stays below, if who fills Data
// keeps to some megabytes of pictures.
const MaxBytes = 10_000_000
