package chart

import (
	"fmt"
	"image/color"
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"nodal/report/internal/lettering"
	"nodal/report/number"
	"nodal/report/palette"
)

// Graph is a network as textbooks draw it: inputs, layers of units, in each layer a node
// held at 1 for the biases, and lines as thick as their weights.
type Graph struct {
	Style
	Layers []int // sizes from the inputs to the outputs, two at least

	// Weights holds the weights of each layer after the inputs, [N,K] row by row, and
	// Biases its biases, [N]. Where Weights is nil all lines look alike; where Biases is
	// nil there are no bias nodes.
	Weights [][]float32
	Biases  [][]float32

	// Activation is that of the hidden units, OutputActivation that of the outputs, ""
	// where it is the same: "tanh". They are written under the layers.
	Activation       string
	OutputActivation string
}

// Nodes of a layer with more units than mostUnits are drawn for the first and the last
// few of them, with dots between.
const (
	mostUnits = 10
	leading   = 4
	trailing  = 2
)

// node is what a layer shows at one of its places, from the top down.
type node struct {
	unit int // index; bias or gap below
	at   vg.Point
}

const (
	bias = -1
	gap  = -2
)

// layerNodes returns the places of layer l.
func (g Graph) layerNodes(l int) []node {
	var nodes []node
	if g.Biases != nil && l < len(g.Layers)-1 {
		nodes = append(nodes, node{unit: bias})
	}
	n := g.Layers[l]
	for unit := 0; unit < n; unit++ {
		if n > mostUnits && unit == leading {
			nodes = append(nodes, node{unit: gap})
			unit = n - trailing
		}
		nodes = append(nodes, node{unit: unit})
	}
	return nodes
}

// Draw draws the network from left to right.
func (g Graph) Draw(c draw.Canvas) {
	s := g.sheet(c)
	if len(g.Layers) < 2 {
		s.say("no network")
		return
	}
	g.check()
	if g.Weights != nil && !g.Bare {
		s.weightLegend(g.largest())
	}
	layers, radius := g.place(s)
	for l := 1; l < len(layers); l++ {
		g.edges(s, l, layers[l-1], layers[l], radius)
	}
	for l, nodes := range layers {
		g.nodes(s, l, nodes, radius)
	}
}

// check panics if the slices do not fit the layers.
func (g Graph) check() {
	for l, n := range g.Layers[1:] {
		if g.Weights != nil && len(g.Weights[l]) != n*g.Layers[l] {
			panic(fmt.Sprintf("chart: Graph: layer %d has %d weights, want %d", l+1, len(g.Weights[l]), n*g.Layers[l]))
		}
		if g.Biases != nil && len(g.Biases[l]) != n {
			panic(fmt.Sprintf("chart: Graph: layer %d has %d biases, want %d", l+1, len(g.Biases[l]), n))
		}
	}
}

// place returns the nodes of all layers at their places and their radius.
func (g Graph) place(s *sheet) (layers [][]node, radius vg.Length) {
	r := s.Rectangle
	if !g.Bare {
		r.Min.Y += 3 * s.em
	}
	most := 1
	for l := range g.Layers {
		layers = append(layers, g.layerNodes(l))
		most = max(most, len(layers[l]))
	}
	step := min(height(r)/vg.Length(most), 6*s.em)
	radius = min(0.36*step, width(r)/vg.Length(len(layers))/5)
	first, last := r.Min.X+radius+2.2*s.em, r.Max.X-radius-2.2*s.em
	for l, nodes := range layers {
		x := first + (last-first)*vg.Length(l)/vg.Length(len(layers)-1)
		top := (r.Min.Y+r.Max.Y)/2 + step*vg.Length(len(nodes)-1)/2
		for i := range nodes {
			nodes[i].at = vg.Point{X: x, Y: top - step*vg.Length(i)}
		}
	}
	return layers, radius
}

// largest returns the largest size of a weight or bias.
func (g Graph) largest() float64 {
	largest := 0.
	for _, lists := range [][][]float32{g.Weights, g.Biases} {
		for _, list := range lists {
			for _, w := range list {
				largest = max(largest, math.Abs(float64(w)))
			}
		}
	}
	return largest
}

// edges draws the lines into the units of layer l, the thin ones first.
func (g Graph) edges(s *sheet, l int, from, to []node, radius vg.Length) {
	largest := g.largest()
	for _, b := range to {
		for _, a := range from {
			if a.unit == gap || b.unit < 0 {
				continue
			}
			ink, thickness := s.theme.Muted, s.thin
			if g.Weights != nil {
				w := g.weight(l, a.unit, b.unit) / max(largest, math.SmallestNonzeroFloat64)
				ink = s.weightColour(w)
				thickness = radius * vg.Length(0.04+0.17*math.Abs(w))
			}
			s.stroke(ink, max(thickness, 0.4*s.thin), []vg.Point{a.at, b.at})
		}
	}
}

// weight returns the weight from unit a, or the bias, to unit b of layer l.
func (g Graph) weight(l, a, b int) float64 {
	if a == bias {
		return float64(g.Biases[l-1][b])
	}
	return float64(g.Weights[l-1][b*g.Layers[l-1]+a])
}

