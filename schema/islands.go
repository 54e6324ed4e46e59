package schema

// ForbidsIslands reports whether no function of the configuration has a class with
// a bounded component, so that an island on its grid is the work of the grid or of
// rounding: hidden layers are no wider than the input, their activation is monotone,
// and there are no more than inputs + 1 outputs.
//
// That is theorem 1 of Johnson ("Deep, skinny neural networks are not universal
// approximators", 2018), there for one output and continuous activations. Its
// argument holds for a few classes as well. Widen all hidden layers to the n inputs,
// with weights of full rank and an activation that is one-to-one, all as near as
// one likes: they map the inputs one-to-one onto an open set. The lead of one
// class over the at most n others is affine there, and there is a direction in
// which all of them grow, so no component of the class has a point where the least
// of them is largest, which a compact one would have. A bounded component in the
// limit would leave one nearby.
//
// Step functions are no such limits. But n half-spaces cut the inputs into cells
// that are all unbounded, and what is constant on unbounded sets has no bounded
// component.
//
// Without hidden layers the function is affine, whatever the activation. At four
// classes in the plane affine functions can enclose one.
func (c Configuration) ForbidsIslands() bool {
	return c.Width() <= c.Inputs && c.Outputs <= c.Inputs+1 && (c.Depth() == 0 || c.Activation.monotone())
}

// monotone reports whether an activation never falls.
func (a Activation) monotone() bool {
	switch a {
	case GELU, SiLU, Sin, Gaussian:
		return false
	}
	return true
}
