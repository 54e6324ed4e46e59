//go:build openblas && cgo

package gemm

import "nodal/kernels/gemm/openblas"

func init() { peers["openblas"] = openblas.Implementation{} }
