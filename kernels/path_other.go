//go:build !amd64 || purego

package kernels

func bestPath() Path { return Portable }
