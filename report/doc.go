// Package report turns a dataset into what people look at: figures, and one HTML page.
//
// Collect reads the rows once, for everything that is said of them, and draws again the
// networks that are shown; package page writes what it found as HTML. Figures chooses
// and draws the pictures of a sweep. The pictures themselves are made by the packages
// below: chart (plane figures), surface (functions of two inputs), animation (GIF),
// palette and number (colours and numbers as people see them), npz (arrays for NumPy).
//
// The same dataset gives the same report, byte for byte on one kind of processor: no
// times, no host names.
package report
