package chart

import (
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"nodal/report/internal/lettering"
	"nodal/report/palette"
)

// Style is what all figures have in common.
type Style struct {
	Title    string // what is shown; shrinks, then wraps
	Subtitle string // the configuration in words
	Note     string // how many networks: "49 of 20,000 networks"

	Palette *palette.Palette // nil: palette.Article
	Theme   *palette.Theme   // nil: palette.Dark

	// Bare leaves out title, axes and margins: the data alone, as in small multiples.
	Bare bool
}

func (s Style) palette() *palette.Palette {
	if s.Palette == nil {
		return palette.Article
	}
	return s.Palette
}

func (s Style) theme() *palette.Theme {
	if s.Theme == nil {
		return palette.Dark
	}
	return s.Theme
}

// sheet is the part of a canvas that is still free, and how to draw on it.
type sheet struct {
	draw.Canvas
	*palette.Palette
	theme *palette.Theme
	em    vg.Length // text size
	thin  vg.Length // width of axis lines, a CSS pixel or a little more
}

// sheet fills the canvas with the ground, writes the heading and returns what is left
// within the margins.
func (s Style) sheet(c draw.Canvas) *sheet {
	sh := s.blank(c)
	if s.Bare {
		return sh
	}
	sh.Rectangle = inset(sh.Rectangle, margin(width(c.Rectangle)))
	sh.heading(s)
	return sh
}

// blank fills the canvas with the ground and returns all of it.
func (s Style) blank(c draw.Canvas) *sheet {
	em := lettering.Size(width(c.Rectangle))
	sh := &sheet{Canvas: c, Palette: s.palette(), theme: s.theme(), em: em, thin: em / 11}
	sh.fill(c.Rectangle, sh.theme.Ground)
	return sh
}

// margin is the room around a figure of a width.
func margin(width vg.Length) vg.Length { return min(1.3*lettering.Size(width), width/20) }

// heading writes title, subtitle and note at the top of the sheet and takes their
// room away from it.
func (s *sheet) heading(st Style) {
	if st.Title != "" {
		lines, face := s.titleLines(st.Title)
		for _, line := range lines {
			s.Max.Y -= 1.22 * face.Size
			s.write(face, line, s.Min.X, s.Max.Y+0.28*face.Size, left)
		}
		s.Max.Y -= 0.2 * s.em
	}
	s.subheading(st.Subtitle, st.Note)
	if st.Title != "" || st.Subtitle != "" || st.Note != "" {
		s.Max.Y -= 0.7 * s.em
	}
}

// subheading writes the subtitle, and the note at the right end of its line if both
// have room there, else on a line of its own.
func (s *sheet) subheading(subtitle, note string) {
	face := s.face(1, s.theme.Muted)
	room := width(s.Rectangle)
	beside := face.Width(subtitle)+face.Width(note)+2*s.em <= room
	var lines []string
	if subtitle != "" {
		lines = face.Wrap(subtitle, room, 2)
	}
	if note != "" && !beside && subtitle != "" {
		lines = append(lines, face.Fit(note, room))
		note = ""
	}
	for i, line := range lines {
		s.Max.Y -= 1.3 * s.em
		s.write(face, line, s.Min.X, s.Max.Y+0.3*s.em, left)
		if note != "" && i == 0 {
			s.write(face, note, s.Max.X, s.Max.Y+0.3*s.em, right)
		}
	}
	if len(lines) == 0 && note != "" {
		s.Max.Y -= 1.3 * s.em
		s.write(face, face.Fit(note, room), s.Min.X, s.Max.Y+0.3*s.em, left)
	}
}

// titleLines returns the title in one line, smaller if it must be, or in two.
func (s *sheet) titleLines(title string) ([]string, lettering.Face) {
	room := width(s.Rectangle)
	for _, size := range []float64{1.5, 1.4, 1.3, 1.2} {
		face := s.bold(size, s.theme.Ink)
		if face.Width(title) <= room {
			return []string{title}, face
		}
	}
	face := s.bold(1.2, s.theme.Ink)
	return face.Wrap(title, room, 2), face
}

// say writes a message in the middle: "no networks".
func (s *sheet) say(message string) {
	face := s.face(1.1, s.theme.Muted)
	center := s.Center()
	s.write(face, face.Fit(message, width(s.Rectangle)), center.X, center.Y-0.35*face.Size, middle)
}

// noNetworks is what figures without data say.
const noNetworks = "no networks"
