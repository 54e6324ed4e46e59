package chart

import (
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Panels is several figures side by side under one heading, each with its own title and
// axes: the same network over three ranges of inputs, say.
type Panels struct {
	Style
	Columns int // 0: as many as make the panels look best
	Figures []Figure
}

// panelShape is how much wider than high a panel likes to be.
const panelShape = 1.2

// Draw draws the figures row by row.
func (p Panels) Draw(c draw.Canvas) {
	if len(p.Figures) == 0 {
		p.sheet(c).say(noNetworks)
		return
	}
	s := p.blank(c)
	if !p.Bare {
		s.Rectangle = inset(s.Rectangle, margin(width(s.Rectangle)))
		s.heading(p.Style)
	}
	columns := p.Columns
	if columns <= 0 {
		columns = bestColumns(len(p.Figures), width(s.Rectangle), height(s.Rectangle), panelShape)
	}
	if !p.Bare { // the panels have margins of their own
		own := margin(width(s.Rectangle) / vg.Length(columns))
		s.Rectangle = rectangle(s.Min.X-own, s.Min.Y-own, s.Max.X+own, s.Max.Y+own/2)
	}
	rows := (len(p.Figures) + columns - 1) / columns
	wide, tall := width(s.Rectangle)/vg.Length(columns), height(s.Rectangle)/vg.Length(rows)
	for i, figure := range p.Figures {
		x, y := s.Min.X+vg.Length(i%columns)*wide, s.Max.Y-vg.Length(i/columns)*tall
		figure.Draw(s.within(snap(s.Canvas, rectangle(x, y-tall, x+wide, y))))
	}
}
