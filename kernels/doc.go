// Package kernels holds nodal's numeric loops on flat float32 slices: the dense
// layer, the activations, the random numbers that networks are drawn from, and what
// the statistics of a field add up, compare and pack into bits. It imports no other
// package of nodal.
//
// Every kernel gives the same bits on every CPU. The portable versions here
// define them: they use only operations that IEEE 754 rounds in one way, write
// float64(x*y) + z wherever a compiler that fuses the two would change the
// result, and take nothing from package math but exact functions. Its Exp, Tanh,
// Erf and Sin differ between CPUs.
//
// The error bounds of the activations are those of the tests: a sample of all
// float32, and with NODAL_LONG=1 every one of them. They are a few units of the
// last place of 1, and of the last place of the result only where the
// documentation says so: far from 0 a small result may have few digits.
//
// One thing is not specified: where a result is NaN, its sign and payload.
package kernels
