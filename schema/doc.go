// Package schema holds nodal's contracts as types: the sweep file that a
// person writes, the configurations it expands to, and the rows and fields
// that readers get back. It computes nothing and imports no other package of
// nodal.
package schema

// Versions of the contracts. A change to what one of them covers raises it;
// rows of different versions are never mixed in one dataset.
const (
	// SweepVersion is the version of the sweep file format.
	SweepVersion = 1
	// RowVersion is the version of the columns of [Row] and [Field].
	RowVersion = 1
	// StreamVersion is the version of the random streams: which weights belong
	// to (seed, layer sizes, law, network).
	StreamVersion = 1
	// NumericsVersion is the version of everything between the weights and the
	// row: kernels, activations, statistics.
	NumericsVersion = 3
)
