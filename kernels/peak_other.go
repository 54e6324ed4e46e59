//go:build !amd64 || purego

package kernels

func multiplyAdds(rounds int) int { return multiplyAddsGeneric(rounds) }
