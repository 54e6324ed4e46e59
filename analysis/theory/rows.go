package theory

import (
	"cmp"
	"math"
	"slices"

	"nodal/schema"
)

// rows returns the sum of the angles of all edges along axis i of a plane grid, with
// several outputs that of π·ClassChange. Laws are symmetric, so mirror images are alike.
func (p *Process) rows(i, outputs int) Value {
	across := p.configuration.Grid[1-i]
	lines := terms{at: make([]float64, across.Points), weight: make([]float64, across.Points)}
	for j := range lines.at {
		lines.at[j], lines.weight[j] = math.Abs(float64(across.At(j))), 1
	}
	slices.Sort(lines.at)
	var worst float64
	lines.value = func(at float64) float64 {
		row := p.row(i, at, outputs)
		worst = max(worst, row.Error)
		return row.Value
	}
	lines.exact = unlessRepeated(lines.at, func(j int) float64 { return lines.value(lines.at[j]) })
	v := lines.sum(0, across.Points)
	return Value{v.Value, v.Error + float64(across.Points)*worst}
}

// row returns the sum of the angles of the edges of one grid line along axis i, which
// cuts the other axis, if there is one, at the given place. Off 0 the angle is a smooth
// function of where the edge has its middle, for edges of the mean length.
func (p *Process) row(i int, at float64, outputs int) Value {
	axis := p.configuration.Grid[i]
	angle := func(e edge) float64 {
		x, y := []float64{at, at}[:len(p.configuration.Grid)], []float64{at, at}[:len(p.configuration.Grid)]
		x[i], y[i] = e.from, e.to
		return math.Pi * ClassChange(outputs, p.Angle(x, y)).Value
	}
	near, edges := edgesOf(axis)
	var v Value
	for _, e := range near {
		v.Value += angle(e)
	}
	line := terms{at: make([]float64, len(edges)), weight: make([]float64, len(edges))}
	step := axis.Extent() / float64(axis.Points-1)
	for k, e := range edges {
		line.at[k], line.weight[k] = (e.from+e.to)/2, (e.to-e.from)/step
	}
	var widest float64
	line.value = func(middle float64) float64 {
		theta := angle(edge{middle - step/2, middle + step/2})
		widest = max(widest, theta)
		return theta
	}
	line.exact = unlessRepeated(line.at, func(k int) float64 { return angle(edges[k]) })
	if p.configuration.Activation == schema.Step { // angles go with roots of lengths
		for k := range edges {
			v.Value += line.exact(k)
		}
		return v
	}
	rest := line.sum(0, len(edges))
	return Value{v.Value + rest.Value, v.Error + rest.Error + p.rounded(axis, widest, outputs)}
}

// edge is one edge of a grid along an axis.
type edge struct{ from, to float64 }

// edgesOf returns the edges of an axis that contain 0, where kernels may be steep, and
// the others, mirrored to the positive side, in order.
func edgesOf(axis schema.Axis) (near, others []edge) {
	others = make([]edge, 0, axis.Points-1)
	for k := range axis.Points - 1 {
		switch e := (edge{float64(axis.At(k)), float64(axis.At(k + 1))}); {
		case e.from > 0:
			others = append(others, e)
		case e.to < 0:
			others = append(others, edge{-e.to, -e.from})
		default:
			near = append(near, e)
		}
	}
	slices.SortFunc(others, func(a, b edge) int { return cmp.Compare(a.from, b.from) })
	return near, others
}

// rounded bounds what it does to the sum along an axis that ends of edges are rounded
// to float32, beyond the change of their lengths: an angle θ is proportional to the
// length of its edge but for a share of θ² (θ where there are kinks, or of several
// outputs), and the changes δ of its two ends cancel in the sum but for the variation
// of δ/step·θ³ over it.
func (p *Process) rounded(axis schema.Axis, widest float64, outputs int) float64 {
	share := widest * widest
	if p.kinked() || outputs > 2 {
		share = widest
	}
	step := axis.Extent() / float64(axis.Points-1)
	return max(math.Abs(axis.From), math.Abs(axis.To)) * 0x1p-24 / step * widest * share
}

func (p *Process) kinked() bool { return functionOf(p.configuration.Activation).kinked }

// unlessRepeated returns f, called once for equal places in succession.
func unlessRepeated(at []float64, f func(i int) float64) func(i int) float64 {
	var value float64
	last := -1
	return func(i int) float64 {
		if last < 0 || at[i] != at[last] {
			value = f(i)
		}
		last = i
		return value
	}
}
