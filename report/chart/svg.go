package chart

import (
	"fmt"
	"html"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/image/font"
	"gonum.org/v1/plot/vg"

	"nodal/report/internal/lettering"
)

// svgText matches a text: its attributes with the weight and size of its letters, and
// what it says.
var svgText = regexp.MustCompile(`<text ([^>]*font-weight:(\w+);[^>]*font-size:([0-9.]+)px[^>]*)>([^<]*)</text>`)

// svgFixes mends what the SVG writer says: the fonts that most readers do not have are
// followed by those of the same widths, lines turn corners roundly as in a PNG, and
// painted parts, which are PNGs, are called so. None of the texts can occur in a
// figure's own, where quotes are escaped.
var svgFixes = strings.NewReplacer(
	`"font-family:Liberation Sans;`, `"font-family:'Liberation Sans',Arial,Helvetica,sans-serif;`,
	"\n<svg ", "\n"+`<svg style="stroke-linejoin:round" `,
	`"data:image/jpg;base64,`, `"data:image/png;base64,`,
)

// mended returns an SVG in which each text has the width that it was given room for,
// whatever the font it is shown in, and with svgFixes.
func mended(svg string) string {
	svg = svgText.ReplaceAllStringFunc(svg, func(element string) string {
		parts := svgText.FindStringSubmatch(element)
		weight := font.WeightNormal
		if parts[2] == "bold" {
			weight = font.WeightBold
		}
		size, err := strconv.ParseFloat(parts[3], 64)
		if err != nil {
			return element
		}
		text := html.UnescapeString(parts[4])
		letter := lettering.New(vg.Points(size), weight, nil).Letter
		return fmt.Sprintf(`<text textLength="%.5g" lengthAdjust="spacingAndGlyphs" %s>%s</text>`, letter.Width(text).Points(), parts[1], parts[4])
	})
	return svgFixes.Replace(svg)
}
