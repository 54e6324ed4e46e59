package main

import "math/big"

const (
	nodes  = 64 // number of points that a polynomial is fitted to
	refits = 40 // number of fits that lead from least squares to the least maximum
)

// points are what a polynomial is fitted to.
type points []point

type point struct {
	power  [2*degree + 1]*big.Float // of the distance from the center
	f      *big.Float               // the function, or what is left of it
	weight *big.Float               // of an error at this point
}

// newPoint returns the point at r, where the function is f.
func newPoint(r, f, weight *big.Float) point {
	p := point{f: f, weight: weight}
	p.power[0] = number(1)
	for k := 1; k < len(p.power); k++ {
		p.power[k] = mul(p.power[k-1], r)
	}
	return p
}

// fit sets c to the coefficients of the polynomial that fits the points, the
// first of them to those that are given.
func (p points) fit(c []float32, given []float64) {
	for k := range c {
		if k < len(given) {
			c[k] = float32(given[k])
		} else {
			c[k] = rounded(p.leading(k, len(c)-1))
		}
		for i := range p {
			p[i].f = sub(p[i].f, mul(number(float64(c[k])), p[i].power[k]))
		}
	}
}

// leading returns the coefficient of rᵏ of the polynomial in rᵏ … rⁿ whose
// largest weighted distance from f is least, by Lawson's algorithm: a fit by
// least squares, repeated with the squares weighted by the distances of the fit
// before (Rice and Usow, "The Lawson algorithm and extensions", Mathematics of
// Computation 22, 1968).
func (p points) leading(k, n int) *big.Float {
	lawson := make([]*big.Float, len(p))
	for i := range lawson {
		lawson[i] = number(1)
	}
	var c []*big.Float
	for range refits {
		c = p.leastSquares(k, n, lawson)
		total := number(0)
		for i := range p {
			e := p[i].f
			for m, v := range c {
				e = sub(e, mul(v, p[i].power[k+m]))
			}
			e = mul(e, p[i].weight)
			lawson[i] = mul(lawson[i], e.Abs(e))
			total = add(total, lawson[i])
		}
		for i := range lawson {
			lawson[i] = quo(lawson[i], total)
		}
	}
	return c[0]
}

// leastSquares returns the coefficients of rᵏ … rⁿ that make the sum of
// lawson·(weight·distance)² least.
func (p points) leastSquares(k, n int, lawson []*big.Float) []*big.Float {
	unknowns := n + 1 - k
	moment, right := make([]*big.Float, 2*unknowns-1), make([]*big.Float, unknowns)
	for m := range moment {
		moment[m] = number(0)
	}
	for m := range right {
		right[m] = number(0)
	}
	for i := range p {
		w := mul(lawson[i], mul(p[i].weight, p[i].weight))
		for m := range moment {
			moment[m] = add(moment[m], mul(w, p[i].power[2*k+m]))
		}
		for m := range right {
			right[m] = add(right[m], mul(w, mul(p[i].f, p[i].power[k+m])))
		}
	}
	rows := make([][]*big.Float, unknowns) // the normal equations, right side last
	for i := range rows {
		rows[i] = append(append(rows[i], moment[i:i+unknowns]...), right[i])
	}
	return solve(rows)
}

// solve returns the solution of n linear equations whose matrix is positive
// definite; rows hold the coefficients and the right side and are overwritten.
func solve(rows [][]*big.Float) []*big.Float {
	n := len(rows)
	for p := range n {
		for i := range n {
			if i == p {
				continue
			}
			q := quo(rows[i][p], rows[p][p])
			for j := p; j <= n; j++ {
				rows[i][j] = sub(rows[i][j], mul(q, rows[p][j]))
			}
		}
	}
	x := make([]*big.Float, n)
	for i := range x {
		x[i] = quo(rows[i][n], rows[i][i])
	}
	return x
}

// rounded returns the float32 nearest to x.
func rounded(x *big.Float) float32 {
	v, _ := x.Float32()
	return v
}
