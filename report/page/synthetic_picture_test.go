package page

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"slices"

	"nodal/report/palette"
	"nodal/schema"
)

func (s *maker) exhibit(c *Configuration, column string) Exhibit {
	e := Exhibit{ID: c.ID, Case: c.Case, Layers: c.Layers, Activation: c.Activation, Column: column}
	for i, where := range []string{"minimum: 0", "5 %: 1", "median: 2", "95 %: 5", "maximum: 9"} {
		p := s.picture(c, int64(100*i))
		p.Caption = where
		e.Pictures = append(e.Pictures, p)
	}
	return e
}

// picture returns a random network of c: 201 points on a line, 64 × 64 in the plane.
func (s *maker) picture(c *Configuration, network int64) Picture {
	p := Picture{
		ID: c.ID, Network: network, Caption: fmt.Sprintf("network %d", network), Outputs: c.Outputs,
		Command: fmt.Sprintf("nodal show out/depth-vs-width --config %s --network %d", c.ID, network),
		Axes:    []Axis{{-6, 6, 201}},
	}
	if c.Inputs == 2 {
		p.Axes = []Axis{{-6, 6, 64}, {-6, 6, 64}}
	}
	field, pre := s.network(c, p.Axes)
	if _, told := schema.Activation(c.OutputActivation).Level(); !told || c.Outputs > 1 {
		p.Scores = scoresOf(pre)
	}
	p.Low, p.High = slices.Min(field), slices.Max(field)
	for _, v := range field {
		p.Values = append(p.Values, uint16(math.Round((v-p.Low)/(p.High-p.Low)*65535)))
	}
	p.Alt = fmt.Sprintf("3 regions, 1 island, values from %.3g to %.3g", p.Low, p.High)
	if c.Inputs == 2 {
		p.Thumbnail = thumbnailOf(field[:64*64], 64, max(math.Abs(p.Low), math.Abs(p.High)))
	}
	return p
}

// scoresOf returns pre-activations in steps of one size, what is negative at -1 or below.
func scoresOf(pre []float64) []int16 {
	most := math.Max(slices.Max(pre), -slices.Min(pre))
	var steps []int16
	for _, f := range pre {
		step := math.Round(f / most * math.MaxInt16)
		if f < 0 {
			step = min(step, -1)
		}
		steps = append(steps, int16(step))
	}
	return steps
}

// network returns the outputs [C,P] of a random network over a grid, and its last
// pre-activations [C,P].
func (s *maker) network(c *Configuration, axes []Axis) (field, pre []float64) {
	points := [][]float64{nil}
	for _, a := range axes {
		var more [][]float64
		for _, head := range points {
			for i := range a.Points {
				more = append(more, append(slices.Clone(head), a.From+(a.To-a.From)*float64(i)/float64(a.Points-1)))
			}
		}
		points = more
	}
	sizes := []int{c.Inputs}
	for range c.Depth {
		sizes = append(sizes, c.Width)
	}
	sizes = append(sizes, c.Outputs)
	for layer := 1; layer < len(sizes); layer++ {
		w := make([]float64, sizes[layer]*(sizes[layer-1]+1))
		for i := range w {
			w[i] = 1.5 * s.rng.NormFloat64() / math.Sqrt(float64(sizes[layer-1]))
		}
		last := layer+1 == len(sizes)
		for k, x := range points {
			points[k] = dense(w, x, sizes[layer])
			if !last {
				for n, v := range points[k] {
					points[k][n] = activate(v, c.Activation)
				}
			}
		}
	}
	for output := range c.Outputs {
		for _, x := range points {
			pre = append(pre, x[output])
			field = append(field, activate(x[output], c.OutputActivation))
		}
	}
	return field, pre
}

func dense(w, x []float64, outputs int) []float64 {
	var y []float64
	for n := range outputs {
		row := w[n*(len(x)+1):]
		sum := row[len(x)]
		for k, v := range x {
			sum += row[k] * v
		}
		y = append(y, sum)
	}
	return y
}

func activate(x float64, name string) float64 {
	switch name {
	case "tanh":
		return math.Tanh(x)
	case "relu":
		return max(x, 0)
	case "sin":
		return math.Sin(x)
	case "logistic":
		return 1 / (1 + math.Exp(-x))
	}
	return x
}

// thumbnailOf returns a PNG of a field [size,size], the first axis to the right and the
// second upwards.
func thumbnailOf(field []float64, size int, reach float64) []byte {
	var colours color.Palette
	for i := range 33 {
		colours = append(colours, palette.Article.At(float64(i)/16-1))
	}
	m := image.NewPaletted(image.Rect(0, 0, size, size), colours)
	for i := range size {
		for j := range size {
			m.SetColorIndex(i, size-1-j, uint8(math.Round(16+16*field[i*size+j]/reach)))
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		panic(err)
	}
	return b.Bytes()
}
