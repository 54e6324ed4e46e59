//go:build !purego

package kernels

import "golang.org/x/sys/cpu"

// bestPath returns the fastest path that the processor and the operating
// system have. The flags are those of every instruction in the .s files.
func bestPath() Path {
	x := &cpu.X86
	avx2 := x.HasAVX && x.HasAVX2 && x.HasFMA && x.HasBMI1 && x.HasBMI2 && x.HasPOPCNT
	switch {
	case avx2 && x.HasAVX512F && x.HasAVX512BW && x.HasAVX512DQ && x.HasAVX512VL:
		return AVX512
	case avx2:
		return AVX2
	}
	return Portable
}
