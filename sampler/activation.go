package sampler

import (
	"nodal/kernels"
	"nodal/schema"
)

// activations maps the names of activations to their kernels, y = f(x).
var activations = map[schema.Activation]func(y, x []float32){
	schema.Identity:  kernels.Identity,
	schema.Logistic:  kernels.Logistic,
	schema.Tanh:      kernels.Tanh,
	schema.ReLU:      kernels.ReLU,
	schema.Erf:       kernels.Erf,
	schema.LeakyReLU: kernels.LeakyReLU,
	schema.GELU:      kernels.GELU,
	schema.SiLU:      kernels.SiLU,
	schema.Sin:       kernels.Sin,
	schema.Gaussian:  kernels.Gaussian,
	schema.Softplus:  kernels.Softplus,
	schema.ELU:       kernels.ELU,
	schema.Step:      kernels.Step,
}

// epilogues maps the names of activations to what a layer does with its results.
var epilogues = map[schema.Activation]kernels.Epilogue{
	schema.Identity:  kernels.Plain,
	schema.Logistic:  kernels.ThenLogistic,
	schema.Tanh:      kernels.ThenTanh,
	schema.ReLU:      kernels.ThenReLU,
	schema.Erf:       kernels.ThenErf,
	schema.LeakyReLU: kernels.ThenLeakyReLU,
	schema.GELU:      kernels.ThenGELU,
	schema.SiLU:      kernels.ThenSiLU,
	schema.Sin:       kernels.ThenSin,
	schema.Gaussian:  kernels.ThenGaussian,
	schema.Softplus:  kernels.ThenSoftplus,
	schema.ELU:       kernels.ThenELU,
	schema.Step:      kernels.ThenStep,
}
