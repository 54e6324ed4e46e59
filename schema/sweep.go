package schema

//go:generate go run ./internal/genschema

// Sweep is a sweep file, checked and in normal form: defaults and the settings
// of the whole file stand in every case, lists and cases are in order.
//
// The types of this file are the format's only description. The decoder reads
// names, bounds and defaults from the tags, in the notation of
// github.com/invopop/jsonschema; the JSON Schema for editors is made from the
// same tags, with these comments as the texts an editor shows.
type Sweep struct {
	// Version of the sweep file format.
	Version int64 `json:"version" jsonschema:"enum=1"`

	// Name of the sweep; every row carries it.
	Name string `json:"name" jsonschema:"minLength=1,maxLength=64,pattern=^[a-z0-9-]+$"`

	// Seed of the random numbers. The same seed, layer sizes and law give the
	// same networks, whatever the activation and the grid.
	Seed int64 `json:"seed" jsonschema:"minimum=0,maximum=9223372036854775807"`

	Settings

	// Cases of the sweep. A list where one value is usual means: cross over
	// these. The hidden layers of a case are given in exactly one of four ways:
	// hidden, depth with width, depth with units, or depth with parameters.
	Cases []Case `json:"cases" jsonschema:"minItems=1,maxItems=100000"`

	configurations []Configuration // of all cases, in canonical order
}

// Settings may be given for the whole file and again in a case, which wins. A
// nil pointer is a setting that was not given.
type Settings struct {
	// Networks to draw for every configuration: a number, or as many as it takes
	// until a mean is certain. Needed here or in every case.
	Networks *NetworkCount `json:"networks,omitempty" jsonschema:"minimum=1,maximum=1000000000000"`

	// Grid of inputs on which every network is evaluated, ends included.
	// Needed here or in every case.
	Grid *GridSpec `json:"grid,omitempty"`

	// Which neighbouring grid points belong to one region in two dimensions.
	// 6: the four neighbours and one fixed diagonal, the topology of the
	// triangulated grid, which treats all classes alike. 4: without diagonals.
	// 8: with both.
	Connectivity *int64 `json:"connectivity,omitempty" jsonschema:"enum=4,enum=6,enum=8,default=6"`

	// How many of the first networks of every configuration are stored with
	// their values over the whole grid.
	KeepFields *int64 `json:"keep_fields,omitempty" jsonschema:"minimum=0,maximum=1000000000000,default=0"`

	// Optional columns to measure, where they apply: one or a list of them.
	Columns OneOrMany[OptionalColumn] `json:"columns,omitempty"`
}

// GridSpec is a grid as a sweep file gives it.
type GridSpec struct {
	// First grid point. One number for every axis, or [a, b] for each of two.
	From PerAxis[float64] `json:"from" jsonschema:"minimum=-1e30,maximum=1e30"`

	// Last grid point. One number for every axis, or [a, b] for each of two.
	To PerAxis[float64] `json:"to" jsonschema:"minimum=-1e30,maximum=1e30"`

	// Points on an axis, both ends included. One number for every axis, or
	// [a, b] for each of two.
	Points PerAxis[int64] `json:"points" jsonschema:"minimum=2,maximum=16777216"`
}

// Case is one case of a sweep: lists whose product is its configurations.
type Case struct {
	// Name of the case, different from all others; every row carries it.
	Name string `json:"name" jsonschema:"minLength=1,maxLength=64,pattern=^[a-z0-9-]+$"`

	Settings

	// Dimensions of the input: 1 draws curves, 2 draws landscapes.
	Inputs OneOrMany[int64] `json:"inputs,omitempty" jsonschema:"enum=1,enum=2,default=1"`

	// Output units. One: the class is the sign of the output. More: the class
	// is the largest output.
	Outputs OneOrMany[int64] `json:"outputs,omitempty" jsonschema:"minimum=1,maximum=256,default=1"`

	// Widths of the hidden layers from first to last, such as [11, 9]; [] has
	// no hidden layer. A list of such lists crosses over them: [[100], [11, 9]].
	Hidden Architectures `json:"hidden,omitempty" jsonschema:"minimum=1,maximum=65536"`

	// Number of hidden layers, together with width, units or parameters.
	Depth OneOrMany[int64] `json:"depth,omitempty" jsonschema:"minimum=1,maximum=1024"`

	// Units in each of the hidden layers.
	Width OneOrMany[int64] `json:"width,omitempty" jsonschema:"minimum=1,maximum=65536"`

	// Hidden units in all, split over the layers as evenly as possible, larger
	// layers first: 48 units at depth 5 make 10-10-10-9-9.
	Units OneOrMany[int64] `json:"units,omitempty" jsonschema:"minimum=1,maximum=67108864"`

	// Weights and biases in all. The hidden layers get the equal widths whose
	// count comes nearest.
	Parameters OneOrMany[int64] `json:"parameters,omitempty" jsonschema:"minimum=1,maximum=4611686018427387904"`

	// Activation of the hidden layers.
	Activation OneOrMany[Activation] `json:"activation,omitempty" jsonschema:"default=tanh"`

	// Activation of the output layer. If it is not given, the output layer has
	// the activation of the hidden ones.
	OutputActivation OneOrMany[Activation] `json:"output_activation,omitempty"`

	// Law of the weights: the name of a law that needs no numbers, or a mapping.
	// If it is not given: {distribution: uniform, low: -1, high: 1}.
	Weights OneOrMany[LawSet] `json:"weights,omitempty"`

	// Law of the biases: none, the name of a law that needs no numbers, or a
	// mapping. If it is not given: {distribution: uniform, low: -1, high: 1}.
	Biases OneOrMany[LawSet] `json:"biases,omitempty"`
}

// LawSet is a law of weights or biases as a sweep file gives it; lists inside
// cross over their values.
type LawSet struct {
	// Shape of the law. uniform needs low and high; normal needs std; both may
	// have a scale. The named laws may have a gain; their variance is gain²
	// times 2/(fan-in + fan-out) for xavier, 2/fan-in for he and 1/fan-in for
	// lecun. none is always zero, for biases only.
	Distribution OneOrMany[Distribution] `json:"distribution"`

	// Lower end of a uniform law.
	Low OneOrMany[float64] `json:"low,omitempty" jsonschema:"minimum=-1e30,maximum=1e30"`

	// Upper end of a uniform law.
	High OneOrMany[float64] `json:"high,omitempty" jsonschema:"minimum=-1e30,maximum=1e30"`

	// Standard deviation of a normal law with mean 0.
	Std OneOrMany[float64] `json:"std,omitempty" jsonschema:"minimum=0,maximum=1e30"`

	// Factor on the standard deviation of a named law; 1 if it is not given.
	Gain OneOrMany[float64] `json:"gain,omitempty" jsonschema:"exclusiveMinimum=0,maximum=1e30"`

	// How a uniform or normal law shrinks with the layer. none: not at all, the
	// default. fan_in: divided by the square root of the layer's fan-in.
	Scale OneOrMany[Scale] `json:"scale,omitempty"`
}

// OneOrMany is one value, or a list of values, nearly always to cross over.
type OneOrMany[T any] []T

// PerAxis is one value for every axis, or one for each of two axes.
type PerAxis[T any] []T

// Architectures are lists of hidden layer widths to cross over.
type Architectures [][]int64

// Configurations returns every configuration of the sweep in canonical order,
// the order of [Compare], with KeepFields at most Networks. It does not depend
// on the order of the file. The widths in Hidden are shared and must not be
// changed.
func (s *Sweep) Configurations() []Configuration {
	return append([]Configuration(nil), s.configurations...)
}
