//go:build !amd64 || purego

package kernels

func (h *hidden) compute() { h.computeGeneric() }
