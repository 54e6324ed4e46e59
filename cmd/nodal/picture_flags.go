package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"nodal/report"
	"nodal/report/palette"
)

// pictureFlags say how figures look.
type pictureFlags struct {
	palette string
	theme   string
	formats []string
}

// add gives a command the flags, with the formats that it may write.
func (f *pictureFlags) add(cmd *cobra.Command, formats ...string) {
	var palettes, themes []string
	for _, p := range palette.All() {
		palettes = append(palettes, p.Name)
	}
	for _, t := range palette.Themes() {
		themes = append(themes, t.Name)
	}
	cmd.Flags().StringVar(&f.palette, "palette", palettes[0], "colours: article (green above zero, red below) or safe (for colour-blind readers)")
	cmd.Flags().StringVar(&f.theme, "theme", themes[0], "ground: dark or light")
	cmd.Flags().StringSliceVar(&f.formats, "format", formats, "what to write: "+strings.Join(formats, ", "))
	complete(cmd, "palette", palettes...)
	complete(cmd, "theme", themes...)
	complete(cmd, "format", formats...)
}

// options returns what the flags say, or a usage error.
func (f *pictureFlags) options(formats ...string) (o report.FigureOptions, err error) {
	if o.Palette, err = palette.Named(f.palette); err != nil {
		return o, usageError{fmt.Errorf("--%w", err)}
	}
	if o.Theme, err = palette.ThemeNamed(f.theme); err != nil {
		return o, usageError{fmt.Errorf("--%w", err)}
	}
	for _, name := range f.formats {
		if !slices.Contains(formats, name) {
			return o, usageError{fmt.Errorf("--format: got %q, want %s", name, strings.Join(formats, ", "))}
		}
		o.Formats = append(o.Formats, report.Format(name))
	}
	return o, nil
}
