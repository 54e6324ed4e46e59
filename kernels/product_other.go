//go:build !amd64 || purego

package kernels

func (m *product) compute() { m.computeGeneric() }
