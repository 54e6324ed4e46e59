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

// epilogues maps the activations that a layer applies as it stores its values.
var epilogues = map[schema.Activation]kernels.Epilogue{
	schema.Identity:  kernels.Plain,
	schema.ReLU:      kernels.ThenReLU,
	schema.LeakyReLU: kernels.ThenLeakyReLU,
	schema.Step:      kernels.ThenStep,
}
