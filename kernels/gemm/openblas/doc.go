// Package openblas calls OpenBLAS's sgemm, for benchmarks and nothing else. It is
// empty without cgo and the build tag openblas, and then needs Debian's
// libopenblas-dev.
package openblas
