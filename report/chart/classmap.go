package chart

import (
	"image"
	"image/color"
	"math"
	"slices"

	"nodal/report/palette"
)

// classMap is a map of classes at the pixels of a picture.
type classMap struct {
	width, height int
	thin          float64     // width of a thin line in pixels
	values        [][]float32 // [C][pixels], interpolated pre-activations, top row first
	classes       []uint8     // winner at the middle of each pixel
	margins       []float32   // by how much it wins
	lead          float32     // a large margin, exceeded at three tenths of the pixels
	inward        []float32   // distance to the nearest pixel of another class
	marks         []int32     // island of each pixel, 0 for none
	islands       []island
}

// newClassMap returns the map in a picture of width × height pixels, of which a thin line
// takes thin.
func newClassMap(f Regions, width, height int, thin float64) *classMap {
	m := &classMap{width: width, height: height, thin: thin}
	for _, pre := range f.Pre {
		m.values = append(m.values, resample(pre, f.Grid[0].Points, f.Grid[1].Points, width, height))
	}
	m.classes = make([]uint8, width*height)
	m.margins = make([]float32, width*height)
	for i := range m.classes {
		class, margin := winner(m.values, i)
		m.classes[i], m.margins[i] = uint8(class), margin
	}
	m.lead = quantile(m.margins, 0.7)
	m.measureInward()
	if f.Islands != nil {
		m.findIslands(f)
	}
	return m
}

// winner returns the class at a place and by how much it wins.
func winner(values [][]float32, i int) (class int, margin float32) {
	if len(values) == 1 {
		v := values[0][i]
		if v >= 0 {
			return 0, v
		}
		return 1, -v
	}
	class = classAt(values, i)
	second := float32(math.Inf(-1))
	for c := range values {
		if c != class {
			second = max(second, values[c][i])
		}
	}
	return class, values[class][i] - second
}

// quantile returns a quantile of values that are not negative, from a sample of them.
func quantile(values []float32, q float64) float32 {
	var sample []float32
	for i := 0; i < len(values); i += 1 + len(values)/5000 {
		sample = append(sample, values[i])
	}
	slices.Sort(sample)
	return sample[int(q*float64(len(sample)-1))]
}

// resample interpolates values over a grid [columns][rows], the second index upwards, at
// the middles of pixels, top row first.
func resample(values []float32, columns, rows, width, height int) []float32 {
	upright := make([]float32, columns*height) // [columns][height]
	for y := range height {
		taps, weights := cubicTaps((float64(height-1-y)+0.5)/float64(height), rows)
		for c := range columns {
			var sum float32
			for k, tap := range taps {
				sum += weights[k] * values[c*rows+tap]
			}
			upright[c*height+y] = sum
		}
	}
	out := make([]float32, width*height)
	for x := range width {
		taps, weights := cubicTaps((float64(x)+0.5)/float64(width), columns)
		for y := range height {
			var sum float32
			for k, tap := range taps {
				sum += weights[k] * upright[tap*height+y]
			}
			out[y*width+x] = sum
		}
	}
	return out
}

// cubicTaps returns the four grid points around a place, a share t of the way along an
// axis of n points, and their weights by Keys's cubic convolution with a = -1/2. Beyond
// the ends the axis goes on linearly: f(-1) = 2·f(0) - f(1).
func cubicTaps(t float64, n int) (taps [4]int, weights [4]float32) {
	if n == 1 {
		return taps, [4]float32{1}
	}
	at := t * float64(n-1)
	first := min(int(at), n-2)
	u := at - float64(first)
	w := [4]float64{
		-0.5*u + u*u - 0.5*u*u*u,
		1 - 2.5*u*u + 1.5*u*u*u,
		0.5*u + 2*u*u - 1.5*u*u*u,
		-0.5*u*u + 0.5*u*u*u,
	}
	if first == 0 {
		w[1], w[2], w[0] = w[1]+2*w[0], w[2]-w[0], 0
	}
	if first == n-2 {
		w[2], w[1], w[3] = w[2]+2*w[3], w[1]-w[3], 0
	}
	for k := range taps {
		taps[k] = min(max(first-1+k, 0), n-1)
		weights[k] = float32(w[k])
	}
	return taps, weights
}

