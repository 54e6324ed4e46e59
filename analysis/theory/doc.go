// Package theory says what random networks of a configuration do on average as
// their hidden layers grow wide.
//
// # The limit
//
// The pre-activations of a layer are sums of many independent terms, so with
// growing width they become independent centred Gaussian processes (Neal 1996;
// Lee et al. 2018; Matthews et al. 2018) whose kernels follow from layer to layer,
//
//	K₁(x,y) = σb² + σw² x·y
//	K₊(x,y) = σb² + n σw² E φ(u)φ(v),  (u,v) ~ N(0, [K(x,x) K(x,y); K(x,y) K(y,y)])
//
// with φ the activation, n the fan-in and σw, σb the standard deviations of weights
// and biases as they stand in the layer at its real fan-in and fan-out. Everything
// is said of the output's pre-activation, whose signs are the classes, so the
// activation of the output does not matter. Weights need not be normal where they
// are many; those of the first layer are taken by their own law ([New]).
//
// # Two points
//
// A sign differs between two points with probability θ/π, where θ is the angle
// between them, cos θ = K(x,y)/√(K(x,x)K(y,y)) (Sheppard 1899). Neighbouring grid
// points have 1-cos θ as small as 10⁻¹⁴, so no correlation is ever subtracted from
// one: what goes from layer to layer is 2(1-cos θ) itself ([pair]).
//
// # One point
//
// Expected zeros and lengths of zero sets need the variance of f and the covariance
// of its gradient given f = 0 ([Process.Slopes]; Rice 1945; Adler and Taylor 2007).
//
// Papers are named in full in docs/theory.md.
//
// Nothing here reaches a row, so it is ordinary float64, not the same bits on every
// processor.
package theory
