package chart

import (
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"nodal/report/internal/lettering"
	"nodal/report/number"
	"nodal/report/palette"
	"nodal/schema"
)

// Multiples is a grid of small pictures, row by row, under one heading: curves on shared
// scales, or any figures.
type Multiples struct {
	Style
	Columns int // 0: as many as make the pictures look best
	Cells   []Cell
	Shape   float64 // width over height of figures; 0: square. Curves take the room there is

	X         schema.Axis // input of the curves
	Low, High float64     // range of the curves; where both are 0 it is that of [OutputRange]
}

// Cell is one of many small pictures.
type Cell struct {
	Label  string      // written under it where there is room
	Curves [][]float32 // [C][P], outputs at the points of X
	Figure Figure      // drawn instead, if there is one
}

// curveShape is how much wider than high small pictures of curves like to be.
const curveShape = 1.5

// Draw draws the cells from the top left on.
func (m Multiples) Draw(c draw.Canvas) {
	if len(m.Cells) == 0 {
		m.sheet(c).say(noNetworks)
		return
	}
	outputs := m.outputs()
	style := m.Style
	style.Note = m.note(outputs)
	s := style.sheet(c)
	for i, r := range m.places(s) {
		m.cell(s, i, r, outputs)
	}
}

// places returns the rectangles of the cells.
func (m Multiples) places(s *sheet) []vg.Rectangle {
	shape := curveShape
	figures := !slices.ContainsFunc(m.Cells, func(c Cell) bool { return c.Figure == nil })
	if figures {
		if shape = m.Shape; shape <= 0 {
			shape = 1
		}
	}
	columns := m.Columns
	if columns <= 0 {
		columns = bestColumns(len(m.Cells), width(s.Rectangle), height(s.Rectangle), shape)
	}
	rows := (len(m.Cells) + columns - 1) / columns
	gap := min(0.6*s.em, width(s.Rectangle)/vg.Length(columns)/12)
	tall := (height(s.Rectangle) - gap*vg.Length(rows-1)) / vg.Length(rows)
	wide := (width(s.Rectangle) - gap*vg.Length(columns-1)) / vg.Length(columns)
	if label := m.labelRoom(s, tall); figures {
		wide = min(wide, (tall-label)*vg.Length(shape))
		tall = wide/vg.Length(shape) + label
	}
	x0 := (s.Min.X + s.Max.X - wide*vg.Length(columns) - gap*vg.Length(columns-1)) / 2
	y0 := s.Max.Y - (height(s.Rectangle)-tall*vg.Length(rows)-gap*vg.Length(rows-1))/2
	places := make([]vg.Rectangle, len(m.Cells))
	for i := range places {
		x, y := x0+vg.Length(i%columns)*(wide+gap), y0-vg.Length(i/columns)*(tall+gap)
		places[i] = rectangle(x, y-tall, x+wide, y)
	}
	return places
}

// labelRoom returns the height of the labels, 0 if there are none or the cells are small.
func (m Multiples) labelRoom(s *sheet, tall vg.Length) vg.Length {
	if tall < 4*s.em || !slices.ContainsFunc(m.Cells, func(c Cell) bool { return c.Label != "" }) {
		return 0
	}
	return 1.25 * s.em
}

// outputs returns the scale that the curves share.
func (m Multiples) outputs() scale {
	if m.Low != m.High {
		return scale{low: m.Low, high: m.High}
	}
	var all [][]float32
	for _, cell := range m.Cells {
		all = append(all, cell.Curves...)
	}
	low, high := OutputRange(all)
	return scale{low: low, high: high}
}

// cell draws picture i and its label.
func (m Multiples) cell(s *sheet, i int, r vg.Rectangle, outputs scale) {
	cell := m.Cells[i]
	if room := m.labelRoom(s, height(r)); room > 0 {
		face := s.face(0.85, s.theme.Muted)
		s.write(face, face.Fit(cell.Label, width(r)), (r.Min.X+r.Max.X)/2, r.Min.Y+0.25*face.Size, middle)
		r.Min.Y += room
	}
	r = snap(s.Canvas, r)
	if cell.Figure != nil {
		cell.Figure.Draw(s.within(r))
		return
	}
	s.fill(r, s.panel())
	f := frame{s.within(r), inputScale(m.X), outputs}
	s.crossLines(f)
	for k, curve := range cell.Curves {
		ink := s.pastel(i)
		if len(cell.Curves) > 1 {
			ink = s.bright(k)
		}
		thickness := s.slimmed(max(width(r)/55, 1.2), f, curve)
		clip := s.within(inset(r, thickness/2))
		lines := clip.ClipLinesXY(f.points(m.X.From, m.X.To, curve))
		s.stroke(ink, thickness, lines...)
	}
}

// note returns the note with the scales that the curves share.
func (m Multiples) note(outputs scale) string {
	if !slices.ContainsFunc(m.Cells, func(c Cell) bool { return len(c.Curves) > 0 }) {
		return m.Note
	}
	x := inputScale(m.X)
	scales := lettering.Minus("input " + number.Short(x.low) + " to " + number.Short(x.high) +
		", output " + number.Short(outputs.low) + " to " + number.Short(outputs.high))
	if m.Note == "" {
		return scales
	}
	return m.Note + " · " + scales
}

// crossLines draws weak lines through zero.
func (s *sheet) crossLines(f frame) {
	ink := palette.Mix(s.theme.Faint, s.theme.Muted, 0.35)
	if f.x.low < 0 && f.x.high > 0 {
		s.vertical(ink, s.thin, f.at(0, 0).X, f.Min.Y, f.Max.Y)
	}
	if f.y.low < 0 && f.y.high > 0 {
		s.horizontal(ink, s.thin, f.Min.X, f.Max.X, f.at(0, 0).Y)
	}
}

// panel is the ground of a small picture, a little off that of the figure.
func (s *sheet) panel() color.RGBA { return palette.Mix(s.theme.Ground, s.theme.Faint, 0.4) }

// bestColumns returns the number of columns in which n cells of some shape, wider than
// high by it, look best in a rectangle: of those for which they are at most a quarter
// lower than they could be, that with the fewest empty places, then with the largest
// cells.
func bestColumns(n int, wide, tall vg.Length, shape float64) int {
	sizes := make([]float64, n+1) // by columns
	for columns := 1; columns <= n; columns++ {
		rows := (n + columns - 1) / columns
		sizes[columns] = math.Min(float64(wide)/float64(columns)/shape, float64(tall)/float64(rows))
	}
	best, fewest := 0, n
	for columns := 1; columns <= n; columns++ {
		empty := (columns - n%columns) % columns
		larger := empty == fewest && sizes[columns] > sizes[best]*(1+1e-9)
		if sizes[columns] >= 0.75*slices.Max(sizes) && (empty < fewest || larger) {
			best, fewest = columns, empty
		}
	}
	return max(best, 1)
}
