package kernels

import "fmt"

// Epilogue is what happens to the results of a layer: an activation.
type Epilogue int

// The epilogues, and the activations that they are.
const (
	Plain         Epilogue = iota // [Identity]
	ThenReLU                      // [ReLU]
	ThenLeakyReLU                 // [LeakyReLU]
	ThenStep                      // [Step]
	ThenPlusZero                  // x + 0: [Identity], but that -0 becomes +0
	ThenTanh                      // [Tanh]
	ThenErf                       // [Erf]
	ThenLogistic                  // [Logistic]
	ThenGELU                      // [GELU]
	ThenSiLU                      // [SiLU]
	ThenSoftplus                  // [Softplus]
	ThenGaussian                  // [Gaussian]
	ThenELU                       // [ELU]
	ThenSin                       // [Sin]
)

// epilogues holds the activations, and how those that a table gives are made.
var epilogues = [...]struct {
	activate func(y, x []float32)
	table    *table // nil if no table gives the activation
	finish   finish
}{
	Plain:         {activate: Identity},
	ThenReLU:      {activate: ReLU},
	ThenLeakyReLU: {activate: LeakyReLU},
	ThenStep:      {activate: Step},
	ThenPlusZero:  {activate: plusZero},
	ThenTanh:      {Tanh, &tanhTable, finishOdd},
	ThenErf:       {Erf, &erfTable, finishOdd},
	ThenLogistic:  {Logistic, &logisticTable, finishSigmoid},
	ThenGELU:      {GELU, &geluTable, finishRampMinus},
	ThenSiLU:      {SiLU, &siluTable, finishRampMinus},
	ThenSoftplus:  {Softplus, &softplusTable, finishRampPlus},
	ThenGaussian:  {Gaussian, &gaussianTable, finishEven},
	ThenELU:       {ELU, &eluTable, finishNegative},
	ThenSin:       {activate: Sin},
}

// finish is what an activation makes of T(|x|), in the order of finishes in
// _gen/elementwise.go.
type finish int

const (
	finishOdd finish = iota
	finishEven
	finishSigmoid
	finishRampMinus
	finishRampPlus
	finishNegative
)

// tabled reports whether a table gives the activation: it can be computed where
// the values are in registers.
func (e Epilogue) tabled() bool { return epilogues[e].table != nil }

// inStore reports whether a dense layer applies the activation as it stores.
func (e Epilogue) inStore() bool { return e <= ThenPlusZero }

// check panics unless there is such an epilogue for the function name.
func (e Epilogue) check(name string) {
	if e < Plain || e > ThenSin {
		panic(fmt.Sprintf("kernels: %s: epilogue %d, want one from %d to %d", name, e, Plain, ThenSin))
	}
}

func plusZero(y, x []float32) {
	for i, v := range x {
		y[i] = v + 0
	}
}
