package sampler

import (
	"math"

	"nodal/schema"
)

// The reference computes networks in float64 with the standard library's
// functions, sharing nothing with the engines but weights and grid points.

// referenceFunction is an activation and what the error bound needs of it.
type referenceFunction struct {
	f         func(float64) float64
	lipschitz float64 // largest |f'|; +Inf for a jump at zero
	error     float64 // largest absolute error beyond an ulp that package kernels documents
}

var referenceFunctions = map[schema.Activation]referenceFunction{
	schema.Identity: {func(x float64) float64 { return x }, 1, 0},
	schema.Logistic: {func(x float64) float64 { return 1 / (1 + math.Exp(-x)) }, 0.25, 6.8e-8},
	schema.Tanh:     {math.Tanh, 1, 7.7e-8},
	schema.ReLU:     {func(x float64) float64 { return math.Max(x, 0) }, 1, 0},
	schema.Erf:      {math.Erf, 2 / math.SqrtPi, 4.7e-8},
	schema.LeakyReLU: {func(x float64) float64 {
		if x < 0 {
			return x * float64(float32(0.01))
		}
		return x
	}, 1, 0},
	schema.GELU:     {func(x float64) float64 { return x * 0.5 * math.Erfc(-x/math.Sqrt2) }, 1.13, 1.7e-8},
	schema.SiLU:     {func(x float64) float64 { return x / (1 + math.Exp(-x)) }, 1.1, 5.1e-8},
	schema.Sin:      {math.Sin, 1, 1.3e-7},
	schema.Gaussian: {func(x float64) float64 { return math.Exp(-x * x) }, 0.86, 6.5e-8},
	schema.Softplus: {func(x float64) float64 { return math.Max(x, 0) + math.Log1p(math.Exp(-math.Abs(x))) }, 1, 2.1e-8},
	schema.ELU: {func(x float64) float64 {
		if x < 0 {
			return math.Expm1(x)
		}
		return x
	}, 1, 6.4e-8},
	schema.Step: {func(x float64) float64 {
		if x < 0 {
			return 0
		}
		return 1
	}, math.Inf(1), 0},
}

// reference evaluates network b of e at one point x [K] and returns the last
// layer's pre-activations with a bound on the error of a float32 engine.
//
// A layer adds to the error of its inputs, carried through |w|, the standard
// bound γ(K+1)·(Σ|w·h| + |b|); an activation multiplies by its Lipschitz
// constant and is within its documented error and an ulp. A step whose argument is closer to zero
// than its error may fall on either side.
func reference(e *Ensemble, b int, activation schema.Activation, x []float64) (pre, bound []float64) {
	const u = 1.0 / (1 << 24)
	f := referenceFunctions[activation]
	h, eh := x, make([]float64, len(x))
	for l := range e.Weights {
		k, n := e.Layers[l], e.Layers[l+1]
		w, bias := e.layer(b, l)
		gamma := float64(k+1) * u / (1 - float64(k+1)*u)
		z, ez := make([]float64, n), make([]float64, n)
		for i := range n {
			z[i] = float64(bias[i])
			magnitude := math.Abs(z[i])
			for j := range k {
				wij := float64(w[i*k+j])
				z[i] += wij * h[j]
				magnitude += math.Abs(wij) * (math.Abs(h[j]) + eh[j])
				ez[i] += math.Abs(wij) * eh[j]
			}
			ez[i] += gamma*magnitude + 1e-40
		}
		if l == len(e.Weights)-1 {
			return z, ez
		}
		for i := range n {
			switch {
			case !math.IsInf(f.lipschitz, 1):
				ez[i] *= f.lipschitz
			case math.Abs(z[i]) <= ez[i]:
				ez[i] = 1
			default:
				ez[i] = 0
			}
			z[i] = f.f(z[i])
			ez[i] += f.error + 2*u*(math.Abs(z[i])+ez[i]) + 1e-40
		}
		h, eh = z, ez
	}
	panic("unreachable")
}

// referenceField evaluates network b of e over the grid: pre [C,P].
func referenceField(e *Ensemble, b int, activation schema.Activation, grid schema.Grid) []float64 {
	f := referenceFunctions[activation].f
	outputs, points := e.Layers[len(e.Layers)-1], grid.Points()
	field := make([]float64, outputs*points)
	widest := 0
	for _, n := range e.Layers {
		widest = max(widest, n)
	}
	h, z := make([]float64, widest), make([]float64, widest)
	for p := range points {
		copy(h, point(grid, p))
		for l := range e.Weights {
			k, n := e.Layers[l], e.Layers[l+1]
			w, bias := e.layer(b, l)
			for i := range n {
				sum := float64(bias[i])
				for j, v := range w[i*k : (i+1)*k] {
					sum += float64(v) * h[j]
				}
				z[i] = sum
				if l < len(e.Weights)-1 {
					z[i] = f(sum)
				}
			}
			h, z = z, h
		}
		for c := range outputs {
			field[c*points+p] = h[c]
		}
	}
	return field
}

// point returns the coordinates of grid point p.
func point(grid schema.Grid, p int) []float64 {
	x := make([]float64, len(grid))
	for k := len(grid) - 1; k >= 0; k-- {
		x[k] = float64(grid[k].At(p % grid[k].Points))
		p /= grid[k].Points
	}
	return x
}
