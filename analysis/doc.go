// Package analysis turns fields into numbers: the statistics of one network's
// field over its grid ([Measurer] and the pure functions below it), and
// summaries over the rows of many networks ([Summarize]).
//
// Everything here is a pure function of its arguments: no input or output, no
// goroutines, no randomness. Sums are float64 in an order fixed by the grid, by
// kernels that agree on every CPU or in Go that rounds each product before it is
// added, and only exactly specified functions of package math are used, so the
// same field gives the same bits everywhere.
//
// Classes, edges between them and directions are bits, 64 points to a word
// ([ClassMap], [Edges]): counts are population counts, and what is done point by
// point is done only where a bit says that something changes.
//
// # Two-dimensional convention
//
// A grid of n0 × n1 points is indexed i·n1 + j. Every cell is cut into two
// triangles by the diagonal (i,j)–(i+1,j+1), the same diagonal that
// connectivity 6 adds to the four neighbours along the axes. So the regions at
// connectivity 6 are the regions of the piecewise-linear interpolant whose
// boundary [Boundary.Length] measures.
package analysis
