package report

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"nodal/report/npz"
	"nodal/sampler"
	"nodal/schema"
)

// WriteWeights writes the weights and biases of a drawing as an .npz file: layer l, from
// 0, has "2l.weight" [N,K] and "2l.bias" [N], the names that they have in PyTorch in a
// Sequential of Linear layers with an activation after each.
func WriteWeights(w io.Writer, d *sampler.Drawing) error {
	layers := d.Configuration.Layers()
	var arrays []npz.Array
	for l := range d.Weights {
		arrays = append(arrays,
			npz.Of(fmt.Sprintf("%d.weight", 2*l), d.Weights[l], layers[l+1], layers[l]),
			npz.Of(fmt.Sprintf("%d.bias", 2*l), d.Biases[l], layers[l+1]))
	}
	return npz.Write(w, arrays...)
}

// WriteValues writes the values of a drawing as an .npz file: the points of the axes x0
// and x1, values [C,…] after the output activation, preactivations [C,…], class […] and
// margin […], where … is the points of each axis. A drawing with values that overflow
// has these as they are.
func WriteValues(w io.Writer, d *sampler.Drawing) error {
	c := &d.Configuration
	var arrays []npz.Array
	var shape []int
	for i, a := range c.Grid {
		arrays = append(arrays, npz.Of(fmt.Sprintf("x%d", i), points(a), a.Points))
		shape = append(shape, a.Points)
	}
	class, margin := d.Classes()
	all := append([]int{c.Outputs}, shape...)
	arrays = append(arrays, npz.Of("values", d.Out, all...), npz.Of("preactivations", d.Pre, all...),
		npz.Of("class", class, shape...), npz.Of("margin", margin, shape...))
	return npz.Write(w, arrays...)
}

// WriteTable writes the values of a drawing as CSV, a line for each grid point: the
// inputs, the outputs after their activation, their pre-activations, class and margin.
func WriteTable(w io.Writer, d *sampler.Drawing) error {
	c := &d.Configuration
	b := bufio.NewWriter(w)
	var names []string
	for i := range c.Grid {
		names = append(names, fmt.Sprintf("x%d", i))
	}
	for _, what := range []string{"value", "preactivation"} {
		for k := range c.Outputs {
			names = append(names, fmt.Sprintf("%s%d", what, k))
		}
	}
	fmt.Fprintln(b, strings.Join(append(names, "class", "margin"), ","))
	class, margin := d.Classes()
	total, last := c.Grid.Points(), c.Grid[len(c.Grid)-1].Points
	var line []byte
	for p := range total {
		line = line[:0]
		add := func(x float32) { line = append(strconv.AppendFloat(line, float64(x), 'g', -1, 32), ',') }
		if len(c.Grid) == 2 {
			add(c.Grid[0].At(p / last))
		}
		add(c.Grid[len(c.Grid)-1].At(p % last))
		for _, values := range [][]float32{d.Out, d.Pre} {
			for k := range c.Outputs {
				add(values[k*total+p])
			}
		}
		line = append(strconv.AppendUint(line, uint64(class[p]), 10), ',')
		add(margin[p])
		line[len(line)-1] = '\n'
		b.Write(line) // errors stay with b
	}
	return b.Flush()
}

// points returns the points of an axis.
func points(a schema.Axis) []float32 {
	all := make([]float32, a.Points)
	for i := range all {
		all[i] = a.At(i)
	}
	return all
}
