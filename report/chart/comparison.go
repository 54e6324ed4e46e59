package chart

import (
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Comparison is depth against width: ratios with their 95 % intervals around 1.
type Comparison struct {
	Style
	Label  string // "times the mean of one layer of 100"
	Ratios []Ratio
}

// Ratio is one measure of one side over that of the baseline. Ratios of one Group stand
// together, in the order given.
type Ratio struct {
	Group            string // the measure: "two or more crossings"
	Name             string // the side: "2 layers (11-9)"
	Value, Low, High float64
	Known            bool   // there is an interval; without one, no dot for a Value that is infinite or not positive
	Text             string // "1.76 (1.66 to 1.86)"; written where there is room
}

// Draw draws a dot and a line for each ratio, on a logarithmic scale if they are far
// apart. Ratios that do not differ from 1 are grey.
func (c Comparison) Draw(canvas draw.Canvas) {
	s := c.sheet(canvas)
	if len(c.Ratios) == 0 {
		s.say("nothing to compare")
		return
	}
	rows := c.rows()
	shown := rows
	tall := min((height(s.Rectangle)-3*s.em)/vg.Length(len(rows)), 2.7*s.em)
	if c.Bare {
		tall = height(s.Rectangle) / vg.Length(len(rows))
	} else if tall < 1.15*s.em {
		tall = 1.25 * s.em
		fit := max(1, int((height(s.Rectangle)-4.5*s.em)/tall))
		shown = rows[:min(len(rows), fit)]
	}
	c.draw(s, rows, shown, tall)
}

// row is a line of the figure: the title of a group, or a ratio.
type row struct {
	title string
	ratio *Ratio
	color int
}

// rows returns the lines from the top down. Ratios of the same name have the same colour.
func (c Comparison) rows() []row {
	var rows []row
	var names []string
	for i := range c.Ratios {
		r := &c.Ratios[i]
		if i == 0 || r.Group != c.Ratios[i-1].Group {
			rows = append(rows, row{title: r.Group})
		}
		at := slices.Index(names, r.Name)
		if at < 0 {
			at = len(names)
			names = append(names, r.Name)
		}
		rows = append(rows, row{ratio: r, color: at})
	}
	return rows
}

// scale returns the scale of the ratios, 1 among them.
func (c Comparison) scale() scale {
	values := []float64{1}
	for _, r := range c.Ratios {
		if r.Known {
			values = append(values, r.Low, r.High)
		}
		if !math.IsInf(r.Value, 0) {
			values = append(values, r.Value)
		}
	}
	low, high := slices.Min(values), slices.Max(values)
	return covering(values, low > 0 && high/low > 4, 0.06)
}

func (c Comparison) draw(s *sheet, rows, shown []row, tall vg.Length) {
	names, texts, titles := s.face(0.95, s.theme.Ink), s.face(0.95, s.theme.Muted), s.bold(0.95, s.theme.Ink)
	whole := s.Rectangle
	var nameRoom, textRoom vg.Length
	for _, row := range shown {
		if row.ratio != nil && !c.Bare {
			nameRoom = max(nameRoom, names.Width(row.ratio.Name)+1.6*s.em)
			textRoom = max(textRoom, texts.Width(row.ratio.Text)+0.8*s.em)
		}
	}
	nameRoom = min(nameRoom, 0.38*width(whole))
	if textRoom > 0.3*width(whole) {
		textRoom = 0
	}
	if len(shown) < len(rows) && !c.Bare {
		s.Min.Y += 1.4 * s.em
		s.write(texts, more(len(rows)-len(shown), "row"), whole.Min.X, whole.Min.Y+0.2*s.em, left)
	}
	s.Min.X, s.Max.X = s.Min.X+nameRoom, s.Max.X-textRoom
	if !c.Bare {
		s.Min.Y = max(s.Min.Y, s.Max.Y-vg.Length(len(shown))*tall-3*s.em)
	}
	f := s.axes(axis{scale: c.scale(), label: c.Label}, axis{scale: scale{low: 0, high: 1}, plain: true}, c.Bare)
	s.vertical(s.theme.Muted, 1.5*s.thin, f.at(1, 0).X, f.Min.Y, f.Max.Y)
	for i, row := range shown {
		y := f.Max.Y - (vg.Length(i)+0.5)*tall
		switch {
		case row.ratio != nil:
			s.ratio(f, row, y)
		case !c.Bare:
			text := titles.Fit(row.title, width(whole))
			s.fill(rectangle(whole.Min.X, y-0.5*tall, whole.Min.X+titles.Width(text)+0.5*s.em, y+0.5*tall), s.theme.Ground)
			s.write(titles, text, whole.Min.X, y-0.35*titles.Size, left)
		}
		if row.ratio == nil || c.Bare {
			continue
		}
		s.write(names, names.Fit(row.ratio.Name, nameRoom-1.6*s.em), f.Min.X-0.6*s.em, y-0.35*names.Size, right)
		if textRoom > 0 {
			s.write(texts, row.ratio.Text, whole.Max.X, y-0.35*texts.Size, right)
		}
	}
}

// ratio draws one estimate and its interval.
func (s *sheet) ratio(f frame, row row, y vg.Length) {
	r := row.ratio
	ink := s.series(row.color)
	if !r.Known || r.Low <= 1 && r.High >= 1 {
		ink = s.theme.Muted
	}
	x := func(v float64) vg.Length { return min(max(f.at(v, 0).X, f.Min.X), f.Max.X) }
	if r.Known {
		s.stroke(ink, 2*s.thin, []vg.Point{{X: x(r.Low), Y: y}, {X: x(r.High), Y: y}})
		for _, end := range []float64{r.Low, r.High} {
			s.stroke(ink, 1.5*s.thin, []vg.Point{{X: x(end), Y: y - 0.22*s.em}, {X: x(end), Y: y + 0.22*s.em}})
		}
	}
	if !r.Known && (math.IsInf(r.Value, 0) || r.Value <= 0) {
		return
	}
	at := vg.Point{X: x(r.Value), Y: y}
	s.disc(at, 0.36*s.em, s.theme.Ground)
	s.disc(at, 0.28*s.em, ink)
}
