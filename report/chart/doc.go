// Package chart draws the plane figures: curves, class maps, distributions, tables as
// colours, comparisons, and the network itself as a graph.
//
// Every figure is a struct of plain data with a method Draw, which fills the rectangle
// of a canvas, whatever its size: text grows a little with the width, long titles
// shrink, then wrap, and what has no room is left out rather than drawn over something
// else. Nothing is NaN. A figure without data says so in its middle.
//
// [WritePNG], [WriteSVG] and [Raster] draw a figure of any package that has the method,
// and [Multiples] and [Panels] put any figures side by side.
//
// A figure that paints pixels of its own, as a landscape does, calls [DrawRaster] for
// the rectangle where they go: it says how many device pixels there are and sets them
// one to one, without resampling.
package chart
