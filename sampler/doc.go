// Package sampler draws random networks, evaluates them on their grid, has
// package analysis measure what it sees, and hands the rows, in order, to a
// dataset. It is the only package that starts worker goroutines.
//
// A network passes through four steps, one file each: ensemble.go draws the
// weights, an engine (fused.go or blas.go) computes the pre-activations of the
// last layer over the grid, worker.go applies the output activation and
// measures, and run.go spreads batches over workers and puts the rows back in
// order. Every row is a pure function of the sweep's seed, the configuration,
// the network's index and the numerics version.
//
// Three files measure speed, for the command bench and the benchmarks: machine.go
// what the machine can do at best, workloads.go has the standard configurations,
// and rate.go times whole runs and single networks.
package sampler
