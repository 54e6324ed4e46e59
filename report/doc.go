// Package report turns a dataset into what people look at: figures, and one HTML page.
//
// Collect reads the rows once, for everything that is said of them, and draws again the
// networks that are shown; package page writes what it found as HTML. NetworkFigures and
// RowFigures list the figures of a sweep and of its rows. The pictures themselves are made by the packages
// below: chart (plane figures), surface (functions of two inputs), animation (GIF),
// palette and number (colours and numbers as people see them), npz (arrays for NumPy).
//
// The same dataset under the same name gives the same report from the same version of
// nodal, byte for byte on one kind of processor: no times, no host names.
package report