// weightColour returns the colour of a weight between -1 and 1: near zero it fades into
// the ground.
func (s *sheet) weightColour(w float64) color.RGBA {
	full := s.At(0.62)
	if w < 0 {
		full = s.At(-0.5)
	}
	return palette.Mix(s.theme.Ground, full, 0.1+0.9*math.Sqrt(math.Abs(w)))
}

// nodes draws the circles of a layer and its name.
func (g Graph) nodes(s *sheet, l int, nodes []node, radius vg.Length) {
	last := len(g.Layers) - 1
	for _, n := range nodes {
		switch {
		case n.unit == gap:
			for k := -1; k <= 1; k++ {
				s.disc(vg.Point{X: n.at.X, Y: n.at.Y + vg.Length(k)*0.45*radius}, 0.11*radius, s.theme.Muted)
			}
		case n.unit == bias:
			s.circle(n.at, 0.72*radius, s.theme.Ground, s.theme.Muted)
			s.inside(n.at, 0.72*radius, "1", s.theme.Muted)
		case l == 0:
			s.circle(n.at, radius, s.panel(), s.theme.Ink)
			s.inside(n.at, radius, indexed("x", n.unit, g.Layers[0]), s.theme.Ink)
		default:
			s.circle(n.at, radius, s.panel(), s.theme.Ink)
			s.inside(n.at, radius, "Σ", s.theme.Ink)
		}
		if l == last && n.unit >= 0 && !g.Bare {
			face := s.face(1, s.theme.Ink)
			s.write(face, indexed("y", n.unit, g.Layers[last]), n.at.X+radius+0.5*s.em, n.at.Y-0.35*face.Size, left)
		}
	}
	if !g.Bare {
		g.layerName(s, l, nodes[0].at.X)
	}
}

func (s *sheet) circle(at vg.Point, radius vg.Length, ground, rim color.Color) {
	s.disc(at, radius+1.8*s.thin, s.theme.Ground)
	s.disc(at, radius, ground)
	s.ring(at, radius, 1.2*s.thin, rim)
}

// inside writes a text in a circle, if it is legible there.
func (s *sheet) inside(at vg.Point, radius vg.Length, text string, ink color.Color) {
	f := lettering.New(min(1.1*radius, 1.3*s.em), 0, ink)
	if f.Size >= 4 {
		s.write(f, text, at.X, at.Y-0.35*f.Size, middle)
	}
}

// indexed returns "x" for the only unit of a layer, else "x₀", "x₁", ….
func indexed(letter string, unit, units int) string {
	if units == 1 {
		return letter
	}
	return letter + subscripts.Replace(strconv.Itoa(unit))
}

// subscripts lowers digits.
var subscripts = strings.NewReplacer("0", "₀", "1", "₁", "2", "₂", "3", "₃", "4", "₄", "5", "₅", "6", "₆", "7", "₇", "8", "₈", "9", "₉")

// activation returns the activation of layer l, "" if it has none.
func (g Graph) activation(l int) string {
	switch {
	case l == 0:
		return ""
	case l == len(g.Layers)-1 && g.OutputActivation != "":
		return g.OutputActivation
	}
	return g.Activation
}

// layerName writes what a layer is and how many units it has under it.
func (g Graph) layerName(s *sheet, l int, x vg.Length) {
	name := "hidden"
	switch l {
	case 0:
		name = "input"
	case len(g.Layers) - 1:
		name = "output"
	}
	room := width(s.Rectangle) / vg.Length(len(g.Layers))
	face := s.face(0.95, s.theme.Muted)
	units := number.Count(int64(g.Layers[l]))
	if law := g.activation(l); law != "" {
		if withLaw := units + " " + law; face.Width(withLaw) <= room {
			units = withLaw
		}
	}
	s.writeWithin(face, face.Fit(name, room), x, s.Min.Y+1.45*s.em, middle, s.Min.X, s.Max.X)
	s.writeWithin(face, face.Fit(units, room), x, s.Min.Y+0.2*s.em, middle, s.Min.X, s.Max.X)
}

// weightLegend explains the lines at the top of the sheet.
func (s *sheet) weightLegend(largest float64) {
	face := s.face(0.92, s.theme.Muted)
	s.Max.Y -= 1.3 * s.em
	x, y := s.Min.X, s.Max.Y+0.3*s.em
	text := lettering.Minus("-" + number.Short(largest))
	s.write(face, text, x, y, left)
	x += face.Width(text) + 0.6*s.em
	const steps = 60
	wide := min(9*s.em, width(s.Rectangle)/3) / steps
	for i := range steps {
		w := (float64(i)+0.5)/steps*2 - 1
		s.tile(rectangle(x, y+0.05*s.em, x+wide, y+0.6*s.em), s.weightColour(w))
		x += wide
	}
	s.write(face, number.Short(largest)+"  weight", x+0.6*s.em, y, left)
	s.Max.Y -= 0.5 * s.em
}