// samples is how often a pixel is looked at along each axis where classes meet.
const samples = 4

// paint returns the picture.
func (m *classMap) paint(s *sheet) *image.RGBA {
	picture := image.NewRGBA(image.Rect(0, 0, m.width, m.height))
	shades := m.shades(s)
	for y := range m.height {
		for x := range m.width {
			i := y*m.width + x
			c := shades.at(int(m.classes[i]), m.margins[i])
			if m.inward[i] < 2 {
				c = m.mixed(shades, x, y)
			}
			if line := m.lineShare(x, y); line > 0 {
				c = palette.Mix(c, shades.line, 0.75*line)
			}
			picture.SetRGBA(x, y, c)
		}
	}
	m.paintRims(picture)
	return picture
}

// shading holds the colours of classes by their margin.
type shading struct {
	steps [][]color.RGBA // [C][shadeSteps], from no margin to twice a large one
	lead  float32
	line  color.RGBA
}

const shadeSteps = 4096

// shades returns the colours of the classes: pale at the boundary, full where the margin
// is large.
func (m *classMap) shades(s *sheet) shading {
	shades := shading{lead: m.lead, line: color.RGBA{16, 18, 24, 255}}
	for class := range max(2, len(m.values)) {
		full := s.Class(class)
		pale := palette.Mix(full, color.RGBA{255, 255, 255, 255}, 0.38)
		deep := palette.Mix(full, color.RGBA{0, 0, 0, 255}, 0.12)
		steps := make([]color.RGBA, shadeSteps)
		for i := range steps {
			t := math.Sqrt(1 - math.Exp(-4*float64(i)/(shadeSteps-1)))
			steps[i] = palette.Mix(pale, deep, t)
		}
		shades.steps = append(shades.steps, steps)
	}
	return shades
}

func (s shading) at(class int, margin float32) color.RGBA {
	if s.lead <= 0 {
		return s.steps[class][shadeSteps-1]
	}
	return s.steps[class][min(int(margin/(2*s.lead)*(shadeSteps-1)), shadeSteps-1)]
}

// mixed returns the colour of a pixel in which classes may meet: the mean light of
// places within it.
func (m *classMap) mixed(shades shading, x, y int) color.RGBA {
	var sum [3]float64
	at := make([][]float32, len(m.values)) // [C][1]
	for c := range at {
		at[c] = make([]float32, 1)
	}
	for j := range samples * samples {
		dx := (float64(j%samples)+0.5)/samples - 0.5
		dy := (float64(j/samples)+0.5)/samples - 0.5
		for c, values := range m.values {
			at[c][0] = m.between(values, float64(x)+dx, float64(y)+dy)
		}
		class, margin := winner(at, 0)
		c := shades.at(class, margin)
		sum[0] += palette.Linear(c.R)
		sum[1] += palette.Linear(c.G)
		sum[2] += palette.Linear(c.B)
	}
	const n = samples * samples
	return color.RGBA{palette.Encode(sum[0] / n), palette.Encode(sum[1] / n), palette.Encode(sum[2] / n), 255}
}

// between interpolates linearly between the middles of pixels.
func (m *classMap) between(values []float32, x, y float64) float32 {
	x, y = min(max(x, 0), float64(m.width-1)), min(max(y, 0), float64(m.height-1))
	i, j := int(x), int(y)
	right, below := min(i+1, m.width-1), min(j+1, m.height-1)
	u, v := float32(x-float64(i)), float32(y-float64(j))
	top := values[j*m.width+i]*(1-u) + values[j*m.width+right]*u
	bottom := values[below*m.width+i]*(1-u) + values[below*m.width+right]*u
	return top*(1-v) + bottom*v
}

// lineShare returns how much of a pixel the line along the boundary covers.
func (m *classMap) lineShare(x, y int) float64 {
	return min(max(m.thin/2+0.5-m.distance(x, y), 0), 1)
}
