package page

import (
	"encoding/base64"

	"nodal/schema"
)

// wirePicture is a picture as the page's script reads it.
type wirePicture struct {
	ID        string     `json:"id"`
	Title     string     `json:"title"` // "1-11-9-1, tanh"
	Case      string     `json:"case"`
	Caption   string     `json:"caption"`
	Alt       string     `json:"alt"`
	Command   string     `json:"command"`
	Thumbnail string     `json:"thumbnail,omitempty"` // a data: address
	Values    string     `json:"values"`              // as encodeValues has them
	Low       decimal    `json:"low"`
	High      decimal    `json:"high"`
	Level     *decimal   `json:"level"`            // where classes A and B of one output meet, null if values do not tell
	Scores    string     `json:"scores,omitempty"` // as values, signed
	Outputs   int        `json:"outputs"`
	Axes      []wireAxis `json:"axes"`
}

type wireAxis struct {
	From   decimal `json:"from"`
	To     decimal `json:"to"`
	Points int     `json:"points"`
}

// wiredPictures returns the pictures of the galleries, then those of the exhibits.
func wiredPictures(d *Data) []wirePicture {
	var all []wirePicture
	outputs := map[string]string{}
	add := func(title, name string, pictures []Picture) {
		for i := range pictures {
			p := wiredPicture(&pictures[i], outputs[pictures[i].ID])
			p.Title, p.Case = title, name
			all = append(all, p)
		}
	}
	for i := range d.Configurations {
		c := &d.Configurations[i]
		outputs[c.ID] = c.OutputActivation
		add(c.title(), c.Case, c.Gallery)
	}
	for i := range d.Zoo {
		e := &d.Zoo[i]
		add(e.title(), e.Case, e.Pictures)
	}
	return all
}

func wiredPicture(p *Picture, outputActivation string) wirePicture {
	if want := p.Outputs * p.points(); len(p.Values) != want {
		panic("page: a picture's values are not outputs times grid points")
	}
	level, told := schema.Activation(outputActivation).Level()
	if len(p.Scores) != len(p.Values) && (len(p.Scores) > 0 || p.Outputs > 1 || !told) {
		panic("page: a picture's scores are not outputs times grid points")
	}
	w := wirePicture{
		ID: p.ID, Caption: p.Caption, Alt: p.Alt, Command: p.Command, Thumbnail: address(p.Thumbnail),
		Values: encodeValues(p.Values, p.Axes[len(p.Axes)-1].Points),
		Low:    decimal(p.Low), High: decimal(p.High), Outputs: p.Outputs,
	}
	if told {
		at := decimal(level)
		w.Level = &at
	}
	if len(p.Scores) > 0 {
		w.Scores = encodeValues(p.Scores, p.Axes[len(p.Axes)-1].Points)
	}
	for _, a := range p.Axes {
		w.Axes = append(w.Axes, wireAxis{decimal(a.From), decimal(a.To), a.Points})
	}
	return w
}

// points returns the number of points of the picture's grid.
func (p *Picture) points() int {
	if len(p.Axes) != 1 && len(p.Axes) != 2 {
		panic("page: a picture has one axis or two")
	}
	points := 1
	for _, a := range p.Axes {
		points *= a.Points
	}
	return points
}

// kind says how the picture is shown: "curve" or "surface".
func (p *Picture) kind() string {
	if len(p.Axes) == 1 {
		return "curve"
	}
	return "surface"
}

// address returns an image as an address that holds it, "" for none.
func address(image []byte) string {
	if len(image) == 0 {
		return ""
	}
	kind := "image/png"
	if image[0] == 0xff { // the start of a JPEG
		kind = "image/jpeg"
	}
	return "data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(image)
}
