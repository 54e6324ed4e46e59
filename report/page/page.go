// Package page writes the report of a sweep as one HTML file that needs nothing else: no
// server, no network, no other file. See Data for what it shows.
package page

import (
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"strings"

	"nodal/report/number"
	"nodal/report/palette"
)

var (
	//go:embed page.html.tmpl sections.html.tmpl
	templates embed.FS

	//go:embed css/*.css js/*.js
	assets embed.FS
)

var layout = template.Must(template.New("page").Funcs(template.FuncMap{
	"choice":  newChoice,
	"count":   count,
	"grouped": number.Count,
	"words":   words,
	"lines":   func(text string) bool { return strings.Contains(text, "\n") },
	"long":    func(n int) int64 { return int64(n) },
}).ParseFS(templates, "*.tmpl"))

// Write writes the page of d. Texts are escaped, whatever they hold. It panics if
// pictures do not have as many values, and scores where they need them, as outputs times
// grid points, and if a configuration does not have as many statistics as d.
func Write(w io.Writer, d *Data) error {
	v, err := viewed(d)
	if err != nil {
		return err
	}
	if err := layout.ExecuteTemplate(w, "page.html.tmpl", v); err != nil {
		return fmt.Errorf("page: %w", err)
	}
	return nil
}

// viewed returns what the templates read.
func viewed(d *Data) (*view, error) {
	p, err := palette.Named(d.Palette)
	if err != nil {
		return nil, err
	}
	if d.Published == 0 {
		d = planOnly(d)
	}
	w := wired(d, p)
	data, err := json.Marshal(w)
	if err != nil {
		return nil, fmt.Errorf("page: %w", err)
	}
	pictures, err := json.Marshal(wiredPictures(d))
	if err != nil {
		return nil, fmt.Errorf("page: %w", err)
	}
	v := &view{
		Data:       d,
		Style:      template.CSS(variables(w.Light, w.Dark) + joined("css")),
		Script:     template.JS(joined("js")),
		JSON:       template.JS(data),
		Pictures:   template.JS(pictures),
		Plotly:     template.HTML(bundle()),
		Licence:    plotlyLicence,
		HasHeatMap: len(w.Combinations) > 0 && len(d.Statistics) > 0,
	}
	v.arrange()
	return v, nil
}

// planOnly returns what is known of a sweep without networks.
func planOnly(d *Data) *Data {
	return &Data{Sweep: d.Sweep, Palette: d.Palette, Seed: d.Seed, Planned: d.Planned, Notices: d.Notices, Provenance: d.Provenance}
}

// joined returns the files of a folder of assets, in the order of their names.
func joined(folder string) string {
	names, err := fs.Glob(assets, folder+"/*")
	if err != nil || len(names) == 0 {
		panic("page: no assets in " + folder)
	}
	var all strings.Builder
	for _, name := range names {
		text, err := assets.ReadFile(name)
		if err != nil {
			panic("page: " + err.Error())
		}
		all.Write(text)
		all.WriteByte('\n')
	}
	return all.String()
}
