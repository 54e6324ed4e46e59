package main

import (
	"fmt"
	"io"
	"math"
	"math/big"
)

// writeSin writes the numbers of the sine.
//
// π is cut into three float32, which hold its first 72 bits. None is negative:
// 0 times a negative one would turn a rest of -0 into +0. The polynomial is
// that of (sin(r)/r - 1)/r² in r², for |r| a little beyond π/2, since the number
// of half turns is rounded; the errors count as relative errors of sin(r).
func writeSin(w io.Writer) {
	const end = 1.58
	p := make(points, nodes)
	for i := range p {
		r := number(float64(end*float64(i+1)) / nodes)
		s := mul(r, r)
		f := quo(sub(quo(sin(r), r), number(1)), s)
		p[i] = newPoint(s, f, s)
	}
	var c [4]float32
	p.fit(c[:], nil)
	fmt.Fprintf(w, "// sinTerms are the coefficients of s⁰ to s³ of about (sin(r)/r - 1)/s, s = r².\n")
	fmt.Fprintf(w, "sinTerms = [4]float32{")
	for _, v := range c {
		fmt.Fprintf(w, "%s, ", literal(v))
	}
	fmt.Fprintf(w, "}\n// sinPi are numbers of π: 1/π, and three whose sum is π.\nsinPi = [4]float32{%s, ", literal(rounded(quo(number(1), pi))))
	for rest, i := pi, 0; i < 3; i++ {
		v := rounded(rest)
		if number(float64(v)).Cmp(rest) > 0 {
			v = math.Nextafter32(v, 0)
		}
		rest = sub(rest, number(float64(v)))
		fmt.Fprintf(w, "%s, ", literal(v))
	}
	fmt.Fprint(w, "}\n")
}

// sin returns Σ (-1)ᵏr²ᵏ⁺¹/(2k+1)!.
func sin(r *big.Float) *big.Float {
	s := mul(r, r)
	return series(r, func(k float64) *big.Float { return quo(s, number(-2*k*(2*k+1))) })
}
